/**
 * Who is behind an address: lists and packs in versions, claims, judgements, and what they amount to at two clocks.
 */
export { addClaim, type Claim, type ClaimContent, claims, grades, predicates, type Subject } from './claim.ts'
export { conflicts, type LabelConflict, strongest, support } from './combine.ts'
export { categoryOf as categoryOfConcept, isAbuse, isConcept, toCategory } from './concept.ts'
export * as Confidence from './confidence.ts'
export { type Conflict, type ContractAt, conflicts as labelConflicts, type Side } from './conflict.ts'
export { type Corroboration, corroborate } from './corroborate.ts'
export { type Diff, diff } from './diff.ts'
export { addDispute, disputes, type NewDispute } from './dispute.ts'
export * as Entity from './entity/entity.ts'
export type { Account, Actor, Entry, Heading, ListedAddress, Party, PartyName, Stage, Tag } from './entry.ts'
export { AUTO, all as formats, from as formatFrom } from './format.ts'
export { addFreezes, type Registering, withdrawFreezes } from './freeze-ledger.ts'
export { type Freeze, freezesOf } from './freezes.ts'
export { schemaOf } from './ftm.ts'
export {
  addJudgement,
  addressOfTarget,
  type Judgement,
  judgements,
  type Signed,
  type Signer,
  verdicts,
  verdictsAt,
} from './judgement.ts'
export { type Clocks, filterNames, knowledge, type StoredKnowledge } from './knowledge.ts'
export {
  categoriesOf,
  categoryOf,
  type Designation,
  type Dispute,
  type ForeignDesignation,
  isCustodial,
  type Knowledge,
  type Label,
  nothing,
  type Role,
  type Standing,
  standingOf,
} from './label.ts'
export { type Flag, farNetworkOf, identify, type Listed } from './listed.ts'
export { encodeTag as encodeMispTag } from './misp.ts'
export * as Names from './name-match.ts'
export { addressesNamed } from './named.ts'
export { type Pack, packs } from './pack.ts'
export { actor, type PartyRecord, parties } from './party.ts'
export * as Sheet from './sheet.ts'
export { type ListStatus, status } from './status.ts'
export { EXTENSION as STIX_EXTENSION } from './stix.ts'
export { eachAddress } from './table.ts'
export { type Added, addVersion, filesOf, type Request } from './version.ts'
