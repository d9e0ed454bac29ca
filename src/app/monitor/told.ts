import { toCaip10 } from '../../model/address.ts'
import type * as Amount from '../../model/amount.ts'
import * as Instant from '../../model/instant.ts'
import type { Alert, Disposition, Reason, Watch } from '../../monitor/monitor.ts'

/** An alert as every answer and every receiver has it: times in RFC 3339, the amount in the shape of all answers. */
export type AlertAnswer = Omit<
  Alert,
  'happenedAt' | 'raisedAt' | 'deadline' | 'direction' | 'amount' | 'txid' | 'reason' | 'disposition' | 'events'
> & {
  readonly caip10: string
  readonly happenedAt: string
  readonly raisedAt: string
  readonly deadline: string | null
  /** These three are null, and `txids` is empty, where it rests on a post: nothing moved. */
  readonly direction: Alert['direction'] | null
  readonly amount: AmountJson | null
  readonly txid: string | null
  /** SHA-256 of the post that it rests on, `#` and its place where the capture holds several; null: on a payment. */
  readonly post: string | null
  readonly reason: (Omit<Reason, 'since'> & { readonly since: string }) | null
  readonly disposition: (Told<Omit<Disposition, 'reviewed'>> & { readonly reviewed: Told<Review> | null }) | null
  readonly events: readonly Told<Alert['events'][number]>[]
}

/** An amount, and where it has no value in dollars, why. */
type AmountJson = Amount.AmountJson & { readonly usdReason?: string }

type Review = NonNullable<Disposition['reviewed']>

type Told<T> = Omit<T, 'at'> & { readonly at: string }

export function alertAnswer(alert: Alert): AlertAnswer {
  const { network, address, deadline, disposition, reason, isPost } = alert
  return {
    ...alert,
    caip10: toCaip10({ network, address }),
    happenedAt: Instant.format(alert.happenedAt),
    raisedAt: Instant.format(alert.raisedAt),
    deadline: deadline === null || deadline > LAST ? null : Instant.format(deadline),
    ...(isPost ? NOTHING_MOVED : { direction: alert.direction, amount: amountOf(alert), txid: alert.txid }),
    post: isPost ? alert.txid : null,
    reason: reason === null ? null : { ...reason, since: Instant.format(reason.since) },
    disposition: disposition === null ? null : { ...told(disposition), reviewed: reviewed(disposition) },
    events: alert.events.map(told),
  }
}

const NOTHING_MOVED = { direction: null, amount: null, txid: null, txids: [] } as const

/** 9999-12-31T23:59:59Z, the last that RFC 3339 can write: a deadline beyond it, of an older record, is none. */
const LAST = 253_402_300_799

function amountOf({ network, amount, happenedAt }: Alert): AmountJson {
  const { usd, usdSource, ...plain } = amount
  const said = { ...plain, network, decimals: amount.value.split('.')[1]?.length ?? 0 }
  const day = Instant.formatDay(happenedAt)
  if (usd === null) return { ...said, usd, usdReason: `no price of ${amount.asset} on ${day}` }
  if (typeof usdSource === 'string')
    return { ...said, usd: { value: usd, basis: 'transaction-day', source: usdSource } }
  const isNominal = usdSource === null || (amount.contract !== undefined && usd === toCents(amount.value))
  if (!isNominal) return { ...said, usd: { value: usd, basis: 'transaction-day', source: UNNAMED } }
  const why = usdSource === null ? `no price of ${day} is loaded` : UNNAMED
  return {
    ...said,
    usd: { value: usd, basis: 'nominal', source: `${amount.asset} at its nominal of 1 US dollar: ${why}` },
  }
}

/** Alerts that were kept before prices were named in the record. */
const UNNAMED = 'an older record, which does not name a price'

/** `1.239999` → `1.23`. */
function toCents(value: string): string {
  const [whole = '', fraction = ''] = value.split('.')
  return `${whole}.${fraction.slice(0, 2).padEnd(2, '0')}`
}

function told<T extends { readonly at: number }>(row: T): Told<T> {
  return { ...row, at: Instant.format(row.at) }
}

function reviewed({ reviewed }: Disposition): Told<Review> | null {
  return reviewed === null ? null : told(reviewed)
}

/** The same of a watch. */
export type Added<T> = Omit<T, 'addedAt'> & { readonly addedAt: string }

export function addedAnswer<T extends Watch>(one: T): Added<T> {
  return { ...one, addedAt: Instant.format(one.addedAt) }
}
