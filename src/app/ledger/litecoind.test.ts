import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { type Node, skip, startNode } from '../../../test/litecoind.ts'
import { digestOf, NONE, openColumns, totalsOf, txidOf, type UtxoColumns } from '../../ledger/ledger.ts'
import { parseUnits } from '../../model/amount.ts'
import { reversed, toHex } from '../../std/bytes.ts'
import { fixedClock } from '../../std/clock.ts'
import { openWriter, type Store } from '../../store/store.ts'
import { type Added, ledgerAdd } from './ledger.ts'

/**
 * A node's own answers against the ledger read from its own files: what it mined, paid, took back and mined again.
 * Below height 432, where MWEB begins: beyond it not all coins are in the blocks.
 */
const NETWORK = 'litecoin-regtest'

const folder = mkdtempSync(join(tmpdir(), 'athar-oracle-'))
after(() => rmSync(folder, { recursive: true, force: true }))

describe('the ledger of a regtest node, after a reorganisation', { skip }, () => {
  let node: Node | undefined
  let store: Store
  let columns: UtxoColumns
  let added: Added
  const ask = (...words: string[]): string => node!.ask(...words)

  before(async () => {
    node = await startNode()
    live(ask)
    store = openWriter(join(folder, 'data'))
    added = take(store, [node.file('blk00000.dat')], undefined)
    columns = columnsOf(store)
  })

  after(async () => {
    store?.close()
    await node?.stop()
  })

  test('the node’s branch counts, block by block, with its txids; the others are stale', () => {
    const height = Number(ask('getblockcount'))
    assert.equal(columns.blocks.count, height + 1)
    assert.equal(added.stale, 4)
    assert.deepEqual(added.rejected, [])
    for (const at of [0, 1, 100, ...Array.from({ length: 20 }, (_, back) => height - back)]) {
      const stated = JSON.parse(ask('getblock', ask('getblockhash', `${at}`), '1')) as { hash: string; tx: string[] }
      assert.equal(hashAt(columns, at), stated.hash)
      const [from, to] = [columns.blocks.firstTransaction[at]!, columns.blocks.firstTransaction[at + 1]!]
      assert.deepEqual(
        Array.from({ length: to - from }, (_, k) => txidOf(columns, from + k)),
        stated.tx,
      )
    }
  })

  test('gettxoutsetinfo: as many unspent outputs, of as many transactions, holding as much', () => {
    const stated = JSON.parse(ask('gettxoutsetinfo')) as Stated
    const found = { outputs: 0, units: 0n, transactions: new Set<number>() }
    for (const row of unspent(columns)) {
      found.outputs++
      found.units += columns.outputs.units[row]!
      found.transactions.add(columns.outputs.transaction[row]!)
    }
    assert.equal(hashAt(columns, columns.blocks.count - 1), stated.bestblock)
    assert.equal(found.outputs, stated.txouts)
    assert.equal(found.transactions.size, stated.transactions)
    assert.equal(found.units, parseUnits(String(stated.total_amount), 8))
    assert.ok(columns.outputs.kind.includes(1), 'some outputs can never be spent, and the node leaves them out')
  })

  test('scantxoutset: every address holds what the node says, output by output', () => {
    const places = new Map<string, number[]>()
    for (const row of unspent(columns)) {
      if (columns.outputs.address[row] === NONE) continue
      const address = columns.addresses.format(columns.outputs.address[row]!)
      places.set(address, [...(places.get(address) ?? []), row])
    }
    assert.ok(places.size > 10)
    const wanted = JSON.stringify([...places.keys()].map(address => `addr(${address})`))
    const stated = JSON.parse(ask('scantxoutset', 'start', wanted)) as { unspents: Unspent[] }
    const found = [...places.values()].flat().map(row => placeOf(columns, row))
    assert.deepEqual(found.sort(), stated.unspents.map(one => `${one.txid}:${one.vout}`).sort())
    for (const [address, rows] of places) {
      const held = rows.reduce((sum, row) => sum + columns.outputs.units[row]!, 0n)
      const [balance] = totalsOf(columns, columns.addresses.find(address)!).balance
      assert.equal(balance?.units, held, address)
    }
  })

  test('listunspent: the wallet’s own coins are unspent here too, and worth the same', () => {
    const rows = new Map([...unspent(columns)].map(row => [placeOf(columns, row), row]))
    const stated = JSON.parse(ask('-rpcwallet=miner', 'listunspent', '0', '9999999', '[]', 'true')) as Unspent[]
    assert.ok(stated.length > 10)
    for (const one of stated) {
      const row = rows.get(`${one.txid}:${one.vout}`)
      assert.ok(row !== undefined, one.txid)
      assert.equal(columns.outputs.units[row], parseUnits(one.amount.toFixed(8), 8))
      assert.equal(columns.addresses.format(columns.outputs.address[row]!), one.address)
    }
  })

  test('with the node’s undo file the ledger is the same, every input known twice over', () => {
    const other = openWriter(join(folder, 'with-undo'))
    try {
      const told = take(other, [node!.file('blk00000.dat')], [node!.file('rev00000.dat')])
      assert.deepEqual(told.rejected, [])
      assert.equal(told.inputsResolved, added.inputsResolved)
      assert.equal(digestOf(columnsOf(other)), digestOf(columns))
    } finally {
      other.close()
    }
  })
})

type Stated = { bestblock: string; txouts: number; transactions: number; total_amount: number }
type Unspent = { txid: string; vout: number; address: string; amount: number }

/** Mines, pays to each kind of address, burns, then takes four blocks back and mines seven others. */
function live(ask: (...words: string[]) => string): void {
  ask('createwallet', 'miner')
  const miner = (...words: string[]) => ask('-rpcwallet=miner', ...words)
  const own = miner('getnewaddress')
  miner('generatetoaddress', '110', own)
  const kinds = ['legacy', 'p2sh-segwit', 'bech32']
  const pay = (blocks: number): void => {
    for (let block = 0; block < blocks; block++) {
      for (const kind of kinds) miner('sendtoaddress', miner('getnewaddress', '', kind), `${block + 1}.12345678`)
      miner('generatetoaddress', '1', own)
    }
  }
  pay(6)
  burn(miner)
  miner('generatetoaddress', '1', own)
  pay(3)
  ask('invalidateblock', ask('getblockhash', `${Number(ask('getblockcount')) - 3}`))
  // What was taken back waits in the mempool, and is mined again beside new payments, to another address.
  const other = miner('getnewaddress')
  miner('sendtoaddress', other, '7')
  miner('generatetoaddress', '7', other)
}

function burn(miner: (...words: string[]) => string): void {
  const bare = miner('createrawtransaction', '[]', '[{"data":"6174686172"}]')
  const { hex } = JSON.parse(miner('fundrawtransaction', bare)) as { hex: string }
  miner('sendrawtransaction', (JSON.parse(miner('signrawtransactionwithwallet', hex)) as { hex: string }).hex)
}

function take(store: Store, files: string[], undo: string[] | undefined): Added {
  const signal = new AbortController().signal
  const context = { store, clock: fixedClock(1), user: 'test', progress: () => {}, signal }
  const input = { network: NETWORK, files, dryRun: false, ...(undo === undefined ? {} : { undo }) }
  return ledgerAdd.run(input as never, context) as Added
}

function columnsOf(store: Store): UtxoColumns {
  const columns = openColumns(store, NETWORK)
  assert(columns?.shape === 'utxo')
  return columns
}

/** Rows of what a node keeps as unspent: not what can never be spent, and not the first block's coin. */
function* unspent({ outputs, transactions }: UtxoColumns): Generator<number> {
  for (let row = 0; row < outputs.count; row++) {
    const isGenesis = transactions.block[outputs.transaction[row]!] === 0
    if (outputs.spender[row] === NONE && outputs.kind[row] === 0 && !isGenesis) yield row
  }
}

function placeOf(columns: UtxoColumns, row: number): string {
  const transaction = columns.outputs.transaction[row]!
  return `${txidOf(columns, transaction)}:${row - columns.transactions.firstOutput[transaction]!}`
}

function hashAt({ blocks }: UtxoColumns, row: number): string {
  return toHex(reversed(blocks.hash.slice(32 * row, 32 * row + 32)))
}
