/**
 * Citations in notes: a Markdown link to something of the case, `[1La…](cite:address/bitcoin/1La…)`. Dragged into a
 * note, or put there by a button.
 */
export type Cited =
  | { readonly what: 'address'; readonly network: string; readonly value: string }
  | { readonly what: 'campaign' | 'capture'; readonly value: string }
  | { readonly what: 'run' | 'report'; readonly value: string }

const SCHEME = 'cite:'

/** As Markdown; what would end the link is encoded. */
export function format(cited: Cited): string {
  const place = cited.what === 'address' ? `${cited.network}/${cited.value}` : encode(cited.value)
  return `[${shown(cited)}](${SCHEME}${cited.what}/${place})`
}

/** Undefined: a link that cites nothing of ours. */
export function parse(href: string): Cited | undefined {
  if (!href.startsWith(SCHEME)) return undefined
  const [what, ...rest] = href.slice(SCHEME.length).split('/')
  if (what === 'address' && rest.length === 2 && /^[a-z0-9-]+$/.test(rest[0]!) && /^[A-Za-z0-9]+$/.test(rest[1]!)) {
    return { what, network: rest[0]!, value: rest[1]! }
  }
  const value = decode(rest.join('/'))
  if (value === undefined || value === '') return undefined
  if (what === 'campaign') return { what, value }
  if (what === 'capture' || what === 'report' || what === 'run') {
    return /^[0-9a-f]{1,64}$/.test(value) ? { what, value } : undefined
  }
  return undefined
}

function shown({ what, value }: Cited): string {
  const name = what === 'campaign' || value.length <= 20 ? value : `${value.slice(0, 8)}…${value.slice(-6)}`
  return name.replace(/[[\]\\`*_<>]/g, ' ')
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[()']/g, one => `%${one.charCodeAt(0).toString(16)}`)
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

const listeners = new Set<(text: string) => void>()

/** Puts a citation into the note that is being written. */
export function cite(cited: Cited): void {
  for (const listen of listeners) listen(format(cited))
}

export function onCite(listen: (text: string) => void): () => void {
  listeners.add(listen)
  return () => listeners.delete(listen)
}
