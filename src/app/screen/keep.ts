import type { StoredKnowledge } from '../../attribution/attribution.ts'
import * as Exposure from '../../exposure/exposure.ts'
import { Failure } from '../../std/failure.ts'
import type { Context } from '../operation.ts'
import { instantOf } from '../when.ts'
import type { ScreenResult } from './result.ts'

/** What of a screening decides how it is kept. */
export type Asked = {
  readonly asOf?: string
  readonly knownAt?: string
  readonly customer?: string
  readonly record?: boolean
}

/** Keeps each answer as it leaves (docs/methods/exposure.md, "Who was told what"). */
export type Keeper = {
  result(result: ScreenResult): void
  /** Answers given at once. */
  results(results: readonly ScreenResult[]): void
  lines(): Exposure.Batches
}

/** Keeps nothing where the asker wants nothing kept. */
export function createKeeper(
  asked: Asked,
  context: Context,
  { hops, knowledge, policy }: { hops: number; knowledge: StoredKnowledge; policy: Exposure.Policy },
): Keeper {
  const { customer } = asked
  if (customer !== undefined && !/^[^\p{C}]{1,200}$/u.test(customer)) throw badCustomer(customer)
  if (asked.record === false) return { result: () => {}, results: () => {}, lines: () => NO_BATCHES }
  const { lists, packs } = knowledge
  const { directory } = context.store
  const question: Exposure.KeptQuestion = {
    ...{ answeredAt: context.clock(), askedBy: context.user, customer: customer ?? null, hops },
    ...{ asOf: instantOf('asOf', asked.asOf) ?? null, knownAt: instantOf('knownAt', asked.knownAt) ?? null },
    basis: { lists, packs, policy: { version: policy.version, digest: Exposure.digestOfPolicy(policy) } },
  }
  const keep = (results: readonly ScreenResult[]) => {
    const answers = results.flatMap(({ network, ...rest }) => (network === null ? [] : [{ ...rest, network }]))
    if (answers.length > 0) Exposure.keepAnswers(directory, question, answers)
  }
  return {
    result: result => keep([result]),
    results: keep,
    lines: () => Exposure.keepBatches(directory, question),
  }
}

const NO_BATCHES: Exposure.Batches = { add: () => {}, end: () => {} }

function badCustomer(text: string): Failure {
  return new Failure(
    'Screen.BadCustomer',
    'usage',
    'The reference of a customer has 1 to 200 characters on one line.',
    {
      hint: 'Give your own number for the customer; it is kept with the answer.',
      facts: { length: text.length, limit: 200 },
    },
  )
}
