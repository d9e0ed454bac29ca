import type { Label } from '../../attribution/attribution.ts'
import { type AmountJson, formatUnits } from '../../model/amount.ts'
import type { TraceAnswer } from './trace.ts'

/** Places shown to a person; `--json` has all. */
const PLACES = 25

/** Rows shown of each method. */
const ROWS = 8

/**
 * A trace for a person: by method its total and its greatest places, then places by the range over the methods, then
 * what was not seen.
 */
export function printTrace(answer: TraceAnswer): string {
  const { origin, declared, methods, envelope, conserved, notes, coverage } = answer
  const reasons = reasonsOf(answer)
  const places = envelope.slice(0, PLACES).map(({ address, min, max, conclusion }) => {
    const { why, hops, label } = reasons.get(address)!
    const named = label === null ? '' : `, labelled “${visible(label.name)}” (${label.category})`
    const distance = hops === 1 ? '1 transaction' : `${hops} transactions`
    return [`  ${address}${named}`, `    ${range(min, max)}, ${conclusion}; ${distance}; ${why.join(', ')}`].join('\n')
  })
  const more = envelope.length > PLACES ? [`  … and ${envelope.length - PLACES} more (--json has all)`] : []
  const seen = coverage.transactionsRead === null ? 'ledger not read' : `${coverage.transactionsRead} transactions read`
  return [
    `Trace ${(declared as { direction: string }).direction} from ${origin.join(', ')}`,
    ...totalsOf(methods),
    ...(answer.peels ?? []).map(
      peel =>
        `  peel chain of ${peel.steps} transactions from ${peel.from ?? '(no address)'}: ${amountOf(peel.peeled)} ` +
        `peeled off, ${amountOf(peel.left)} left at ${peel.to ?? '(no address)'}`,
    ),
    Object.keys(methods).length === 0 ? '' : `  value conserved: ${conserved ? 'yes, to the last unit' : 'NO'}`,
    ...(envelope.length === 0 ? [] : ['', 'Where it lies, least to greatest over the methods that conserve value:']),
    ...places,
    ...more,
    ...crossedLines(answer),
    '',
    `Seen: ${seen}${coverage.truncated === true ? ', cut by the limit' : ''}; labels known: ${coverage.labels}.`,
    ...notes.map(note => `Note: ${note}`),
  ].join('\n')
}

/** By method its total and its greatest places. */
function totalsOf(methods: TraceAnswer['methods']): string[] {
  const names = Object.keys(methods)
  const width = Math.max(0, ...names.map(name => name.length))
  return names.flatMap(name => {
    const { total, fees, reached, converted } = methods[name]!
    const swaps = (converted ?? []).map(
      one =>
        `    ${amountOf(one.from)} became ${amountOf(one.to)} at ${visible(one.address)}, by a swap at ${one.contract}`,
    )
    const head = `  ${name.padEnd(width)}  ${sums(total)} in ${reached.length} places, fees ${sums(fees)}`
    return [head, ...tableOf(reached), ...swaps]
  })
}

/** What left for other networks or came from them, and where that lies: in none of the sums above. */
function crossedLines({ crossings = [], onward = [], declared }: TraceAnswer): string[] {
  if (crossings.length === 0) return []
  const isForward = (declared as { direction: string }).direction === 'forward'
  const more = crossings.length > PLACES ? [`  … and ${crossings.length - PLACES} more (--json has all)`] : []
  const there = onward.flatMap(part => [
    isForward
      ? `What came to ${part.network} so, and where it lies there:`
      : `What came from ${part.network} so, and where it came from there:`,
    ...totalsOf(part.methods),
    `  value conserved: ${part.conserved ? 'yes, to the last unit' : 'NO'}`,
    ...part.notes.map(note => `  Note: ${note}`),
  ])
  return [
    '',
    isForward ? 'To other networks, in no sum above:' : 'From other networks, their way there in no sum above:',
    ...crossings.slice(0, PLACES).flatMap(crossingLines),
    ...more,
    ...there,
  ]
}

function crossingLines(crossing: NonNullable<TraceAnswer['crossings']>[number]): string[] {
  const { grade, name, id, paid, released, destination, source, seconds, why } = crossing
  const by = `crossed by ${visible(name)}${id === null ? '' : ` (${id})`}`
  const far = (one: typeof destination | undefined): string =>
    one == null
      ? ''
      : `${one.network ?? `chain ${one.chain}`}${one.address === null ? '' : `, ${visible(one.address)}`}`
  if (paid === null)
    return [
      `  ${amountOf(released!.amount)} at ${visible(released!.address ?? '(unknown)')} ${by}, from ${far(source)}: ` +
        `told by the receiving side alone (${WHY[why!]})`,
      `    ${released!.txid}`,
    ]
  const head = `  ${amountOf(paid.amount)} from ${visible(paid.address ?? '(unknown)')} ${by}`
  if (released === null)
    return [`${head}, to ${far(destination)}: told by the sending side alone (${WHY[why!]})`, `    ${paid.txid}`]
  const sure = grade === 'proven' ? 'proven by both sides’ events' : 'inferred: the only payments that fit each other'
  const got = `${amountOf(released.amount)} at ${visible(released.address ?? '(unknown)')}, ${seconds} s later`
  const whence = source === undefined ? '' : ` from ${paid.network}`
  return [`${head}${whence} to ${released.network}: ${got}; ${sure}`, `    ${paid.txid} → ${released.txid}`]
}

const WHY: Readonly<Record<NonNullable<NonNullable<TraceAnswer['crossings']>[number]['why']>, string>> = {
  'not-received': 'nothing of it was read on another network',
  'not-sent': 'nothing of it was read on another network',
  ambiguous: 'several events bear its number',
  'other-network': 'the other side names other networks',
  'other-amount': 'the other side names another amount',
  'no-payment': 'told by the other side, but no payment of it was read',
}

/** One place: all that one method found at an address in an asset, ended for one reason. */
type Place = { readonly row: Row; units: bigint; hops: number }

type Row = TraceAnswer['methods'][string]['reached'][number]

/** The greatest places of one method: amount, hops, why it stopped, where, and what a label says. */
function tableOf(reached: readonly Row[]): string[] {
  const places = new Map<string, Place>()
  for (const row of reached) {
    const key = `${row.address} ${row.amount.asset} ${row.stoppedBecause}`
    const place = places.get(key) ?? { row, units: 0n, hops: row.hops }
    place.units += BigInt(row.amount.amount)
    place.hops = Math.min(place.hops, row.hops)
    places.set(key, place)
  }
  const all = [...places.values()].sort((a, b) => (a.units === b.units ? 0 : a.units > b.units ? -1 : 1))
  const shown = all.slice(0, ROWS)
  const cells = shown.map(({ row, units, hops }) => [
    `${formatUnits(units, row.amount.decimals)} ${row.amount.asset}`,
    hops === 1 ? '1 hop' : `${hops} hops`,
    row.stoppedBecause,
    row.address ?? '(no address)',
  ])
  const widths = [0, 1, 2].map(i => Math.max(0, ...cells.map(row => row[i]!.length)))
  const lines = shown.map(({ row: { label } }, i) => {
    const [amount, ...rest] = cells[i]!
    const named = label === null ? '' : `  “${visible(label.name)}” (${label.category})`
    const placed = rest.map((cell, k) => (k < 2 ? cell.padEnd(widths[k + 1]!) : cell))
    return `    ${[amount!.padStart(widths[0]!), ...placed].join('  ')}${named}`
  })
  return all.length > ROWS ? [...lines, `    … and ${all.length - ROWS} more`] : lines
}

/** A name from outside without marks that move the cursor or turn a line round. */
function visible(text: string): string {
  return text.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
}

function amountOf({ value, asset }: AmountJson): string {
  return `${value} ${asset}`
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
