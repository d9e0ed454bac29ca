import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { shared, skipWithout } from '../../../test/shared.ts'
import { digestOf, findBlock, listGround, openColumns, prices, type UtxoColumns } from '../../ledger/ledger.ts'
import type { NetworkId } from '../../model/network.ts'
import { reversed, toHex } from '../../std/bytes.ts'
import { fixedClock } from '../../std/clock.ts'
import { sha256d, sha256Hex } from '../../std/digest.ts'
import { Failure } from '../../std/failure.ts'
import { openWriter, type Store } from '../../store/store.ts'
import type { Context, Operation } from '../operation.ts'
import type { ImportAnswer } from './import.ts'
import { type Added, ledgerAdd, ledgerImport, ledgerPrice, ledgerStatus } from './ledger.ts'
import { type RebuildAnswer, rebuild } from './rebuild.ts'
import type { StatusAnswer } from './status.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-ledger-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const MAINNET = 'data/bitcoin/mainnet'
const block = (name: string): string => shared(join(MAINNET, name))
const skip = skipWithout(MAINNET)

test('block 300025 with its undo data: every input resolved, and the fees to the satoshi', { skip }, () => {
  const answer = add(open(), 'bitcoin', [block('block300025.raw')], { undo: [block('block300025-undo.raw')] })
  const { coverage, ...counts } = answer
  assert.deepEqual(counts, {
    ...{ network: 'bitcoin', blocks: 1, added: 1, skipped: 0, stale: 0, transactions: 461, inputs: 1427 },
    ...{ inputsResolved: 1427, outputs: 1226, addresses: 1660, feesSats: '7773345' },
    feesKnown: { sats: '7773345', transactions: 460, of: 460 },
    ...{ rejected: [], dryRun: false },
  })
  assert.equal(coverage.fromHeight, 300025)
  assert.equal(coverage.finality, 'unanchored')
})

test('undo data given later complete a block that came without them', { skip }, () => {
  const store = open()
  const bare = add(store, 'bitcoin', [block('block300025.raw')])
  assert.equal(bare.feesSats, null)
  assert.ok(bare.inputsResolved < 1427)
  const told = add(store, 'bitcoin', [block('block300025.raw')], { undo: [block('block300025-undo.raw')] })
  assert.equal(told.feesSats, '7773345')
  const again = add(store, 'bitcoin', [block('block300025.raw')])
  assert.deepEqual([again.added, again.skipped, again.feesSats], [0, 1, '7773345'])
})

// Figures: SOURCES.md of the data, and the blocks themselves as public explorers show them.
test('the first 4,313 blocks of a node hang on the genesis block and resolve all inputs', { skip }, () => {
  const answer = add(open(), 'bitcoin', [block('blk00000-first1MB.dat')])
  assert.deepEqual(
    [answer.blocks, answer.transactions, answer.inputs, answer.inputsResolved, answer.coverage.finality],
    [4313, 4371, 247, 247, 'final'],
  )
  assert.deepEqual([answer.coverage.fromHeight, answer.coverage.toHeight], [0, 4312])
})

test('all mainnet blocks load in any order of files into the same ledger', { skip }, () => {
  const files = readdirSync(shared(MAINNET)).filter(name => /^(?!.*undo).*\.(raw|dat)$/.test(name))
  const paths = files.map(name => block(name))
  const [one, two] = [open(), open()]
  const answer = add(one, 'bitcoin', paths)
  assert.deepEqual(answer.rejected, [])
  for (const path of paths.toReversed()) add(two, 'bitcoin', [path])
  assert.equal(digestOf(columnsOf(two)), digestOf(columnsOf(one)))
  const heights = new Set(columnsOf(one).blocks.height)
  for (const height of [0, 4312, 227835, 227836, 300025, 363703, 426884, 481815, 481829, 482683]) {
    assert.ok(heights.has(height), `height ${height}`)
  }
})

test('the store gives the very columns that memory gives', { skip }, () => {
  const store = open()
  add(store, 'bitcoin', [block('block227836.dat'), block('block227835.dat')])
  const columns = columnsOf(store)
  assert.deepEqual([...columns.blocks.height], [227835, 227836])
  // 227,836 spends outputs of 227,835 although it was read first.
  assert.ok(columns.inputs.output.some(row => row !== 0xffff_ffff))
})

test('testnet blocks of the segwit age with their undo data', { skip: skipWithout('data/bitcoin/testnet3') }, () => {
  const path = (name: string): string => shared(join('data/bitcoin/testnet3', name))
  const undo = [path('block928816-undo.raw'), path('block928828-undo.raw')]
  const answer = add(open(), 'bitcoin-testnet3', [path('block928816.raw'), path('block928828.raw')], { undo })
  assert.deepEqual([answer.transactions, answer.inputs, answer.inputsResolved], [1090, 10_664, 10_664])
})

test('getblock JSON is checked like bytes, and kept as the bytes that it spells', { skip }, () => {
  const path = shared('data/bitcoin/bitcoin-etl/tests/resources/test_export_blocks_job/bitcoin/block_with_transactions')
  const files = readdirSync(path).filter(name => /^rpc_response_getblock_/.test(name))
  const answer = add(
    open(),
    'bitcoin',
    files.map(name => join(path, name)),
  )
  assert.equal(answer.blocks, 2)
  assert.deepEqual(answer.rejected, [])
  assert.deepEqual([answer.coverage.fromHeight, answer.coverage.toHeight], [50001, 50002])
})

test('a height is taken from the user where the block has none', { skip }, () => {
  const path = join(folder, 'one.raw')
  const whole = readFileSync(block('first-439-blocks.dat'))
  // The frame of block 1: magic, length 215, block.
  writeFileSync(path, whole.subarray(8 + 285 + 8, 8 + 285 + 8 + 215))
  assert.equal(add(open(), 'bitcoin', [path]).coverage.fromHeight, null)
  assert.equal(add(open(), 'bitcoin', [path], { height: 1 }).coverage.fromHeight, 1)
})

test('what is bad is refused with reason and offset; what is good goes on; nothing else changes', { skip }, () => {
  const bytes = readFileSync(block('block300025.raw'))
  const cut = write('cut.raw', bytes.subarray(0, 250_000))
  const altered = write('altered.raw', bytes.with(5000, 1))
  const store = open()
  for (const [path, reason] of [
    [cut, 'truncated'],
    [altered, 'merkle-mismatch'],
  ] as const) {
    const failure = failureOf(() => add(store, 'bitcoin', [path]))
    assert.equal(failure.name, 'Ledger.NothingRead')
    assert.equal(failure.facts['reason'], reason)
    assert.equal(typeof failure.facts['offset'], 'number')
  }
  assert.deepEqual(
    readdirSync(store.directory).filter(name => name === 'files' || name === 'ledger'),
    [],
  )
  const answer = add(store, 'bitcoin', [
    altered,
    join(folder, 'absent'),
    folder,
    write('empty', new Uint8Array(0)),
    block('block300025.raw'),
    cut,
  ])
  assert.equal(answer.blocks, 1)
  assert.deepEqual(
    answer.rejected.map(one => one.reason),
    ['merkle-mismatch', 'Ledger.NoSuchFile', 'Ledger.NotAFile', 'BlockFile.Empty', 'truncated'],
  )
  assert.equal(ledgerAdd.verdict!(answer as never), 'no')
})

test('a file that ends within a block, as a node leaves it, is told and is no fault', { skip }, () => {
  const path = write('cut.dat', readFileSync(block('first-439-blocks.dat')).subarray(0, 90_000))
  const answer = add(open(), 'bitcoin', [path])
  assert.deepEqual(
    answer.rejected.map(({ reason, cutOff }) => [reason, cutOff]),
    [['truncated', true]],
  )
  assert.equal(ledgerAdd.verdict!(answer as never), 'ok')
})

test('undo data of another block refuse the block', { skip }, () => {
  const failure = failureOf(() =>
    add(open(), 'bitcoin', [block('block482683.raw')], { undo: [block('block300025-undo.raw')] }),
  )
  assert.equal(failure.facts['reason'], 'undo-mismatch')
})

test('a trial run answers the same and writes nothing', { skip }, () => {
  const store = open()
  const trial = add(store, 'bitcoin', [block('block482683.raw')], { dryRun: true })
  assert.equal(openColumns(store, 'bitcoin'), undefined)
  const real = add(store, 'bitcoin', [block('block482683.raw')])
  assert.deepEqual({ ...trial, dryRun: false }, real)
})

test('what is derived again from the files is equal, also after a segment was damaged', { skip }, () => {
  const store = open()
  const json = shared('data/bitcoin/bitcoin-etl/tests/resources/test_export_blocks_job/bitcoin/block_with_transactions')
  const files = readdirSync(json).filter(name => /^rpc_response_getblock_/.test(name))
  add(
    store,
    'bitcoin',
    files.map(name => join(json, name)),
  )
  add(store, 'bitcoin', [block('block300025.raw'), block('block482683.raw')])
  add(store, 'bitcoin', [block('block300025.raw')], { undo: [block('block300025-undo.raw')] })
  take(store, write('z.csv', [HEADER, row(9, '1'), row(5, '2')].join('\n')))
  const digests = ['bitcoin', 'tron'].map(network => digestOf(openColumns(store, network as NetworkId)!))
  const again = (dryRun: boolean) => (run(rebuild, store, { dryRun }) as RebuildAnswer).networks
  for (const networks of [again(true), again(false)]) {
    assert.deepEqual(
      networks.map(one => one.before),
      digests,
    )
    assert.deepEqual(
      networks.map(one => one.after),
      digests,
    )
  }
  const inside = join(store.directory, 'ledger', 'bitcoin')
  const newest = join(
    inside,
    readdirSync(inside)
      .filter(name => name.endsWith('.segment'))
      .sort()
      .at(-1)!,
  )
  writeFileSync(newest, readFileSync(newest).with(5000, 77))
  const healed = again(false)[0]!
  assert.deepEqual([healed.before, healed.after], [null, digests[0]])
  assert.equal(digestOf(openColumns(store, 'bitcoin')!), digests[0])
  const more = add(store, 'bitcoin', [block('block426884.raw')])
  assert.equal(more.blocks, 1)
})

test('a block is found again as the very bytes that were given, from a file, JSON or hex', { skip }, () => {
  const store = open()
  const raw = readFileSync(block('block482683.raw'))
  const hash = toHex(reversed(sha256d(raw.subarray(0, 80))))
  for (const path of [block('block482683.raw'), write('block.hex', toHex(raw)), block('first-439-blocks.dat')]) {
    add(store, 'bitcoin', [path])
    assert.deepEqual(findBlock(store, 'bitcoin', hash)?.bytes, new Uint8Array(raw))
  }
  const second = '00000000839a8e6886ab5951d76f411475428afc90947ee320161bbf18eb6048'
  const found = findBlock(store, 'bitcoin', second)
  assert.deepEqual([found?.bytes.length, found?.offset, found?.ground.name], [215, 301, 'first-439-blocks.dat'])
  assert.equal(findBlock(store, 'bitcoin', '00'.repeat(32)), undefined)
})

test("a node's obfuscated file is kept in the clear, so that its key is not needed again", { skip }, () => {
  const inside = mkdtempSync(join(folder, 'xor-'))
  const key = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 200)
  const clear = readFileSync(block('first-439-blocks.dat'))
  writeFileSync(join(inside, 'xor.dat'), key)
  writeFileSync(
    join(inside, 'blk00000.dat'),
    clear.map((byte, at) => byte ^ key[at % 8]!),
  )
  const store = open()
  assert.equal(add(store, 'bitcoin', [join(inside, 'blk00000.dat')]).blocks, 439)
  rmSync(inside, { recursive: true })
  const [ground, ...rest] = listGround(store, 'bitcoin')
  assert.deepEqual([ground?.name, ground?.sha256, rest], ['blk00000.dat (in the clear)', sha256Hex(clear), []])
  assert.equal((run(rebuild, store, { dryRun: true }) as RebuildAnswer).networks[0]?.equal, true)
})

test('usage: pairs, heights and networks', () => {
  const store = open()
  assert.equal(failureOf(() => add(store, 'bitcoin', ['a', 'b'], { undo: ['c'] })).name, 'Ledger.UnpairedUndo')
  assert.equal(failureOf(() => add(store, 'bitcoin', ['a', 'b'], { height: 1 })).name, 'Ledger.BadHeight')
  assert.equal(failureOf(() => add(store, 'tron', ['a'])).name, 'Ledger.NoBlocks')
})

const HEADER = 'network,asset,contract,txid,txIndex,logIndex,kind,status,height,time,from,to,amount'
const USDT = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'
const PAYER = 'TEkxiTehnzSmSe2XqrBj4w32RUN966rdz8'
const row = (n: number, amount: string, more = ''): string =>
  `tron,USDT,${USDT},${n.toString(16).padStart(64, '0')},0,${more || '0'},transfer,ok,${100 + n},` +
  `2023-01-31T12:00:00Z,${PAYER},${USDT},${amount}`

test('a transfers file: again it changes nothing, a contradiction is refused by line, the rest goes on', () => {
  const store = open()
  const first = write('a.csv', `﻿${HEADER}\r\n${row(1, '100.5')}\r\n${row(2, '7')}\r\n`)
  assert.deepEqual(pick(take(store, first)), { rows: 2, added: 2, skipped: 0, rejected: [] })
  assert.deepEqual(pick(take(store, first)), { rows: 2, added: 0, skipped: 2, rejected: [] })
  const before = digestOf(openColumns(store, 'tron')!)
  const second = write('b.csv', [HEADER, row(1, '100.6'), row(2, '7.0'), row(3, '1e3'), row(4, '3')].join('\n'))
  const answer = take(store, second)
  assert.deepEqual(pick(answer), {
    ...{ rows: 4, added: 1, skipped: 1 },
    rejected: [
      { line: 2, reason: 'this place in the transaction is known with another amount' },
      { line: 4, reason: 'amount “1e3” is no plain decimal number with up to 6 places' },
    ],
  })
  assert.equal(ledgerImport.verdict!(answer as never), 'no')
  assert.notEqual(digestOf(openColumns(store, 'tron')!), before)
  const contradiction = write('c.csv', [HEADER, row(1, '100.7')].join('\n'))
  assert.deepEqual(pick(take(store, contradiction)), {
    ...{ rows: 1, added: 0, skipped: 0 },
    rejected: [{ line: 2, reason: 'this place in the transaction is known with another amount' }],
  })
})

test('transfers of two files in either order make the same ledger', () => {
  const [one, two] = [open(), open()]
  const files = [
    write('c.csv', [HEADER, row(9, '1'), row(5, '2')].join('\n')),
    write('d.csv', [HEADER, row(7, '3')].join('\n')),
  ]
  for (const path of files) take(one, path)
  for (const path of files.toReversed()) take(two, path)
  assert.equal(digestOf(openColumns(two, 'tron')!), digestOf(openColumns(one, 'tron')!))
})

test('a file of a chain of blocks, a wrong column and a wrong text are refused with the way out', () => {
  const store = open()
  const bitcoin = write('e.csv', `${HEADER}\nbitcoin,BTC,,${'0'.repeat(64)},0,0,transfer,ok,1,2023-01-31,,,1`)
  assert.match(failureOf(() => take(store, bitcoin)).message, /ledger add bitcoin/)
  const column = failureOf(() => take(store, write('f.csv', `${HEADER},colour\n`)))
  assert.deepEqual([column.name, column.facts['column']], ['Transfers.UnknownColumn', 'colour'])
  const utf16 = failureOf(() => take(store, write('g.csv', new Uint8Array([0xff, 0xfe, 65, 0]))))
  assert.equal(utf16.name, 'Csv.NotText')
  assert.equal(openColumns(store, 'tron'), undefined)
})

test('a namesake at another contract is kept, flagged, and is another asset', () => {
  const store = open()
  const fake = row(1, '5').replace(USDT, 'TLa2f6VPqDgRE67v1736s7bJ8Ray5wYjU7')
  const answer = take(store, write('h.csv', [HEADER, fake, row(2, '5')].join('\n')))
  assert.deepEqual(
    answer.impostors.map(asset => asset.contract),
    ['TLa2f6VPqDgRE67v1736s7bJ8Ray5wYjU7'],
  )
  const columns = openColumns(store, 'tron')!
  assert.equal(columns.shape === 'account' && columns.assets.length, 2)
})

test('prices are kept as written, by version; the real files name no usd and are told so', () => {
  const store = open()
  const price = (path: string): unknown => run(ledgerPrice, store, { file: path, asset: 'btc', dryRun: false })
  price(write('p.csv', 'date,usd\n2020-01-01,7200.170000000000000001\n2020-01-02,\n'))
  const { at } = prices(store)
  assert.equal(at('BTC', 1_577_836_800 + 86_399)?.usd, '7200.170000000000000001')
  assert.equal(at('BTC', 1_577_836_800 + 86_400), undefined)
  price(write('q.csv', 'usd,date\n7300,2020-01-01\n'))
  assert.equal(prices(store).on('BTC', '2020-01-01')?.usd, '7300')
  assert.equal(failureOf(() => price(write('r.csv', 'Date,Open,Close\n'))).name, 'Prices.MissingColumn')
  assert.equal(failureOf(() => price(write('s.csv', 'date,usd\n2020-02-30,1\n'))).facts['line'], 2)
  const status = run(ledgerStatus, store, { digest: false }) as StatusAnswer
  assert.deepEqual(status.prices, [{ asset: 'BTC', days: 1, first: '2020-01-01', last: '2020-01-01' }])
})

function open(): Store {
  const store = openWriter(mkdtempSync(join(folder, 'data-')))
  after(() => store.close())
  return store
}

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

function run(operation: Operation, store: Store, input: object): unknown {
  const context: Context = {
    ...{ store, clock: fixedClock(1_700_000_000), user: 'test', progress: () => {} },
    signal: new AbortController().signal,
  }
  return operation.run(input as never, context)
}

function add(store: Store, network: string, files: readonly string[], more: object = {}): Added {
  return run(ledgerAdd, store, { network, files, dryRun: false, ...more }) as Added
}

function take(store: Store, file: string): ImportAnswer {
  return run(ledgerImport, store, { file, dryRun: false }) as ImportAnswer
}

function pick({ rows, added, skipped, rejected }: ImportAnswer) {
  return { rows, added, skipped, rejected }
}

function columnsOf(store: Store): UtxoColumns {
  const columns = openColumns(store, 'bitcoin')
  assert(columns?.shape === 'utxo')
  return columns
}

function failureOf(work: () => unknown): Failure {
  try {
    work()
  } catch (thrown) {
    assert(thrown instanceof Failure, String(thrown))
    return thrown
  }
  throw new Error('nothing was thrown')
}

test('a pipe is refused before it is opened: waiting for its writer would hold the writer lock', () => {
  const pipe = join(mkdtempSync(join(folder, 'pipe-')), 'blocks')
  execFileSync('mkfifo', [pipe])
  assert.throws(() => add(open(), 'bitcoin', [pipe]), { name: 'Ledger.NotAFile' })
})

test('a transfer of nobody to nobody, and the coin of a network at the contract of a token, are refused', () => {
  const head = 'network,asset,contract,txid,height,time,from,to,amount'
  const usdt = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'
  const tail = (id: string, to: string) => `${id.repeat(64)},5,2023-01-31T12:00:00Z,,${to},1`
  const rows = [`tron,TRX,,${tail('a', '')}`, `tron,TRX,${usdt},${tail('b', usdt)}`, `tron,TRX,,${tail('c', usdt)}`]
  const answer = take(open(), write('nobody.csv', [head, ...rows].join('\n')))
  assert.deepEqual([answer.added, answer.rejected.map(row => row.line)], [1, [2, 3]])
})
