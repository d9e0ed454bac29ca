import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as Address from '../../src/chain/address.ts'
import * as Block from '../../src/chain/block.ts'
import type { UtxoBlock } from '../../src/model/transaction.ts'
import * as World from '../../src/world/world.ts'

const world = World.generate()
const { truth } = world
const text = (path: string) => new TextDecoder().decode(world.files.find(file => file.path === path)!.bytes)
const blocks = decodeAll(world.files.find(file => file.path === World.paths.blocks)!.bytes)

test('a seed gives the same bytes each time; this digest changes only when the world does', () => {
  assert.equal(World.digest(world), '80e41d26bc2c6284e5861d76f7fc09066fc2b8a87621b6435c7a63ffeb9e9d2d')
  assert.equal(World.digest(World.generate(World.SEED)), World.digest(world))
  assert.notEqual(World.digest(World.generate(2)), World.digest(world))
})

test('the blocks are whole regtest blocks that stand on the real genesis block, each on the one before', () => {
  assert.equal(blocks.length, world.size.blocks + 1)
  assert.equal(blocks[0]!.hash, '0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206')
  blocks.forEach((block, height) => {
    assert.equal(block.height, height)
    if (height > 0) assert.equal(block.previous, blocks[height - 1]!.hash)
  })
})

test('each input spends an output that exists, once, and no transaction makes money', () => {
  const unspent = new Map<string, bigint>()
  for (const transaction of blocks.flatMap(block => block.transactions)) {
    let paid = 0n
    for (const { txid, index } of transaction.coinbase ? [] : transaction.inputs) {
      paid += unspent.get(`${txid}:${index}`)!
      assert.ok(unspent.delete(`${txid}:${index}`))
    }
    const received = transaction.outputs.reduce((sum, output) => sum + output.units, 0n)
    if (!transaction.coinbase) assert.ok(paid > received, transaction.txid)
    transaction.outputs.forEach((output, index) => {
      unspent.set(`${transaction.txid}:${index}`, output.units)
    })
  }
})

test('every address is valid by the codecs and lives on the network it was made for', () => {
  for (const { network, address } of truth.addresses) {
    assert.equal(Address.from(address, network).address, address)
  }
  for (const address of truth.owners.keys()) {
    assert.equal(Address.from(address, 'bitcoin-regtest').address, address)
  }
  for (const line of text(World.paths.transfers).trim().split('\n').slice(1)) {
    const [network, , , , , , , , , , from, to] = line.split(',')
    assert.equal(network, 'tron')
    for (const address of [from!, to!]) if (address !== '') assert.equal(Address.from(address, 'tron').address, address)
  }
})

test('the planted inflow is all that the addresses received, and its classes sum to it', () => {
  const own = new Set(truth.addresses.filter(one => one.role === 'donation').map(one => one.address))
  const seen = blocks.flatMap(block =>
    block.transactions.flatMap(({ txid, outputs }) =>
      outputs.flatMap(({ address, units }) =>
        own.has(address!) ? [`${txid} ${address} ${units} ${block.minedAt}`] : [],
      ),
    ),
  )
  const planted = truth.inflows.filter(inflow => inflow.asset === World.BTC)
  const told = planted.map(({ txid, address, units, at }) => `${txid} ${address} ${units} ${at}`)
  assert.deepEqual(told.sort(), seen.sort())
  for (const { inflow, classes } of truth.totals) {
    assert.equal(
      Object.values(classes).reduce((sum, units) => sum + units, 0n),
      inflow,
    )
  }
})

test('the planted inflow on Tron is all that the address received in USDT', () => {
  const { address } = truth.addresses.find(one => one.network === 'tron' && one.role === 'donation')!
  const rows = text(World.paths.transfers)
    .trim()
    .split('\n')
    .map(line => line.split(','))
  const seen = rows.filter(row => row[11] === address && row[1] === 'USDT').map(row => `${row[3]} ${row[12]}`)
  const planted = truth.inflows.filter(inflow => inflow.asset === World.USDT)
  const told = planted.map(
    ({ txid, units }) => `${txid} ${units / 1_000_000n}.${String(units % 1_000_000n).padStart(6, '0')}`,
  )
  assert.deepEqual(told.sort(), seen.sort())
})

test('each class was planted, in the times that make it what it is', () => {
  const of = (what: World.InflowClass) => truth.inflows.filter(inflow => inflow.class === what)
  assert.equal(of('beforePublication').length, 1)
  assert.ok(of('beforePublication')[0]!.at < World.times.first)
  assert.equal(of('afterFreeze').length, 1)
  assert.ok(of('afterFreeze')[0]!.at > World.times.freeze)
  assert.deepEqual(
    of('refund').map(one => one.asset.symbol),
    ['rBTC', 'USDT'],
  )
  assert.equal(of('dust').length, 6)
  for (const { address, at } of of('receipts')) {
    assert.ok(at > truth.addresses.find(one => one.address === address)!.publishedAt!)
    assert.ok(at < World.times.freeze)
  }
})

test('the exchange office works as the typology says: at least 100 in and 100 out, 0.8 to 1.25', () => {
  const { address } = truth.addresses.find(one => one.role === 'service')!
  const transactions = blocks.flatMap(block => block.transactions)
  const owned = new Set<string>()
  const [paid, received] = [new Set<string>(), new Set<string>()]
  for (const { txid, inputs, outputs } of transactions) {
    if (inputs.some(input => owned.has(`${input.txid}:${input.index}`))) paid.add(txid)
    outputs.forEach((output, index) => {
      if (output.address !== address) return
      owned.add(`${txid}:${index}`)
      if (!paid.has(txid)) received.add(txid)
    })
  }
  assert.ok(paid.size >= 100 && received.size >= 100, `${paid.size} out, ${received.size} in`)
  assert.ok(received.size / paid.size > 0.8 && received.size / paid.size < 1.25)
})

test('every post says that it is synthetic', () => {
  for (const post of world.posts)
    assert.ok(text(post.path).includes('SYNTHETIC') && post.sourceUrl.includes('.invalid'))
})

function decodeAll(file: Uint8Array): UtxoBlock[] {
  const view = new DataView(file.buffer, file.byteOffset)
  const found: UtxoBlock[] = []
  for (let at = 0; at < file.length; ) {
    const length = view.getUint32(at + 4, true)
    const decoded = Block.decode(file.subarray(at + 8, at + 8 + length), 'bitcoin-regtest')
    assert.ok(decoded.ok)
    found.push(decoded.block)
    at += 8 + length
  }
  return found
}
