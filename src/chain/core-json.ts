import { parseHex, reversed, toHex } from '../std/bytes.ts'
import { type Fault, fault, type Result } from './block-fault.ts'
import * as Header from './block-header.ts'
import { parseBlock } from './block-parser.ts'
import type { BlockRules } from './block-rules.ts'
import * as Sink from './block-sink.ts'
import { computeTxids } from './block-txid.ts'
import { createWriter, type Writer } from './core-json-writer.ts'
import * as Excerpt from './excerpt.ts'
import type { MerkleBranch } from './merkle.ts'
import { createScalarHasher } from './sha256-scalar.ts'
import { createCollector, type SpentOutputs } from './undo.ts'

/**
 * A block out of the JSON of a node's `getblock` (verbosity 2 or 3), as the bytes that its fields spell.
 *
 * The bytes must hash to the block hash and the txids that the JSON states, so a number that was altered shows; they
 * then go the way of every other block, through proof of work and merkle root.
 */
export type CoreBlock = {
  readonly bytes: Uint8Array
  /** What the node says; the bytes alone often do not tell. */
  readonly height: number | null
  /** From verbosity 3; null where the JSON has none. */
  readonly spent: SpentOutputs | null
  /** Of an excerpt: the proofs of its transactions. */
  readonly proofs?: readonly MerkleBranch[]
  readonly text?: string
}

/**
 * The blocks in a JSON text: one block, an array of blocks, the RPC envelope `{"result": …}`, or a text in quotes or a
 * `result` that is the block in hex (verbosity 0). Never throws.
 */
export function parse(text: string, rules: BlockRules): readonly Result<{ readonly block: CoreBlock }>[] {
  let value: unknown
  try {
    value = JSON.parse(text, keepDecimals)
  } catch {
    // A syntax error, or nesting beyond the stack.
    return [fault('not-json', 0)]
  }
  return (Array.isArray(value) ? value : [value]).map(item => fromValue(item, rules))
}

/** A decimal number as its own text → units of 10^-8, exactly: `0.1`, `25.0`, `1e-08`; undefined for anything else. */
export function parseCoins(text: string): bigint | undefined {
  const match = /^(\d{1,16})(?:\.(\d{1,32}))?(?:[eE]([+-]?\d{1,2}))?$/.exec(text)
  if (match === null) return undefined
  const fraction = match[2] ?? ''
  const digits = match[1]! + fraction
  const shift = 8 - fraction.length + Number(match[3] ?? 0)
  if (shift >= 0) return BigInt(digits) * 10n ** BigInt(shift)
  const cut = digits.padStart(1 - shift, '0')
  return /^0*$/.test(cut.slice(shift)) ? BigInt(cut.slice(0, shift)) : undefined
}

type Json = { readonly [key: string]: unknown }

/** Amounts stay text: a double has no exact 0.12345678. `context.source` is the number as written (ES2025). */
function keepDecimals(key: string, value: unknown, context?: { source?: string }): unknown {
  return key === 'value' && typeof value === 'number' ? (context?.source ?? String(value)) : value
}

function fromValue(value: unknown, rules: BlockRules): Result<{ readonly block: CoreBlock }> {
  const inner = isObject(value) && 'result' in value ? value['result'] : value
  if (typeof inner === 'string') return fromHex(inner)
  if (Excerpt.isExcerpt(inner)) {
    const block = Excerpt.parse(inner)
    return block === undefined ? fault('json-incomplete', 0) : { ok: true, block }
  }
  if (!isObject(inner) || !Array.isArray(inner['tx'])) return fault('not-a-block', 0)
  try {
    return { ok: true, block: fromObject(inner, inner['tx'], rules) }
  } catch (thrown) {
    if (thrown instanceof Stop) return fault(thrown.fault.reason, thrown.fault.offset)
    throw thrown
  }
}

function fromHex(text: string): Result<{ readonly block: CoreBlock }> {
  const bytes = parseHex(text)
  if (bytes === undefined || bytes.length < 81) return fault('not-a-block', 0)
  return { ok: true, block: { bytes, height: null, spent: null } }
}

function fromObject(json: Json, transactions: readonly unknown[], rules: BlockRules): CoreBlock {
  if (transactions.length === 0) throw stop('no-transactions')
  const writer = createWriter()
  const previous = json['previousblockhash']
  writer.int32(whole(json['version']))
  writer.hash(previous === undefined ? '00'.repeat(32) : text(previous))
  writer.hash(text(json['merkleroot']))
  writer.int32(whole(json['time']))
  writer.hash4(text(json['bits']))
  writer.int32(whole(json['nonce']))
  writer.count(transactions.length)
  let hogEx = false
  for (const transaction of transactions) {
    if (!isObject(transaction)) throw stop('json-incomplete')
    hogEx = writeTransaction(writer, transaction)
  }
  // The JSON does not spell Litecoin's MWEB block out: it is written as absent.
  if (hogEx && transactions.length > 1) writer.byte(0)
  if (writer.failed) throw stop('json-incomplete')
  const height = json['height']
  const bytes = writer.done()
  compare(bytes, json, transactions as readonly Json[], rules)
  return {
    bytes,
    height: typeof height === 'number' && Number.isSafeInteger(height) && height >= 0 ? height : null,
    spent: spentOf(transactions as readonly Json[]),
  }
}

/** Stops where the bytes hash to something else than the JSON states, or hold other amounts. */
function compare(bytes: Uint8Array, json: Json, transactions: readonly Json[], rules: BlockRules): void {
  if (Header.parse(bytes)!.hash !== json['hash']) throw stop('hash-mismatch')
  const sink = Sink.create()
  const parsed = parseBlock(bytes, 0, bytes.length, sink, rules)
  if (!parsed.ok) throw new Stop(parsed.reason, parsed.offset)
  const txids = new Uint8Array(32 * sink.transactionCount)
  computeTxids(bytes, sink, 0, sink.transactionCount, createScalarHasher(), txids)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  transactions.forEach((transaction, row) => {
    const txid = toHex(reversed(txids.subarray(32 * row, 32 * row + 32)))
    if (txid !== transaction['txid']) throw new Stop('txid-mismatch', sink.transactions.start[row]!)
    list(transaction['vout']).forEach((output, index) => {
      const at = sink.outputs.value[sink.transactions.firstOutput[row]! + index]
      if (at === undefined || view.getBigUint64(at, true) !== coins(output['value'])) {
        throw new Stop('json-contradicts', sink.transactions.start[row]!)
      }
    })
  })
}

/** Writes one transaction; says whether it is a HogEx, which only its hex can tell. */
function writeTransaction(writer: Writer, json: Json): boolean {
  if (typeof json['hex'] === 'string') {
    writer.hex(json['hex'])
    return /^.{8}00(08|09)/.test(json['hex'])
  }
  const inputs = list(json['vin'])
  const outputs = list(json['vout'])
  const witness = inputs.some(input => list(input['txinwitness'] ?? []).length > 0)
  writer.int32(whole(json['version']))
  if (witness) writer.hex('0001')
  writer.count(inputs.length)
  for (const input of inputs) writeInput(writer, input)
  writer.count(outputs.length)
  for (const output of outputs) {
    writer.uint64(coins(output['value']))
    writer.counted(text(object(output['scriptPubKey'])['hex']))
  }
  for (const input of witness ? inputs : []) {
    const items = (input['txinwitness'] ?? []) as readonly unknown[]
    writer.count(items.length)
    for (const item of items) writer.counted(text(item))
  }
  writer.int32(whole(json['locktime']))
  return false
}

function writeInput(writer: Writer, input: Json): void {
  const coinbase = input['coinbase']
  if (coinbase === undefined) {
    writer.hash(text(input['txid']))
    writer.int32(whole(input['vout']))
    writer.counted(text(object(input['scriptSig'])['hex']))
  } else {
    writer.hash('00'.repeat(32))
    writer.int32(0xffff_ffff)
    writer.counted(text(coinbase))
  }
  writer.int32(whole(input['sequence']))
}

/** The spent outputs, if every input but the coinbase's has one. */
function spentOf(transactions: readonly Json[]): SpentOutputs | null {
  const inputs = transactions.flatMap(json => list(json['vin'] ?? [])).filter(input => input['coinbase'] === undefined)
  if (inputs.length === 0 || inputs.some(input => input['prevout'] === undefined)) return null
  const collector = createCollector(inputs.length)
  for (const input of inputs) {
    const prevout = object(input['prevout'])
    const script = parseHex(text(object(prevout['scriptPubKey'])['hex']))
    if (script === undefined) throw stop('json-incomplete')
    collector.add(coins(prevout['value']), script)
  }
  return collector.done()
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function object(value: unknown): Json {
  if (!isObject(value)) throw stop('json-incomplete')
  return value
}

function list(value: unknown): readonly Json[] {
  if (!Array.isArray(value)) throw stop('json-incomplete')
  return value as readonly Json[]
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw stop('json-incomplete')
  return value
}

/** A whole number of 32 bits, signed or not. */
function whole(value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value)) throw stop('json-incomplete')
  if (value < -(2 ** 31) || value >= 2 ** 32) throw stop('json-incomplete')
  return value
}

function coins(value: unknown): bigint {
  const units = typeof value === 'string' ? parseCoins(value) : undefined
  if (units === undefined || units >= 1n << 63n) throw stop('amount-malformed')
  return units
}

/** Ends the reading of one block from deep inside; caught in `fromValue`, never seen outside. */
class Stop extends Error {
  readonly fault: Fault

  constructor(reason: Fault['reason'], offset: number) {
    super(reason)
    this.fault = { reason, offset }
  }
}

function stop(reason: Fault['reason']): Stop {
  return new Stop(reason, 0)
}
