import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { nothing } from '../attribution/attribution.ts'
import { assembleAccount, assembleUtxo } from '../ledger/ledger.ts'
import * as Asset from '../model/asset.ts'
import type { Transfer, UtxoBlock, UtxoTransaction } from '../model/transaction.ts'
import { asserted, CLASSES, type Member, measure, openWindow, type Row } from './campaign.ts'

/**
 * The definitions of docs/methods/receipts.md once more, over plain lists and in the order of the page, without the
 * product's code: random small ledgers must give the same partition.
 */
const USDT = Asset.token('tron', 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t')!
const id = (n: number): string => n.toString(16).padStart(64, '0')
const NAMES = ['A', 'B', 'C', 'x', 'y', 'z']
const HOUR = 3600

/** Whole hours, as the transfers are: windows are met to the second. */
const times = fc.oneof(
  { weight: 4, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.nat(60).map(hours => hours * HOUR) },
)
const members = fc
  .uniqueArray(
    fc.record({
      address: fc.constantFrom('A', 'B', 'C'),
      role: fc.constantFrom('unknown', 'donation', 'operational', 'service'),
      claimed: fc.boolean(),
      ...{ publishedAt: times, exposedAt: times, frozenAt: times, governmentFrom: times },
    }),
    { selector: member => member.address, minLength: 1 },
  )
  .map(list => list.map(({ address, role, claimed, ...window }) => ({ address, role, claimed, window })))

type Drawn = { address: string; role: string; claimed: boolean; window: Partial<Member['window']> }

const toMember = (network: 'bitcoin' | 'tron', { address, role, claimed, window }: Drawn): Member => ({
  ...asserted(network, address),
  ...{ role: role as Member['role'], claimed, window: { ...openWindow, ...window } },
})

const transfers = fc.array(
  fc.record({
    from: fc.option(fc.constantFrom(...NAMES), { nil: null, freq: 8 }),
    to: fc.constantFrom(...NAMES),
    units: fc.constantFrom(0n, 10_000n, 10_001n, 50_000n, 50_000n, 50_000n, 70_000n),
    status: fc.constantFrom('ok', 'ok', 'ok', 'failed'),
    hours: fc.nat(59),
  }),
  { maxLength: 40, size: 'max' },
)

test('account ledgers: every inflow stands in the class that the definitions give, and all sum up', () => {
  fc.assert(
    fc.property(members, transfers, (drawn, list) => {
      const rows = [...list]
        .sort((a, b) => a.hours - b.hours)
        .map(
          ({ from, to, units, status, hours }, n) =>
            ({
              ...{ txid: id(n + 1), txIndex: n, logIndex: 0, kind: 'transfer', status, height: n, time: hours * HOUR },
              ...{ from, to, asset: USDT, units },
            }) as Transfer,
        )
      const set = drawn.map(one => toMember('tron', one))
      const found = measure([assembleAccount('tron', rows)], set, nothing).rows
      assert.deepEqual(table(found), accountOracle(rows, set))
      const inflow = rows.filter(row => row.status === 'ok' && set.some(member => member.address === row.to))
      assert.equal(sum(found.map(row => row.units)), sum(inflow.map(row => row.units)))
      assert(found.every(row => CLASSES.includes(row.class) && row.units > 0n))
    }),
    { numRuns: 1500 },
  )
})

/** `txid class` → units. */
function accountOracle(rows: readonly Transfer[], set: readonly Member[]): Record<string, bigint> {
  const answer: Record<string, bigint> = {}
  const put = (row: Transfer, name: string, units: bigint): boolean => {
    if (units > 0n) answer[`${row.txid} ${name}`] = units
    return units > 0n
  }
  const moved = rows.filter(row => row.status === 'ok' && row.units > 0n)
  const memberOf = (address: string | null) => set.find(member => member.address === address)
  const owns = (address: string | null) => memberOf(address) !== undefined && memberOf(address)!.role !== 'service'
  const credit: Record<string, bigint> = {}
  const place = (row: Transfer, n: number): boolean => {
    const member = memberOf(row.to)
    if (owns(row.from) && !owns(row.to)) credit[row.to!] = (credit[row.to!] ?? 0n) + row.units
    if (member === undefined) return false
    const { window, role } = member
    if (role === 'service') return put(row, 'service', row.units)
    if (owns(row.from)) return put(row, 'selfTransfer', row.units)
    if (window.governmentFrom !== null && row.time >= window.governmentFrom)
      return put(row, 'governmentWindow', row.units)
    if (row.units <= 10_000n) return put(row, 'dust', row.units)
    if (window.frozenAt !== null && row.time >= window.frozenAt) return put(row, 'afterFreeze', row.units)
    if (window.publishedAt !== null && row.time < window.publishedAt) return put(row, 'beforePublication', row.units)
    const owed = row.from === null ? 0n : (credit[row.from] ?? 0n)
    const back = owed < row.units ? owed : row.units
    const doubt = memberOf(row.from)?.role === 'service'
    put(row, doubt ? 'undecided' : 'refund', back)
    if (row.from !== null) credit[row.from] = owed - back
    const rest = row.units - back
    if (rest === 0n) return true
    const next = moved.slice(n + 1).find(later => later.from === row.to || later.to === row.to)
    const whole = next !== undefined && next.from === row.to && next.units === row.units
    const soon = whole && next.time - row.time <= 24 * HOUR && memberOf(next.to) === undefined
    if (role === 'operational' && soon) return put(row, 'passThrough', rest)
    if (window.exposedAt !== null && row.time >= window.exposedAt) return put(row, 'afterExposure', rest)
    if (row.from === null || role === 'operational' || member.claimed)
      return put(row, 'undecided', rest + (doubt ? back : 0n))
    return put(row, 'receipts', rest)
  }
  for (const [n, row] of moved.entries()) place(row, n)
  return answer
}

const sides = fc.array(
  fc.tuple(fc.constantFrom<string | null>(...NAMES, null), fc.constantFrom(546n, 547n, 10_000n, 20_000n)),
  { minLength: 1, maxLength: 3 },
)

test('UTXO ledgers: classes sum to the outputs that pay the set; own funds explain self-transfers exactly', () => {
  fc.assert(
    fc.property(members, fc.array(fc.tuple(sides, sides), { maxLength: 15, size: 'max' }), (drawn, list) => {
      const transactions = list.map(
        ([inputs, outputs], n): UtxoTransaction => ({
          ...{ txid: id(n + 1), coinbase: false },
          inputs: inputs.map(([address, units], i) => {
            const read = address !== null
            return { txid: id(900 + n), index: i, address, units: read ? units : null, singleAnyoneCanPay: false }
          }),
          outputs: outputs.map(([address, units]) => ({ address, units })),
        }),
      )
      const block: UtxoBlock = { hash: id(1), previous: id(0), height: 1, minedAt: 30 * HOUR, transactions }
      const set = drawn.map(one => toMember('bitcoin', one))
      const found = measure([assembleUtxo('bitcoin', [block])], set, nothing).rows
      const isOwn = (address: string | null) => set.some(one => one.address === address && one.role !== 'service')
      for (const { txid, inputs, outputs } of transactions) {
        const rows = found.filter(row => row.txid === txid)
        const paying = outputs.filter(({ address }) => set.some(one => one.address === address))
        assert.equal(sum(rows.map(row => row.units)), sum(paying.map(output => output.units)))
        const self = sum(rows.filter(row => row.class === 'selfTransfer').map(row => row.units))
        const own = sum(inputs.filter(({ address }) => isOwn(address)).map(({ units }) => units ?? 0n))
        const back = sum(outputs.filter(({ address }) => isOwn(address)).map(output => output.units))
        const alone = inputs.every(({ address }) => isOwn(address))
        assert.equal(self, alone || own > back ? back : own)
        const unread = inputs.some(({ address }) => address === null)
        if (unread) assert(rows.every(row => row.class !== 'receipts' && row.class !== 'refund'))
      }
    }),
    { numRuns: 1000 },
  )
})

function table(rows: readonly Row[]): Record<string, bigint> {
  const found: Record<string, bigint> = {}
  for (const row of rows) {
    const key = `${row.txid} ${row.class}`
    found[key] = (found[key] ?? 0n) + row.units
  }
  return found
}

function sum(units: readonly bigint[]): bigint {
  return units.reduce((all, one) => all + one, 0n)
}
