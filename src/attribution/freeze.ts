import type { Instant } from '../model/instant.ts'
import { Failure } from '../std/failure.ts'
import type { Entry, Heading, ListedAddress, Stage } from './entry.ts'
import * as FreezeEvent from './freeze-event.ts'
import * as File from './freeze-file.ts'
import { type ImportFile, incomplete } from './importer.ts'
import { identify } from './listed.ts'
import { readWhole, type Source } from './read.ts'

/**
 * An issuer's freezes, replayed from its contract's events: submitted (its signers are asked), effective, removed,
 * destroyed. Events are facts of a ledger, so a file with some of them adds to those known before and takes none away.
 * A freeze is an issuer's own act and no sanction; who asked for it, the ledger does not say.
 */
export function readFreezes(source: Source, file: ImportFile, take: (entry: Entry) => void): Heading {
  const found = File.read(readWhole(source), file)
  const tokens = File.tokensOf(found)
  if (tokens.length === 0) throw incomplete('freeze', `event of an issuer (${FreezeEvent.names.join(', ')})`)
  if (tokens.length > 1) throw mixed(tokens.map(token => `${token.symbol} on ${token.network}`))
  const token = tokens[0]!
  const wallets = signersOf(found)
  const submitted = found.calls.filter(call => wallets.has(call.to))
  const events = [...found.events, ...submitted]
  for (const [address, own] of Map.groupBy(events, event => event.address)) {
    take(entryOf(address, own.map(toStage), FreezeEvent.assetOf(token), FreezeEvent.issuerOf(token)))
  }
  const times = events.flatMap(event => event.at ?? [])
  return {
    authority: FreezeEvent.issuerOf(token),
    list: `freezes of ${token.symbol} on ${token.network}`,
    title: `${FreezeEvent.issuerOf(token)}: frozen addresses of ${token.symbol} on ${token.network}`,
    publishedAt: times.length === 0 ? null : Math.max(...times),
    warnings: warningsOf(found, found.calls.length - submitted.length),
  }
}

/** The programme under which a freeze stands: nobody's sanctions list. */
export const PROGRAM = 'issuer freeze'

export function entryOf(address: string, stages: readonly Stage[], symbol: string, issuer: string): Entry {
  const listed = identify(address, symbol)
  const ordered = inOrder(stages)
  const [first] = spellsOf(ordered)
  const content: ListedAddress = {
    ...{ entry: address, entity: `Address frozen by ${issuer}`, program: [PROGRAM] },
    ...{ listedAt: first?.from ?? null, expiresAt: null, asset: symbol, raw: address, foreign: listed.foreign },
    ...{ flags: listed.flags, conflict: listed.conflict, probable: listed.probable, grade: 'stated', stages: ordered },
  }
  const key = `${address}/${symbol}/${listed.address}`
  return { kind: 'address', key, address: listed.address, networks: listed.networks, content }
}

/** The listing known before with what a further file says: each step once. */
export function merge(before: ListedAddress, now: ListedAddress): ListedAddress {
  const all = [...(before.stages ?? []), ...(now.stages ?? [])]
  const stages = inOrder([...new Map(all.map(one => [`${one.stage}/${one.txid}`, one])).values()])
  return { ...now, stages, listedAt: spellsOf(stages)[0]?.from ?? null }
}

/** A time in which an address was frozen; `from` is null where the source gives no time. */
export type Spell = {
  readonly from: Instant | null
  readonly endedAt: Instant | null
  /** Transaction of the event that began it. */
  readonly began: string
}

/** Destroying the funds leaves the address frozen; a submission alone freezes nothing. */
export function spellsOf(stages: readonly Stage[]): Spell[] {
  const spells: { from: Instant | null; endedAt: Instant | null; began: string; open: boolean }[] = []
  for (const { stage, at, txid } of stages) {
    const last = spells.at(-1)
    const open = last?.open === true
    const begins = (stage === 'effective' || stage === 'destroyed') && !open
    if (begins) spells.push({ from: at, endedAt: null, began: txid, open: true })
    if (stage === 'removed' && open) Object.assign(last!, { endedAt: at ?? last!.from, open: false })
  }
  return spells.map(({ from, endedAt, began }) => ({ from, endedAt, began }))
}

/** By height, then by time; a submission comes before what came of it. */
function inOrder(stages: readonly Stage[]): Stage[] {
  const rank = { submitted: 0, effective: 1, destroyed: 2, removed: 3 }
  return [...stages].sort((a, b) => {
    const byHeight = a.height === null || b.height === null ? 0 : a.height - b.height
    return byHeight || (a.at ?? 0) - (b.at ?? 0) || rank[a.stage] - rank[b.stage]
  })
}

function toStage({ stage, at, height, txid, units }: FreezeEvent.Event): Stage {
  return { stage, at, height, txid, ...(units === undefined ? {} : { units }) }
}

/**
 * Wallets whose word counts as the issuer's: the owner of USDT on Ethereum (Etherscan's label of the contract's owner,
 * read 2023), and any contract through which, in this file, a call made the token's contract emit such an event.
 */
function signersOf({ events, calledBy }: File.Found): ReadonlySet<string> {
  const acting = events.flatMap(event => calledBy.get(event.txid) ?? [])
  return new Set(['0xc6cde7c39eb2f0f0095f41570af89efc2c1ea828', ...acting])
}

function warningsOf(found: File.Found, strangers: number): string[] {
  const warnings: string[] = []
  if (found.impostors > 0) {
    warnings.push(`${found.impostors} such events are of contracts that are no issuer's, and were left out.`)
  }
  if (strangers > 0) {
    warnings.push(`${strangers} calls ask a wallet that is not known as the issuer's signers, and were left out.`)
  }
  if (found.events.some(event => event.at === null)) {
    warnings.push('Some events have no time: they count from the publication of this version.')
  }
  return warnings
}

function mixed(tokens: readonly string[]): Failure {
  return new Failure('List.Mixed', 'input', `The file holds events of several contracts: ${tokens.join(', ')}.`, {
    hint: 'Import one file per token and network: each is a list of its own.',
    facts: { tokens: tokens.slice() },
  })
}
