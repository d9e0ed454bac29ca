import type { NetworkId } from '../model/network.ts'
import type { Store } from '../store/store.ts'
import { conflicts as contradictions } from './combine.ts'
import * as Contract from './contract.ts'
import { type Clocks, freshKnowledge, type StoredKnowledge } from './knowledge.ts'
import { categoriesOf, isCustodial, type Label } from './label.ts'
import * as Table from './table.ts'

/**
 * What speaks against a label, shown with both sources and resolved by a judgement alone. contract: it names a wallet
 * of somebody where a contract stands that serves everybody · network: the pack's symbol and the address exclude each
 * other · sources: two labels that cannot both be right.
 */
export type Conflict = {
  readonly kind: 'contract' | 'network' | 'sources'
  readonly network: NetworkId
  readonly address: string
  /** One sentence for a person. */
  readonly says: string
  readonly label: Side
  /** The other label; for a contract, where its name comes from. */
  readonly against: Side
  /** Whether a judgement of `yes` decided it; `no` takes the label away, and the conflict with it. */
  readonly resolved: boolean
}

export type Side = {
  /** What a judgement names; null where no label says it. */
  readonly id: string | null
  readonly name: string
  readonly category: string
  readonly source: string
  readonly judgement: 'yes' | 'unsure' | null
}

/** What else knows of contracts: a ledger that has seen a token's contract at the address names it. */
export type ContractAt = (network: NetworkId, address: string) => { name: string; source: string } | undefined

/** Addresses whose labels are looked at in one go; more are counted by their lists alone. */
export const LOOKED_MAX = 20_000

/**
 * Conflicts about labels: of the tags of one version (inside the import that brings it), of one address, or of all that
 * is stored. At most `limit`, unresolved ones first.
 */
export function conflicts(
  store: Store,
  clocks: Clocks,
  where: { readonly list?: number; readonly addresses?: readonly string[] },
  contractAt: ContractAt,
): Conflict[] {
  const wanted = where.addresses ?? candidates(store, where.list ?? null)
  const known = freshKnowledge(store, clocks)
  const found = wanted.slice(0, LOOKED_MAX).flatMap(address => conflictsOf(known, address, contractAt))
  return found.sort((a, b) => Number(a.resolved) - Number(b.resolved))
}

/** Addresses on which anything can be in conflict: known contracts, flagged tags, tags of more than one list. */
function candidates(store: Store, list: number | null): string[] {
  return [...new Set([...Table.taggedAmong(store, Contract.addresses, list), ...Table.disputable(store, list)])]
}

function conflictsOf(known: StoredKnowledge, address: string, contractAt: ContractAt): Conflict[] {
  return known.networksOf(address).flatMap(network => {
    const labels = known.labelsOf(network, address)
    const by = (kind: Conflict['kind'], label: Label, against: Side, says: string): Conflict => {
      const sides = { label: sideOf(label), against }
      const resolved = sides.label.judgement === 'yes' || against.judgement === 'yes'
      return { kind, network, address, says, ...sides, resolved }
    }
    const contract = Contract.at(network, address) ?? contractAt(network, address)
    const wrong = contract === undefined ? [] : labels.filter(isWallet)
    return [
      ...wrong.map(label => {
        const { name, source } = contract!
        const against = { id: null, name, category: 'contract', source, judgement: null }
        return by(
          'contract',
          label,
          against,
          `“${label.name}” names a wallet, and ${name} is a contract for everybody.`,
        )
      }),
      ...labels.flatMap(label => {
        if (label.conflict == null) return []
        const against = { id: null, name: 'the address itself', category: 'network', source: label.conflict }
        return [by('network', label, { ...against, judgement: null }, `“${label.name}” is ${label.conflict}.`)]
      }),
      ...contradictions(labels).map(({ a, b }) =>
        by(
          'sources',
          a,
          sideOf(b),
          `“${a.name}” (${a.category}) and “${b.name}” (${b.category}) cannot both be right.`,
        ),
      ),
      ...otherOwners(labels).map(([a, b]) =>
        by('sources', a, sideOf(b), `“${a.name}” and “${b.name}” are two owners of one custodial address.`),
      ),
    ]
  })
}

/** Pairs of custodial labels of one category that name different businesses: an address has one keeper. */
function otherOwners(labels: readonly Label[]): (readonly [Label, Label])[] {
  const found: (readonly [Label, Label])[] = []
  const keepers = labels.filter(isCustodial)
  for (const [i, a] of keepers.entries()) {
    const b = keepers.slice(i + 1).find(other => other.category === a.category && isOther(a, other))
    if (b !== undefined) found.push([a, b])
  }
  return found
}

/** By their actors where both name one, else by their names: one word in common is the same business. */
function isOther(a: Label, b: Label): boolean {
  if (a.entity !== null && b.entity !== null) return a.entity !== b.entity
  const [one, two] = [a, b].map(label => label.name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''))
  if (one!.includes(two!) || two!.includes(one!)) return false
  const words = wordsOf(a)
  return words.size > 0 && wordsOf(b).size > 0 && ![...wordsOf(b)].some(word => words.has(word))
}

function wordsOf({ name, entity }: Label): ReadonlySet<string> {
  const words = `${name} ${entity ?? ''}`.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []
  return new Set(words.filter(word => !GENERIC.has(word) && !/^\d+$/.test(word)))
}

/** Words that name no business. */
const GENERIC: ReadonlySet<string> = new Set([
  ...['wallet', 'hot', 'cold', 'exchange', 'deposit', 'address', 'user', 'com', 'net', 'org', 'www', 'the'],
  ...['funds', 'owner', 'unknown', 'service', 'pool', 'old', 'new', 'label', 'tag', 'btc', 'eth', 'usdt', 'tron'],
])

function sideOf({ id, name, category, source, judgement }: Label): Side {
  return { id: id ?? null, name, category, source, judgement: judgement ?? null }
}

/** Whether a label speaks of somebody's own address; tokens, DEXes, lending and mixers may well be contracts. */
function isWallet(label: Label): boolean {
  return categoriesOf(label).some(category => OWNED.has(category))
}

const OWNED: ReadonlySet<string> = new Set([
  ...['exchange', 'payment-processor', 'wallet-service', 'hosting', 'marketplace', 'mining-pool', 'atm'],
  ...['person', 'donation', 'organisation', 'government'],
])
