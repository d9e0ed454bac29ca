import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import * as CaseFile from '../../casefile/casefile.ts'
import * as Report from '../../report/report.ts'
import { Failure } from '../../std/failure.ts'
import { writeDurably } from '../../store/files.ts'
import type { Context, Operation } from '../operation.ts'
import { gather } from './report-material.ts'

type Input = {
  readonly case: string
  readonly format: string
  readonly language: Report.Language
  readonly out?: string
}

/** What `report write` answers: where the report is, or the report itself. */
export type Written = {
  readonly case: string
  readonly format: string
  readonly language: Report.Language
  readonly figures: number
  readonly evidence: number
  /** The report is kept with the case under this digest. */
  readonly sha256: string
  readonly out: string | null
  /** The text, where no file was named. */
  readonly text: string | null
}

export const reportWrite: Operation = {
  name: 'report write',
  summary: 'Write the report of a case, each figure with its evidence',
  access: 'write',
  fields: {
    case: { type: 'string', says: 'The case', positional: true, required: true },
    format: { type: 'string', says: 'Format', choices: [...Report.FORMATS, ...Report.LATER], default: 'html' },
    language: { type: 'string', says: 'Language', choices: Report.LANGUAGES, default: 'en' },
    out: { type: 'string', says: 'File to write; without it the report is the answer', path: true },
  },
  examples: [
    { command: 'athar report write 2026-17 --out report.html', says: 'the report in English' },
    { command: 'athar report write 2026-17 --language ar --out report.ar.html', says: 'in Arabic, right to left' },
    { command: 'athar report write 2026-17 --format csv --out figures.csv', says: 'the figures alone' },
    { command: 'athar report write 2026-17 --format stix --out 2026-17.stix.json', says: 'its addresses, for others' },
  ],
  print: ({ out, text, figures, evidence }: Written) =>
    out === null ? text! : `${out}: ${figures} figures, ${evidence} pieces of evidence`,
  run: (input: Input, context: Context) => write(input, context),
}

/** Keeps the report with the case, so that what was handed out can be shown again, and writes it where asked. */
function write(input: Input, context: Context): Written {
  const { case: name, format, language, out } = input
  if (out !== undefined && !existsSync(dirname(resolve(out)))) throw noFolder(out)
  const { text, document } = compose(input, context)
  const bytes = new TextEncoder().encode(text)
  const sha256 = context.store.files.put(bytes)
  CaseFile.add(context.store, name, { kind: 'report', format, language, sha256 }, context.user, context.clock())
  if (out !== undefined) writeDurably(resolve(out), bytes)
  const counts = { figures: document.figures.length, evidence: document.evidence.length }
  return { case: name, format, language, ...counts, sha256, out: out ?? null, text: out === undefined ? text : null }
}

/** The report as text with its tree; nothing is kept. Failures: Report.NotInThisVersion, Case.*. */
export function compose(
  { case: name, format, language }: Omit<Input, 'out'>,
  context: Context,
): { readonly text: string; readonly document: Report.Document } {
  const print = PRINTERS[format]
  if (print === undefined) throw notInThisVersion(format)
  const material = gather(name, context)
  const document = Report.compose(material, language)
  return { text: print(document, material), document }
}

type Printer = (document: Report.Document, material: Report.Material) => string

const PRINTERS: Readonly<Record<string, Printer>> = {
  html: Report.toHtml,
  csv: Report.toCsv,
  json: Report.toJson,
  stix: (_, material) => handOn('stix', material),
  misp: (_, material) => handOn('misp', material),
  tagpack: (_, material) => handOn('tagpack', material),
  ftm: (_, material) => handOn('ftm', material),
}

/** The addresses of the case's campaigns, with what is said of them; payers stay in the case. */
function handOn(format: Report.PackFormat, material: Report.Material): string {
  const pieces = Report.printPacks(format, Report.packsOfCase(material), material.writtenBy)
  if (pieces === null) throw nothingToHandOn(material.case.name, format)
  return [...pieces].join('')
}

function nothingToHandOn(name: string, format: string): Failure {
  return new Failure(
    'Report.NothingToHandOn',
    'missing',
    `The case ${name} has no address that ${format} could carry.`,
    {
      hint: 'Add a campaign to the case (`case add`): its published addresses are what is handed on.',
      facts: { case: name, format },
    },
  )
}

function notInThisVersion(format: string): Failure {
  return new Failure('Report.NotInThisVersion', 'usage', `Reports as ${format} are not in this version.`, {
    hint: `This version writes ${Report.FORMATS.join(', ')}.`,
    facts: { format },
  })
}

function noFolder(out: string): Failure {
  return new Failure('Report.NoFolder', 'missing', `The folder of ${out} does not exist.`, {
    hint: 'Create it first, or name another file.',
    facts: { out },
  })
}
