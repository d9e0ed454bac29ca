import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Node, skip, startNode } from '../../test/litecoind.ts'
import { decode } from '../chain/block.ts'
import * as Rules from '../chain/block-rules.ts'
import * as CoreJson from '../chain/core-json.ts'
import * as Undo from '../chain/undo.ts'
import { parseHex, reversed } from '../std/bytes.ts'
import { readBlocks, readUndo } from './block-file.ts'

/** Real blocks of a Core-family node: scrypt work, MWEB with peg-in and peg-out, blk and rev files as written. */
const NETWORK = 'litecoin-regtest'

let node: Node | undefined
const ask = (...words: string[]): string => node!.ask(...words)

describe('blocks of a regtest node', { skip }, () => {
  before(async () => {
    node = await startNode()
    mine(ask)
  })

  after(() => node?.stop())

  test('every block is read, with the hash, txids and values that the node says', () => {
    const blocks = readAll()
    assert.equal(blocks.length, Number(ask('getblockcount')) + 1)
    for (const [height, block] of blocks.entries()) {
      if (height % 50 !== 0 && height < 431) continue
      const stated = JSON.parse(ask('getblock', ask('getblockhash', `${height}`), '2')) as Stated
      assert.equal(block.hash, stated.hash)
      assert.equal(block.height, height)
      assert.deepEqual(
        block.transactions.map(each => [each.txid, ...each.outputs.map(output => Number(output.units) / 1e8)]),
        stated.tx.map(each => [each.txid, ...each.vout.map(output => output.value)]),
      )
    }
  })

  test('some blocks have an MWEB tail, and coins came out of it', () => {
    const outputs = readAll().flatMap(block => block.transactions.slice(1).at(-1)?.outputs ?? [])
    // A HogEx pays its own HogAddr, which is no address, and whoever pegs out.
    assert.ok(outputs.some(output => output.address?.startsWith('rltc1')))
  })

  test('the same blocks through getblock JSON', () => {
    for (const height of [431, 432, 433, Number(ask('getblockcount'))]) {
      const [found] = CoreJson.parse(ask('getblock', ask('getblockhash', `${height}`), '2'), Rules.of(NETWORK))
      assert.ok(found?.ok)
      const decoded = decode(found.block.bytes, NETWORK)
      assert.ok(decoded.ok)
      assert.deepEqual(decoded.block, readAll()[height])
    }
  })

  test('the undo file gives what every input spends', () => {
    const undo = readUndo(node!.file('rev00000.dat'), NETWORK)
    const paid = new Map<string, bigint>()
    let inputs = 0
    for (const block of readAll()) {
      const spending = block.transactions.filter(each => !each.coinbase)
      for (const each of block.transactions) {
        for (const [index, output] of each.outputs.entries()) paid.set(`${each.txid}:${index}`, output.units)
      }
      if (spending.length === 0) continue
      const spender = {
        inputCounts: spending.map(each => each.inputs.length),
        previous: reversed(parseHex(block.previous)!),
      }
      const parsed = Undo.parse(undo, spender, Rules.of(NETWORK))
      assert.ok(parsed.ok)
      const expected = spending.flatMap(each => each.inputs).map(input => paid.get(`${input.txid}:${input.index}`))
      assert.deepEqual([...parsed.spent.units], expected)
      inputs += expected.length
    }
    assert.ok(inputs > 5)
  })
})

type Stated = { hash: string; tx: { txid: string; vout: { value: number }[] }[] }

function readAll() {
  return Array.from(readBlocks(node!.file('blk00000.dat'), NETWORK), found => {
    assert.ok(found.ok)
    const decoded = decode(found.bytes, NETWORK)
    assert.ok(decoded.ok, decoded.ok ? '' : decoded.reason)
    return decoded.block
  })
}

/** MWEB begins at height 432. A second wallet holds MWEB coins only, so that what it pays outside is a peg-out. */
function mine(ask: (...words: string[]) => string): void {
  ask('createwallet', 'miner')
  ask('createwallet', 'hidden')
  const miner = (...words: string[]) => ask('-rpcwallet=miner', ...words)
  const hidden = (...words: string[]) => ask('-rpcwallet=hidden', ...words)
  const address = miner('getnewaddress')
  miner('generatetoaddress', '431', address)
  miner('sendtoaddress', hidden('getnewaddress', '', 'mweb'), '10')
  miner('generatetoaddress', '2', address)
  hidden('sendtoaddress', miner('getnewaddress'), '3')
  miner('generatetoaddress', '1', address)
  miner('sendtoaddress', miner('getnewaddress', '', 'legacy'), '1.5')
  miner('generatetoaddress', '2', address)
}
