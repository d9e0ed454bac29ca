import * as Capture from '../../capture/capture.ts'
import * as Address from '../../chain/address.ts'
import * as Mention from '../../mention/mention.ts'
import { sha256Hex } from '../../std/digest.ts'
import { Failure } from '../../std/failure.ts'

/** What one subject of a triage holds: an address that was given, or what a post names. */
export type Found = {
  readonly path: string | null
  /** Of the bytes or the text; null where the subject is an address itself. */
  readonly sha256: string | null
  readonly addresses: readonly { readonly text: string; readonly certainty: 'found' | 'probable' | 'given' }[]
  readonly others: readonly { readonly kind: string; readonly raw: string }[]
}

/** Reads a subject: an address, a file (each of its members), or the words of a post. Failure: Triage.NothingFound. */
export function foundIn(subject: string, isFile: boolean): Found[] {
  if (isFile) return fromFile(subject)
  const parsed = Address.parse(subject)
  if (parsed.ok) return [{ path: null, sha256: null, addresses: [{ text: subject, certainty: 'given' }], others: [] }]
  const found = fromText(subject, null, sha256Hex(subject))
  if (found.addresses.length === 0 && found.others.length === 0) throw nothingFound(subject)
  return [found]
}

/** One unreadable file is a failure; an unreadable member of a folder or archive leaves the others standing. */
function fromFile(path: string): Found[] {
  const found: Found[] = []
  for (const entry of Capture.readPath(path)) {
    if (entry.failure !== null && entry.path === path) throw entry.failure
    if (entry.document !== null) found.push(fromText(entry.document.text, entry.path, entry.sha256))
  }
  return found
}

function fromText(text: string, path: string | null, sha256: string | null): Found {
  const { mentions } = Mention.find(text)
  const addresses = mentions.flatMap(one =>
    one.kind === 'address' && one.certainty !== 'possible' ? [{ text: one.address, certainty: one.certainty }] : [],
  )
  const others = mentions.flatMap(one => (TOLD.has(one.kind) ? [{ kind: one.kind, raw: one.raw }] : []))
  return { path, sha256, addresses, others }
}

/** Other kinds that lead further. */
const TOLD: ReadonlySet<string> = new Set(['domain', 'url', 'email', 'handle', 'phone', 'iban', 'txid', 'voucher'])

function nothingFound(subject: string): Failure {
  const said = subject.slice(0, 80)
  return new Failure('Triage.NothingFound', 'missing', `"${said}" is no address, no file, and names nothing.`, {
    hint: 'Check the path; `athar mention find` shows what was rejected and why.',
    facts: { subject: said },
  })
}
