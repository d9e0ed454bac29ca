import type { Asset } from './asset.ts'
import type { Instant } from './instant.ts'

/** A decoded UTXO transaction, as codecs give it and builders take it. Txids are hex as printed. */
export type UtxoTransaction = {
  readonly txid: string
  readonly coinbase: boolean
  readonly inputs: readonly UtxoInput[]
  readonly outputs: readonly UtxoOutput[]
  /** What it looks like apart from what it moves, where that was told. */
  readonly form?: UtxoForm
}

export type UtxoForm = {
  readonly version: number
  readonly lockTime: number
  /** Weight units (BIP 141). */
  readonly weight: number
  /** It says that it may be replaced (BIP 125). */
  readonly replaceable: boolean
}

export type UtxoInput = {
  /** The output that is spent. */
  readonly txid: string
  readonly index: number
  /** What that output held, where undo data, the node's answer or the ledger tell; null: unread. */
  readonly units: bigint | null
  readonly address: string | null
  /** Signed `SINGLE|ANYONECANPAY` (0x83): the signer vouches for one output only, so it links nobody. */
  readonly singleAnyoneCanPay: boolean
}

export type UtxoOutput = {
  readonly units: bigint
  /** Null where the script pays no address (OP_RETURN, bare multisig, non-standard). */
  readonly address: string | null
  /** Set where no input can ever spend it: its script begins with OP_RETURN. */
  readonly unspendable?: true
}

/** A block of a UTXO chain with what it says and what was checked. */
export type UtxoBlock = {
  readonly hash: string
  readonly previous: string
  /** Null where nothing tells it: no parent, child, BIP 34 height or user's word. */
  readonly height: number | null
  readonly minedAt: Instant
  readonly transactions: readonly UtxoTransaction[]
}

/** One movement of value on an account chain: the row of the transfers CSV. */
export type Transfer = {
  readonly txid: string
  readonly txIndex: number
  /** Order within the transaction; −1 for the top-level native transfer and for the fee. */
  readonly logIndex: number
  readonly kind: 'transfer' | 'internal' | 'fee' | 'approve'
  readonly status: 'ok' | 'failed'
  readonly height: number
  readonly time: Instant
  /** Null: sender not known, or minted. */
  readonly from: string | null
  /** Null: burned, or a contract creation. */
  readonly to: string | null
  readonly asset: Asset
  readonly units: bigint
}
