import type { UtxoColumns } from '../ledger/ledger.ts'
import { type ChangeHeuristic, feeOf, laterOf, spendable } from './change-heuristic.ts'

/**
 * Change told by how a wallet writes its transactions. Who gets the change spends it with the same program: an output
 * that was spent by a transaction of another habit is ruled out. An output that was not spent in what was read is not.
 *
 * Source: BlockSci (Kalodner et al., USENIX Security 2020), Locktime and FixedFee; I. Misra, "Wallet Fingerprints:
 * Detection & Analysis", 2023, which lists the habits of wallets; M. Möser and A. Narayanan, "Resurrecting Address
 * Clustering in Bitcoin", FC 2022, which measures them.
 */
const LOCKTIME = habit(
  'locktime',
  'BlockSci, Locktime; Bitcoin Core, DiscourageFeeSniping: a wallet sets a lock time near the tip always, or never',
  ({ transactions }, transaction) => {
    const lockTime = transactions.lockTime[transaction]!
    return lockTime === 0 ? 0 : lockTime < LOCK_TIME_SECONDS ? 1 : 2
  },
)

const SEQUENCE = habit(
  'sequence',
  'Misra 2023; BIP 125: a wallet says of all that it sends that it may be replaced, or of nothing',
  ({ transactions }, transaction) => (transactions.form[transaction]! >> 1) & 1,
)

const VERSION = habit(
  'version',
  'Misra 2023; BIP 68: a wallet writes version 1, or version 2',
  ({ transactions }, transaction) => transactions.version[transaction]!,
)

const RATE: ChangeHeuristic = {
  ...{ name: 'rate', version: '1', looksAhead: true },
  source: 'BlockSci, FixedFee: a wallet that is set to a fee rate keeps it; here whole units per virtual byte',
  candidates: (columns, transaction) => {
    const rows = spendable(columns, transaction)
    const rate = rateOf(columns, transaction)
    const laters = laterOf(columns, rows, rateOf)
    if (rate === null || !laters.includes(rate)) return rows
    return rows.filter((_, i) => laters[i] === null || laters[i] === rate)
  },
}

/** In the order in which they are named. */
export const FINGERPRINTS: readonly ChangeHeuristic[] = [LOCKTIME, SEQUENCE, VERSION, RATE]

/** LOCKTIME_THRESHOLD of Bitcoin Core (script/script.h): from here on a lock time is a time, below it a height. */
const LOCK_TIME_SECONDS = 500_000_000

/** A habit that a wallet has or has not. Where all outputs were spent by another habit, it tells nothing. */
function habit(
  name: string,
  source: string,
  tell: (columns: UtxoColumns, transaction: number) => number,
): ChangeHeuristic {
  const known = (columns: UtxoColumns, transaction: number) =>
    (columns.transactions.form[transaction]! & 1) === 0 ? null : tell(columns, transaction)
  return {
    ...{ name, version: '1', looksAhead: true, source },
    candidates: (columns, transaction) => {
      const rows = spendable(columns, transaction)
      const own = known(columns, transaction)
      if (own === null) return rows
      const laters = laterOf(columns, rows, known)
      const same = rows.filter((_, i) => laters[i] === null || laters[i] === own)
      return same.length === 0 ? rows : same
    },
  }
}

/** Smallest units per virtual byte, rounded down; null where the fee or the weight is not known. */
function rateOf(columns: UtxoColumns, transaction: number): bigint | null {
  const weight = columns.transactions.weight[transaction]!
  const fee = weight === 0 ? null : feeOf(columns, transaction)
  return fee === null ? null : (4n * fee) / BigInt(weight)
}
