import { spawnSync } from 'node:child_process'
import { sha256Hex } from '../../src/std/digest.ts'
import { seededRandom } from '../../src/std/random.ts'
import { shared } from '../shared.ts'

/**
 * Pairs of names that are or are not one party's, written from the aliases in OFAC's own file: an alias in Arabic or
 * Cyrillic letters with its Latin form as OFAC documents them together, a further alias with the primary name, a weak
 * alias with the primary name. To each come two pairs of different parties of the same type: with the one that has the
 * most words in common with the name, and with any. OFAC has parties with one and the same name: they stay in.
 */
export type Pair = {
  readonly query: string
  readonly candidate: string
  readonly same: boolean
  readonly kind: Kind
  /**
   * Even ids choose thresholds, odd ids are counted; figures of both were seen while the rules were written.
   * `untouched`: aliases that neither had drawn, picked by the digest of party and text, measured once the rules stood.
   * Rules that are changed after a look at them need another part.
   */
  readonly part: 'training' | 'test' | 'untouched'
}

export type Kind = `${'arabic' | 'cyrillic' | 'latin' | 'weak'}-${'person' | 'body'}`

export type Corpus = { readonly names: readonly { text: string; owner: number }[]; readonly pairs: readonly Pair[] }

export const PACKED = 'data/lists/ofac/sdn_advanced.xml.bz2'

/** Null where bzip2 is not on this machine. The same pairs each time. */
export function read(): Corpus | null {
  const unpacked = spawnSync('bzip2', ['-dc', shared(PACKED)], { maxBuffer: 200_000_000 })
  if (unpacked.error !== undefined) return null
  const parties = partiesOf(unpacked.stdout.toString('utf8'))
  const names = parties.flatMap((party, owner) =>
    party.aliases.flatMap(alias => alias.names.map(({ text }) => ({ text, owner }))),
  )
  return { names, pairs: pairsOf(parties) }
}

type Party = { readonly id: number; readonly type: 'person' | 'body'; readonly aliases: readonly Alias[] }
type Alias = { readonly isPrimary: boolean; readonly isWeak: boolean; readonly names: readonly Written[] }
type Written = { readonly text: string; readonly script: string }

/** Read by patterns and not by the importer, which the pairs must not depend on. */
function partiesOf(xml: string): Party[] {
  const scripts = new Map([...xml.matchAll(/<Script ID="(\d+)" ScriptCode="([^"]*)"/g)].map(hit => [hit[1]!, hit[2]!]))
  const types = new Map(
    [...xml.matchAll(/<PartySubType ID="(\d+)" PartyTypeID="(\d+)"/g)].map(hit => [hit[1]!, hit[2]!]),
  )
  const found: Party[] = []
  for (const [, id, subType, body] of xml.matchAll(PROFILE)) {
    const type = types.get(subType!)
    if (type !== '1' && type !== '2') continue
    const aliases = [...body!.matchAll(ALIAS)].map(([, primary, weak, documented]) => ({
      isPrimary: primary === 'true',
      isWeak: weak === 'true',
      names: [...documented!.matchAll(NAME)].flatMap(([, parts]) => writtenOf(parts!, scripts)),
    }))
    found.push({ id: Number(id), type: type === '1' ? 'person' : 'body', aliases })
  }
  return found
}

const PROFILE = /<Profile ID="(\d+)" PartySubTypeID="(\d+)">([\s\S]*?)<\/Profile>/g
const ALIAS = /<Alias [^>]*Primary="(\w+)" LowQuality="(\w+)">([\s\S]*?)<\/Alias>/g
const NAME = /<DocumentedName [^>]*>([\s\S]*?)<\/DocumentedName>/g
const PART = /<NamePartValue[^>]*ScriptID="(\d+)"[^>]*>([^<]*)</g

function writtenOf(parts: string, scripts: ReadonlyMap<string, string>): Written[] {
  const all = [...parts.matchAll(PART)]
  if (all.length === 0) return []
  const text = all
    .map(hit => hit[2])
    .join(' ')
    .replaceAll('&apos;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
  return [{ text, script: scripts.get(all[0]![1]!) ?? '' }]
}

/** Shares of aliases that are taken, so that the test stays short: OFAC has 40,000. */
const TAKEN = { arabic: 1, cyrillic: 0.25, latin: 0.12, weak: 0.5 }

/** Of what those leave. Of aliases in Arabic letters they leave none. */
const UNTOUCHED = { arabic: 0, cyrillic: 0.25, latin: 0.1, weak: 0.5 }

function pairsOf(parties: readonly Party[]): Pair[] {
  const random = seededRandom(7)
  const others = createOthers(parties, random)
  const strangers = createOthers(parties, seededRandom(8))
  const pairs: Pair[] = []
  const rest: (() => void)[] = []
  const add = (party: Party, what: keyof typeof TAKEN, query: string, candidate: string, latin: string) => {
    const kind: Kind = `${what}-${party.type}`
    const put = (part: Pair['part'], wrong: readonly string[]) => {
      pairs.push({ query, candidate, same: true, kind, part })
      for (const other of wrong) pairs.push({ query, candidate: other, same: false, kind, part })
    }
    if (random.next() < TAKEN[what]) put(party.id % 2 === 0 ? 'training' : 'test', others(party, latin))
    else if (drawn(`${party.id} ${query}`) < UNTOUCHED[what]) rest.push(() => put('untouched', strangers(party, latin)))
  }
  for (const party of parties) {
    const primary = latinOf(party)
    for (const { names, isPrimary, isWeak } of party.aliases) {
      const latin = names.find(one => one.script === 'Latin')?.text
      if (latin === undefined) continue
      for (const { text, script } of names) {
        if (script === 'Arab') add(party, 'arabic', text, latin, latin)
        if (script === 'Cyrl') add(party, 'cyrillic', text, latin, latin)
        const isOther = script === 'Latin' && !isPrimary && text.toLowerCase() !== primary.toLowerCase()
        if (isOther) add(party, isWeak ? 'weak' : 'latin', text, primary, text)
      }
    }
  }
  for (const later of rest) later()
  return pairs
}

/** From 0 to below 1, by the digest of a text. */
function drawn(text: string): number {
  return Number.parseInt(sha256Hex(text).slice(0, 8), 16) / 2 ** 32
}

function latinOf({ aliases }: Party): string {
  const primary = aliases.find(alias => alias.isPrimary) ?? aliases[0]!
  return (primary.names.find(name => name.script === 'Latin') ?? primary.names[0]!).text
}

function wordsOf(text: string): string[] {
  return [...new Set(text.toLowerCase().split(/[^a-z]+/))].filter(word => word.length > 2)
}

/** Primary names of two other parties of the type: the one with the most words in common, and any. */
function createOthers(parties: readonly Party[], random: ReturnType<typeof seededRandom>) {
  const byType = Map.groupBy(parties, party => party.type)
  const byWord = new Map<string, Party[]>()
  for (const party of parties)
    for (const word of wordsOf(latinOf(party))) byWord.set(word, [...(byWord.get(word) ?? []), party])
  return (party: Party, text: string): string[] => {
    const own = new Set(wordsOf(text))
    const share = (other: Party) => {
      const words = wordsOf(latinOf(other))
      return words.filter(word => own.has(word)).length / Math.max(words.length, own.size)
    }
    const near = [...own].flatMap(word => {
      const bearers = byWord.get(word) ?? []
      return bearers.length <= 300 ? bearers : Array.from({ length: 300 }, () => random.pick(bearers))
    })
    const pool = near.filter(other => other.type === party.type && other.id !== party.id)
    const most = pool.reduce((best, other) => (share(other) > best.share ? { other, share: share(other) } : best), {
      other: null as Party | null,
      share: 0,
    })
    let any = party
    while (any.id === party.id) any = random.pick(byType.get(party.type)!)
    return [latinOf(most.other ?? any), latinOf(any)]
  }
}
