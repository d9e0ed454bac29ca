import * as Instant from '../model/instant.ts'
import { sha256Hex } from '../std/digest.ts'
import { Failure } from '../std/failure.ts'
import type { Store } from '../store/store.ts'
import * as Custody from './custody.ts'
import { bytesOf, resolve } from './row.ts'
import * as Seal from './seal.ts'
import * as Table from './table.ts'

/** What is no longer as it was sealed, and where. */
export type Fault = {
  readonly sha256: string
  readonly node: string
  readonly what: string
  readonly expected: string
  readonly found: string
}

export type Verification = {
  readonly ok: boolean
  readonly checked: { readonly captures: number; readonly bytes: number; readonly custody: number }
  /** What the custody chain vouches for of the captures that were sealed in each way. */
  readonly seals: readonly Seal.Cover[]
  readonly head: string
  /** Captures that were erased by law: their bytes are withheld, their custody is whole. */
  readonly withheld: readonly Table.Tombstone[]
  readonly failures: readonly Fault[]
}

/** Hashes every stored file again (or one), the whole custody chain, and the rows against what custody says of them. */
export function verify(
  store: Store,
  sha256: string | null,
  onCapture: (done: number, total: number) => void,
): Verification {
  const rows = sha256 === null ? Table.listCaptures(store, null) : [resolve(store, sha256)]
  const chain = Custody.check(Table.allCustody(store))
  const failures: Fault[] = chain.breaks.map(one => ({ ...one, node: `custody/${one.seq}` }))
  if (sha256 === null) failures.push(...findLost(store, new Set(rows.map(row => row.sha256))))
  let bytes = 0
  const withheld: Table.Tombstone[] = []
  const kinds: Seal.Kind[] = []
  rows.forEach((row, i) => {
    kinds.push(kindOf(store, row.sha256))
    const tombstone = Table.findTombstone(store, row.sha256)
    if (tombstone !== undefined) withheld.push(tombstone)
    failures.push(...(tombstone === undefined ? checkFile(store, row) : checkTombstone(store, tombstone)))
    failures.push(...checkRows(store, row), ...checkActs(store, row.sha256))
    if (tombstone === undefined) bytes += row.bytes
    onCapture(i + 1, rows.length)
  })
  const checked = { captures: rows.length, bytes, custody: chain.count }
  return { ok: failures.length === 0, checked, seals: Seal.coverOf(kinds), head: chain.last, withheld, failures }
}

/** Captures that custody knows and the table does not. */
function findLost(store: Store, known: ReadonlySet<string>): Fault[] {
  const lost: Fault[] = []
  for (const { seq, sha256, action } of Table.allCustody(store)) {
    if (action !== 'sealed' || known.has(sha256)) continue
    lost.push({ sha256, node: `custody/${seq}`, what: 'capture', expected: sha256, found: 'nothing' })
  }
  return lost
}

function checkFile(store: Store, row: Table.CaptureRow): Fault[] {
  const { sha256 } = row
  const node = `captures/${sha256}/file`
  try {
    const size = sizeOf(store, sha256)
    const faults = checkCommitment(store, sha256)
    if (size === row.bytes) return faults
    return [...faults, { sha256, node, what: 'size', expected: `${row.bytes} bytes`, found: `${size} bytes` }]
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause
    return [{ sha256, node, what: 'file', expected: sha256, found: cause.name }]
  }
}

/** Reads the whole file, which checks its digest. */
function sizeOf(store: Store, sha256: string): number {
  const seal = Table.findSeal(store, sha256)
  if (seal === undefined) return bytesOf(store, sha256).length
  let size = 0
  for (const piece of store.vault.pieces(seal.file, sha256)) size += piece.length
  return size
}

function checkCommitment(store: Store, sha256: string): Fault[] {
  const seal = Table.findSeal(store, sha256)
  const found = seal === undefined ? null : store.vault.commitment(seal.file, sha256)
  if (seal === undefined || found === seal.commitment) return []
  const node = `captures/${sha256}/commitment`
  return [{ sha256, node, what: 'commitment', expected: seal.commitment, found: found ?? 'no salt' }]
}

/** A tombstone must rest on an entry of custody (or on the keys, where an older backup was restored). */
function checkTombstone(store: Store, tombstone: Table.Tombstone): Fault[] {
  const { sha256, authority, reason, because, commitment, by, at } = tombstone
  const expected = told(JSON.stringify({ authority, reason, because, commitment }), by, at)
  const entries = Table.custodyOf(store, sha256).filter(entry => entry.action === 'erased')
  const said = entries.map(entry => told(entry.detail, entry.by, entry.at))
  if (said.includes(expected)) return []
  const inKeys = store.vault
    .keys()
    .erased()
    .some(one => one.sha256 === sha256 && one.authority === authority && one.reason === reason)
  if (entries.length === 0 && inKeys) return []
  const node = `captures/${sha256}/tombstone`
  return [{ sha256, node, what: 'tombstone', expected: said[0] ?? 'no erasure in custody', found: expected }]
}

function told(what: string, by: string, at: number): string {
  return `${what} by ${by} at ${at}`
}

/** Holds and links must be what custody says of them, in order. */
function checkActs(store: Store, sha256: string): Fault[] {
  const acts = Table.custodyOf(store, sha256)
  const isErased = Table.findTombstone(store, sha256) !== undefined
  const counted = acts.filter(one => ACTS.has(one.action) && !(isErased && one.action === 'fetched'))
  const expected = counted.map(({ action, detail, by, at }) =>
    action === 'fetched' ? `fetched ${detail}` : told(`${action} ${detail}`, by, at),
  )
  const holds = Table.holdsOf(store, sha256).map(({ action, authority, reason, by, at }) => {
    return told(`${action === 'hold' ? 'held' : 'released'} ${JSON.stringify({ authority, reason })}`, by, at)
  })
  const links = Table.linksOf(store, sha256, 'to').map(({ parentSha256, relation, by, at }) => {
    return told(`linked ${JSON.stringify({ parentSha256, relation })}`, by, at)
  })
  const fetches = Table.fetchesOf(store, sha256).map(text => `fetched ${JSON.stringify({ fetch: sha256Hex(text) })}`)
  const found = [...holds, ...links, ...fetches]
  const node = `captures/${sha256}/acts`
  if (expected.toSorted().join('\n') === found.toSorted().join('\n')) return []
  return [{ sha256, node, what: 'row', expected: expected.join('; '), found: found.join('; ') }]
}

const ACTS: ReadonlySet<string> = new Set(['held', 'released', 'linked', 'fetched'])

function kindOf(store: Store, sha256: string): Seal.Kind {
  return Seal.kindOf(Table.custodyOf(store, sha256).find(one => one.action === 'sealed')?.detail)
}

/** Each origin must be what its custody entry says, in order; the capture what was sealed, when and by which tool. */
function checkRows(store: Store, row: Table.CaptureRow): Fault[] {
  const { sha256 } = row
  const comings = Table.custodyOf(store, sha256).filter(one => one.action === 'sealed' || one.action === 'received')
  const origins = Table.listOrigins(store, sha256)
  const kind = kindOf(store, sha256)
  const commitment = Table.findSeal(store, sha256)?.commitment ?? null
  const faults: Fault[] = []
  const compare = (node: string, expected: string | undefined, found: string | undefined) => {
    if (expected === found) return
    const both = { expected: expected ?? 'nothing', found: found ?? 'nothing' }
    faults.push({ sha256, node: `captures/${sha256}/${node}`, what: 'row', ...both })
  }
  for (let i = 0; i < Math.max(comings.length, origins.length); i++) {
    const [entry, origin] = [comings[i], origins[i]]
    const file = i === 0 ? Seal.fileOf(kind, row, commitment) : {}
    const found = origin === undefined ? undefined : JSON.stringify(Table.detailOf(file, origin))
    compare(`origins/${i}`, entry?.detail, found)
    if (entry !== undefined && origin !== undefined) compare(`origins/${i}/tool`, entry.tool, origin.tool)
  }
  const sealed = comings[0]
  if (sealed !== undefined) compare('sealedAt', Instant.format(sealed.at), Instant.format(row.sealedAt))
  return faults
}
