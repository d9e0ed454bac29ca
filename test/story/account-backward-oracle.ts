import type { Transfer } from '../../src/model/transaction.ts'
import type { Found, Rules } from './account-oracle.ts'

/**
 * What a backward trace over an account chain must find by the methods that pool a balance, from the definitions alone.
 * A balance is a list with one mark for each unit, asked for or not; transfers are undone one by one, last first, each
 * taking its units out of the balance that it made.
 */
export function followBack(transfers: readonly Transfer[], method: 'haircut' | 'tiho' | 'poison', rules: Rules): Found {
  const moves = transfers.filter(
    row => row.units > 0n && row.kind !== 'approve' && (row.status === 'ok' || row.kind === 'fee'),
  )
  const state: State = {
    rules,
    method,
    unread: new Map(),
    held: new Map(),
    hops: new Map(),
    stops: new Map(),
    total: {},
  }
  play(state, moves)
  for (const row of moves.toReversed()) undo(state, row)
  const reached = [...state.stops].map(([key, { amount, hops }]) => {
    const [account, asset, why] = key.split(' ')
    return `${account} ${asset} ${amount} ${hops} ${why}`
  })
  return { reached: reached.sort(), total: state.total, fees: {} }
}

type State = {
  readonly rules: Rules
  readonly method: 'haircut' | 'tiho' | 'poison'
  /** By payment: units that the payer was never seen to receive. */
  readonly unread: Map<Transfer, number>
  /** By account and asset: a mark for each unit held, true where it is asked for. */
  readonly held: Map<string, boolean[]>
  /** Fewest transactions of what an account is asked for. */
  readonly hops: Map<string, number>
  readonly stops: Map<string, { amount: number; hops: number }>
  readonly total: Record<string, number>
}

/** Forward once, to know every balance and what was paid out of nothing that was read. */
function play(state: State, moves: readonly Transfer[]): void {
  for (const row of moves) {
    const [amount, asset] = [Number(row.units), row.asset.symbol]
    if (row.from !== null) {
      const units = unitsOf(state, `${row.from} ${asset}`)
      state.unread.set(row, Math.max(0, amount - units.length))
      units.splice(0, amount)
    }
    if (row.to !== null) unitsOf(state, `${row.to} ${asset}`).push(...new Array<boolean>(amount).fill(false))
  }
}

function undo(state: State, row: Transfer): void {
  const { origin } = state.rules
  const asset = row.asset.symbol
  const asked = takeOut(state, row)
  let demand = asked
  let hops = asked > 0 ? state.hops.get(`${row.to} ${asset}`)! : 0
  if (asked > 0 && state.method !== 'poison' && !isAsked(state, `${row.to} ${asset}`)) {
    state.hops.delete(`${row.to} ${asset}`)
  }
  const own = row.to !== null && origin.has(row.to) && row.kind !== 'fee'
  if (own && !(state.method === 'poison' && row.from !== null && origin.has(row.from))) {
    add(state, asset, Number(row.units))
    demand = Number(row.units)
    hops = 0
  }
  giveBack(state, row, demand, hops)
}

/** The units of a transfer leave its receiver: how many of them were asked for. */
function takeOut(state: State, row: Transfer): number {
  if (row.to === null) return 0
  const key = `${row.to} ${row.asset.symbol}`
  const units = unitsOf(state, key)
  const amount = Number(row.units)
  const marked = units.filter(mark => mark).length
  const leaving = state.method === 'haircut' ? Math.floor((marked * amount) / units.length) : Math.min(marked, amount)
  const poisoned = state.method === 'poison' && state.hops.has(key)
  const left = units.length - amount
  state.held.set(
    key,
    Array.from({ length: left }, (_, i) => i < marked - leaving),
  )
  return poisoned ? amount : state.method === 'poison' ? 0 : leaving
}

/** What a payment is asked for, by its payer: it stops there, or marks units of the balance before it. */
function giveBack(state: State, row: Transfer, demand: number, distance: number): void {
  const { rules } = state
  const asset = row.asset.symbol
  if (row.from === null) {
    if (demand > 0) stop(state, '-', asset, 'unread', demand, distance + 1)
    return
  }
  const key = `${row.from} ${asset}`
  const units = unitsOf(state, key)
  const missing = state.unread.get(row)!
  const before = Number(row.units) - missing
  if (rules.origin.has(row.from)) {
    if (demand > 0 && state.method !== 'poison') add(state, asset, -demand)
    if (missing > 0) {
      add(state, asset, missing)
      stop(state, row.from, asset, 'unread', missing, 0)
    }
    units.push(...new Array<boolean>(before).fill(false))
    return
  }
  const hops = distance + 1
  const why = demand === 0 ? null : whyAt(rules, row.from, demand, hops)
  if (demand > 0 && why !== null) stop(state, row.from, asset, why, demand, hops)
  if (demand > 0 && why === null) state.hops.set(key, Math.min(hops, state.hops.get(key) ?? hops))
  const follow = demand > 0 && why === null ? demand : 0
  // Units that were never seen to arrive answer first: their share by haircut, as many as there are by TIHO. A payment
  // that stops here is named once, whole.
  const marked = units.filter(mark => mark).length + follow
  let unread = 0
  if (missing > 0 && why === null && state.hops.has(key)) {
    const whole = units.length + Number(row.units)
    unread = state.method === 'haircut' ? Math.floor((marked * missing) / whole) : Math.min(marked, missing)
    if (state.method === 'poison') unread = missing
    stop(state, row.from, asset, 'unread', unread, state.hops.get(key)!)
  }
  const length = units.length + before
  const rest = state.method === 'poison' ? 0 : marked - unread
  state.held.set(
    key,
    Array.from({ length }, (_, i) => i < rest),
  )
  if (rest === 0 && state.method !== 'poison') state.hops.delete(key)
}

function whyAt(rules: Rules, account: string, amount: number, hops: number): string | null {
  if (rules.services.has(account)) return 'service'
  if (hops >= rules.hops) return 'horizon'
  return amount < rules.min ? 'min' : null
}

function unitsOf(state: State, key: string): boolean[] {
  const known = state.held.get(key)
  if (known !== undefined) return known
  const fresh: boolean[] = []
  state.held.set(key, fresh)
  return fresh
}

function isAsked(state: State, key: string): boolean {
  return unitsOf(state, key).some(mark => mark)
}

function add(state: State, asset: string, amount: number): void {
  state.total[asset] = (state.total[asset] ?? 0) + amount
}

function stop(state: State, account: string, asset: string, why: string, amount: number, hops: number): void {
  if (amount === 0) return
  const key = `${account} ${asset} ${why}`
  const known = state.stops.get(key)
  state.stops.set(key, { amount: (known?.amount ?? 0) + amount, hops: Math.min(known?.hops ?? hops, hops) })
}
