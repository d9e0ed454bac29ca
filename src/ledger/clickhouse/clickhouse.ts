/** The ledger beyond one machine: the same columns as tables in ClickHouse (docs/scale.md). */
export { type Access, type Connection, connect } from './connect.ts'
export { type FarLedger, type FarQuestion, networks, openFar, type Pin, pin, status, tooMuch } from './far.ts'
export { farMovements, farReceipts, farTotals } from './history.ts'
export { formerTables, type Loaded, type LoadOptions, load, makeTables } from './load.ts'
export { partOf } from './part.ts'
export { type FarLedgers, settle } from './settle.ts'
export type { Lot, Stretch } from './stock.ts'
export { type BlockStream, openStream } from './stream.ts'
