import type { Instant } from '../model/instant.ts'
import * as Instants from '../model/instant.ts'
import { Failure } from '../std/failure.ts'
import type { Entry, Heading } from './entry.ts'
import type { Source } from './read.ts'

/**
 * What every format offers: it reads one source, hands over entries as it meets them and returns what the file says
 * about itself. It throws at the first thing that makes the file untrustworthy; whoever called it keeps nothing then.
 */
export type Importer = (source: Source, file: ImportFile, take: (entry: Entry) => void) => Heading

export type ImportFile = {
  readonly path: string
  /** File name without folder and endings: names lists that do not name themselves. */
  readonly stem: string
  /** `--authority`, where given. */
  readonly authority: string | null
  /** `--published`, where given: formats that must state a date may then do without. */
  readonly publishedAt: Instant | null
}

/** A calendar day in the words of a list, or a Failure that says where it does not exist. */
export function day(year: string, month: string, date: string, where: string): Instant {
  const [y, m, d] = [year, month, date].map(part => (/^\d{1,4}$/.test(part) ? Number(part) : Number.NaN))
  if (!Instants.isDay(y!, m!, d!)) throw badDate(`${year}-${month}-${date}`, where)
  return Instants.fromDay(y!, m!, d!)
}

/**
 * A day or time in the words of a list (RFC 3339, or with a time that names no zone and is taken for UTC), or a Failure
 * that says where it does not exist.
 */
export function instant(text: string, where: string): Instant {
  const zoned = /T\d\d:\d\d:\d\d(\.\d+)?$/.test(text) ? `${text}Z` : text
  // XML Schema lets a day carry a zone of its own (2024-05-06Z): the day counts.
  const found = Instants.parse(zoned) ?? Instants.parse(zoned.replace(/^(\d{4}-\d\d-\d\d)(Z|[+-]\d\d:\d\d)$/, '$1'))
  if (found === undefined) throw badDate(text, where)
  return found
}

export function badDate(text: string, where: string): Failure {
  return new Failure('List.BadDate', 'input', `“${text}” at ${where} is no date that exists.`, {
    hint: 'The list is damaged or was edited. Nothing was imported; fetch it again.',
    facts: { date: text, where },
  })
}

/** Stands where a list lacks what every list of its format has: cut in half, or its schema has changed. */
export function incomplete(format: string, missing: string): Failure {
  return new Failure('List.Incomplete', 'input', `The ${format} list has no ${missing}.`, {
    hint: 'It is cut off, or its schema has changed. Nothing was imported and the version before stays in force.',
    facts: { format, missing },
  })
}

export function duplicateId(id: string, where: string): Failure {
  return new Failure('List.DuplicateId', 'input', `The identifier ${id} stands twice; the second time at ${where}.`, {
    hint: 'Which of the two holds cannot be told. Nothing was imported; fetch the list again.',
    facts: { id, where },
  })
}
