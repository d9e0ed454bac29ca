import type { AmountJson } from '../../model/amount.ts'
import type { Coverage } from '../../model/coverage.ts'
import type { NetworkId } from '../../model/network.ts'
import { Failure } from '../../std/failure.ts'

/** What `ledger fetch` answers. */
export type Fetched = {
  readonly provider: string
  readonly results: readonly FetchedAddress[]
  readonly coverage: readonly Coverage[]
}

export type FetchedAddress = {
  readonly address: string
  readonly network: NetworkId
  readonly caip10: string
  /** Pages that were read now. */
  readonly pages: number
  /** Transactions of the address that the provider listed now. */
  readonly transactions: number
  /** Transfers taken now, and those that were there already. */
  readonly added: number
  readonly present: number
  /** Receipts less payments, as read, against what the provider says that the address holds. */
  readonly balances: readonly Balance[]
  /** True: read to the end, nothing contradicts, and each balance agrees. Null: that cannot be told here. */
  readonly complete: boolean | null
  readonly why: string
  /** In what the provider contradicts itself or what was read before. */
  readonly faults: readonly string[]
}

/** The same without what was asked. */
export type FetchedHistory = Omit<FetchedAddress, 'address' | 'network' | 'caip10'>

export type Balance = {
  readonly computed: AmountJson | null
  readonly stated: AmountJson
  readonly equal: boolean
}

/** A reading that was stopped on the way. */
export function cancelled(address: string): Failure {
  return new Failure('Source.Cancelled', 'cancelled', `The reading of ${address} was stopped.`, {
    hint: 'What was read stays; run the same command to go on.',
    facts: { address },
  })
}
