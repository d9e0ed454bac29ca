import type { Asset } from '../model/asset.ts'
import type { Coverage } from '../model/coverage.ts'
import type { Instant } from '../model/instant.ts'
import type { NetworkId } from '../model/network.ts'
import type { Movement, Totals } from './movement.ts'

/**
 * One network's ledger as columns in memory, in ledger order: height, transaction index, event index. Row numbers are
 * positions in that order; they live as long as the snapshot and are never stored or shown.
 *
 * Ranges are half open: the inputs of transaction `t` are rows `firstInput[t]` up to `firstInput[t + 1]`.
 */
export type Columns = UtxoColumns | AccountColumns

/** "No such row": an input whose output was not read, an output not spent in what was read, no address. */
export const NONE = 0xffff_ffff

export type UtxoColumns = {
  readonly shape: 'utxo'
  readonly network: NetworkId
  readonly asset: Asset
  readonly blocks: BlockColumns
  readonly transactions: {
    readonly count: number
    /** 32 bytes each, in the order of the bytes (reverse of print). */
    readonly txid: Uint8Array
    readonly block: Uint32Array
    readonly coinbase: Uint8Array
    /** Bit 0: version, lock time, weight and bit 1 are known. Bit 1: it says that it may be replaced (BIP 125). */
    readonly form: Uint8Array
    readonly version: Uint32Array
    readonly lockTime: Uint32Array
    /** In weight units (BIP 141): a quarter of it is the virtual size. */
    readonly weight: Uint32Array
    /** count + 1 entries. */
    readonly firstInput: Uint32Array
    readonly firstOutput: Uint32Array
  }
  /** Coinbase transactions have no input rows. */
  readonly inputs: {
    readonly count: number
    readonly transaction: Uint32Array
    /** Row of the output spent, or NONE where it was not read. */
    readonly output: Uint32Array
    /** Known value, from the output or from undo data; UNREAD where nothing tells. */
    readonly units: BigUint64Array
    /** Row of the address that pays, or NONE. Known also for an unread output whose undo data was given. */
    readonly address: Uint32Array
    /** Bit 0: signed SINGLE|ANYONECANPAY. */
    readonly flags: Uint8Array
    /** The outpoint, also where the output was not read: 32 bytes txid in byte order, and index. */
    readonly previousTxid: Uint8Array
    readonly previousIndex: Uint32Array
  }
  readonly outputs: {
    readonly count: number
    readonly transaction: Uint32Array
    readonly units: BigUint64Array
    readonly address: Uint32Array
    /** 0: ordinary. 1: provably unspendable (OP_RETURN first, or a script too long to run): burned. */
    readonly kind: Uint8Array
    /** Row of the input that spends it, or NONE: not spent in what was read. */
    readonly spender: Uint32Array
  }
  readonly addresses: AddressColumn
  coverage(): Coverage
}

/** Units of an input whose value nothing tells. */
export const UNREAD = 0xffff_ffff_ffff_ffffn

export type AccountColumns = {
  readonly shape: 'account'
  readonly network: NetworkId
  readonly transactions: {
    readonly count: number
    /** 32 bytes each, as printed. */
    readonly txid: Uint8Array
    readonly height: Uint32Array
    readonly time: Uint32Array
    /** count + 1 entries: rows in `transfers`. */
    readonly firstTransfer: Uint32Array
  }
  /** Everything the file said, kept: what counts as a movement of value is `moves`. */
  readonly transfers: {
    readonly count: number
    readonly transaction: Uint32Array
    readonly logIndex: Int32Array
    readonly kind: Uint8Array
    /** 1: moves value. 0: failed (its fee row still moves), approve, zero value. */
    readonly moves: Uint8Array
    readonly asset: Uint16Array
    /** NONE: sender not known, or minted. */
    readonly from: Uint32Array
    readonly to: Uint32Array
    /** Amount, whole up to 2^256 − 1: see `unitsOf`. */
    readonly units: UnitsColumn
  }
  readonly assets: readonly Asset[]
  readonly addresses: AddressColumn
  coverage(): Coverage
  /** Where the ledger lies elsewhere, and these columns hold of it what was asked for so far. */
  readonly elsewhere?: Elsewhere
}

/**
 * What is asked of a ledger that lies elsewhere (clickhouse/part.ts). Whatever is asked of its columns and not there
 * yet is answered with nothing, fetched, and the work that asked is done again from the beginning.
 */
export type Elsewhere = {
  /** As `totalsOf` and `movementsOf` say them, summed and cut where the ledger lies. */
  totals(row: number, until: Instant): Totals
  movements(row: number, offset: number, limit: number): Movement[]
  /** As `newestOf`. */
  newest(row: number, count: number): Uint32Array
  /** A ledger of an address's first receipt, and of its first one in the chain's own coin; undefined: not there yet. */
  receipts(row: number): AccountColumns | undefined
  /** Row of an account's last payment of an asset; a half between two rows where it is none of these; −1: none. */
  lastPayment(row: number, asset: number): number
  /** The transaction of that id, with every transfer of it that moves value and is no fee. */
  transaction(txid: string): number | undefined
}

export const KINDS = ['transfer', 'internal', 'fee', 'approve'] as const

export type BlockColumns = {
  readonly count: number
  /** −1 where unknown. */
  readonly height: Int32Array
  readonly time: Uint32Array
  /** 32 bytes each, byte order. */
  readonly hash: Uint8Array
  /** 1: connects to a shipped checkpoint. 0: unanchored, usable but never evidence. */
  readonly anchored: Uint8Array
  /** 1: only some of the block's transactions were read, each with its proof. */
  readonly excerpt: Uint8Array
  /** count + 1 entries. */
  readonly firstTransaction: Uint32Array
}

/** Every address of the ledger once, by row. */
export type AddressColumn = {
  readonly count: number
  /** Plain canonical form. */
  format(row: number): string
  /** Row of a plain canonical address, or undefined: not in what was read. */
  find(address: string): number | undefined
  /** Row of the address whose key (src/chain/key.ts) has these bytes; absent where addresses are kept as texts. */
  findKey?(type: number, bytes: Uint8Array, at: number, length: number): number | undefined
  /** The address as type byte and payload (src/chain/key.ts); absent where addresses are kept as texts. */
  keyOf?(row: number): Uint8Array
  /** Rows of the transactions that touch the address, ascending, each once. */
  transactionsOf(row: number): Uint32Array
}

/** Whole numbers up to 2^256 − 1: the low 64 bits in a column, the few rows with more in a map. */
export type UnitsColumn = { readonly low: BigUint64Array; readonly above: ReadonlyMap<number, bigint> }

export function unitsOf(column: UnitsColumn, row: number): bigint {
  const above = column.above.size === 0 ? undefined : column.above.get(row)
  return above === undefined ? column.low[row]! : above
}
