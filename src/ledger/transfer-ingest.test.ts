import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Transfer } from '../model/transfer.ts'
import { openReader, openWriter } from '../store/store.ts'
import { openCommitter } from './commit.ts'
import { exportLines, findManifest, openColumns, openTransferIngest } from './ledger.ts'
import { emptyTransfers } from './stock.ts'
import { commitBook, createBook } from './transfer-book.ts'
import { toCsv } from './transfer-csv.ts'
import { readTransfers } from './transfer-file.ts'

const directory = mkdtempSync(join(tmpdir(), 'athar-intake-'))
after(() => rmSync(directory, { recursive: true, force: true }))

const NETWORK = 'ethereum'
const address = (n: number): string => `0x${n.toString(16).padStart(40, '0')}`

function transfer(n: number, from: number, to: number, token: Transfer['token'] = null): Transfer {
  return {
    ...{
      network: NETWORK,
      txid: n.toString(16).padStart(64, '0'),
      txIndex: 0,
      logIndex: -1,
      height: n,
      time: n,
      token,
    },
    ...{ kind: 'transfer', failed: false, from: address(from), to: address(to), units: 5n },
  }
}

test('what a refused row names is known to the ledger on disk once a later row names it', () => {
  const store = openWriter(directory)
  const ingest = openTransferIngest(store, NETWORK, () => 1)
  const odd = { contract: address(9), symbol: 'ODD', decimals: 2 }
  assert.equal(ingest.add('page 1', [transfer(1, 1, 2)]).added, 1)
  const { rejected, ground } = ingest.add('page 2', [transfer(1, 3, 4)])
  assert.deepEqual([rejected.length, ground], [1, null])
  assert.equal(ingest.add('page 3', [transfer(2, 3, 7, odd), transfer(3, 7, 8)]).added, 2)
  store.close()
  const reader = openReader(directory)
  const columns = openColumns(reader, NETWORK)
  reader.close()
  assert(columns?.shape === 'account')
  const rows = Array.from({ length: columns.transfers.count }, (_, row) => [
    columns.assets[columns.transfers.asset[row]!]!.symbol,
    columns.addresses.format(columns.transfers.from[row]!),
    columns.addresses.format(columns.transfers.to[row]!),
  ])
  assert.deepEqual(rows, [
    ['ETH', address(1), address(2)],
    ['ODD', address(3), address(7)],
    ['ETH', address(7), address(8)],
  ])
})

test('more rows than a chunk takes are written as several, and are one ledger', () => {
  const token = { contract: address(9), symbol: 'ODD', decimals: 18 }
  const rows = Array.from({ length: 7 }, (_, n) => ({
    ...transfer(n, n % 3, 3 + n, token),
    units: 10n ** BigInt(15 + n),
  }))
  const linesOf = (most: number): string[] => {
    const store = openWriter(mkdtempSync(join(directory, 'pieces-')))
    const book = createBook(NETWORK, emptyTransfers(NETWORK), undefined)
    readTransfers(
      [toCsv(rows)],
      () => book,
      () => {},
    )
    commitBook(
      book,
      openCommitter(store, NETWORK, () => 1),
      most,
    )
    assert.equal(findManifest(store, NETWORK)!.chunks, Math.ceil(7 / most))
    const lines = [...exportLines(openColumns(store, NETWORK)!)]
    store.close()
    return lines
  }
  assert.deepEqual(linesOf(3), linesOf(7))
})
