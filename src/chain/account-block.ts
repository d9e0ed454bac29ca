import type { NetworkId } from '../model/network.ts'
import type { Token, Transfer } from '../model/transfer.ts'
import type { BridgeEvent } from './bridge-event.ts'
import type { ControlEvent } from './control-event.ts'
import type { PlacedNote } from './note.ts'

/** A block of an account chain as its node told it, and what it moved. */
export type AccountBlock = {
  readonly height: number
  /** As the network prints it. */
  readonly hash: string
  readonly parent: string
  /** Whole seconds UTC. */
  readonly time: number
  readonly transactions: number
  /** Whether calls within its transactions that carry value were told. */
  readonly internal: boolean
  readonly transfers: readonly Transfer[]
  /** What stablecoin issuers did to addresses. */
  readonly issuer: readonly IssuerEvent[]
  /** Sides of crossings to and from other networks, as contracts told them. */
  readonly bridges: readonly BridgeEvent[]
  /** Who may act for accounts, as contracts and transactions told it. */
  readonly control: readonly ControlEvent[]
  /** Words that transactions carry. */
  readonly notes: readonly PlacedNote[]
}

/** What transactions did, and what contracts told besides. */
export type Told = Pick<AccountBlock, 'transfers' | 'issuer' | 'bridges' | 'control' | 'notes'>

/** What is kept beside transfers: sides of crossings, who may act for accounts, words. */
export type ToldBeside = Partial<Pick<Told, 'bridges' | 'control' | 'notes'>>

/** The same while it is being read. */
export type Found = {
  transfers: Transfer[]
  issuer: IssuerEvent[]
  bridges: BridgeEvent[]
  control: ControlEvent[]
  notes: PlacedNote[]
}

export function nothing(): Found {
  return { transfers: [], issuer: [], bridges: [], control: [], notes: [] }
}

/** A freeze, its end, or the destruction of frozen funds, as the contract of a token told it. */
export type IssuerEvent = {
  readonly kind: 'frozen' | 'unfrozen' | 'destroyed'
  readonly network: NetworkId
  readonly contract: string
  readonly address: string
  /** Of destroyed funds, in the token's smallest unit. */
  readonly units: bigint | null
  readonly txid: string
  readonly logIndex: number
  readonly height: number
  readonly time: number
}

/** Why what a node said of a block cannot be taken. */
export type AccountFault = { readonly reason: string }

/** What is told of a token's contract; of anything but a checked one it is only the contract's word. */
export type TokenOf = (contract: string) => Token
