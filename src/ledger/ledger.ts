/** The ledger: the chains as transactions, one shape for UTXO and one for account chains. */
export { type ActiveDay, activityOf } from './activity.ts'
export { assembleAccount, assembleUtxo } from './assemble.ts'
export { type BlockBytes, findBlock } from './block-bytes.ts'
export type { FarLedger, FarQuestion } from './clickhouse/clickhouse.ts'
export * as ClickHouse from './clickhouse/clickhouse.ts'
export {
  type AccountColumns,
  type AddressColumn,
  type BlockColumns,
  type Columns,
  KINDS,
  NONE,
  UNREAD,
  type UnitsColumn,
  type UtxoColumns,
  unitsOf,
} from './columns.ts'
export { type GivenFile, openRebuilder, type Rebuilder } from './commit.ts'
export { type Checked, type Crew, openCrew } from './crew.ts'
export { keepDerived, readDerived } from './derived.ts'
export { digestOf, exportLines } from './digest.ts'
export { EXCERPTS, type ExcerptPlace, type ExcerptShelf, openExcerpts } from './excerpt.ts'
export { coverageOf, type FollowedLedger, findFollowed, openFollowed } from './followed.ts'
export { carryColumns, spanOfReadBlocks } from './held.ts'
export {
  elsewhereOf,
  heightOf,
  type Movement,
  movementsOf,
  newestOf,
  type Totals,
  timeOf,
  totalsOf,
  txidOf,
} from './history.ts'
export { type Imported, importTransfers, type RejectedRow, rebuildTransfers, type TransfersGround } from './import.ts'
export { freshIngest, type Given, type GivenBlock, type Ingest, openIngest } from './ingest.ts'
export { type Mender, openMender } from './mend.ts'
export {
  type Neighbour,
  type NeighbourQuestion,
  type Neighbours,
  neighboursOf,
  type Payment,
  paymentsBetween,
} from './neighbour.ts'
export { type NoteQuestion, notesOf, notesUnread, type WrittenNote } from './note.ts'
export { type ImportedPrices, importPrices, type Price, type Prices, pricedAssets, prices } from './price.ts'
export { networksOf, openColumns } from './snapshot.ts'
export { feeOf, type Summary, summarise } from './summary.ts'
export {
  addCursor,
  addReadBlocks,
  addTip,
  findCursor,
  findManifest,
  findTip,
  type Ground,
  listGround,
  listReadBlocks,
  type Manifest,
  type ReadBlock,
  reachOfWithdrawal,
  type Tip,
  withdrawBlocks,
} from './table.ts'
export {
  addTold,
  type Given as GivenResource,
  lastControl,
  listBridgeEventsIn,
  listBridgeEventsOf,
  listBridgeTransactions,
  listControlEvents,
  listGiven,
  listNotesIn,
  listReceivers,
  type ToldNote,
} from './told/table.ts'
export { toCsv } from './transfer-csv.ts'
export { followTransfers, openTransferIngest, type Taken, type TransferIngest } from './transfer-ingest.ts'
export { withdrawTransfers } from './withdraw.ts'
