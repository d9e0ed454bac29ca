import assert from 'node:assert/strict'
import { test } from 'node:test'
import { account, assetOf, txid } from '../../test/story/story.ts'
import { assembleAccount } from '../ledger/ledger.ts'
import { parseUnits } from '../model/amount.ts'
import type { Transfer } from '../model/transaction.ts'
import { generate, paths, SEED } from '../world/world.ts'
import { type Services, show } from './cluster.ts'

const services: Services = address => (address.startsWith('HOT') ? { name: 'Exchange X', category: 'exchange' } : null)

test('a deposit address passes all it gets to one exchange: inferred, graded, and no merge', () => {
  const text = `
    h1 t1: A -> D 100 USDT
    h1 t2: D -> HOT 100 USDT
    h2 t3: B -> D 40 USDT
    h3 t4: D -> HOT2 40 USDT`
  const found = shown(text, 'D')
  assert.deepEqual([found.size, found.addresses], [1, ['D']])
  assert.deepEqual(found.links, [
    {
      ...{ kind: 'deposit-address-of', address: 'HOT', grade: 'probable', txids: [txid('t2'), txid('t4')] },
      because:
        'Deposit address of Exchange X (inferred): 2 payers, and all that it paid out, in 2 transaction(s), went to ' +
        'that service within a day.',
    },
  ])
  assert.deepEqual(
    shown(text, 'A').links.map(({ kind, address, grade, txids }) => [kind, address, grade, txids]),
    [['pays-deposit-address', 'D', 'probable', [txid('t1')]]],
  )
  assert.deepEqual(shown(text, 'HOT').links, [])
})

test('one payer or one pass is only possible; a payment elsewhere, a rest kept or a long wait is none', () => {
  const kinds = (text: string) => shown(text, 'D').links.map(({ kind, grade }) => `${kind} ${grade}`)
  assert.deepEqual(kinds('h1 t1: A -> D 100 USDT\nh2 t2: D -> HOT 99 USDT'), ['deposit-address-of possible'])
  assert.deepEqual(kinds('h1 t1: A -> D 100 USDT\nh2 t2: D -> HOT 99 USDT\nh3 t3: D -> E 1 USDT'), [])
  assert.deepEqual(kinds('h1 t1: A -> D 100 USDT\nh2 t2: D -> HOT 50 USDT'), [])
  assert.deepEqual(kinds('h1 t1: A -> D 100 USDT\nh999 t2: D -> HOT 100 USDT'), [])
  assert.deepEqual(kinds('h1 t1: A -> D 100 USDT\nh2 t2: D -> E 100 USDT'), [])
})

test('one private payer of all native coins is a sponsor; a service or a seller of energy is not', () => {
  const text = `
    h1 t1: S -> A 30 TRX
    h2 t2: X -> A 500 USDT
    h3 t3: A -> Y 500 USDT
    h3 t3: A -> - 20 TRX fee
    h4 t4: S -> A 30 TRX`
  assert.deepEqual(
    shown(text, 'A').links.map(({ kind, address, grade, txids }) => [kind, address, grade, txids]),
    [['sponsored-by', 'S', 'probable', [txid('t1'), txid('t4')]]],
  )
  assert.deepEqual(
    shown(text, 'S').links.map(({ kind, address, grade }) => [kind, address, grade]),
    [['sponsors', 'A', 'probable']],
  )
  assert.deepEqual(shown(text.replaceAll('S ->', 'HOT ->'), 'A').links, [])
  const seller = Array.from({ length: 20 }, (_, i) => `h5 s${i}: S -> C${i} 30 TRX`).join('\n')
  assert.deepEqual(shown(`${text}\n${seller}`, 'A').links, [])
  // Coins from a second payer, who may be a stranger: no statement.
  assert.deepEqual(shown(`${text}\nh5 t5: Q -> A 1 TRX`, 'A').links, [])
  // Funded and never used.
  assert.deepEqual(shown('h1 t1: S -> A 30 TRX', 'A').links, [])
})

test('failed transfers and approvals are no movements', () => {
  const text = 'h1 t1: A -> D 100 USDT failed\nh2 t2: D -> HOT 100 USDT approve\nh3 t3: A -> E 1 USDT'
  assert.deepEqual(shown(text, 'D').links, [])
})

test('deposit addresses of the sample world: all that were used, and who else is taken for one', () => {
  const { files } = generate(SEED)
  const read = (path: string) => new TextDecoder().decode(files.find(file => file.path === path)!.bytes)
  const hot = new Set(read(paths.tags).match(/\bT[1-9A-HJ-NP-Za-km-z]{33}\b/g))
  const transfers = read(paths.transfers).trim().split('\n').slice(1).map(readTransfer)
  const columns = assembleAccount('tron', transfers)
  const byName: Services = address => (hot.has(address) ? { name: address, category: 'exchange' } : null)
  // The exchange fuels its own deposit addresses with 7 TRX a time, and nobody else with that sum.
  const truth = new Set(
    transfers.flatMap(({ from, to, asset, units }) =>
      from !== null && to !== null && hot.has(from) && asset.contract === null && units === 7_000_000n ? [to] : [],
    ),
  )
  const all = new Set(transfers.flatMap(({ from, to }) => [from, to]).filter(address => address !== null))
  const found = { probable: [0, 0], possible: [0, 0] }
  for (const address of all) {
    const link = show(columns, address, null, { services: byName, marks: false }).links[0]
    if (link?.kind === 'deposit-address-of') found[link.grade][truth.has(address) ? 0 : 1]!++
  }
  // Right and wrong, by grade. The one that is missed is labelled itself; the wrong one cashed out once, all it had.
  assert.deepEqual({ truth: truth.size, ...found }, { truth: 61, probable: [55, 0], possible: [5, 1] })
})

/** A row of the transfers CSV. */
function readTransfer(line: string): Transfer {
  const cells = line.split(',')
  const [, symbol, , id, txIndex, logIndex, kind, status, height, time, from, to, amount] = cells
  const asset = assetOf('tron', symbol!)
  return {
    ...{ txid: id!, txIndex: Number(txIndex), logIndex: Number(logIndex), kind: kind as Transfer['kind'] },
    ...{ status: status as Transfer['status'], height: Number(height), time: Date.parse(time!) / 1000 },
    ...{ from: from === '' ? null : from!, to: to === '' ? null : to!, asset },
    units: parseUnits(amount!, asset.decimals)!,
  }
}

function shown(text: string, address: string) {
  const columns = assembleAccount('tron', account('tron', text))
  return show(columns, address, null, { services, marks: false })
}
