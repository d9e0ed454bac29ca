import type { Designation, Dispute, ForeignDesignation, Label } from '../../attribution/attribution.ts'
import * as Instants from '../../model/instant.ts'

/** A label as answers print it: times in RFC 3339, what is disputed beside it. */
export type LabelJson = Omit<Label, 'validFrom' | 'validTo' | 'disputes'> & {
  readonly validFrom?: string | null
  readonly validTo?: string | null
  readonly disputes?: readonly DisputeJson[]
}

export type DisputeJson = Omit<Dispute, 'saidAt' | 'knownAt'> & {
  readonly saidAt: string | null
  readonly knownAt: string
}

/** A listing as answers print it, without how it stands on the day asked for. */
export type ListingJson = Omit<
  ForeignDesignation,
  'listedAt' | 'removedAt' | 'expiresAt' | 'knownAt' | 'disputes' | 'stages'
> & {
  readonly listedAt: string | null
  readonly removedAt: string | null
  readonly expiresAt: string | null
  readonly knownAt: string
  readonly disputes?: readonly DisputeJson[]
  readonly stages?: readonly StageJson[]
}

type Stage = NonNullable<Designation['stages']>[number]
type StageJson = Omit<Stage, 'at'> & { readonly at: string | null }

export function listingJson({ disputes, stages, ...designation }: Designation | ForeignDesignation): ListingJson {
  const { listedAt, removedAt, expiresAt, knownAt } = designation
  return {
    ...designation,
    ...{ listedAt: formatted(listedAt), removedAt: formatted(removedAt), expiresAt: formatted(expiresAt) },
    knownAt: Instants.format(knownAt),
    ...disputesJson(disputes),
    ...(stages === undefined ? {} : { stages: stages.map(one => ({ ...one, at: formatted(one.at) })) }),
  }
}

export function labelJson({ validFrom, validTo, disputes, ...rest }: Label): LabelJson {
  return {
    ...rest,
    ...(validFrom === undefined ? {} : { validFrom: formatted(validFrom) }),
    ...(validTo === undefined ? {} : { validTo: formatted(validTo) }),
    ...disputesJson(disputes),
  }
}

/** The disputes of a label or listing; nothing where there are none. */
function disputesJson(disputes: readonly Dispute[] | undefined): { readonly disputes?: readonly DisputeJson[] } {
  return disputes === undefined ? {} : { disputes: disputes.map(disputeJson) }
}

export function disputeJson(dispute: Dispute): DisputeJson {
  return { ...dispute, saidAt: formatted(dispute.saidAt), knownAt: Instants.format(dispute.knownAt) }
}

function formatted(instant: Instants.Instant | null): string | null {
  return instant === null ? null : Instants.format(instant)
}
