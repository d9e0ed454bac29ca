import type { Instant } from '../model/instant.ts'
import type { Party } from './entry.ts'
import { badDate, day } from './importer.ts'

/** Words of the UK Sanctions List that its XML and its CSV share. */

export function typeOf(word: string): Party['type'] {
  if (/^individual/i.test(word)) return 'person'
  if (/^entity/i.test(word)) return 'organisation'
  return /^ship/i.test(word) ? 'vessel' : 'unknown'
}

/** `20/11/2026`, as the list writes days; a time behind it is not used. */
export function slashedDay(text: string, where: string): Instant {
  const match = /^(\d{1,2})\/(\d{1,2})\/(\d{4})\b/.exec(text)
  if (match === null) throw badDate(text, where)
  return day(match[3]!, match[2]!, match[1]!, where)
}
