import type { UtxoForm } from '../model/transaction.ts'
import { type BlockSink, FLAG_WITNESS } from './block-sink.ts'

/**
 * What a parsed transaction looks like apart from what it moves, into `form`, which a caller may keep.
 *
 * Source: BIP 125 (an input's sequence below 2^32 − 2 says that it may be replaced), BIP 141 (what is no witness weighs
 * four times).
 */
export function readForm(
  bytes: Uint8Array,
  { transactions, inputs }: BlockSink,
  row: number,
  form: { -readonly [name in keyof UtxoForm]: UtxoForm[name] },
): void {
  const body = transactions.body[row]!
  const marks = (transactions.flags[row]! & FLAG_WITNESS) === 0 ? 0 : 2
  form.version = readUint32(bytes, transactions.start[row]!)
  form.lockTime = readUint32(bytes, transactions.end[row]! - 4)
  form.weight = 3 * (8 + transactions.tail[row]! - body) + 8 + marks + transactions.witnessEnd[row]! - body
  form.replaceable = false
  const last = transactions.firstInput[row + 1]!
  for (let input = transactions.firstInput[row]!; input < last; input++) {
    if (readUint32(bytes, inputs.scriptEnd[input]!) < 0xffff_fffe) form.replaceable = true
  }
}

function readUint32(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0
}
