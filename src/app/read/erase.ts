import * as Capture from '../../capture/capture.ts'
import * as CaseFile from '../../casefile/casefile.ts'
import * as Instant from '../../model/instant.ts'
import type { Context, Operation } from '../operation.ts'

type Input = {
  readonly sha256: string
  readonly authority: string
  readonly reason: string
  readonly release?: boolean
}

const ORDER = {
  sha256: { type: 'string', says: 'Its SHA-256, or the first eight digits or more', positional: true, required: true },
  authority: { type: 'string', says: 'By whose authority: court, regulator, law and article', required: true },
  reason: { type: 'string', says: 'Why, in one sentence; it stays for ever', required: true },
} as const

/** `athar capture erase`: destroys the key of a capture; the tombstone says by whose authority and why. */
export const captureErase: Operation = {
  name: 'capture erase',
  summary: 'Erase a capture by law: destroy its key, leave a tombstone',
  access: 'admin',
  fields: ORDER,
  examples: [
    {
      command: 'athar capture erase 5d41402a --authority "District Court, 12/2026" --reason "a bystander\'s data"',
      says: 'the bytes, what was derived from them, and every archive that holds them',
    },
  ],
  run: (input: Input, context: Context) => erase(input, context),
}

/** `athar capture hold`: while a hold stands, nothing erases the capture. */
export const captureHold: Operation = {
  name: 'capture hold',
  summary: 'Hold a capture by law, so that nothing erases it, or lift a hold',
  access: 'admin',
  fields: { ...ORDER, release: { type: 'boolean', says: 'Lift the hold of that authority', default: false } },
  examples: [
    {
      command: 'athar capture hold 5d41402a --authority "Public prosecutor" --reason "trial 7/2026"',
      says: 'it stays until the same authority lifts the hold with --release',
    },
  ],
  run: ({ sha256, authority, reason, release }: Input, { store, clock, user }: Context) => {
    const action = release === true ? 'release' : 'hold'
    const hold = Capture.hold(store, sha256, action, { authority, reason, by: user }, clock)
    const standing = Capture.standingHold(store, hold.sha256)
    return { ...holdRow(hold), held: standing !== null }
  },
}

function erase({ sha256, authority, reason }: Input, { store, clock, user }: Context): object {
  const done = Capture.erase(store, sha256, { authority, reason, by: user }, clock)
  const gone = new Set(done.erased.map(one => one.sha256))
  const cases = CaseFile.names(store).filter(name =>
    CaseFile.read(store, name).evidence.some(({ what, value }) => what === 'capture' && gone.has(value)),
  )
  const copies = done.copiesNotReached.map(path => `The keys that were written to ${path} are not there any more.`)
  return {
    erased: done.erased.map(({ at, ...tombstone }) => ({ ...tombstone, at: Instant.format(at) })),
    claimsWithheld: done.claims,
    logEmptied: done.logEmptied,
    copiesNotReached: done.copiesNotReached,
    casesToLookAt: cases,
    notes: [
      ...copies.map(text => `${text} Whoever has that copy must destroy it.`),
      ...(done.logEmptied ? [] : ['A reader holds the log of the database. Close it and run the command again.']),
      ...(cases.length === 0 ? [] : ['Notes that people wrote in these cases may quote it: read them.']),
    ],
  }
}

/** A hold as it is printed. */
export function holdRow({ at, ...hold }: Capture.Hold): object {
  return { ...hold, at: Instant.format(at) }
}
