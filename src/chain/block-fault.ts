/**
 * Why a block was not taken, and at which byte. Block files are hostile content: readers return a fault and go on
 * with the next block, they never throw.
 */
export type Fault = {
  readonly reason: Reason
  /** Byte offset, counted from the first byte of what the reader was given. */
  readonly offset: number
}

/** Every reason, in words for a report. */
export const reasons = {
  truncated: 'the bytes end before the block does',
  'trailing-bytes': 'bytes are left over after the block',
  'overlong-count': 'a count or length is not written in its shortest form',
  'count-too-large': 'a count or length is larger than any block can hold',
  'no-transactions': 'the block has no transaction',
  'no-inputs': 'a transaction has no input or no output',
  'unknown-flag': 'a transaction carries a flag that this network does not define',
  'superfluous-witness': 'a transaction is flagged as having witnesses and has none',
  'amount-range': 'an output holds more than the network can ever issue',
  'not-coinbase': 'the first transaction is no coinbase, or a later one is',
  'mweb-malformed': 'the MWEB part of the block cannot be read',
  'proof-of-work': 'the hash of the header does not meet its target, or the target is beyond the limit of the network',
  'merkle-mismatch': 'the transactions do not add up to the merkle root of the header',
  'merkle-mutated': 'transactions are repeated so that the merkle root stays the same (CVE-2012-2459)',
  'witness-mismatch': 'the witnesses do not add up to the commitment in the coinbase (BIP 141)',
  'not-a-block': 'the bytes are no block in any form that is read',
  'block-too-large': 'the block is larger than any that is read',
  'wrong-network': 'the block carries the mark of another network',
  'not-json': 'the text is not the JSON of a block',
  'json-incomplete': 'the JSON does not hold whole transactions (getblock needs verbosity 2 or 3)',
  'json-contradicts': 'the JSON says one amount in its fields and another in its hex',
  'undo-malformed': 'the undo data cannot be read in either form',
  'undo-mismatch': 'the undo data do not fit the inputs of the block',
  'amount-malformed': 'an amount is no decimal number with at most 8 places',
  'txid-mismatch': 'the bytes of a transaction do not hash to its txid',
  'hash-mismatch': 'the header does not hash to the block hash that is stated',
} as const

export type Reason = keyof typeof reasons

export type Result<T> = ({ readonly ok: true } & T) | ({ readonly ok: false } & Fault)

export function fault(reason: Reason, offset: number): { readonly ok: false } & Fault {
  return { ok: false, reason, offset }
}

/** `merkle-mismatch at byte 36: the transactions do not add up …`. */
export function format(failed: Fault): string {
  return `${failed.reason} at byte ${failed.offset}: ${reasons[failed.reason]}`
}
