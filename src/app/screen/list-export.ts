import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import * as Attribution from '../../attribution/attribution.ts'
import * as Report from '../../report/report.ts'
import { Failure } from '../../std/failure.ts'
import { writePieces } from '../../store/files.ts'
import type { Context, Operation } from '../operation.ts'
import { instantOf } from '../when.ts'

type Input = {
  readonly format: Report.PackFormat
  readonly authority?: string
  readonly out?: string
  readonly asOf?: string
  readonly knownAt?: string
}

type Exported = {
  readonly format: string
  readonly lists: readonly { readonly authority: string; readonly list: string; readonly version: string }[]
  readonly entries: number
  /** Labels judged `no`: they are not handed on. */
  readonly leftOut: number
  readonly out: string | null
  /** The text, where no file was named. */
  readonly text: string | null
}

export const listExport: Operation = {
  name: 'list export',
  summary: 'Hand lists and labels on as a tag pack, FollowTheMoney, STIX, MISP or CSV',
  access: 'read',
  fields: {
    format: { type: 'string', says: 'Format', positional: true, required: true, choices: Report.PACK_FORMATS },
    authority: { type: 'string', says: 'Lists of this authority alone, as `list status` names it' },
    out: { type: 'string', says: 'File to write; without it the text is the answer', path: true },
    asOf: { type: 'string', says: 'Versions in force then; default: now' },
    knownAt: { type: 'string', says: 'As it was known then; default: now' },
  },
  examples: [
    { command: 'athar list export stix --authority OFAC --out ofac.json', says: 'a STIX 2.1 bundle' },
    { command: 'athar list export tagpack --authority NBCTF --out nbctf.yaml', says: 'a GraphSense tag pack' },
    { command: 'athar list export csv --as-of 2025-12-31', says: 'what was in force on a day' },
  ],
  list: 'lists',
  print: ({ out, text, entries, lists }: Exported) =>
    out === null ? text! : `${out}: ${entries} entries of ${lists.length} lists`,
  run: (input: Input, context: Context) => exportLists(input, context),
}

function exportLists({ format, authority, out, asOf, knownAt }: Input, { store, clock, signal }: Context): Exported {
  if (out !== undefined && !existsSync(dirname(resolve(out)))) throw noFolder(out)
  const now = clock()
  const clocks = [instantOf('asOf', asOf) ?? now, instantOf('knownAt', knownAt) ?? now] as const
  const packs = Attribution.packs(store, authority ?? null, ...clocks)
  const pieces = Report.printPacks(format, packs, packs.length === 1 ? packs[0]!.authority : 'Athar')
  if (pieces === null) throw nothing(format, authority ?? null)
  const text = out === undefined ? [...pieces].join('') : null
  if (out !== undefined) writePieces(resolve(out), bytesOf(pieces, signal))
  return {
    format,
    lists: packs.map(({ authority: by, list, version }) => ({ authority: by, list, version })),
    entries: packs.reduce((sum, pack) => sum + pack.entries.length, 0),
    leftOut: packs.reduce((sum, pack) => sum + pack.leftOut, 0),
    ...{ out: out ?? null, text },
  }
}

/** In pieces that a disk likes; the user may stop between them, and then no file is left. */
function* bytesOf(pieces: Iterable<string>, signal: AbortSignal): Generator<Uint8Array> {
  const encoder = new TextEncoder()
  let held = ''
  for (const piece of pieces) {
    held += piece
    if (held.length < PIECE_CHARACTERS) continue
    signal.throwIfAborted()
    yield encoder.encode(held)
    held = ''
  }
  yield encoder.encode(held)
}

const PIECE_CHARACTERS = 2 ** 20

function nothing(format: string, authority: string | null): Failure {
  const whose = authority === null ? 'the lists loaded' : `the lists of ${authority}`
  return new Failure('List.NothingToExport', 'missing', `Nothing in ${whose} has a place in ${format}.`, {
    hint: 'Import a list first (`athar list add`); a tag pack holds addresses alone, csv holds everything.',
    facts: { format, authority },
  })
}

function noFolder(out: string): Failure {
  return new Failure('List.NoFolder', 'missing', `The folder of ${out} does not exist.`, {
    hint: 'Create it first, or name another file.',
    facts: { out },
  })
}
