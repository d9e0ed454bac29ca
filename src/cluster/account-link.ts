import { type AccountColumns, KINDS, NONE, newestOf, timeOf, txidOf, unitsOf } from '../ledger/ledger.ts'

/**
 * What ties an address of an account chain to another: graded links, never merges. Nobody signs for two addresses at
 * once there, so each is an inference from behaviour, and a stranger can bring some of it about (anybody can fund a new
 * address): links raise no exposure.
 */
export type AccountLink = {
  readonly kind: 'deposit-address-of' | 'pays-deposit-address' | 'sponsored-by' | 'sponsors'
  readonly address: string
  readonly grade: 'probable' | 'possible'
  readonly because: string
  /** Witnesses, at most `TXIDS_SHOWN`. */
  readonly txids: readonly string[]
}

/** What labels say of an address: the custodial service it belongs to, or null. */
export type Services = (address: string) => { readonly name: string; readonly category: string } | null

/** Links of one address: what it is, then what it does, in that order. Cost: its history and its counterparties'. */
export function linksOf(columns: AccountColumns, row: number, services: Services): AccountLink[] {
  const own = services(columns.addresses.format(row))
  if (own !== null) return []
  const moves = movesOf(columns, row)
  const deposit = depositOf(columns, row, services, moves)
  const sponsor = sponsorOf(columns, row, services, moves)
  return [
    ...(deposit === null ? [] : [toDeposit(columns, deposit)]),
    ...(deposit === null ? paysDeposits(columns, row, services, moves) : []),
    ...(sponsor === null ? [] : [sponsor]),
    ...sponsored(columns, row, services, moves),
  ]
}

const TXIDS_SHOWN = 20
/** Payees whose own history is looked at for one answer. */
const PAYEES_MAX = 200

/**
 * Deposit address of a service, after F. Victor, "Address Clustering Heuristics for Ethereum", FC 2020: it passes on
 * what it gets to the service's own wallet, nearly all and soon. There: 0.01 ETH of difference, 3,200 blocks (about
 * half a day). Here, for all chains: nine tenths, one day (ours). `probable`: several payers and several such passes.
 */
type Deposit = {
  readonly address: string
  readonly name: string
  readonly payers: number
  readonly passes: readonly number[]
  readonly grade: 'probable' | 'possible'
}

const PASSED_TENTHS = 9n
const SOON_SECONDS = 86_400

function depositOf(columns: AccountColumns, row: number, services: Services, moves: readonly Move[]): Deposit | null {
  const out = moves.filter(move => move.from === row && !move.fee)
  const hot = out[0]?.to ?? NONE
  if (hot === NONE || hot === row) return null
  const service = services(columns.addresses.format(hot))
  if (isBusy(columns, row) || service?.category !== 'exchange') return null
  const isOwn = (address: number) =>
    address !== NONE && services(columns.addresses.format(address))?.name === service.name
  if (!out.every(move => isOwn(move.to))) return null
  const asset = out[0]!.asset
  const given = moves.filter(move => move.to === row && move.from !== row && move.asset === asset && !isOwn(move.from))
  const sum = (list: readonly Move[]) => list.reduce((total, move) => total + move.units, 0n)
  const passed = out.filter(move => move.asset === asset)
  if (given.length === 0 || sum(passed) * 10n < sum(given) * PASSED_TENTHS) return null
  const soon = passed.every(move => given.some(one => one.time <= move.time && move.time - one.time <= SOON_SECONDS))
  if (!soon) return null
  const payers = new Set(given.map(move => move.from)).size
  const grade = payers >= 2 && passed.length >= 2 ? 'probable' : 'possible'
  return { address: columns.addresses.format(hot), name: service.name, payers, grade, passes: transactionsIn(passed) }
}

function toDeposit(columns: AccountColumns, { address, name, payers, passes, grade }: Deposit): AccountLink {
  const because =
    `Deposit address of ${name} (inferred): ${payers === 1 ? 'one payer' : `${payers} payers`}, and all that it paid ` +
    `out, in ${passes.length} transaction(s), went to that service within a day.`
  return { kind: 'deposit-address-of', address, grade, because, txids: txids(columns, passes) }
}

function paysDeposits(columns: AccountColumns, row: number, services: Services, moves: readonly Move[]): AccountLink[] {
  const payees = [...new Set(moves.filter(move => move.from === row && !move.fee).map(move => move.to))]
  return payees.slice(0, PAYEES_MAX).flatMap(payee => {
    if (payee === NONE || payee === row || services(columns.addresses.format(payee)) !== null) return []
    if (isBusy(columns, payee)) return []
    const deposit = depositOf(columns, payee, services, movesOf(columns, payee))
    if (deposit === null) return []
    const own = transactionsIn(moves.filter(move => move.from === row && move.to === payee))
    const others = deposit.payers - 1
    const shared = others === 0 ? 'nobody else' : `${others} other(s)`
    const because =
      `It pays a deposit address of ${deposit.name} (inferred), which ${shared} paid in what was read. ` +
      'The service knows whose account it is.'
    const kind = 'pays-deposit-address' as const
    return [
      { kind, address: columns.addresses.format(payee), grade: deposit.grade, because, txids: txids(columns, own) },
    ]
  })
}

/** Who pays for all that an address spends on fees, and all whose fees that payer alone pays, up to `until`. */
export function sponsorshipOf(
  columns: AccountColumns,
  row: number,
  services: Services,
  until: number,
): { readonly payer: string; readonly sponsored: readonly string[] } | null {
  const link = sponsorOf(columns, row, services, movesOf(columns, row, until))
  if (link === null) return null
  return { payer: link.address, sponsored: sponsoredBy(columns, link.address, services, until) }
}

/** All whose fees an address alone pays, up to `until`; none where it funds so many that it is a seller. */
export function sponsoredBy(columns: AccountColumns, address: string, services: Services, until: number): string[] {
  const payer = columns.addresses.find(address)
  if (payer === undefined || isBusy(columns, payer)) return []
  const funded = fundedBy(columns, movesOf(columns, payer, until), payer)
  if (funded.size > SPONSORED_MAX) return []
  const others = [...funded].filter(
    other =>
      services(columns.addresses.format(other)) === null &&
      sponsorOf(columns, other, services, movesOf(columns, other, until))?.address === address,
  )
  return others.map(other => columns.addresses.format(other))
}

/**
 * Who pays the fees of another: all native coins that an address got came from one private payer, and it spent fees
 * after. Not a service, and nobody who funds so many that it sells energy or gas. `probable`: funded twice and more.
 */
function sponsorOf(
  columns: AccountColumns,
  row: number,
  services: Services,
  moves: readonly Move[],
): AccountLink | null {
  const funding = moves.filter(move => move.to === row && move.from !== row && isNative(columns, move))
  const payer = funding[0]?.from ?? NONE
  if (payer === NONE || !funding.every(move => move.from === payer)) return null
  const spent = moves.some(move => move.from === row && move.time >= funding[0]!.time && !isBack(columns, move, payer))
  if (!spent || isBusy(columns, row) || isBusy(columns, payer)) return null
  if (services(columns.addresses.format(payer)) !== null) return null
  // All that is known of the payer counts, also what came later: who sells energy does so to whoever came first too.
  const funded = fundedBy(columns, movesOf(columns, payer), payer)
  if (funded.size > SPONSORED_MAX) return null
  const because =
    `Every native coin that it got came from this address, in ${funding.length} payment(s), and it spent after that. ` +
    `The payer funds ${funded.size} address(es) in what was read ` +
    `(a seller of energy or gas: more than ${SPONSORED_MAX}).`
  return {
    ...{ kind: 'sponsored-by', address: columns.addresses.format(payer), because },
    grade: funding.length >= 2 ? 'probable' : 'possible',
    txids: txids(columns, transactionsIn(funding)),
  }
}

/** Addresses funded from which on a payer is taken for a seller of energy or gas, or another service. Ours. */
export const SPONSORED_MAX = 20

function sponsored(columns: AccountColumns, row: number, services: Services, moves: readonly Move[]): AccountLink[] {
  const funded = fundedBy(columns, moves, row)
  if (funded.size > SPONSORED_MAX || isBusy(columns, row)) return []
  return [...funded].flatMap(other => {
    if (services(columns.addresses.format(other)) !== null) return []
    const link = sponsorOf(columns, other, services, movesOf(columns, other))
    if (link === null) return []
    const because = 'Every native coin that the other address got came from this one, and it spent after that.'
    return [{ ...link, kind: 'sponsors' as const, address: columns.addresses.format(other), because }]
  })
}

function fundedBy(columns: AccountColumns, moves: readonly Move[], row: number): Set<number> {
  const native = moves.filter(move => move.from === row && move.to !== NONE && move.to !== row)
  return new Set(native.filter(move => isNative(columns, move)).map(move => move.to))
}

type Move = {
  readonly transaction: number
  readonly time: number
  readonly asset: number
  readonly from: number
  readonly to: number
  readonly units: bigint
  readonly fee: boolean
}

/** Movements of value that touch an address up to a time, in ledger order. */
function movesOf(columns: AccountColumns, row: number, until: number = Number.POSITIVE_INFINITY): Move[] {
  const { firstTransfer } = columns.transactions
  const { transfers } = columns
  const moves: Move[] = []
  for (const transaction of columns.addresses.transactionsOf(row).subarray(0, TRANSACTIONS_MAX)) {
    if (timeOf(columns, transaction) > until) break
    for (let at = firstTransfer[transaction]!; at < firstTransfer[transaction + 1]!; at++) {
      const [from, to] = [transfers.from[at]!, transfers.to[at]!]
      if (transfers.moves[at] === 0 || (from !== row && to !== row)) continue
      const units = unitsOf(transfers.units, at)
      const fee = KINDS[transfers.kind[at]!] === 'fee'
      moves.push({ transaction, time: timeOf(columns, transaction), asset: transfers.asset[at]!, from, to, units, fee })
    }
  }
  return moves
}

/** Transactions of one address that are looked at: what has more is a service, labelled or not. */
const TRANSACTIONS_MAX = 10_000

function isBusy(columns: AccountColumns, row: number): boolean {
  return newestOf(columns, row, TRANSACTIONS_MAX + 1).length > TRANSACTIONS_MAX
}

function isNative(columns: AccountColumns, move: Move): boolean {
  return !move.fee && columns.assets[move.asset]!.contract === null
}

/** Coins that only go back say nothing. */
function isBack(columns: AccountColumns, move: Move, payer: number): boolean {
  return move.to === payer && isNative(columns, move)
}

function transactionsIn(moves: readonly Move[]): number[] {
  return [...new Set(moves.map(move => move.transaction))]
}

function txids(columns: AccountColumns, transactions: readonly number[]): string[] {
  return transactions.slice(0, TXIDS_SHOWN).map(transaction => txidOf(columns, transaction))
}
