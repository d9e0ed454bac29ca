/** The ledger: the chains as transactions, one shape for UTXO and one for account chains. */
export { assembleAccount, assembleUtxo } from './assemble.ts'
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
