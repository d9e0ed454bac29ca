import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { account, timeOf, txid } from '../../test/story/story.ts'
import type { Knowledge } from '../attribution/attribution.ts'
import type { BridgeEvent } from '../chain/bridge-event.ts'
import { type AccountColumns, assembleAccount } from '../ledger/ledger.ts'
import { seededRandom } from '../std/random.ts'
import * as Trace from './trace.ts'

/**
 * A world on one chain, and the same cut in two: accounts A on one network and B on another, each payment from an A to
 * a B going over a bridge. What is traced over the bridge must be what is traced in the one world.
 */
const knowledge = {
  labelsOf: (_network: string, address: string) =>
    address === 'POOL' || address === 'DOOR'
      ? [{ address, name: 'span', entity: 'span', category: 'bridge', categories: ['bridge'], citations: [] }]
      : [],
  labelCount: () => 0,
  lists: [],
} as unknown as Knowledge

type World = {
  readonly one: AccountColumns
  readonly here: AccountColumns
  readonly there: AccountColumns
  readonly events: readonly BridgeEvent[]
}

/** @param loss of each crossing, in hundredths: the world on one chain knows none */
function worldOf(seed: number, loss: number): World {
  const random = seededRandom(seed)
  const [one, here, there] = [[] as string[], [] as string[], [] as string[]]
  const events: BridgeEvent[] = []
  for (let k = 1; k <= 40; k++) {
    const from = random.below(10)
    const to = from < 5 ? random.below(10) : 5 + random.below(5)
    if (from === to) continue
    const units = 100 + random.below(900)
    const [payer, payee] = [name(from), name(to)]
    one.push(`h${k} t${k}: ${payer} -> ${payee} ${units} USDT`)
    if (from < 5 === to < 5) {
      ;(from < 5 ? here : there).push(`h${k} t${k}: ${payer} -> ${payee} ${units} USDT`)
      continue
    }
    const out = units - Math.floor((units * loss) / 100)
    here.push(`h${k} t${k}: ${payer} -> POOL ${units} USDT`)
    there.push(`h${k} t${k}: DOOR -> ${payee} ${out} USDT`)
    const base = {
      protocol: 'layerzero-oft',
      id: `0x${k}`,
      logIndex: 9,
      height: k,
      time: timeOf(k),
      token: null,
    } as const
    const place = { txid: txid(`t${k}`), farParty: null }
    const [sent, got] = [BigInt(units), BigInt(out)]
    events.push(
      {
        ...base,
        ...place,
        side: 'sent',
        network: 'ethereum',
        contract: 'POOL',
        party: payer,
        units: sent,
        farChain: '30420',
        farUnits: got,
      },
      {
        ...base,
        ...place,
        side: 'received',
        network: 'tron',
        contract: 'DOOR',
        party: payee,
        units: got,
        farChain: '30101',
        farUnits: null,
      },
    )
  }
  const columns = (network: 'ethereum' | 'tron', lines: string[]): AccountColumns =>
    assembleAccount(network, account(network, lines.join('\n')))
  return { one: columns('ethereum', one), here: columns('ethereum', here), there: columns('tron', there), events }
}

function name(k: number): string {
  return k < 5 ? `A${k}` : `B${k}`
}

const declared = Trace.declare({ reason: 'test' })
const backward = Trace.declare({ reason: 'test', direction: 'backward' })

/** What was told on one network. */
function toldOn(network: string, events: readonly BridgeEvent[]): Trace.Bridges {
  const own = events.filter(event => event.network === network)
  return Trace.bridgesOf(
    side => own.filter(event => event.side === side).map(event => event.txid),
    id => own.filter(event => event.txid === id),
  )
}

type Across = { first: Trace.Trace; second: Trace.Trace | null; exits: readonly Trace.Exit[] }

/** From `A0` on the one network to the other; backward from `B5` on the other. */
function acrossOf({ here, there, events }: World, given = declared): Across {
  const [near, far, name] = given.direction === 'forward' ? [here, there, 'A0'] : [there, here, 'B5']
  const first = Trace.run(near, knowledge, [name], given, undefined, toldOn(near.network, events))
  const exits = first.exits ?? []
  const entries = exits.map(exit => {
    const own = events.filter(event => event.id === exit.event.id)
    const other = Trace.otherSideOf(near, exit, own, () => far, knowledge)
    assert(typeof other !== 'string', String(other))
    return Trace.carriedOver(near, exit, other)
  })
  const bridges = toldOn(far.network, events)
  const second = entries.length === 0 ? null : Trace.onward(far, knowledge, given, entries, bridges).found
  return { first, second, exits }
}

function unitsOf(amounts: readonly { readonly units: bigint }[]): bigint[] {
  return amounts.map(amount => amount.units)
}

/** What lies where, by address; nothing of what went over. */
function restOf(outcomes: readonly (Omit<Trace.Outcome, 'method'> | undefined)[]): Map<string, bigint> {
  const rest = new Map<string, bigint>()
  for (const { address, amount, stoppedBecause } of outcomes.flatMap(outcome => outcome?.reached ?? [])) {
    if (stoppedBecause === 'contract') continue
    rest.set(address!, (rest.get(address!) ?? 0n) + amount.units)
  }
  return new Map([...rest].sort(([a], [b]) => (a < b ? -1 : 1)))
}

test('over a bridge that takes nothing each method ends as in a world without one', () => {
  let crossed = 0
  fc.assert(
    fc.property(fc.nat(100_000), seed => {
      const world = worldOf(seed, 0)
      const whole = Trace.run(world.one, knowledge, ['A0'], declared)
      const { first, second, exits } = acrossOf(world)
      crossed += exits.length
      for (const method of Trace.METHODS) {
        const [one, near, far] = [whole.methods[method]!, first.methods[method]!, second?.methods[method]]
        assert.deepEqual(near.total, one.total, `${method} of world ${seed}`)
        assert.deepEqual(restOf([near, far]), restOf([one]), `${method} of world ${seed}`)
      }
      assert.deepEqual(restOf([first.lowest!, second?.lowest ?? undefined]), restOf([whole.lowest!]), `world ${seed}`)
      assert.ok(first.conserved && (second?.conserved ?? true))
    }),
    { numRuns: 150, seed: 3 },
  )
  assert.ok(crossed > 300, `${crossed} crossings`)
})

test('backward over a bridge that takes nothing each method comes from where it does in a world without one', () => {
  let crossed = 0
  fc.assert(
    fc.property(fc.nat(100_000), seed => {
      const world = worldOf(seed, 0)
      const whole = Trace.run(world.one, knowledge, ['B5'], backward)
      const { first, second, exits } = acrossOf(world, backward)
      crossed += exits.length
      for (const method of Trace.METHODS) {
        const [one, near, far] = [whole.methods[method]!, first.methods[method]!, second?.methods[method]]
        assert.deepEqual(unitsOf(near.total), unitsOf(one.total), `${method} of world ${seed}`)
        assert.deepEqual(restOf([near, far]), restOf([one]), `${method} of world ${seed}`)
      }
      assert.ok(first.conserved && (second?.conserved ?? true))
    }),
    { numRuns: 150, seed: 4 },
  )
  assert.ok(crossed > 300, `${crossed} crossings`)
})

test('over one that takes its part: the share of what was paid in, and each side adds up by itself', () => {
  fc.assert(
    fc.property(fc.nat(100_000), fc.integer({ min: 1, max: 99 }), fc.boolean(), (seed, loss, isBack) => {
      const world = worldOf(seed, loss)
      const { first, second, exits } = acrossOf(world, isBack ? backward : declared)
      assert.ok(first.conserved && (second?.conserved ?? true))
      for (const method of Trace.CONSERVING) {
        const left = exits.reduce((sum, { parcels }) => sum + Trace.taintOf(parcels.get(method) ?? []), 0n)
        const stood = first.methods[method]!.reached.filter(row => row.stoppedBecause === 'contract')
        assert.equal(
          stood.reduce((sum, row) => sum + row.amount.units, 0n),
          left,
        )
        const entered = second?.methods[method]?.total[0]?.units ?? 0n
        if (isBack) assert.ok(entered >= left)
        else assert.ok(entered <= left && (loss === 99 || left < 100n || entered > 0n))
      }
    }),
    { numRuns: 60, seed: 5 },
  )
})

test('an event of a contract that nobody calls a bridge ends nothing and carries nothing', () => {
  const world = worldOf(7, 0)
  const blind = { ...knowledge, labelsOf: () => [] } as unknown as Knowledge
  const bridges = toldOn('ethereum', world.events)
  const found = Trace.run(world.here, blind, ['A0'], declared, undefined, bridges)
  assert.equal(found.exits, undefined)
  assert.ok(found.methods.fifo!.reached.every(row => row.stoppedBecause !== 'contract'))
})

test('a payment outside the window, or that several crossings mean, is named and not followed', () => {
  const { here, there, events } = worldOf(1, 0)
  const bridges = toldOn('ethereum', events)
  const [exit] = Trace.run(here, knowledge, ['A0'], declared, undefined, bridges).exits!
  const own = events.filter(event => event.id === exit!.event.id)
  const other = Trace.otherSideOf(here, exit!, own, () => there, knowledge)
  assert(typeof other !== 'string')
  const entry = Trace.carriedOver(here, exit!, other)
  const leftOf = (given: Trace.Declared, entries: readonly Trace.Entry[]): unknown => {
    const { found, left } = Trace.onward(there, knowledge, given, entries, bridges)
    assert.ok(found.conserved)
    return left.map(one => one.why)
  }
  assert.deepEqual(leftOf(declared, [entry]), [])
  assert.deepEqual(leftOf(declared, [entry, entry]), ['twice', 'twice'])
  assert.deepEqual(leftOf(Trace.declare({ reason: 'test', to: other.event.time - 1 }), [entry]), ['window'])
  assert.deepEqual(leftOf({ ...backward, from: other.event.time + 1 }, [entry]), ['window'])
})
