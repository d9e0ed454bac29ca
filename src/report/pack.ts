import type * as Attribution from '../attribution/attribution.ts'
import { toEntryCsv } from './pack-csv.ts'
import { toFtm } from './pack-ftm.ts'
import { toMisp } from './pack-misp.ts'
import { toStix } from './pack-stix.ts'
import { hasTags, toTagpack } from './pack-tagpack.ts'

/** Formats in which lists, packs and the addresses of a case are handed on. */
export const PACK_FORMATS = ['tagpack', 'ftm', 'stix', 'misp', 'csv'] as const

export type PackFormat = (typeof PACK_FORMATS)[number]

/**
 * The packs in a format, piece by piece; null where nothing of them has a place in it. `creator` signs what has one
 * author for all of it.
 */
export function printPacks(
  format: PackFormat,
  packs: readonly Attribution.Pack[],
  creator: string,
): Iterable<string> | null {
  if (packs.every(pack => pack.entries.length === 0)) return null
  if (format === 'tagpack') return hasTags(packs) ? toTagpack(packs, creator) : null
  return WRITERS[format](packs)
}

const WRITERS: Readonly<
  Record<Exclude<PackFormat, 'tagpack'>, (packs: readonly Attribution.Pack[]) => Iterable<string>>
> = { ftm: toFtm, stix: toStix, misp: toMisp, csv: toEntryCsv }
