import type { Transfer } from '../../src/model/transaction.ts'

/**
 * What a forward trace over an account chain must find, from the definitions alone, unit by unit: an account's holding
 * of an asset is a list of units, oldest first, each with its distance from the origin or −1 where it is clean.
 */
export type Rules = {
  readonly origin: ReadonlySet<string>
  readonly services: ReadonlySet<string>
  readonly hops: number
  readonly min: number
}

export type Found = {
  /** `account asset amount hops why`, sorted. */
  readonly reached: readonly string[]
  readonly total: Readonly<Record<string, number>>
  readonly fees: Readonly<Record<string, number>>
}

export function follow(transfers: readonly Transfer[], method: string, rules: Rules): Found {
  const moves = transfers.filter(
    row => row.units > 0n && row.kind !== 'approve' && (row.status === 'ok' || row.kind === 'fee'),
  )
  const state: State = {
    rules,
    method,
    moves,
    held: new Map(),
    touched: new Set(),
    stops: new Map(),
    total: {},
    fees: {},
  }
  moves.forEach((row, at) => {
    move(state, row, at)
  })
  for (const [key, units] of state.held) {
    const [account, asset] = key.split(' ')
    const tainted = units.filter(hop => hop >= 0)
    const amount = method === 'poison' && state.touched.has(key) ? units.length : tainted.length
    if (amount > 0) stop(state, account!, asset!, 'unspent', amount, Math.min(...tainted, firstTouch(state, key)))
  }
  const reached = [...state.stops].map(([key, { amount, hops }]) => {
    const [account, asset, why] = key.split(' ')
    return `${account} ${asset} ${amount} ${hops} ${why}`
  })
  return { reached: reached.sort(), total: state.total, fees: state.fees }
}

type State = {
  readonly rules: Rules
  readonly method: string
  readonly moves: readonly Transfer[]
  readonly held: Map<string, number[]>
  /** Poison: accounts through which all is tainted, with their distance. */
  readonly touched: Set<string>
  readonly stops: Map<string, { amount: number; hops: number }>
  readonly total: Record<string, number>
  readonly fees: Record<string, number>
  readonly touchHops?: Map<string, number>
}

const touches = new WeakMap<Set<string>, Map<string, number>>()

function firstTouch(state: State, key: string): number {
  return state.method === 'poison'
    ? (touches.get(state.touched)?.get(key) ?? Number.POSITIVE_INFINITY)
    : Number.POSITIVE_INFINITY
}

function move(state: State, row: Transfer, at: number): void {
  const asset = row.asset.symbol
  const paid = pay(state, row)
  const tainted = paid.filter(hop => hop >= 0)
  if (row.kind === 'fee') {
    state.fees[asset] = (state.fees[asset] ?? 0) + tainted.length
    return
  }
  const own = row.to !== null && state.rules.origin.has(row.to)
  if (own) {
    state.total[asset] = (state.total[asset] ?? 0) + paid.length - tainted.length
    receive(
      state,
      `${row.to} ${asset}`,
      paid.map(() => 0),
    )
    return
  }
  if (tainted.length === 0) {
    if (row.to !== null) receive(state, `${row.to} ${asset}`, paid)
    return
  }
  const hops = Math.min(...tainted) + 1
  const why = whyAt(state, row, at, tainted.length, hops)
  if (why === null)
    receive(
      state,
      `${row.to} ${asset}`,
      paid.map(hop => (hop >= 0 ? hops : -1)),
    )
  else {
    stop(state, row.to ?? '-', asset, why, tainted.length, hops)
    if (row.to !== null)
      receive(
        state,
        `${row.to} ${asset}`,
        paid.map(() => -1),
      )
  }
}

function whyAt({ rules, moves }: State, row: Transfer, at: number, amount: number, hops: number): string | null {
  if (row.to === null) return 'burned'
  if (rules.services.has(row.to)) return 'service'
  if (hops < rules.hops && amount >= rules.min) return null
  const leaves = moves.slice(at + 1).some(later => later.from === row.to && later.asset.symbol === row.asset.symbol)
  return leaves ? (hops >= rules.hops ? 'horizon' : 'min') : 'unspent'
}

/** The units that a payment takes, in the order in which they are spent. */
function pay(state: State, row: Transfer): number[] {
  const amount = Number(row.units)
  if (row.from === null) return new Array<number>(amount).fill(-1)
  const key = `${row.from} ${row.asset.symbol}`
  const units = state.held.get(key) ?? []
  const own = state.rules.origin.has(row.from)
  const missing = new Array<number>(Math.max(0, amount - units.length)).fill(own ? 0 : -1)
  if (own) state.total[row.asset.symbol] = (state.total[row.asset.symbol] ?? 0) + missing.length
  const rest = amount - missing.length
  const [taken, left] = pick(state, key, units, rest)
  state.held.set(key, left)
  if (missing.length > 0 && own && state.method === 'poison') touch(state, key, 0)
  if (state.method === 'poison' && state.touched.has(key)) return new Array<number>(amount).fill(firstTouch(state, key))
  const paid = [...missing, ...taken]
  if (state.method === 'fifo' || state.method === 'lifo') return paid
  const tainted = paid.filter(hop => hop >= 0)
  return paid.map(hop => (hop >= 0 ? Math.min(...tainted, ...units.filter(other => other >= 0)) : -1))
}

function pick(state: State, _key: string, units: readonly number[], count: number): [number[], number[]] {
  if (state.method === 'fifo') return [units.slice(0, count), units.slice(count)]
  if (state.method === 'lifo')
    return [units.slice(units.length - count).reverse(), units.slice(0, units.length - count)]
  const tainted = units.filter(hop => hop >= 0)
  const clean = units.filter(hop => hop < 0)
  const share = units.length === 0 ? 0 : Math.floor((tainted.length * count) / units.length)
  const leaving = state.method === 'haircut' ? share : Math.min(count, tainted.length)
  const hop = Math.min(...tainted)
  const stay = tainted.slice(leaving).map(() => hop)
  const paid = [...tainted.slice(0, leaving).map(() => hop), ...clean.slice(0, count - leaving)]
  return [paid, [...stay, ...clean.slice(count - leaving)]]
}

function receive(state: State, key: string, units: readonly number[]): void {
  state.held.set(key, [...(state.held.get(key) ?? []), ...units])
  const tainted = units.filter(hop => hop >= 0)
  if (tainted.length > 0) touch(state, key, Math.min(...tainted))
}

function touch(state: State, key: string, hops: number): void {
  state.touched.add(key)
  const known = touches.get(state.touched) ?? new Map<string, number>()
  known.set(key, Math.min(known.get(key) ?? Number.POSITIVE_INFINITY, hops))
  touches.set(state.touched, known)
}

function stop(state: State, account: string, asset: string, why: string, amount: number, hops: number): void {
  const key = `${account} ${asset} ${why}`
  const known = state.stops.get(key)
  state.stops.set(key, { amount: (known?.amount ?? 0) + amount, hops: Math.min(known?.hops ?? hops, hops) })
}
