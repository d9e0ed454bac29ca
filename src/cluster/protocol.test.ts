import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wilson } from '../../test/corpus/interval.ts'
import { EARLY, LATE, MAINNET, mainnetBlock } from '../../test/corpus/mainnet.ts'
import { skipWithout } from '../../test/shared.ts'
import { type Kind, type Protocols, protocols } from '../../test/world/protocol.ts'
import { assembleUtxo, NONE, txidOf, type UtxoColumns } from '../ledger/ledger.ts'
import { alarmsOf } from './alarm.ts'
import { linkedBy, linkOf } from './link.ts'

/**
 * Guards on transactions written by the rules of protocols (test/world/protocol.ts), 500 of each kind, and on real
 * blocks. What is written by a rule and found by it says that the rule is followed, no more; what the guards *miss* and
 * whom they wrong is the news. docs/methods/cluster.md tells these figures.
 */
const EACH = 500

test('intervals of what the page tells of 500', () => {
  const told = [7, 200, 345, 499, 500].map(hits => wilson(hits, EACH))
  assert.deepEqual(told, [
    ...[
      [0.007, 0.029],
      [0.358, 0.444],
      [0.648, 0.729],
      [0.989, 1],
      [0.992, 1],
    ],
  ])
})

test('what is refused of each protocol, and pairs of addresses that are linked wrongly', () => {
  const world = protocols(EACH)
  assert.deepEqual(tally(world, assembleUtxo('bitcoin', world.blocks)), {
    'whirlpool-mix': { pairs: 0, wrong: 0, 'coinjoin:whirlpool': 500 },
    'whirlpool-tx0': {
      ...{ pairs: 1203, wrong: 0, 'coinjoin:joinmarket': 7 },
      ...{ 'marked whirlpool-tx0': 499, 'marked batch-payout': 377 },
    },
    // With one change or none nothing tells them from a payment to a multisig: marked, and linked.
    'dual-funding': { pairs: 1671, wrong: 923, 'dual-funding': 345, 'marked dual-funding-possible': 155 },
    'psbt-sale': { pairs: 4609, wrong: 0, 'single-anyonecanpay': 500 },
    batch: { pairs: 1255, wrong: 0, 'marked batch-payout': 500 },
    pool: { pairs: 4401, wrong: 0, 'marked pool-payout': 500 },
    payment: { pairs: 1217, wrong: 0 },
    'multisig-payment': { pairs: 1252, wrong: 0, 'dual-funding': 200 },
  })
})

const skip = skipWithout(MAINNET)

test('real blocks of 2013–2017: what the guards refuse and mark there', { skip }, () => {
  const columns = assembleUtxo('bitcoin', [...EARLY, ...LATE].map(mainnetBlock))
  const counts = new Map<string, number>()
  for (let t = 0; t < columns.transactions.count; t++) {
    if (columns.transactions.coinbase[t] === 1) continue
    const { refused } = linkOf(columns, t)
    const marks = alarmsOf(columns, t, false).map(({ kind }) => kind)
    for (const name of [...(refused === null ? [] : [refused]), ...marks]) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  assert.deepEqual(Object.fromEntries([...counts].sort()), {
    ...{ 'batch-payout': 44, 'coinjoin:equal-outputs': 4, 'coinjoin:joinmarket': 1 },
  })
})

/**
 * By kind: how many were refused and marked, by name; pairs that a link holds together, and of these of two holders.
 */
function tally({ kinds, owners }: Protocols, columns: UtxoColumns) {
  const found = new Map<Kind, Record<string, number>>()
  for (let t = 0; t < columns.transactions.count; t++) {
    const kind = kinds.get(txidOf(columns, t))
    if (kind === undefined) continue
    const counts = found.get(kind) ?? { pairs: 0, wrong: 0 }
    found.set(kind, counts)
    const link = linkOf(columns, t)
    const names: string[] = [...(link.refused === null ? [] : [link.refused])]
    for (const { kind: alarm } of alarmsOf(columns, t, false)) names.push(`marked ${alarm}`)
    for (const name of names) counts[name] = (counts[name] ?? 0) + 1
    const held = linkedBy(link).map(row => (row === NONE ? null : owners.get(columns.addresses.format(row))))
    for (let a = 0; a < held.length; a++) {
      for (let b = a + 1; b < held.length; b++) {
        counts['pairs']!++
        if (held[a] !== held[b]) counts['wrong']!++
      }
    }
  }
  return Object.fromEntries(found)
}
