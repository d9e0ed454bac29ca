import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { account, timeOf, txid } from '../../test/story/story.ts'
import type { Knowledge, Label } from '../attribution/attribution.ts'
import { type AccountColumns, assembleAccount, NONE } from '../ledger/ledger.ts'
import { seededRandom } from '../std/random.ts'
import { CROSSING_RULE, type Crossing, crossingOf } from './bridge.ts'

/** GATE and DOOR are the two ends of one bridge; MOLE is another's, SHOP no bridge. */
const ENTITIES: Readonly<Record<string, [entity: string, category: string]>> = {
  ...{ GATE: ['span', 'bridge'], DOOR: ['span', 'bridge'], DOOR2: ['span', 'bridge'] },
  ...{ MOLE: ['mole', 'bridge'], SHOP: ['span', 'exchange'] },
}

const knowledge = {
  labelsOf(network: Label['network'], address: string): Label[] {
    const known = ENTITIES[address]
    if (known === undefined) return []
    const [entity, category] = known
    return [{ network, address, name: entity, entity, category, categories: [category] } as unknown as Label]
  },
} as unknown as Knowledge

const paid = 'h10 in: A -> GATE 1000000 USDT'
const released = 'h12 out: DOOR -> B 997000 USDT'

test('a payment into a bridge and the one release that fits it are a linked edge, with both transactions', () => {
  const found = crossing(paid, `${released}\nh12 o2: DOOR -> C 5000000 USDT`)
  assert(found !== null)
  const { paid: from, released: to, ...rest } = found
  assert.deepEqual(rest, { protocol: 'span', seconds: timeOf(12) - timeOf(10), grade: 'inferred' })
  assert.deepEqual([from.network, from.txid, from.address, from.contract], ['tron', txid('in'), 'A', 'GATE'])
  assert.deepEqual([to.network, to.txid, to.address, to.contract], ['ethereum', txid('out'), 'B', 'DOOR'])
  assert.deepEqual([from.amount.units, to.amount.units], [1_000_000n, 997_000n])
})

test('what does not fit, or fits twice, stays a contract that is not decoded', () => {
  const decoys: Record<string, [string, string]> = {
    'nothing came out': [paid, 'h12 x: Q -> B 997000 USDT'],
    'before it was paid in': [paid, 'h9 out: DOOR -> B 997000 USDT'],
    'too late': [paid, 'h47 out: DOOR -> B 997000 USDT'],
    'more than was paid in': [paid, 'h12 out: DOOR -> B 1000001 USDT'],
    'less than the fee allows': [paid, 'h12 out: DOOR -> B 989999 USDT'],
    'another asset': [paid, 'h12 out: DOOR -> B 997000 USDC'],
    'a token that only bears the name': [paid.replace('USDT', 'FAKE'), released.replace('USDT', 'FAKE')],
    'another bridge': [paid, 'h12 out: MOLE -> B 997000 USDT'],
    'the same owner, but no bridge': [paid, 'h12 out: SHOP -> B 997000 USDT'],
    'a failed release': [paid, `${released} failed`],
    'two releases': [paid, `${released}\nh13 o2: DOOR2 -> C 996000 USDT`],
    'two payments': [`${paid}\nh11 i2: Z -> GATE 999000 USDT`, released],
  }
  for (const [what, [here, there]] of Object.entries(decoys)) assert.equal(crossing(here, there), null, what)
  assert.notEqual(crossing(paid, 'h46 out: DOOR -> B 990000 USDT'), null, 'the last that fits')
})

test('a world of two networks: every edge is a true one, and traffic that crowds leaves edges out', () => {
  const tally = { true: 0, missed: 0 }
  fc.assert(
    fc.property(fc.nat(10_000), seed => {
      const { here, there, truth } = world(seed)
      for (let row = 0; row < here.transfers.count; row++) {
        const found = crossingOf(here, row, 'sent', [there], knowledge)
        const expected = truth.get(row)
        if (found !== null) assert.equal(found.released.txid, expected, `row ${row} of world ${seed}`)
        if (expected !== undefined) tally[found === null ? 'missed' : 'true']++
      }
    }),
    { numRuns: 30, seed: 7 },
  )
  assert.ok(tally.true > 2 * tally.missed && tally.missed > 0, JSON.stringify(tally))
})

/** Twelve crossings among decoys: sums paid in that never come out, and releases of payments that were not read. */
function world(seed: number) {
  const random = seededRandom(seed)
  const [tron, ethereum] = [[] as [number, string][], [] as [number, string][]]
  const names: string[] = []
  for (let k = 0; k < 12; k++) {
    const height = 1 + random.below(400)
    const units = 1_000_000 + random.below(9_000_000)
    names.push(`${k}`)
    tron.push([height, `h${height} in${k}: A${k} -> GATE ${units} USDT`])
    const fee = random.below(Math.floor(units / 100))
    const later = height + 1 + random.below(30)
    ethereum.push([later, `h${later} out${k}: DOOR -> B${k} ${units - fee} USDT`])
  }
  for (let k = 0; k < 10; k++) {
    const [a, b] = [1 + random.below(400), 1 + random.below(400)]
    tron.push([
      a,
      `h${a} no${k}: D${k} -> ${random.below(2) === 0 ? 'MOLE' : 'SHOP'} ${1_000_000 + random.below(9_000_000)} USDT`,
    ])
    ethereum.push([b, `h${b} no${k}: MOLE -> E${k} ${1_000_000 + random.below(9_000_000)} USDT`])
  }
  const here = columnsOf('tron', tron)
  const there = columnsOf('ethereum', ethereum)
  const truth = new Map<number, string>()
  for (const k of names) truth.set(rowOf(here, `A${k}`), txid(`out${k}`))
  return { here, there, truth }
}

function columnsOf(network: 'tron' | 'ethereum', lines: [number, string][]): AccountColumns {
  const sorted = [...lines].sort((a, b) => a[0] - b[0]).map(([, line]) => line)
  return assembleAccount(network, account(network, sorted.join('\n')))
}

function rowOf(columns: AccountColumns, payer: string): number {
  const address = columns.addresses.find(payer) ?? NONE
  return columns.transfers.from.indexOf(address)
}

function crossing(here: string, there: string): Crossing | null {
  const columns = assembleAccount('tron', account('tron', here))
  assert.ok(CROSSING_RULE.seconds === 21_600)
  return crossingOf(
    columns,
    rowOf(columns, 'A'),
    'sent',
    [assembleAccount('ethereum', account('ethereum', there))],
    knowledge,
  )
}
