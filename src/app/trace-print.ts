import type { Label } from '../attribution/attribution.ts'
import type { AmountJson } from '../model/amount.ts'
import type { TraceAnswer } from './trace.ts'

/** Places shown to a person; `--json` has all. */
const PLACES = 25

/** A trace for a person: totals by method, then places by the range over the methods, then what was not seen. */
export function printTrace(answer: TraceAnswer): string {
  const { origin, declared, methods, envelope, conserved, notes, coverage } = answer
  const names = Object.keys(methods)
  const width = Math.max(0, ...names.map(name => name.length))
  const totals = names.map(name => {
    const { total, fees, reached } = methods[name]!
    return `  ${name.padEnd(width)}  ${sums(total)} in ${reached.length} places, fees ${sums(fees)}`
  })
  const reasons = reasonsOf(answer)
  const places = envelope.slice(0, PLACES).map(({ address, min, max, conclusion }) => {
    const { why, hops, label } = reasons.get(address)!
    const named = label === null ? '' : `, labelled “${label.name}” (${label.category})`
    const distance = hops === 1 ? '1 transaction' : `${hops} transactions`
    return [`  ${address}${named}`, `    ${range(min, max)}, ${conclusion}; ${distance}; ${why.join(', ')}`].join('\n')
  })
  const more = envelope.length > PLACES ? [`  … and ${envelope.length - PLACES} more (--json has all)`] : []
  const seen = coverage.transactionsRead === null ? 'ledger not read' : `${coverage.transactionsRead} transactions read`
  return [
    `Trace ${(declared as { direction: string }).direction} from ${origin.join(', ')}`,
    ...totals,
    names.length === 0 ? '' : `  value conserved: ${conserved ? 'yes, to the last unit' : 'NO'}`,
    ...(envelope.length === 0 ? [] : ['', 'Where it lies, least to greatest over the methods that conserve value:']),
    ...places,
    ...more,
    '',
    `Seen: ${seen}${coverage.truncated === true ? ', cut by the limit' : ''}; labels known: ${coverage.labels}.`,
    ...notes.map(note => `Note: ${note}`),
  ].join('\n')
}

function sums(amounts: readonly AmountJson[]): string {
  return amounts.length === 0 ? 'not known' : amounts.map(({ value, asset }) => `${value} ${asset}`).join(', ')
}

function range(min: AmountJson, max: AmountJson): string {
  return min.amount === max.amount ? `${max.value} ${max.asset}` : `${min.value} to ${max.value} ${max.asset}`
}

type Reason = { readonly why: string[]; hops: number; readonly label: Label | null }

/** By address why value stopped there, over all methods. */
function reasonsOf({ methods }: TraceAnswer): Map<string, Reason> {
  const reasons = new Map<string, Reason>()
  for (const { reached } of Object.values(methods)) {
    for (const { address, stoppedBecause, hops, label } of reached) {
      if (address === null) continue
      const reason = reasons.get(address) ?? { why: [], hops, label }
      if (!reason.why.includes(stoppedBecause)) reason.why.push(stoppedBecause)
      reason.hops = Math.min(reason.hops, hops)
      reasons.set(address, reason)
    }
  }
  return reasons
}
