import { type Coverage, hasGaps } from '../../model/coverage.ts'
import { isolate } from '../../std/isolate.ts'
import type { DisputeJson } from './label-json.ts'
import type { ScreenResult } from './result.ts'
import type { ScreenAnswer } from './screen.ts'

/** Screening for a person: a headline, what it rests on, and what was checked. Nothing is ever called clean. */
export function printScreen({ results }: ScreenAnswer): string {
  return results.map(printResult).join('\n\n')
}

const WORDS: Readonly<Record<ScreenResult['status'], string>> = {
  listed: 'LISTED',
  'formerly-listed': 'FORMERLY LISTED',
  expired: 'LISTING EXPIRED',
  direct: 'DIRECT EXPOSURE',
  indirect: 'INDIRECT EXPOSURE',
  'no-finding': 'no finding in what was checked',
  'not-checked': 'NOT CHECKED',
  invalid: 'INVALID',
}

function printResult(result: ScreenResult): string {
  if (result.status === 'invalid') return `${result.address}: INVALID (${result.reason})`
  return [
    `${result.address} (${result.network}): ${WORDS[result.status]}`,
    ...result.designations.flatMap(one => [designation(one), ...disputed(one.disputes)]),
    ...result.labels.flatMap(({ name, category, source, confidence, disputes }) => [
      `  label “${name}” (${category}), ${source}, confidence ${confidence.id}`,
      ...disputed(disputes),
    ]),
    ...reasons(result),
    ...result.notes.map(note => `  note: ${note}`),
    ...(result.coverage === null ? [] : [`  ${checked(result.coverage)}`]),
  ].join('\n')
}

function designation({ authority, program, entity, listedAt, removedAt, expiresAt, status }: Listing): string {
  const dates = [
    listedAt === null ? null : `listed ${listedAt.slice(0, 10)}`,
    removedAt === null ? null : `removed ${removedAt.slice(0, 10)}`,
    expiresAt === null ? null : `lapses ${expiresAt.slice(0, 10)}`,
  ].filter(date => date !== null)
  return `  ${authority} (${program.join(', ')}): “${entity}”, ${status}, ${dates.join(', ')}`
}

/** The word of a named person stands under what it disputes. */
export function disputed(disputes: readonly DisputeJson[] | undefined): string[] {
  return (disputes ?? []).map(({ by, capacity, words }) => {
    return `    disputed by ${isolate(by)}${capacity === null ? '' : ` (${isolate(capacity)})`}: ${isolate(words)}`
  })
}

type Listing = ScreenResult['designations'][number]

/** Ownership stands in the rows for both directions: its sentence is said once. */
function reasons(result: ScreenResult): string[] {
  const rows = result.exposure.filter(row => row.relation !== 'ownership' || row.direction === 'in')
  return rows.flatMap(row => {
    const share =
      row.share === null || row.relation === 'ownership' ? '' : `, ${(row.share * 100).toFixed(2)}% ${row.direction}`
    const range = row.range === null || row.relation === 'ownership' ? '' : ` (${percent(row.range)} by method)`
    const least = row.least === null || row.relation === 'ownership' ? '' : `, ${leastOf(row.least)}`
    const mark = row.fragile ? '; fragile, so it raises no status by itself' : ''
    return [
      `  ${row.category}, ${row.relation}${share}${range}${least}${mark}`,
      ...row.because.map(({ en }) => `    ${en}`),
    ]
  })
}

/** Over account chains, what no payment of others on the way can make more of. */
function leastOf(least: number): string {
  return least === 0 ? 'perhaps nothing' : `at least ${(least * 100).toFixed(2)}% whatever others paid on the way`
}

function percent([low, high]: readonly [number, number]): string {
  return `${(low * 100).toFixed(2)}–${(high * 100).toFixed(2)}%`
}

function checked(coverage: Coverage): string {
  const { network, fromHeight, toHeight, transactionsRead, lists, labels } = coverage
  const versions = lists.map(({ authority, version }) => `${authority} ${version}`)
  const range = fromHeight === null ? '' : `, ${hasGaps(coverage) ? 'some of ' : ''}heights ${fromHeight}–${toHeight}`
  const ledger = transactionsRead === null ? 'not read' : `${transactionsRead} transactions${range}`
  const named = versions.length === 0 ? 'none' : versions.join(', ')
  return `checked: lists ${named}; ${labels} labels on ${network}; ledger ${ledger}`
}
