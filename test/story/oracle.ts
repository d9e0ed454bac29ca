import type { UtxoBlock, UtxoInput, UtxoTransaction } from '../../src/model/transaction.ts'

/**
 * What a forward trace must find, computed from the definitions alone and unit by unit: every unit of every output has
 * a mark of its own. Slow, small and without any code of the tracer.
 */
export type Rules = {
  readonly origin: ReadonlySet<string>
  readonly services: ReadonlySet<string>
  readonly hops: number
  readonly min: number
  readonly to: number
}

export type Found = { readonly reached: readonly string[]; readonly total: number; readonly fees: number }

export function follow(blocks: readonly UtxoBlock[], method: string, rules: Rules): Found {
  const state = createState(blocks, rules)
  for (const block of blocks) {
    if (block.minedAt > rules.to) break
    for (const transaction of block.transactions) step(state, transaction, method)
  }
  const reached: string[] = []
  for (const [outpoint, coin] of state.coins) {
    const amount = coin.units.filter(hop => hop >= 0).length
    if (amount > 0 && !coin.moved)
      reached.push(`${outpoint} ${coin.address} ${amount} ${coin.hops} ${whyOf(state, outpoint, coin)}`)
  }
  return { reached: reached.sort(), total: state.total, fees: state.fees }
}

/** `units`: 0 or more for a tainted unit, −1 for a clean one. */
type Coin = { address: string | null; units: number[]; hops: number; moved: boolean }

type State = {
  readonly rules: Rules
  readonly coins: Map<string, Coin>
  readonly spenders: Map<string, { transaction: UtxoTransaction; time: number }>
  total: number
  fees: number
}

function createState(blocks: readonly UtxoBlock[], rules: Rules): State {
  const spenders = new Map<string, { transaction: UtxoTransaction; time: number }>()
  for (const block of blocks) {
    for (const transaction of block.transactions) {
      for (const input of transaction.inputs) spenders.set(nameOf(input), { transaction, time: block.minedAt })
    }
  }
  return { rules, coins: new Map(), spenders, total: 0, fees: 0 }
}

function step(state: State, transaction: UtxoTransaction, method: string): void {
  const inputs = transaction.inputs.map(input => read(state, input))
  const readable = transaction.inputs.every(input => input.units !== null)
  const order = method === 'lifo' ? [...inputs].reverse() : inputs
  const stream = readable ? order.flat() : []
  const values = transaction.outputs.map(output => Number(output.units))
  const tainted = stream.some(hop => hop >= 0)
  const filled = tainted ? spread(stream, values, method) : values.map(value => new Array<number>(value).fill(-1))
  if (tainted) state.fees += filled.at(-1)!.filter(hop => hop >= 0).length
  for (const input of transaction.inputs) {
    const coin = state.coins.get(nameOf(input))
    if (coin !== undefined && readable && isOpen(state, nameOf(input), coin)) coin.moved = true
  }
  transaction.outputs.forEach((output, index) => {
    put(state, `${transaction.txid}:${index}`, output.address, filled[index]!)
  })
}

function put(state: State, outpoint: string, address: string | null, units: number[]): void {
  const own = address !== null && state.rules.origin.has(address)
  const carried = units.filter(hop => hop >= 0)
  if (own) state.total += units.length - carried.length
  const hops = own ? 0 : Math.min(...carried)
  state.coins.set(outpoint, { address, units: own ? units.map(() => 0) : units, hops, moved: false })
}

/** The units of an input as the transaction sees them, with the distance that they get; clean where it is not open. */
function read(state: State, input: UtxoInput): number[] {
  const coin = state.coins.get(nameOf(input))
  if (coin === undefined) return new Array<number>(Number(input.units ?? 0)).fill(-1)
  const open = isOpen(state, nameOf(input), coin)
  return coin.units.map(hop => (hop >= 0 && open ? coin.hops + 1 : -1))
}

function isOpen(state: State, outpoint: string, coin: Coin): boolean {
  return whyOf(state, outpoint, coin) === 'followed'
}

function whyOf({ rules, spenders }: State, outpoint: string, coin: Coin): string {
  if (coin.address !== null && rules.services.has(coin.address) && !rules.origin.has(coin.address)) return 'service'
  const spender = spenders.get(outpoint)
  if (spender === undefined) return 'unspent'
  if (spender.time > rules.to) return 'time'
  if (coin.hops >= rules.hops) return 'horizon'
  if (spender.transaction.inputs.some(input => input.units === null)) return 'unread'
  return coin.units.filter(hop => hop >= 0).length < rules.min ? 'min' : 'followed'
}

/** One list of units per output, and a last one for the fee. */
function spread(stream: readonly number[], outputs: readonly number[], method: string): number[][] {
  const values = [...outputs, stream.length - outputs.reduce((sum, value) => sum + value, 0)]
  if (method === 'fifo' || method === 'lifo') {
    let at = 0
    return values.map(value => {
      at += value
      return stream.slice(at - value, at)
    })
  }
  const tainted = stream.filter(hop => hop >= 0)
  const hop = Math.min(...tainted)
  const shares =
    method === 'poison' ? values : method === 'tiho' ? tiho(tainted.length, values) : haircut(tainted.length, values)
  return values.map((value, i) => Array.from({ length: value }, (_, k) => (k < shares[i]! ? hop : -1)))
}

function tiho(taint: number, values: readonly number[]): number[] {
  const outputs = values.slice(0, -1).map((value, index) => ({ value, index }))
  outputs.sort((a, b) => b.value - a.value || a.index - b.index)
  const shares = values.map(() => 0)
  for (const { value, index } of [...outputs, { value: values.at(-1)!, index: values.length - 1 }]) {
    shares[index] = Math.min(value, taint)
    taint -= shares[index]!
  }
  return shares
}

function haircut(taint: number, values: readonly number[]): number[] {
  const sum = values.reduce((a, b) => a + b, 0)
  const exact = values.map((value, index) => ({
    index,
    floor: Math.floor((value * taint) / sum),
    rest: (value * taint) % sum,
  }))
  let left = taint - exact.reduce((a, { floor }) => a + floor, 0)
  const shares = exact.map(({ floor }) => floor)
  for (const { index } of [...exact].sort((a, b) => b.rest - a.rest || a.index - b.index)) {
    if (left-- > 0) shares[index]!++
  }
  return shares
}

function nameOf(input: { txid: string; index: number }): string {
  return `${input.txid}:${input.index}`
}
