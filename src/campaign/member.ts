import type { Role } from '../attribution/attribution.ts'
import type { Instant } from '../model/instant.ts'
import type { NetworkId } from '../model/network.ts'

/** An address of the set whose receipts are asked for, with what is known of it. */
export type Member = {
  readonly network: NetworkId
  /** Plain canonical form. */
  readonly address: string
  readonly role: Role
  /** The service at which it is hosted; null: its holder's own, or not known. Custody is not role. */
  readonly hostedAt: string | null
  readonly window: Window
  /** Shown by one publisher only and confirmed by nothing else: its lower bound is 0. */
  readonly claimed: boolean
}

/** When what happened to an address. Null: not known, so not applied. */
export type Window = {
  readonly publishedAt: Instant | null
  readonly exposedAt: Instant | null
  readonly frozenAt: Instant | null
  readonly governmentFrom: Instant | null
  readonly governmentTo: Instant | null
}

export const openWindow: Window = {
  publishedAt: null,
  exposedAt: null,
  frozenAt: null,
  governmentFrom: null,
  governmentTo: null,
}

/** An address of which the analyst says that it belongs to the set, and nothing else is known. */
export function asserted(network: NetworkId, address: string): Member {
  return { network, address, role: 'unknown', hostedAt: null, window: openWindow, claimed: false }
}
