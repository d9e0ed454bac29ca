import { Failure } from '../std/failure.ts'

/** Addresses of other machines as a user types them: what may be asked, and how they are quoted without secrets. */

/**
 * What was typed, without user name, password, query and whatever looks like a key in the path. It need be no address:
 * what is wrong with it is often where the password stands.
 */
export function shown(text: string): string {
  const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]*:\/\/)?(.*)$/is.exec(text)!
  const at = rest.lastIndexOf('@')
  const bare = at === -1 ? rest : `…${rest.slice(at)}`
  const short = bare.replace(/([?#]).*$/s, '$1…').replace(/(?<=\/)[\w-]{20,}/g, '…')
  return `${scheme}${short}`.slice(0, 120)
}

/** Host and port; of what is no address what was typed, without secrets. */
export function hostOf(text: string): string {
  return URL.parse(text)?.host || shown(text).slice(0, 80)
}

/** Failure: Source.NotAnAddress. */
export function checked(text: string): URL {
  const url = URL.parse(text)
  if (url !== null && (url.protocol === 'http:' || url.protocol === 'https:')) return url
  throw notAnAddress(text, 'http or https address', 'Give it in full, as in http://127.0.0.1:8332.')
}

/**
 * The same proxy, where it is one that every question can go through: another would be passed over without a word, and
 * the other side would see who asks. Failure: Source.NotAProxy.
 */
export function proxy(text: string | null): string | null {
  const protocol = text === null ? 'http:' : URL.parse(text)?.protocol
  if (protocol === 'http:' || protocol === 'https:') return text
  throw new Failure('Source.NotAProxy', 'usage', `“${shown(text!)}” is no HTTP proxy: nothing was asked.`, {
    hint: 'Give --proxy or ATHAR_PROXY as http://host:port or https://host:port. SOCKS is not spoken.',
    facts: { proxy: shown(text!) },
  })
}

export function notAnAddress(text: string, kind: string, hint: string): Failure {
  const quoted = shown(text)
  return new Failure('Source.NotAnAddress', 'input', `“${quoted}” is no ${kind}.`, { hint, facts: { url: quoted } })
}
