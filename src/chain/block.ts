import type { UtxoBlock, UtxoInput, UtxoOutput, UtxoTransaction } from '../model/transaction.ts'
import { reversed, toHex } from '../std/bytes.ts'
import { checkTransactions, checkWitness, checkWork, isCoinbase } from './block-check.ts'
import { type Fault, fault, type Result } from './block-fault.ts'
import { readForm } from './block-form.ts'
import * as Header from './block-header.ts'
import { parseBlock } from './block-parser.ts'
import * as Rules from './block-rules.ts'
import { isSingleAnyoneCanPay } from './block-sighash.ts'
import * as Sink from './block-sink.ts'
import { computeTxids } from './block-txid.ts'
import { isUnspendable, toAddress } from './script.ts'
import { addressOfInput } from './script-input.ts'
import { createHasher, type Hasher } from './sha256.ts'

/** A block as plain objects, with what was checked: proof of work, merkle root, and witnesses where it has any. */
export type Decoded = {
  readonly block: UtxoBlock
  readonly header: Header.BlockHeader
  readonly witness: 'checked' | 'absent'
}

/**
 * Decodes one serialized block, whole: bytes left over are a fault. Never throws.
 *
 * For small inputs, tests and answers; whole chains go through `parseBlock` into columns. Inputs have no value here,
 * and an address only where their own scripts show it.
 */
export function decode(
  bytes: Uint8Array,
  network: Rules.BitcoinNetworkId,
  hasher: Hasher = sharedHasher(),
): Result<Decoded> {
  const rules = Rules.of(network)
  const work = checkWork(bytes, 0, rules)
  if (work !== undefined) return fail(work)
  const sink = Sink.create()
  const parsed = parseBlock(bytes, 0, bytes.length, sink, rules)
  if (!parsed.ok) return parsed
  const txids = new Uint8Array(32 * sink.transactionCount)
  computeTxids(bytes, sink, 0, sink.transactionCount, hasher, txids)
  const failed = checkTransactions(bytes, sink, 0, txids, hasher)
  if (failed !== undefined) return fail(failed)
  const witness = checkWitness(bytes, sink, 0, hasher)
  if (typeof witness !== 'string') return fail(witness)
  return { ok: true, block: toBlock(bytes, sink, 0, txids, network), header: Header.parse(bytes)!, witness }
}

/** Block `row` of a sink as plain objects. */
function toBlock(
  bytes: Uint8Array,
  sink: Sink.BlockSink,
  row: number,
  txids: Uint8Array,
  network: Rules.BitcoinNetworkId,
): UtxoBlock {
  const header = Header.parse(bytes, sink.blocks.start[row])!
  const [from, to] = [sink.blocks.firstTransaction[row]!, sink.blocks.firstTransaction[row + 1]!]
  const transactions: UtxoTransaction[] = []
  for (let at = from; at < to; at++) transactions.push(toTransaction(bytes, sink, at, txids, network))
  return {
    hash: header.hash,
    previous: header.previous,
    height: heightOf(bytes, sink, row, network),
    minedAt: header.minedAt,
    transactions,
  }
}

/**
 * The height that the coinbase states (BIP 34), or null: version 1 blocks state none, and what is no minimal push of
 * a whole number is not taken for one. The genesis block has height 0 by its hash.
 */
export function heightOf(
  bytes: Uint8Array,
  sink: Sink.BlockSink,
  row: number,
  network: Rules.BitcoinNetworkId,
): number | null {
  const header = Header.parse(bytes, sink.blocks.start[row])!
  if (header.hash === Rules.of(network).genesis) return 0
  if (header.version < 2) return null
  const input = sink.transactions.firstInput[sink.blocks.firstTransaction[row]!]!
  const script = bytes.subarray(sink.inputs.script[input]!, sink.inputs.scriptEnd[input]!)
  const first = script[0]
  if (first === undefined) return null
  if (first > 0x50 && first <= 0x60) return first - 0x50
  if (first === 0 || first > 4 || script.length <= first || script[first]! >= 0x80) return null
  let height = 0
  for (let i = first; i > 0; i--) height = height * 256 + script[i]!
  // A minimal push has no needless zero byte, and 1 to 16 are written as opcodes.
  const minimal = height > 16 && (script[first] !== 0 || script[first - 1]! >= 0x80)
  return minimal ? height : null
}

/** The witness items of an input, as views into `bytes`. */
export function witnessOf(bytes: Uint8Array, sink: Sink.BlockSink, transaction: number, input: number): Uint8Array[] {
  if ((sink.transactions.flags[transaction]! & Sink.FLAG_WITNESS) === 0) return []
  const items: Uint8Array[] = []
  const first = readCount(bytes, sink.inputs.witness[input]!)
  let at = first.next
  for (let i = 0; i < first.count; i++) {
    const { count, next } = readCount(bytes, at)
    items.push(bytes.subarray(next, next + count))
    at = next + count
  }
  return items
}

function toTransaction(
  bytes: Uint8Array,
  sink: Sink.BlockSink,
  row: number,
  txids: Uint8Array,
  network: Rules.BitcoinNetworkId,
): UtxoTransaction {
  const coinbase = isCoinbase(viewOf(bytes), sink, row)
  const { firstInput, firstOutput } = sink.transactions
  const inputs: UtxoInput[] = []
  for (let input = firstInput[row]!; input < firstInput[row + 1]! && !coinbase; input++) {
    inputs.push(toInput(bytes, sink, row, input, network))
  }
  const outputs: UtxoOutput[] = []
  for (let output = firstOutput[row]!; output < firstOutput[row + 1]!; output++) {
    outputs.push(toOutput(bytes, sink, output, network))
  }
  const form = { version: 0, lockTime: 0, weight: 0, replaceable: false }
  readForm(bytes, sink, row, form)
  return { txid: toHex(reversed(txids.subarray(32 * row, 32 * row + 32))), coinbase, inputs, outputs, form }
}

function toInput(
  bytes: Uint8Array,
  sink: Sink.BlockSink,
  transaction: number,
  input: number,
  network: Rules.BitcoinNetworkId,
): UtxoInput {
  const at = sink.inputs.outpoint[input]!
  const script = bytes.subarray(sink.inputs.script[input]!, sink.inputs.scriptEnd[input]!)
  const witness = witnessOf(bytes, sink, transaction, input)
  return {
    txid: toHex(reversed(bytes.subarray(at, at + 32))),
    index: viewOf(bytes).getUint32(at + 32, true),
    units: null,
    address: addressOfInput(network, script, witness)?.address ?? null,
    singleAnyoneCanPay: isSingleAnyoneCanPay(script, witness),
  }
}

function toOutput(bytes: Uint8Array, sink: Sink.BlockSink, row: number, network: Rules.BitcoinNetworkId): UtxoOutput {
  const script = bytes.subarray(sink.outputs.script[row]!, sink.outputs.scriptEnd[row]!)
  return {
    units: viewOf(bytes).getBigUint64(sink.outputs.value[row]!, true),
    address: toAddress(network, script)?.address ?? null,
    ...(isUnspendable(script, 0, script.length) ? { unspendable: true } : {}),
  }
}

/** A count that the parser has accepted. */
function readCount(bytes: Uint8Array, at: number): { count: number; next: number } {
  const first = bytes[at]!
  if (first < 0xfd) return { count: first, next: at + 1 }
  const view = viewOf(bytes)
  if (first === 0xfd) return { count: view.getUint16(at + 1, true), next: at + 3 }
  return { count: view.getUint32(at + 1, true), next: at + (first === 0xfe ? 5 : 9) }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
}

let hasher: Hasher | undefined

function sharedHasher(): Hasher {
  hasher ??= createHasher()
  return hasher
}

function fail(failed: Fault): Result<Decoded> {
  return fault(failed.reason, failed.offset)
}
