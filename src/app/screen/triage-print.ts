import type { AmountJson } from '../../model/amount.ts'
import { disputed } from './screen-print.ts'
import type { AddressTriage, Deposit, PostAnswer, TriageAnswer } from './triage.ts'

/** Triage for a person: posts, then addresses with what to do next, then what nobody looked at. */
export function printTriage({ posts, addresses, notChecked }: TriageAnswer): string {
  return [
    ...posts.map(post),
    ...addresses.map(address),
    ['Not checked:', ...notChecked.map(line => `  ${line}`)].join('\n'),
  ].join('\n\n')
}

function post({ path, sha256, seenBefore, addresses, others }: PostAnswer): string {
  const before = seenBefore.length === 0 ? 'not sealed before' : `sealed ${seenBefore[0]!.sealedAt}`
  const kinds = Map.groupBy(others, one => one.kind)
  const more = [...kinds].map(([kind, some]) => `  ${kind}: ${some.map(one => one.raw).join(', ')}`)
  return [`Post ${path ?? '(text)'} ${sha256.slice(0, 12)}…: ${addresses.length} addresses, ${before}`, ...more].join(
    '\n',
  )
}

function address(one: AddressTriage): string {
  const { balance, lastOutflow, nearestDeposit, seenBefore, labels, designations } = one
  return [
    `${one.address} (${one.network ?? 'no network'}): ${one.status}`,
    ...designations.flatMap(({ authority, entity, status, disputes }) => [
      `  ${authority}: “${entity}” (${status})`,
      ...disputed(disputes),
    ]),
    ...labels
      .slice(0, 3)
      .flatMap(one => [`  label: “${one.name}” (${one.category}), ${one.source}`, ...disputed(one.disputes)]),
    `  seen before   ${seenBefore.length === 0 ? 'in no capture' : `in ${seenBefore.length} captures`}`,
    `  frozen        ${one.frozen.because.en}`,
    `  balance       ${balanceOf(balance)}`,
    `  last outflow  ${lastOutflow === null ? 'none known' : `${lastOutflow.time} ${lastOutflow.txid}`}`,
    `  cashed out at ${nearestDeposit === null ? 'not known' : depositOf(nearestDeposit)}`,
    `  next: ${one.next.en}`,
  ].join('\n')
}

function balanceOf(balance: AddressTriage['balance']): string {
  if (balance === null) return 'not known'
  return balance.length === 0 ? 'nothing in what was read' : balance.map(sum).join(', ')
}

function depositOf({ service, address, hops, inferred }: Deposit): string {
  const via =
    inferred.length === 0 ? '' : `; may be a deposit address there: ${inferred.map(one => one.address).join(', ')}`
  return `${service}, ${address}, transactions: ${hops}${via}`
}

function sum({ value, asset }: AmountJson): string {
  return `${value} ${asset}`
}
