import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import * as bitcoinjs from 'bitcoinjs-lib'
import * as Build from '../../test/block-builder.ts'
import { shared } from '../../test/shared.ts'
import { concat } from '../std/bytes.ts'
import { elapsedMilliseconds } from '../std/clock.ts'
import { type Random, seededRandom } from '../std/random.ts'
import { parseBlock } from './block-parser.ts'
import * as Rules from './block-rules.ts'
import * as Sink from './block-sink.ts'
import { computeTxids } from './block-txid.ts'
import { createHasher } from './sha256.ts'

/**
 * P1 and P2: blocks parsed into columns, without and with txids, against bitcoinjs-lib in the same run, and two
 * workers against one. Txids, inputs, outputs and values are compared with bitcoinjs-lib's before any time is taken.
 *
 * Bound on paper: without txids a block is walked, not read: some 60 cycles an input and 20 an output, so 2 bytes a
 * cycle and more. With them, four lanes of SHA-256 take 0.2 bytes a cycle, and a transaction of 250 bytes costs six
 * blocks of 64: about 400 MB/s at 3 GHz.
 */
type Stream = { readonly name: string; readonly bytes: Uint8Array; readonly ends: readonly number[] }

const RULES = Rules.of('bitcoin')
const GENERATED_BLOCKS = 24
const TRANSACTIONS_PER_BLOCK = 4000

function parseAll({ bytes, ends }: Stream, sink: Sink.BlockSink): void {
  let start = 0
  for (const end of ends) {
    Sink.clear(sink)
    assert.ok(parseBlock(bytes, start, end, sink, RULES).ok)
    start = end
  }
}

const hasher = createHasher()
let txids = new Uint8Array(0)

function parseAndHashAll({ bytes, ends }: Stream, sink: Sink.BlockSink): void {
  let start = 0
  for (const end of ends) {
    Sink.clear(sink)
    assert.ok(parseBlock(bytes, start, end, sink, RULES).ok)
    if (txids.length < 32 * sink.transactionCount) txids = new Uint8Array(64 * sink.transactionCount)
    computeTxids(bytes, sink, 0, sink.transactionCount, hasher, txids)
    start = end
  }
}

/** Every block's txids, outpoints and values are those of bitcoinjs-lib. */
function compare({ name, bytes, ends }: Stream): void {
  let start = 0
  for (const end of ends) {
    const sink = Sink.create()
    assert.ok(parseBlock(bytes, start, end, sink, RULES).ok)
    const ids = new Uint8Array(32 * sink.transactionCount)
    computeTxids(bytes, sink, 0, sink.transactionCount, hasher, ids)
    const view = new DataView(bytes.buffer, bytes.byteOffset)
    const theirs = bitcoinjs.Block.fromBuffer(Buffer.from(bytes.subarray(start, end))).transactions!
    assert.equal(sink.transactionCount, theirs.length, name)
    theirs.forEach((each, row) => {
      assert.ok(Buffer.from(each.getHash()).equals(ids.subarray(32 * row, 32 * row + 32)), `${name}: txid ${row}`)
      const input = sink.transactions.firstInput[row]!
      const output = sink.transactions.firstOutput[row]!
      assert.equal(sink.transactions.firstInput[row + 1]! - input, each.ins.length)
      assert.equal(sink.transactions.firstOutput[row + 1]! - output, each.outs.length)
      const indexes = each.ins.map((_, i) => view.getUint32(sink.inputs.outpoint[input + i]! + 32, true))
      const values = each.outs.map((_, i) => view.getBigUint64(sink.outputs.value[output + i]!, true))
      assert.deepEqual(
        indexes,
        each.ins.map(one => one.index),
      )
      assert.deepEqual(
        values,
        each.outs.map(one => one.value),
      )
    })
    start = end
  }
}

/** Half of the transactions spend with witnesses; one to three inputs, two outputs of the common kinds. */
function generate(): Stream {
  const random = seededRandom(1)
  const blocks = Array.from({ length: GENERATED_BLOCKS }, (_, height) => {
    const list = Array.from({ length: TRANSACTIONS_PER_BLOCK }, () => spend(random))
    return Build.block([Build.coinbase(1000 + height, 50n, list), ...list])
  })
  return join('generated', blocks)
}

function spend(random: Random): Build.Built {
  const segwit = random.next() < 0.5
  const [signature, key] = [random.bytes(71), random.bytes(33)]
  const script = concat(Build.counted(signature), Build.counted(key))
  const inputs = Array.from({ length: 1 + random.below(3) }, () => ({
    txid: Buffer.from(random.bytes(32)).toString('hex'),
    index: random.below(4),
    ...(segwit ? { script: new Uint8Array(0), witness: [signature, key] } : { script }),
  }))
  const outputs = [25, 22].map(length => ({ units: BigInt(random.below(2 ** 31)), script: random.bytes(length) }))
  return Build.transaction({ inputs, outputs })
}

function join(name: string, blocks: readonly Uint8Array[]): Stream {
  let end = 0
  const ends = blocks.map(block => {
    end += block.length
    return end
  })
  return { name, bytes: concat(...blocks), ends }
}

function real(): Stream[] {
  const names = ['300025.raw', '363703.dat', '426884.raw', '481815.dat', '481829.dat']
  const paths = names.map(name => shared(`data/bitcoin/mainnet/block${name}`)).filter(path => existsSync(path))
  return paths.length === 0
    ? []
    : [
        join(
          'real, five blocks',
          paths.map(path => new Uint8Array(readFileSync(path))),
        ),
      ]
}

/** Milliseconds: first, least and median of the runs. */
function time(work: () => void, runs: number): { cold: number; least: number; median: number } {
  const taken = Array.from({ length: runs }, () => {
    const start = elapsedMilliseconds()
    work()
    return elapsedMilliseconds() - start
  })
  const sorted = taken.toSorted((a, b) => a - b)
  return { cold: taken[0]!, least: sorted[0]!, median: sorted[runs >> 1]! }
}

function report(what: string, stream: Stream, ours: () => void, theirs: () => void, least: number, runs: number): void {
  const [mine, peer] = [time(ours, runs), time(theirs, 9)]
  const speed = (milliseconds: number) => `${Math.round(stream.bytes.length / milliseconds / 1000)} MB/s`
  const ratio = peer.least / mine.least
  const words = [`cold ${speed(mine.cold)}`, `median ${speed(mine.median)}`, `best ${speed(mine.least)}`]
  console.log([what, stream.name, ...words, `bitcoinjs-lib ${speed(peer.least)}`, `${ratio.toFixed(1)}×`].join('  '))
  if (ratio < least) console.log(`  below the ${least}× asked`)
}

function measure(stream: Stream): void {
  compare(stream)
  const sink = Sink.create()
  const buffers = stream.ends.map((end, i) => Buffer.from(stream.bytes.subarray(stream.ends[i - 1] ?? 0, end)))
  // The peer may drop each block before the next, as ours does: kept ones would cost it collections.
  const peer = () => {
    for (const buffer of buffers) bitcoinjs.Block.fromBuffer(buffer)
  }
  const peerIds = () => {
    for (const buffer of buffers) for (const each of bitcoinjs.Block.fromBuffer(buffer).transactions!) each.getHash()
  }
  const runs = Math.max(9, Math.round(3e8 / stream.bytes.length))
  report('P1 parse', stream, () => parseAll(stream, sink), peer, 15, runs)
  report('P2 parse + txid', stream, () => parseAndHashAll(stream, sink), peerIds, 8, Math.min(runs, 15))
}

type Task = { readonly bytes: Uint8Array<SharedArrayBuffer>; readonly ends: readonly number[]; readonly start: number }

/** Milliseconds by the clock, and those in which the busiest worker had a processor. */
type Taken = { readonly elapsed: number; readonly busy: number }

/** Workers among whom the blocks are shared out, and how long they take together. */
function createCrew(stream: Stream, bytes: Uint8Array<SharedArrayBuffer>, count: number) {
  const share = Math.ceil(stream.ends.length / count)
  const workers = Array.from({ length: count }, (_, i) => {
    const task: Task = {
      bytes,
      ends: stream.ends.slice(i * share, (i + 1) * share),
      start: i === 0 ? 0 : stream.ends[i * share - 1]!,
    }
    return new Worker(new URL(import.meta.url), { workerData: task })
  })
  const run = async (): Promise<Taken> => {
    const start = elapsedMilliseconds()
    const done = workers.map(worker => new Promise<number>(resolve => worker.once('message', resolve)))
    for (const worker of workers) worker.postMessage('go')
    const busy = Math.max(...(await Promise.all(done)))
    return { elapsed: elapsedMilliseconds() - start, busy }
  }
  return { run, end: () => Promise.all(workers.map(worker => worker.terminate())) }
}

/** The least of one worker and of two, in turns, so that whatever else the machine does burdens both alike. */
async function measureWorkers(stream: Stream): Promise<readonly [Taken, Taken]> {
  const bytes = new Uint8Array(new SharedArrayBuffer(stream.bytes.length))
  bytes.set(stream.bytes)
  const [single, pair] = [createCrew(stream, bytes, 1), createCrew(stream, bytes, 2)]
  const [ones, twos]: [Taken[], Taken[]] = [[], []]
  for (let round = 0; round < 25; round++) {
    ones.push(await single.run())
    twos.push(await pair.run())
  }
  await Promise.all([single.end(), pair.end()])
  return [leastOf(ones), leastOf(twos)]
}

function leastOf(list: readonly Taken[]): Taken {
  return { elapsed: Math.min(...list.map(taken => taken.elapsed)), busy: Math.min(...list.map(taken => taken.busy)) }
}

function serveTask({ bytes, ends, start }: Task): void {
  const sink = Sink.create()
  const stream = { name: '', bytes: bytes.subarray(start), ends: ends.map(end => end - start) }
  parentPort!.on('message', () => {
    const before = process.threadCpuUsage()
    parseAndHashAll(stream, sink)
    const { user, system } = process.threadCpuUsage(before)
    parentPort!.postMessage((user + system) / 1000)
  })
}

if (!isMainThread) {
  serveTask(workerData as Task)
} else if (import.meta.main) {
  const generated = generate()
  for (const stream of [generated, ...real()]) measure(stream)
  const [one, two] = await measureWorkers(generated)
  const speed = (milliseconds: number) => `${Math.round(generated.bytes.length / milliseconds / 1000)} MB/s`
  const ratio = (one.elapsed / two.elapsed).toFixed(2)
  console.log(`P2 workers  one ${speed(one.elapsed)}  two ${speed(two.elapsed)}  ${ratio}× by the clock (asked 1.7×)`)
  // Where other work holds the processors the clock says little; this says whether the two hinder each other.
  console.log(`  in processor time ${(one.busy / two.busy).toFixed(2)}×, which is not the figure asked`)
}
