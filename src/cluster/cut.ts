import type { Component } from './component.ts'

/**
 * The fewest transactions whose removal separates two addresses: a minimum vertex cut over transactions, by maximum
 * flow with one unit for each transaction (Menger 1927; Edmonds and Karp 1972). Each augmenting path found is a chain
 * of its own, so a search that is stopped still proves "at least so many".
 */
export type Cut =
  | { readonly transactions: readonly number[]; readonly atLeast: null }
  | { readonly transactions: null; readonly atLeast: number }

/** `work` bounds the links that are looked at. The two addresses differ and are local numbers. */
export function smallestCut(component: Component, from: number, to: number, work: number): Cut {
  const flow = createFlow(component, work)
  for (let paths = 0; ; paths++) {
    const found = augment(flow, from, to)
    if (found === 'exhausted') return { transactions: null, atLeast: Math.max(paths, 1) }
    if (found === 'none') return { transactions: border(flow), atLeast: null }
  }
}

/**
 * Nodes: address `a` is a; transaction `t` has an entry, A + 2t, and an exit, A + 2t + 1, joined by its one unit.
 * `payer[t]` and `payee[t]` are the addresses between which its unit flows, −1: none does.
 */
type Flow = {
  readonly component: Component
  readonly addresses: number
  readonly payer: Int32Array
  readonly payee: Int32Array
  /** Node from which each node was reached in the last search, −1: not reached. */
  readonly before: Int32Array
  readonly queue: Int32Array
  work: number
}

function createFlow(component: Component, work: number): Flow {
  const [addresses, transactions] = [component.addresses.length, component.transactions.length]
  const nodes = addresses + 2 * transactions
  return {
    ...{ component, addresses, work, before: new Int32Array(nodes), queue: new Int32Array(nodes) },
    ...{ payer: new Int32Array(transactions).fill(-1), payee: new Int32Array(transactions).fill(-1) },
  }
}

function augment(flow: Flow, from: number, to: number): 'more' | 'none' | 'exhausted' {
  const { before, queue, addresses } = flow
  before.fill(-1)
  before[from] = from
  queue[0] = from
  let length = 1
  const visit = (node: number, by: number): void => {
    if (before[node] !== -1) return
    before[node] = by
    queue[length++] = node
  }
  for (let at = 0; at < length && before[to] === -1; at++) {
    const node = queue[at]!
    if (node < addresses) fromAddress(flow, node, visit)
    else fromTransaction(flow, node, visit)
    if (flow.work < 0) return 'exhausted'
  }
  if (before[to] === -1) return 'none'
  push(flow, from, to)
  return 'more'
}

type Visit = (node: number, by: number) => void

/** Into every transaction that links the address; back into the exit of one that pays it. */
function fromAddress(flow: Flow, address: number, visit: Visit): void {
  const linking = flow.component.linking[address]!
  flow.work -= linking.length
  for (const transaction of linking) {
    visit(flow.addresses + 2 * transaction, address)
    if (flow.payee[transaction] === address) visit(flow.addresses + 2 * transaction + 1, address)
  }
}

/** From an entry: through, where its unit is free; else back to its payer. From an exit: to all, or back through. */
function fromTransaction(flow: Flow, node: number, visit: Visit): void {
  const transaction = (node - flow.addresses) >> 1
  const isEntry = (node - flow.addresses) % 2 === 0
  const used = flow.payer[transaction] !== -1
  if (isEntry) {
    if (used) visit(flow.payer[transaction]!, node)
    else visit(node + 1, node)
    return
  }
  const linked = flow.component.linked[transaction]!
  flow.work -= linked.length
  for (const address of linked) visit(address, node)
  if (used) visit(node - 1, node)
}

/** Moves one unit along the path that the search found. */
function push(flow: Flow, from: number, to: number): void {
  const path: number[] = []
  for (let node = to; node !== from; node = flow.before[node]!) path.push(node)
  path.push(from)
  path.reverse()
  for (let i = 1; i < path.length; i++) {
    const [last, node] = [path[i - 1]!, path[i]!]
    if (last < flow.addresses) enter(flow, last, node)
    else leave(flow, last, node, path[i - 2]!)
  }
}

/** Address → transaction. Into the exit it takes back what that paid; the next step says where it goes instead. */
function enter(flow: Flow, address: number, node: number): void {
  const transaction = (node - flow.addresses) >> 1
  if ((node - flow.addresses) % 2 === 0) flow.payer[transaction] = address
  else flow.payee[transaction] = -1
}

/** Transaction → on. Back through from its exit, and out at the payer, its unit flows no more. */
function leave(flow: Flow, last: number, node: number, beforeLast: number): void {
  const transaction = (last - flow.addresses) >> 1
  const fromExit = (last - flow.addresses) % 2 === 1
  if (fromExit) flow.payee[transaction] = node < flow.addresses ? node : -1
  else if (node < flow.addresses && beforeLast === last + 1) flow.payer[transaction] = -1
}

/** Transactions whose entry the last search reached and whose exit it did not. */
function border(flow: Flow): number[] {
  const cut: number[] = []
  for (let transaction = 0; transaction < flow.component.transactions.length; transaction++) {
    const entry = flow.addresses + 2 * transaction
    if (flow.before[entry] !== -1 && flow.before[entry + 1] === -1) cut.push(transaction)
  }
  return cut
}
