import * as Instant from '../model/instant.ts'
import * as Network from '../model/network.ts'
import { Failure } from '../std/failure.ts'

/** Days, times and networks as users write them: one door, so that every command takes and refuses the same. */

/** The instant that a `--from` or `--posted-at` names; a day counts from its start. Failure: Input.BadTime. */
export function startOf(field: string, text: string): Instant.Instant {
  return Instant.parse(text) ?? refuse(field, text)
}

/** The instant that an `--as-of` or `--to` names; a day counts to its end. Failure: Input.BadTime. */
export function endOf(field: string, text: string): Instant.Instant {
  return Instant.parseEnd(text) ?? refuse(field, text)
}

/** `endOf`, for a field that may be left out. */
export function instantOf(field: string, text: string | undefined): Instant.Instant | undefined {
  return text === undefined ? undefined : endOf(field, text)
}

/** The network that a user's word names. Failure: Input.UnknownNetwork. */
export function networkOf(text: string): Network.NetworkId {
  const network = Network.parse(text)
  if (network !== undefined) return network.id
  throw new Failure('Input.UnknownNetwork', 'usage', `"${text.slice(0, 60)}" is no network that Athar knows.`, {
    hint: `Known: ${Network.all.map(one => one.id).join(', ')}.`,
    facts: { network: text.slice(0, 60) },
  })
}

function refuse(field: string, text: string): never {
  throw new Failure('Input.BadTime', 'usage', `"${text.slice(0, 60)}" is no day or time that exists (${field}).`, {
    hint: 'Write 2024-06-30 or 2024-06-30T12:00:00Z.',
    facts: { field, value: text.slice(0, 60) },
  })
}
