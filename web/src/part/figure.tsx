import type { AmountJson } from '../../../src/model/amount.ts'

/** An amount as the server gave it: no digit is computed here. */
export function Figure({ amount }: { amount: AmountJson }) {
  return (
    <bdi className="number" dir="ltr">
      {amount.value} {amount.asset}
    </bdi>
  )
}

/** An RFC 3339 time, read by people: `2014-05-10 06:21:46`. */
export function Time({ at }: { at: string }) {
  return (
    <time dateTime={at}>
      <bdi className="number" dir="ltr">
        {at.replace('T', ' ').replace('Z', '')}
      </bdi>
    </time>
  )
}

export function Whole({ value }: { value: number }) {
  return (
    <bdi className="number" dir="ltr">
      {value.toLocaleString('en-US')}
    </bdi>
  )
}
