import { isCustodial as isCustodialLabel, type Knowledge } from '../attribution/attribution.ts'
import { type AccountColumns, type Columns, NONE, type UtxoColumns } from '../ledger/ledger.ts'
import type { NetworkId } from '../model/network.ts'
import type { Member } from './member.ts'
import { SERVICE } from './threshold.ts'

/** Why an address is a service, or null: it is none as far as is known. */
export type ServiceReason = 'role' | 'label' | 'shape' | null

/**
 * Whether a member's inflow is a service's turnover. A label of custody does not make one of a donation address
 * (custody is not role); the shape does, unless the address is known to be hosted.
 */
export function serviceReason(columns: Columns, row: number, member: Member, knowledge: Knowledge): ServiceReason {
  if (member.role === 'service') return 'role'
  const labels = knowledge.labelsOf(member.network, member.address)
  const donation =
    member.role === 'donation' || labels.some(label => label.role === 'donation' || label.category === 'donation')
  if (!donation && labels.some(isCustodialLabel)) return 'label'
  if (donation && member.hostedAt !== null) return null
  return isShaped(columns, row) ? 'shape' : null
}

/** Whether any label says that the address is a custodial service's. */
export function isCustodial(knowledge: Knowledge, network: NetworkId, address: string): boolean {
  return knowledge.labelsOf(network, address).some(isCustodialLabel)
}

/** Typology "service-like address": thresholds and their source in threshold.ts. */
function isShaped(columns: Columns, row: number): boolean {
  const tallies = columns.shape === 'utxo' ? [tallyUtxo(columns, row)] : tallyAccount(columns, row)
  return tallies.some(({ ins, outs, payers, payees }) => {
    const { numerator, denominator } = SERVICE.ratio
    const balanced = ins * denominator <= outs * numerator && outs * denominator <= ins * numerator
    const busy = ins >= SERVICE.transactionsMin && outs >= SERVICE.transactionsMin
    const many = payers.size >= SERVICE.counterpartiesMin && payees.size >= SERVICE.counterpartiesMin
    return busy && balanced && many
  })
}

type Tally = {
  ins: number
  outs: number
  readonly payers: Set<number>
  readonly payees: Set<number>
}

function tallyUtxo({ transactions, inputs, outputs, addresses }: UtxoColumns, row: number): Tally {
  const tally = emptyTally()
  for (const transaction of addresses.transactionsOf(row)) {
    const payers: number[] = []
    let spends = false
    for (let i = transactions.firstInput[transaction]!; i < transactions.firstInput[transaction + 1]!; i++) {
      if (inputs.address[i] === row) spends = true
      else if (inputs.address[i] !== NONE) payers.push(inputs.address[i]!)
    }
    if (spends) tally.outs++
    else tally.ins++
    if (!spends) for (const payer of payers) tally.payers.add(payer)
    for (let o = transactions.firstOutput[transaction]!; o < transactions.firstOutput[transaction + 1]!; o++) {
      const payee = outputs.address[o]!
      if (spends && payee !== row && payee !== NONE) tally.payees.add(payee)
    }
  }
  return tally
}

/** One tally an asset: fuel must not blur the trade in tokens. */
function tallyAccount({ transactions, transfers, addresses }: AccountColumns, row: number): Tally[] {
  const tallies = new Map<number, Tally>()
  for (const transaction of addresses.transactionsOf(row)) {
    for (let t = transactions.firstTransfer[transaction]!; t < transactions.firstTransfer[transaction + 1]!; t++) {
      const [from, to] = [transfers.from[t]!, transfers.to[t]!]
      if (transfers.moves[t] === 0 || transfers.kind[t] === FEE || from === to) continue
      if (from !== row && to !== row) continue
      const tally = tallies.get(transfers.asset[t]!) ?? emptyTally()
      tallies.set(transfers.asset[t]!, tally)
      if (to === row) {
        tally.ins++
        if (from !== NONE) tally.payers.add(from)
      } else {
        tally.outs++
        if (to !== NONE) tally.payees.add(to)
      }
    }
  }
  return [...tallies.values()]
}

/** Place of `fee` in KINDS. */
const FEE = 2

function emptyTally(): Tally {
  return { ins: 0, outs: 0, payers: new Set(), payees: new Set() }
}
