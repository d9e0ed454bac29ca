import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import type { NetworkId } from '../model/network.ts'
import { Failure } from '../std/failure.ts'
import { bytesOf, RECORD_LENGTH_MAX, readCsv } from './csv.ts'
import { scanCsv } from './csv-scan.ts'
import { createKeyDictionary } from './key-dictionary.ts'
import type { Shelf } from './transfer-bytes.ts'
import { readTransfers } from './transfer-file.ts'
import { createTransferRoll, type Verdict } from './transfer-roll.ts'
import { createRowParser, parseHeader } from './transfer-row.ts'

const cell = fc.stringMatching(/^[ab ,"\n\r٣é]{0,6}$/)

test('the scan tells the records of csv-parse and of the reader of texts, in whatever pieces they come', () => {
  const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 })
  fc.assert(
    fc.property(rows, fc.nat(30), fc.nat(30), fc.boolean(), (cells, cut, more, marked) => {
      const quote = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
      const text = cells.map(row => row.map(quote).join(',')).join('\r\n')
      const bytes = new TextEncoder().encode((marked ? '\uFEFF' : '') + text)
      const pieces = [bytes.subarray(0, cut), bytes.subarray(cut, cut + more), bytes.subarray(cut + more)]
      const found = scan(pieces)
      assert.deepEqual(found, [...readCsv(pieces)])
      const expected = parse(text, { relax_column_count: true, record_delimiter: '\r\n' }) as string[][]
      assert.deepEqual(
        found.map(row => row.cells),
        expected,
      )
    }),
  )
})

test('the scan refuses what the reader of texts refuses, by the same name', () => {
  const long = 'b'.repeat(RECORD_LENGTH_MAX)
  for (const text of ['a\n"b\nc', `a,${long}`, `a,${long}\nb`, `"${long}\n${long}"`, 'a\n"', 'a', '', '\n', '\r\n,']) {
    assert.equal(
      nameOf(() => scan(bytesOf(text))),
      nameOf(() => [...readCsv(bytesOf(text))]),
      text.slice(0, 20),
    )
  }
  assert.equal(
    nameOf(() => scan([Uint8Array.of(0x61, 0xff, 0x0a)])),
    'Csv.NotText',
  )
})

const ADDRESSES = ['TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t', 'TEkxiTehnzSmSe2XqrBj4w32RUN966rdz8', '', 'T123']
const EVM = ['0xdac17f958d2ee523a2206206994597c13d831ec7', '0xdAC17F958D2ee523a2206206994597C13D831ec7', '', '0x1']

/** The usual nine times in ten: else no row would ever be taken. */
const mostly = (usual: readonly string[], odd: readonly string[]) =>
  fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: fc.constantFrom(...odd) })

const TIMES = [
  ...['2023-01-31', '2023-02-29T12:00:00Z', '2023-01-31T25:00:00Z', '1969-12-31T00:00:00Z', '2024-02-29T23:59:59Z'],
  ...['2023-01-31T12:00:00+02:00', '2023-01-31t12:00:60Z', '2106-02-07T06:28:16Z'],
]
const AMOUNTS = [
  ...['1.', '.5', '-1', '1,5', '0.0000001', `${2n ** 256n}`, `${2n ** 255n}`, '1e3', '', '٣', '1.50000000'],
  ...['18446744073709.551615', '18446744073709.551616', '123456789.123456', '9007199254.740993'],
]

/** Cells of a file as people write them: mostly usual, some odd, some wrong. */
const row = fc
  .record({
    network: mostly(['tron'], ['ethereum', 'Tron', ' tron', 'bitcoin', 'mars']),
    asset: mostly(['USDT'], ['', 'TRX', 'ETH', 'FAKE', '"USDT"']),
    contract: mostly([ADDRESSES[0]!], [ADDRESSES[1]!, '', EVM[0]!, EVM[1]!]),
    txid: mostly(['a'.repeat(64), `0x${'b'.repeat(64)}`], ['C'.repeat(64), 'd'.repeat(63), 'g'.repeat(64)]),
    txIndex: mostly(['0'], ['', '7', '-1', '007', 'x', '99999999999']),
    logIndex: mostly(['1', '2', '3'], ['', '-1', '-2', '12', '2147483648']),
    kind: mostly(['transfer', ''], ['fee', 'Internal', 'approve', 'gift']),
    status: mostly(['ok'], ['failed', '', 'OK', 'maybe']),
    height: mostly(['5'], ['2147483647', '2147483648', '-5', '1e3', '']),
    time: mostly(['2023-01-31T12:00:00Z'], TIMES),
    from: mostly(ADDRESSES.slice(0, 3), [...ADDRESSES, ...EVM]),
    to: mostly(ADDRESSES.slice(0, 3), [...ADDRESSES, ...EVM]),
    amount: mostly(['1.5', '0', '2'], AMOUNTS),
    decimals: mostly([''], ['6', '18', '99']),
  })
  .map(cells => Object.values(cells).join(','))

const HEADER = 'network,asset,contract,txid,txIndex,logIndex,kind,status,height,time,from,to,amount,decimals'

test('rows read from bytes are taken, refused and kept as rows read from texts', () => {
  const told = { added: 0, present: 0, refused: 0 }
  fc.assert(
    fc.property(fc.array(row, { maxLength: 12 }), fc.nat(400), (rows, cut) => {
      const bytes = new TextEncoder().encode([HEADER, ...rows].join('\n'))
      const pieces = [bytes.subarray(0, cut), bytes.subarray(cut)]
      const [one, two] = [createShelves(), createShelves()]
      const notes: [number, Verdict][] = []
      readTransfers(pieces, one.open, (line, verdict) => notes.push([line, verdict]))
      assert.deepEqual(notes, readSlowly(pieces, two.open))
      assert.deepEqual(one.contents(), two.contents())
      for (const [, verdict] of notes) told[typeof verdict === 'string' ? verdict : 'refused']++
    }),
    { numRuns: 1500 },
  )
  assert.ok(Math.min(told.added, told.present, told.refused) > 5, JSON.stringify(told))
})

/** The long way for every row: what the short one is held to. */
function readSlowly(pieces: readonly Uint8Array[], open: (network: NetworkId) => Shelf): [number, Verdict][] {
  const notes: [number, Verdict][] = []
  let read: ReturnType<typeof createRowParser> | undefined
  for (const { line, cells } of readCsv(pieces)) {
    if (read === undefined) {
      read = createRowParser(parseHeader(cells))
      continue
    }
    const parsed = read([...cells])
    notes.push([line, parsed.ok ? open(parsed.row.network).roll.add(parsed.row) : { conflict: parsed.reason }])
  }
  return notes
}

function createShelves() {
  const shelves = new Map<NetworkId, Shelf & { stock: Parameters<typeof createTransferRoll>[0] }>()
  return {
    open(network: NetworkId): Shelf {
      const stock = { batches: [], keys: createKeyDictionary(network), assets: [] }
      const shelf = shelves.get(network) ?? { stock, keys: stock.keys, roll: createTransferRoll(stock) }
      shelves.set(network, shelf)
      return shelf
    },
    /** What was taken, addresses by name: rows that are refused may leave addresses behind. */
    contents() {
      const filled = [...shelves].filter(([, { roll }]) => roll.count > 0).sort(([a], [b]) => (a < b ? -1 : 1))
      return filled.map(([network, { roll, keys, stock }]) => {
        const { from, to, ...rest } = roll.slice(0)
        const name = (number: number) => (number === 0xffff_ffff ? null : keys.format(number))
        return { network, ...rest, from: [...from].map(name), to: [...to].map(name), assets: stock.assets }
      })
    },
  }
}

function scan(pieces: Iterable<Uint8Array>) {
  const rows: { line: number; cells: string[] }[] = []
  scanCsv(pieces, {
    plain(bytes, cells, line) {
      const text = (k: number) => new TextDecoder().decode(bytes.subarray(cells.start[k], cells.end[k]))
      rows.push({ line, cells: Array.from({ length: cells.count }, (_, k) => text(k)) })
      return true
    },
    text: ({ line, cells }) => rows.push({ line, cells: [...cells] }),
  })
  return rows
}

function nameOf(work: () => unknown): string {
  try {
    work()
  } catch (thrown) {
    assert(thrown instanceof Failure, String(thrown))
    return thrown.name
  }
  return 'nothing was thrown'
}
