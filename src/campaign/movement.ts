import type { AccountColumns, Columns, UtxoColumns } from '../ledger/ledger.ts'
import { KINDS, NONE, UNREAD, unitsOf } from '../ledger/ledger.ts'
import * as Asset from '../model/asset.ts'
import type { Instant } from '../model/instant.ts'
import type { Member } from './member.ts'
import { PASS_THROUGH_SECONDS } from './threshold.ts'

/** What happened at the set, in ledger order. Address and transaction numbers are rows of the columns. */
export type Movement = Inflow | Payment

/** One output, or one transfer, that pays an address of the set. */
export type Inflow = {
  readonly kind: 'in'
  readonly member: Member
  readonly asset: Asset.Asset
  readonly transaction: number
  readonly time: Instant
  readonly units: bigint
  /** How much of it own addresses had put in. */
  readonly own: bigint
  /** Own and foreign inputs fund the transaction. */
  readonly joint: boolean
  readonly mined: boolean
  /** Whether each payer's address is known. */
  readonly payersRead: boolean
  /** Payers that are not own. */
  readonly payers: readonly number[]
  /** Exactly this amount left to one address outside within the stated time. */
  passedOn: boolean
}

/** What own addresses alone paid to an address that is not own. */
export type Payment = {
  readonly kind: 'out'
  readonly asset: Asset.Asset
  readonly to: number
  readonly units: bigint
}

/** Members by row, and which of them are own: all but the services. */
export type AddressSet = { readonly members: ReadonlyMap<number, Member>; readonly own: ReadonlySet<number> }

/** Movements of the set, and the transfers that looked like inflow and are none. */
export type Seen = { readonly movements: readonly Movement[]; readonly ignored: Ignored }

export type Ignored = { failed: number; zero: number; impostor: number; approve: number }

export function movementsOf(columns: Columns, set: AddressSet): Seen {
  const touched = transactionsOf(columns, set)
  return columns.shape === 'utxo' ? utxo(columns, set, touched) : account(columns, set, touched)
}

/** Rows of the transactions that touch the set, ascending, each once. */
function transactionsOf({ addresses }: Columns, { members }: AddressSet): Uint32Array {
  const lists = [...members.keys()].map(row => addresses.transactionsOf(row))
  const all = new Uint32Array(lists.reduce((sum, list) => sum + list.length, 0))
  let at = 0
  for (const list of lists) {
    all.set(list, at)
    at += list.length
  }
  all.sort()
  return all.filter((transaction, i) => i === 0 || transaction !== all[i - 1])
}

function utxo(columns: UtxoColumns, set: AddressSet, touched: Uint32Array): Seen {
  const movements: Movement[] = []
  const ignored = { failed: 0, zero: 0, impostor: 0, approve: 0 }
  const { transactions, outputs, blocks } = columns
  for (const transaction of touched) {
    const funding = fundingOf(columns, set, transaction)
    const time = blocks.time[transactions.block[transaction]!]!
    let left = funding.own
    for (let o = transactions.firstOutput[transaction]!; o < transactions.firstOutput[transaction + 1]!; o++) {
      const row = outputs.address[o]!
      const units = outputs.units[o]!
      const member = set.members.get(row)
      const isOwn = set.own.has(row)
      if (!isOwn && row !== NONE && funding.alone) movements.push({ kind: 'out', asset: columns.asset, to: row, units })
      if (member === undefined) continue
      if (units === 0n) ignored.zero++
      if (units === 0n) continue
      const own = !isOwn ? 0n : funding.alone || left >= units ? units : left
      left -= own > left ? left : own
      movements.push({
        ...{ kind: 'in', member, asset: columns.asset, transaction, time, units, own },
        ...{ joint: funding.joint, mined: transactions.coinbase[transaction] === 1 },
        ...{ payersRead: funding.read, payers: funding.payers, passedOn: passesOn(columns, set, o, time) },
      })
    }
  }
  return { movements, ignored }
}

type Funding = { own: bigint; alone: boolean; joint: boolean; read: boolean; payers: readonly number[] }

/** Who funds a transaction. Own units that were not read count as 0 beside foreign ones: the rest is then undecided. */
function fundingOf(columns: UtxoColumns, set: AddressSet, transaction: number): Funding {
  const { transactions, inputs } = columns
  const payers = new Set<number>()
  let [own, owners, unread] = [0n, 0, 0]
  const [from, to] = [transactions.firstInput[transaction]!, transactions.firstInput[transaction + 1]!]
  for (let i = from; i < to; i++) {
    const row = inputs.address[i]!
    if (set.own.has(row)) {
      owners++
      if (inputs.units[i]! !== UNREAD) own += inputs.units[i]!
    } else if (row !== NONE) payers.add(row)
    else if (inputs.output[i] === NONE && inputs.units[i] === UNREAD) unread++
  }
  const alone = owners > 0 && owners === to - from
  return { own, alone, joint: owners > 0 && !alone, read: unread === 0, payers: [...payers] }
}

/** The output is spent by itself, within the stated time, to one address that is not of the set. */
function passesOn(columns: UtxoColumns, set: AddressSet, output: number, time: Instant): boolean {
  const { transactions, inputs, outputs, blocks } = columns
  const spender = outputs.spender[output]!
  if (spender === NONE) return false
  const transaction = inputs.transaction[spender]!
  if (transactions.firstInput[transaction + 1]! - transactions.firstInput[transaction]! !== 1) return false
  if (blocks.time[transactions.block[transaction]!]! - time > PASS_THROUGH_SECONDS) return false
  const [from, to] = [transactions.firstOutput[transaction]!, transactions.firstOutput[transaction + 1]!]
  const destination = outputs.address[from]!
  if (to - from !== 1 || destination === NONE) return false
  return !set.members.has(destination)
}

function account(columns: AccountColumns, set: AddressSet, touched: Uint32Array): Seen {
  const movements: Movement[] = []
  const ignored = { failed: 0, zero: 0, impostor: 0, approve: 0 }
  const { transactions, transfers, assets } = columns
  const open = new Map<string, Inflow | null>()
  for (const transaction of touched) {
    const time = transactions.time[transaction]!
    for (let t = transactions.firstTransfer[transaction]!; t < transactions.firstTransfer[transaction + 1]!; t++) {
      const [from, to] = [transfers.from[t]!, transfers.to[t]!]
      const [member, isOwn] = [set.members.get(to), set.own.has(from)]
      const kind = KINDS[transfers.kind[t]!]!
      if (kind === 'fee' || (member === undefined && !isOwn)) continue
      const asset = assets[transfers.asset[t]!]!
      const units = unitsOf(transfers.units, t)
      const why =
        kind === 'approve' ? 'approve' : units === 0n ? 'zero' : transfers.moves[t] === 0 ? 'failed' : undefined
      const reason = why ?? (Asset.isImpostor(asset) ? 'impostor' : undefined)
      if (reason !== undefined && member !== undefined) ignored[reason]++
      if (reason !== undefined) continue
      const spent = isOwn ? (open.get(`${from} ${transfers.asset[t]}`) ?? null) : null
      if (spent !== null && units === spent.units && time - spent.time <= PASS_THROUGH_SECONDS) {
        spent.passedOn = to !== NONE && !set.members.has(to)
      }
      if (isOwn) open.set(`${from} ${transfers.asset[t]}`, null)
      if (isOwn && !set.own.has(to) && to !== NONE) movements.push({ kind: 'out', asset, to, units })
      if (member === undefined) continue
      const inflow: Inflow = {
        ...{ kind: 'in', member, asset, transaction, time, units, joint: false, mined: false, passedOn: false },
        ...{ own: isOwn && set.own.has(to) ? units : 0n, payersRead: from !== NONE },
        payers: isOwn || from === NONE ? [] : [from],
      }
      open.set(`${to} ${transfers.asset[t]}`, inflow)
      movements.push(inflow)
    }
  }
  return { movements, ignored }
}
