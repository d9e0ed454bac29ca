/** How much of an address touches a category: ownership, direct and indirect, in and out, with the reasons. */
export { createLines, createMatcher, fingerprintOf, GROUP, type Lines, type Matcher, split } from './match.ts'
export { type Exposure, measure, type Question } from './measure.ts'
export { digestOf as digestOfPolicy, type Policy, standard as standardPolicy } from './policy.ts'
export { parsePolicy } from './policy-file.ts'
export type { Reason } from './reason.ts'
export {
  type Basis,
  type Batches,
  keepAnswers,
  keepBatches,
  type Question as KeptQuestion,
} from './register.ts'
export { type Changed, type ChangedAnswers, changedAnswers, MEASURED_MAX, markTold } from './review.ts'
export { type Risk, riskOf } from './score.ts'
export {
  type ExposureStatus,
  exposureOf,
  type ListingStatus,
  listingOf,
  overall,
  type Status,
} from './status.ts'
