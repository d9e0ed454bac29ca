import type { Knowledge } from '../attribution/attribution.ts'
import { type AccountColumns, ClickHouse, type Columns } from '../ledger/ledger.ts'
import type { Declared } from './declaration.ts'
import { type Fetched, fetchWalk } from './far.ts'
import { type FarWay, fetchWay } from './far-path.ts'

/** Whether only a part of the ledger is in these columns, and the rest where it lies. */
export function isElsewhere(columns: Columns): columns is FarColumns {
  return columns.shape === 'account' && columns.elsewhere !== undefined
}

type FarColumns = AccountColumns & Required<Pick<AccountColumns, 'elsewhere'>>

/** What a walk needs of a ledger that lies elsewhere; undefined: it is not fetched yet. */
export function walkIn(
  columns: AccountColumns,
  knowledge: Knowledge,
  names: readonly string[],
  declared: Declared,
): Fetched | undefined {
  const key = JSON.stringify(['walk', names, declared, numberOf(knowledge)])
  return ClickHouse.partOf(columns)!.search(key, far => fetchWalk(far, knowledge, names, declared))
}

/** What a search for the fewest transfers needs; likewise. */
export function wayIn(columns: AccountColumns, knowledge: Knowledge, way: FarWay): AccountColumns | undefined {
  const key = JSON.stringify(['way', way, numberOf(knowledge)])
  return ClickHouse.partOf(columns)!.search(key, far => fetchWay(far, knowledge, way))
}

/** What is known, as a number: what a walk finds depends on it, and it is the same object as long as it is the same. */
function numberOf(knowledge: Knowledge): number {
  const known = NUMBERS.get(knowledge)
  if (known !== undefined) return known
  NUMBERS.set(knowledge, ++numbers)
  return numbers
}

const NUMBERS = new WeakMap<Knowledge, number>()
let numbers = 0
