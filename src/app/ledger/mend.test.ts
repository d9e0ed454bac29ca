import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { buildChain, frame } from '../../../test/fault/chain.ts'
import * as Address from '../../chain/address.ts'
import * as Key from '../../chain/key.ts'
import { digestOf, findManifest, openColumns } from '../../ledger/ledger.ts'
import { listChunks } from '../../ledger/table.ts'
import type { NetworkId } from '../../model/network.ts'
import { fixedClock } from '../../std/clock.ts'
import { Failure } from '../../std/failure.ts'
import { seededRandom } from '../../std/random.ts'
import { openReader } from '../../store/store.ts'
import type { Progress } from '../operation.ts'
import { perform } from '../perform.ts'
import type { Mended } from './mend.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-mend-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const NETWORK = 'bitcoin-regtest'
const CHUNKS = 8
const { links } = buildChain(seededRandom(17), 5 * CHUNKS)
const files = Array.from({ length: CHUNKS }, (_, k) => {
  const path = join(folder, `blk0000${k}.dat`)
  writeFileSync(path, frame(links.slice(5 * k, 5 * k + 5)))
  return path
})

const run = (directory: string, name: string, input: object, notes: Progress[] = []): Promise<unknown> =>
  perform(name, input, {
    ...{ directory, user: 'tester', clock: fixedClock(1_800_000_000), signal: new AbortController().signal },
    progress: note => notes.push(note),
  })

const add = (directory: string, path: string, notes: Progress[] = []) =>
  run(directory, 'ledger add', { network: NETWORK, files: [path] }, notes) as Promise<{ mended?: readonly Mended[] }>

test('a byte turned in any piece: what lies before is kept, the rest derived again, and all is as it was', async () => {
  const whole = await chain('whole')
  const [digest, chunks] = [digestIn(whole), chunksIn(whole)]
  assert.equal(chunks.length, CHUNKS)
  for (const [k, chunk] of chunks.entries()) {
    const torn = copyOf(whole, `byte-${k}`)
    const path = segmentOf(torn)
    const bytes = readFileSync(path)
    bytes[chunk.offset + (chunk.length >> 1)]! ^= 0x10
    writeFileSync(path, bytes)
    assert.equal(refusal(torn), 'Ledger.SegmentAltered')
    const notes: Progress[] = []
    const { mended } = await add(torn, files[0]!, notes)
    const read = Math.min(CHUNKS, CHUNKS - k + 1)
    assert.deepEqual(mended, [{ network: NETWORK, path, chunks: { kept: k, of: CHUNKS }, files: read }])
    assert.ok(notes.some(({ note, last }) => last === true && note?.includes(`${k} of ${CHUNKS} pieces kept`)))
    assert.equal(digestIn(torn), digest)
    assert.deepEqual(readFileSync(path), bytes, 'what was damaged stays as it was found')
    assert.equal((await add(torn, files[1]!)).mended, undefined, 'mended once')
  }
})

test('a file cut short, or gone, is mended too, and takes new blocks in the same run', async () => {
  const most = join(folder, 'most')
  for (const path of files.slice(0, -1)) await add(most, path)
  const whole = digestIn(await chain('again'))
  const chunks = chunksIn(most)
  for (const length of [0, chunks[0]!.length - 1, chunks[3]!.offset + 9, chunks.at(-1)!.offset]) {
    const torn = copyOf(most, `cut-${length}`)
    truncateSync(segmentOf(torn), length)
    assert.equal((await add(torn, files.at(-1)!)).mended?.length, 1)
    assert.equal(digestIn(torn), whole)
  }
  const gone = copyOf(most, 'gone')
  rmSync(segmentOf(gone))
  assert.deepEqual((await add(gone, files.at(-1)!)).mended?.[0]?.chunks, { kept: 0, of: CHUNKS - 1 })
  assert.equal(digestIn(gone), whole)
})

test('a ledger that was mended, or derived anew, can be mended again', async () => {
  const torn = await chain('twice')
  const digest = digestIn(torn)
  await run(torn, 'rebuild', {})
  for (let times = 0; times < 2; times++) {
    const path = segmentOf(torn)
    const bytes = readFileSync(path)
    bytes[bytes.length - 9]! ^= 1
    writeFileSync(path, bytes)
    assert.equal((await add(torn, files[2]!)).mended?.length, 1)
    assert.equal(digestIn(torn), digest)
  }
})

test('a trial run mends nothing, and neither does a ledger whose files are gone', async () => {
  const torn = await chain('trial')
  truncateSync(segmentOf(torn), 100)
  const trial = run(torn, 'ledger add', { network: NETWORK, files: [files[0]!], dryRun: true })
  await assert.rejects(trial, isNamed('Ledger.SegmentAltered'))
  rmSync(join(torn, 'files'), { recursive: true })
  await assert.rejects(add(torn, files[0]!))
  assert.equal(refusal(torn), 'Ledger.SegmentAltered')
})

test('transfers of an account chain: each piece in turn, rows that were refused stay refused', async () => {
  const whole = join(folder, 'tron')
  const parts = [0, 1, 2, 3, 4].map(part => {
    const path = join(folder, `part-${part}.csv`)
    writeFileSync(path, transfersOf(part))
    return path
  })
  for (const path of parts) await run(whole, 'ledger import', { file: path })
  const [digest, chunks] = [digestIn(whole, 'tron'), chunksIn(whole, 'tron')]
  assert.equal(chunks.length, 5)
  for (const [k, chunk] of chunks.entries()) {
    const torn = copyOf(whole, `tron-${k}`)
    const path = segmentOf(torn, 'tron')
    const bytes = readFileSync(path)
    bytes[chunk.offset + chunk.length - 20]! ^= 4
    writeFileSync(path, bytes)
    const { mended } = (await run(torn, 'ledger import', { file: parts[1] })) as { mended?: readonly Mended[] }
    assert.deepEqual(mended, [{ network: 'tron', path, chunks: { kept: k, of: 5 }, files: 5 }])
    assert.equal(digestIn(torn, 'tron'), digest)
  }
})

/** Ten rows; each part but the first also contradicts a row of the one before, and is refused there. */
function transfersOf(part: number): string {
  const address = (n: number) => Address.fromKey('tron', Key.TRON, new Uint8Array(20).fill(n)).address
  const row = (n: number, amount: number) => {
    const txid = (n + 1).toString(16).padStart(64, '0')
    const time = `2024-01-01T00:00:${String(n).padStart(2, '0')}Z`
    return `tron,${txid},${100 + n},${time},${address(n % 7)},${address(9)},${amount}`
  }
  const rows = Array.from({ length: 10 }, (_, k) => row(10 * part + k, 1 + k))
  return ['network,txid,height,time,from,to,amount', ...rows, ...(part === 0 ? [] : [row(10 * part - 1, 99)])].join(
    '\n',
  )
}

async function chain(name: string): Promise<string> {
  const directory = join(folder, name)
  for (const path of files) await add(directory, path)
  return directory
}

function copyOf(directory: string, name: string): string {
  const copy = join(folder, name)
  cpSync(directory, copy, { recursive: true })
  return copy
}

/** The segment that is read now: of the newest generation. */
function segmentOf(directory: string, network = NETWORK): string {
  const inside = join(directory, 'ledger', network)
  const names = readdirSync(inside).filter(name => name.endsWith('.segment'))
  return join(inside, names.sort().at(-1)!)
}

function chunksIn(directory: string, network: NetworkId = NETWORK) {
  const store = openReader(directory)
  const chunks = listChunks(store, findManifest(store, network)!)
  store.close()
  return chunks
}

function digestIn(directory: string, network: NetworkId = NETWORK): string {
  const store = openReader(directory)
  try {
    return digestOf(openColumns(store, network)!)
  } finally {
    store.close()
  }
}

function refusal(directory: string): string {
  try {
    return digestIn(directory)
  } catch (thrown) {
    assert(thrown instanceof Failure)
    return thrown.name
  }
}

function isNamed(name: string): (thrown: unknown) => boolean {
  return thrown => thrown instanceof Failure && thrown.name === name
}
