import { heightOf, witnessOf } from '../chain/block.ts'
import { type Fault, fault, type Result } from '../chain/block-fault.ts'
import { readForm } from '../chain/block-form.ts'
import { HEADER_BYTES } from '../chain/block-header.ts'
import type * as Rules from '../chain/block-rules.ts'
import { isSingleAnyoneCanPay } from '../chain/block-sighash.ts'
import * as Sink from '../chain/block-sink.ts'
import type { MerkleBranch } from '../chain/merkle.ts'
import * as Note from '../chain/note.ts'
import * as Script from '../chain/script.ts'
import { keyOfInput } from '../chain/script-input.ts'
import type { SpentOutputs } from '../chain/undo.ts'
import { reversed, toHex } from '../std/bytes.ts'
import { sha256d } from '../std/digest.ts'
import { type BatchBuilder, type BlockHead, EXCERPT, HEIGHT_GIVEN, ORDINARY, UNSPENDABLE, WITH_UNDO } from './batch.ts'
import { createChecker } from './block-checker.ts'
import { NONE, UNREAD } from './columns.ts'
import type { HashSet } from './hash-index.ts'
import type { KeyDictionary } from './key-dictionary.ts'

/** One serialized block and what came with it. */
export type RawBlock = {
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
  /** Its height by the user's word. */
  readonly height: number | null
  /** Its height by a node's word: used where the block itself says nothing. */
  readonly statedHeight: number | null
  /** What its inputs spend, in their order; or a reader of it, for data that can only be read knowing the block. */
  readonly spent: SpentReader | null
  /** File it came from, and where in it. */
  readonly ground: number
  readonly offset: number
  /** Its txids or what is wrong with it (offset from `start`), where a checker has found that before. */
  readonly known?: Uint8Array | Fault | undefined
  /** Of an excerpt: the proofs of its transactions, in their order. */
  readonly proofs?: readonly MerkleBranch[] | undefined
}

/** Undo data of one block; gives a fault where they do not fit it. */
export type SpentReader = (spender: Spender) => Result<{ readonly spent: SpentOutputs }>

/** What undo data are read against: inputs of each transaction but the coinbase, and the previous block's hash. */
export type Spender = { readonly inputCounts: readonly number[]; readonly previous: Uint8Array }

/** Checks blocks and copies them into a batch. The parser's memory is kept between blocks. */
export type BlockReader = {
  /** What is wrong with the block, if anything; nothing is taken. */
  check(raw: RawBlock): Fault | undefined
  /** The block's rows in the batch, or the fault (offset from `start`), which leaves the batch as it was. */
  read(raw: RawBlock): Fault | undefined
  /** Words that the blocks read since carry; they are given once. */
  takeNotes(): BlockNote[]
}

/** A note with the block that it was read in. */
export type BlockNote = Note.PlacedNote & { readonly blockHash: string }

/**
 * Proof of work, structure, txids, merkle root and witness commitment are checked; then outputs, inputs and flags are
 * copied. Where neither undo data nor a transaction read before tells an input's output, its address is inferred from
 * its own scripts, if they show one.
 */
export function createBlockReader(
  network: Rules.BitcoinNetworkId,
  batch: BatchBuilder,
  keys: KeyDictionary,
  transactions: HashSet,
): BlockReader {
  const checker = createChecker(network)
  const { sink, txids } = checker
  const check = ({ bytes, start, end, known, proofs }: RawBlock): Fault | undefined => {
    if (proofs !== undefined) return checker.checkExcerpt(bytes, proofs)
    if (known !== undefined && !(known instanceof Uint8Array)) return known
    const failed = known === undefined ? checker.check(bytes, start, end) : checker.adopt(bytes, start, end, known)
    return failed === undefined ? undefined : { reason: failed.reason, offset: failed.offset - start }
  }
  const keyOf = Script.keyReaderOf(network)
  const notes = createNotes()

  const found = createFound()
  const form = { version: 0, lockTime: 0, weight: 0, replaceable: false }
  const rest = { index: 0, parent: NONE, flags: 0, units: UNREAD, address: NONE }
  const copyInput = (bytes: Uint8Array, row: number, input: number, spent: SpentOutputs | null, at: number): void => {
    const outpoint = sink.inputs.outpoint[input]!
    rest.index = readUint32(bytes, outpoint + 32)
    rest.parent = found.parent[input]!
    rest.flags = isLoose(bytes, sink, row, input) ? 1 : 0
    if (spent === null) {
      rest.units = UNREAD
      rest.address = rest.parent === NONE ? infer(bytes, sink, row, input, keys) : NONE
    } else {
      const [from, to] = [spent.script[at]!, spent.scriptEnd[at]!]
      rest.units = spent.units[at]!
      rest.address = addKey(keys, spent.scripts, from, keyOf(spent.scripts, from, to - from))
    }
    batch.input(bytes, outpoint, rest)
  }

  const copy = (bytes: Uint8Array, spent: SpentOutputs | null, mints: boolean): void => {
    const { firstInput, firstOutput } = sink.transactions
    makeRoom(found, sink)
    transactions.addMany(txids.bytes, sink.transactionCount, found.number)
    transactions.findMany(bytes, sink.inputs.outpoint, sink.inputCount, found.parent)
    findOutputs(bytes, sink, found, keys, keyOf)
    let at = 0
    for (let row = 0; row < sink.transactionCount; row++) {
      const coinbase = mints && row === 0
      readForm(bytes, sink, row, form)
      batch.transaction(txids.bytes, 32 * row, coinbase, found.number[row]!, form)
      for (let input = firstInput[row]!; input < firstInput[row + 1]! && !coinbase; input++) {
        copyInput(bytes, row, input, spent, at++)
      }
      for (let output = firstOutput[row]!; output < firstOutput[row + 1]!; output++) {
        batch.outputAt(bytes, sink.outputs.value[output]!, found.address[output]!, found.kind[output]!)
      }
    }
  }

  return {
    ...{ check, takeNotes: notes.take },
    read(raw) {
      const failed = check(raw)
      if (failed !== undefined) return failed
      const spent = raw.spent === null ? null : raw.spent(spenderOf(raw, sink))
      if (spent !== null && !spent.ok) return fault(spent.reason, spent.offset)
      batch.block(headOf(raw, sink, network))
      copy(raw.bytes, spent === null ? null : spent.spent, hasCoinbase(raw))
      notes.read(raw, sink, txids.bytes, found)
      return undefined
    },
  }
}

/** What a block's rows are found to be, all at once: look-ups side by side wait for memory together. */
type Found = {
  /** Numbers of its transactions, and of those that its inputs spend from. */
  number: Uint32Array
  parent: Uint32Array
  /** Of its outputs. */
  address: Uint32Array
  kind: Uint8Array
  /** Of the outputs that pay an address: which they are, and the key of each. */
  output: Uint32Array
  row: Uint32Array
  list: { type: Uint8Array; at: Uint32Array; length: Uint8Array }
}

function createFound(): Found {
  const column = (): Uint32Array => new Uint32Array(0)
  const list = { type: new Uint8Array(0), at: column(), length: new Uint8Array(0) }
  return {
    ...{ number: column(), parent: column(), address: column(), kind: new Uint8Array(0) },
    ...{ output: column(), row: column(), list },
  }
}

function makeRoom(found: Found, sink: Sink.BlockSink): void {
  const { transactionCount, inputCount, outputCount: n } = sink
  if (found.number.length < transactionCount) found.number = new Uint32Array(2 * transactionCount)
  if (found.parent.length < inputCount) found.parent = new Uint32Array(2 * inputCount)
  if (found.address.length >= n) return
  for (const name of ['address', 'output', 'row'] as const) found[name] = new Uint32Array(2 * n)
  found.kind = new Uint8Array(2 * n)
  found.list = { type: new Uint8Array(2 * n), at: new Uint32Array(2 * n), length: new Uint8Array(2 * n) }
}

/** Address and kind of every output. */
function findOutputs(
  bytes: Uint8Array,
  { outputs, outputCount }: Sink.BlockSink,
  { address, kind, output, row, list }: Found,
  keys: KeyDictionary,
  keyOf: ReturnType<typeof Script.keyReaderOf>,
): void {
  let count = 0
  for (let k = 0; k < outputCount; k++) {
    const at = outputs.script[k]!
    const length = outputs.scriptEnd[k]! - at
    const packed = keyOf(bytes, at, length)
    address[k] = NONE
    kind[k] = packed === 0 && Script.isUnspendable(bytes, at, length) ? UNSPENDABLE : ORDINARY
    if (packed === 0) continue
    output[count] = k
    list.type[count] = Script.typeOf(packed)
    list.at[count] = at + Script.offsetOf(packed)
    list.length[count++] = Script.lengthOf(packed)
  }
  keys.addMany(bytes, list, count, row)
  for (let k = 0; k < count; k++) address[output[k]!] = row[k]!
}

/** Words in the outputs that nobody can spend. Most blocks have some such output, and few of them are words. */
function createNotes() {
  let notes: BlockNote[] = []
  return {
    read({ bytes, start }: RawBlock, sink: Sink.BlockSink, txids: Uint8Array, { kind }: Found): void {
      const { outputs, outputCount, transactions } = sink
      for (let k = 0, row = 0; k < outputCount; k++) {
        if (kind[k] !== UNSPENDABLE) continue
        const at = outputs.script[k]!
        const note = Note.ofScript(bytes, at, outputs.scriptEnd[k]! - at)
        if (note === null) continue
        while (transactions.firstOutput[row + 1]! <= k) row++
        const txid = toHex(reversed(txids.subarray(32 * row, 32 * row + 32)))
        const place = { txid, place: k - transactions.firstOutput[row]!, writer: null, receiver: null }
        const blockHash = toHex(reversed(hashOf(bytes, start)))
        notes.push({ ...note, ...place, blockHash, height: null, time: readUint32(bytes, start + 68) })
      }
    },
    take(): BlockNote[] {
      const taken = notes
      notes = []
      return taken
    },
  }
}

/** A whole block begins with its coinbase; an excerpt may be without it. */
function hasCoinbase({ proofs }: RawBlock): boolean {
  return proofs === undefined || proofs[0]?.index === 0
}

/** The block's hash in byte order: what it is known by. */
export function hashOf(bytes: Uint8Array, start: number): Uint8Array {
  return sha256d(bytes.subarray(start, start + HEADER_BYTES))
}

function headOf(raw: RawBlock, sink: Sink.BlockSink, network: Rules.BitcoinNetworkId): BlockHead {
  const { bytes, start, end, ground, offset } = raw
  const given = raw.height !== null
  return {
    hash: hashOf(bytes, start),
    previous: bytes.slice(start + 4, start + 36),
    height: given ? raw.height : ((hasCoinbase(raw) ? heightOf(bytes, sink, 0, network) : null) ?? raw.statedHeight),
    time: readUint32(bytes, start + 68),
    bits: readUint32(bytes, start + 72),
    flags: (raw.spent === null ? 0 : WITH_UNDO) | (given ? HEIGHT_GIVEN : 0) | (raw.proofs === undefined ? 0 : EXCERPT),
    ...{ ground, offset, size: end - start },
  }
}

function spenderOf(raw: RawBlock, sink: Sink.BlockSink): Spender {
  const { bytes, start } = raw
  const { firstInput } = sink.transactions
  const inputCounts: number[] = []
  const first = hasCoinbase(raw) ? 1 : 0
  for (let row = first; row < sink.transactionCount; row++) inputCounts.push(firstInput[row + 1]! - firstInput[row]!)
  return { inputCounts, previous: bytes.slice(start + 4, start + 36) }
}

function addKey(keys: KeyDictionary, bytes: Uint8Array, at: number, packed: Script.Packed): number {
  if (packed === 0) return NONE
  return keys.add(Script.typeOf(packed), bytes, at + Script.offsetOf(packed), Script.lengthOf(packed))
}

function infer(bytes: Uint8Array, sink: Sink.BlockSink, row: number, input: number, keys: KeyDictionary): number {
  const script = bytes.subarray(sink.inputs.script[input]!, sink.inputs.scriptEnd[input]!)
  const key = keyOfInput(script, witnessOf(bytes, sink, row, input))
  return key === null ? NONE : keys.add(key.type, key.payload, 0, key.payload.length)
}

/**
 * Whether the input is signed SINGLE|ANYONECANPAY. The two forms of nearly all inputs, a signature and a key as pushes
 * or as witness, are read without allocating; anything else goes the long way.
 */
function isLoose(bytes: Uint8Array, sink: Sink.BlockSink, row: number, input: number): boolean {
  const [from, to] = [sink.inputs.script[input]!, sink.inputs.scriptEnd[input]!]
  const hasWitness = (sink.transactions.flags[row]! & Sink.FLAG_WITNESS) !== 0
  const witness = hasWitness ? sink.inputs.witness[input]! : -1
  if ((witness === -1 || bytes[witness] === 0) && isPair(bytes, from, to)) return bytes[from + bytes[from]!] === 0x83
  if (witness !== -1 && bytes[witness] === 2 && (from === to || bytes[from] === to - from - 1)) {
    const length = bytes[witness + 1]!
    const isPlain = isSignatureAt(bytes, witness + 1) && bytes[witness + 2 + length] === 33
    if (isPlain && (from === to || to - from === 23)) return bytes[witness + 1 + length] === 0x83
  }
  return isSingleAnyoneCanPay(bytes.subarray(from, to), witnessOf(bytes, sink, row, input))
}

/** Whether the script is one push of a DER signature, and nothing more or one push of a public key. */
function isPair(bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from < 10 || !isSignatureAt(bytes, from)) return false
  const next = from + 1 + bytes[from]!
  return next === to || ((bytes[next] === 33 || bytes[next] === 65) && next + 1 + bytes[next]! === to)
}

/** Whether a length byte and a DER signature of that length stand at `at`. */
function isSignatureAt(bytes: Uint8Array, at: number): boolean {
  const length = bytes[at]!
  return length >= 9 && length <= 73 && bytes[at + 1] === 0x30 && bytes[at + 2] === length - 3 && bytes[at + 3] === 2
}

function readUint32(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0
}
