import type { NetworkId } from '../model/network.ts'
import { kept } from '../store/kept.ts'
import { statement } from '../store/statement.ts'
import type { Store } from '../store/store.ts'

/** A file that was read: kept by its SHA-256 in the store's files, or, where `path` is set, by reference. */
export type Ground = {
  readonly id: number
  /** Null for prices, which belong to no one network. */
  readonly network: NetworkId | null
  readonly kind: 'blocks' | 'undo' | 'transfers' | 'prices'
  /** As the user named it. */
  readonly name: string
  readonly sha256: string
  readonly bytes: number
  readonly path: string | null
  /** The user's word on the height of its first block. */
  readonly height: number | null
  /** A node's word on it, where the block came as JSON. */
  readonly statedHeight: number | null
  /** SHA-256 of the undo file that was given with it. */
  readonly undo: string | null
  readonly readAt: number
}

/** Where a chunk of columns lies. */
export type Chunk = {
  readonly number: number
  readonly segment: number
  readonly offset: number
  readonly length: number
  readonly sha256: string
}

/** The commit point: the chunks below `chunks` of a generation are the ledger. `sha256` chains over all of them. */
export type Manifest = {
  readonly id: number
  readonly network: NetworkId
  readonly generation: number
  /** Of its chunks: see FORMAT of record.ts. */
  readonly format: number
  readonly chunks: number
  readonly blocks: number
  readonly transactions: number
  readonly sha256: string
  readonly committedAt: number
}

/** The newest manifest, or the newest that was known at an instant; undefined: nothing was ever committed. */
export function findManifest(store: Store, network: NetworkId, knownAt?: number): Manifest | undefined {
  const row = statement(
    store,
    `SELECT id, network, generation, format, chunks, blocks, transactions, sha256, committed_at AS committedAt
     FROM ledger_manifest WHERE network = ? AND committed_at <= ? ORDER BY id DESC LIMIT 1`,
  ).get(network, knownAt ?? Number.MAX_SAFE_INTEGER)
  return row === undefined ? undefined : ({ ...row } as Manifest)
}

/** @param from the first of them */
export function listChunks({ database }: Store, { network, generation, chunks }: Manifest, from = 0): Chunk[] {
  return database
    .prepare(
      `SELECT number, segment, offset, length, sha256 FROM ledger_chunk
       WHERE network = ? AND generation = ? AND number >= ? AND number < ? ORDER BY number`,
    )
    .all(network, generation, from, chunks)
    .map(row => ({ ...row }) as Chunk)
}

/** The number from which on each chunk of a generation is of one file: those before were written by one deriving. */
export function firstOfOneFile({ database }: Store, { network, generation }: Manifest): number {
  const query = 'SELECT min(chunks) AS first FROM ledger_manifest WHERE network = ? AND generation = ?'
  return (database.prepare(query).get(network, generation) as { first: number }).first
}

/** The highest generation that was ever begun, finished or not; 0 where none. */
export function lastGeneration({ database }: Store, network: NetworkId): number {
  const query = 'SELECT coalesce(max(generation), 0) AS last FROM ledger_chunk WHERE network = ?'
  return (database.prepare(query).get(network) as { last: number }).last
}

export function listNetworks({ database }: Store): NetworkId[] {
  const rows = database.prepare('SELECT DISTINCT network FROM ledger_manifest ORDER BY network').all()
  return (rows as { network: NetworkId }[]).map(row => row.network)
}

/** To be called within a transaction that adds the manifest too. */
export function addChunk({ database }: Store, network: NetworkId, generation: number, chunk: Chunk): void {
  database
    .prepare('INSERT INTO ledger_chunk VALUES (?, ?, ?, ?, ?, ?, ?)')
    .run(network, generation, chunk.number, chunk.segment, chunk.offset, chunk.length, chunk.sha256)
}

export function addManifest({ database }: Store, manifest: Omit<Manifest, 'id'>): void {
  const { network, generation, format, chunks, blocks, transactions, sha256, committedAt } = manifest
  database
    .prepare(
      `INSERT INTO ledger_manifest (network, generation, format, chunks, blocks, transactions, sha256, committed_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(network, generation, format, chunks, blocks, transactions, sha256, committedAt)
}

/** The number that the next file will have. Stable under the writer lock until it is added. */
export function nextGroundId({ database }: Store): number {
  const query = 'SELECT coalesce(max(id), 0) + 1 AS next FROM ledger_ground'
  return (database.prepare(query).get() as { next: number }).next
}

export function addGround({ database }: Store, ground: Ground): void {
  const { id, network, kind, name, sha256, bytes, path, height, statedHeight, undo, readAt } = ground
  database
    .prepare('INSERT INTO ledger_ground VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run(id, network, kind, name, sha256, bytes, path, height, statedHeight, undo, readAt)
}

/**
 * Files that were read, in the order of reading, less those withdrawn by a reorganisation; of one network or of all.
 */
export function listGround({ database }: Store, network?: NetworkId): Ground[] {
  return database
    .prepare(
      `SELECT id, network, kind, name, sha256, bytes, path, height, stated_height AS statedHeight,
         undo, read_at AS readAt
       FROM ledger_ground WHERE (? IS NULL OR network = ?)
         AND id NOT IN (SELECT ground FROM ledger_withdrawn WHERE ground IS NOT NULL) ORDER BY id`,
    )
    .all(network ?? null, network ?? null)
    .map(row => ({ ...row }) as Ground)
}

/** A day's price in one version: which file said it, and since when it was known. */
export type PriceRow = { readonly day: string; readonly usd: string; readonly sha256: string; readonly knownAt: number }

export function addPrice({ database }: Store, asset: string, day: string, usd: string, ground: Ground): void {
  database.prepare('INSERT INTO ledger_price VALUES (?, ?, ?, ?, ?)').run(asset, day, usd, ground.id, ground.readAt)
}

/** All versions of an asset's prices, oldest version first. */
function listPrices({ database }: Store, asset: string): PriceRow[] {
  return database
    .prepare(
      `SELECT day, usd, sha256, known_at AS knownAt FROM ledger_price
       JOIN ledger_ground ON ledger_ground.id = ledger_price.ground
       WHERE asset = ? ORDER BY ledger_price.ground, day`,
    )
    .all(asset)
    .map(row => ({ ...row }) as PriceRow)
}

/** What is made of them; a store that is open for reading keeps it until another connection commits. */
export function keepPrices<T>(store: Store, asset: string, of: (rows: PriceRow[]) => T): T {
  return kept(store, `prices/${asset}`, () => of(listPrices(store, asset)))
}

export type PricedAsset = {
  readonly asset: string
  readonly days: number
  readonly first: string
  readonly last: string
}

export function listPricedAssets({ database }: Store): PricedAsset[] {
  const query = `SELECT asset, count(DISTINCT day) AS days, min(day) AS first, max(day) AS last
    FROM ledger_price GROUP BY asset ORDER BY asset`
  return database
    .prepare(query)
    .all()
    .map(row => ({ ...row }) as PricedAsset)
}

/** How far a network had got when a source was last asked. */
export type Tip = {
  readonly height: number
  /** As printed. */
  readonly hash: string
  /** Host and port of the source. */
  readonly provider: string
  readonly seenAt: number
}

export function addTip({ database }: Store, network: NetworkId, { height, hash, provider, seenAt }: Tip): void {
  database
    .prepare('INSERT INTO ledger_tip (network, height, hash, provider, seen_at) VALUES (?, ?, ?, ?, ?)')
    .run(network, height, hash, provider, seenAt)
}

/** The newest, or the newest that was known at an instant. */
export function findTip(store: Store, network: NetworkId, knownAt?: number): Tip | undefined {
  const row = statement(
    store,
    `SELECT height, hash, provider, seen_at AS seenAt FROM ledger_tip
     WHERE network = ? AND seen_at <= ? ORDER BY id DESC LIMIT 1`,
  ).get(network, knownAt ?? Number.MAX_SAFE_INTEGER)
  return row === undefined ? undefined : ({ ...row } as Tip)
}

/** A block of an account chain as a node told it, and the file of its transfers; null: it has none. */
export type ReadBlock = {
  readonly height: number
  /** As the network prints it. */
  readonly hash: string
  readonly time: number
  readonly transactions: number
  /** Whether internal transfers were told. */
  readonly internal: boolean
  readonly ground: number | null
}

export function addReadBlocks(
  { database }: Store,
  network: NetworkId,
  blocks: readonly ReadBlock[],
  readAt: number,
): void {
  const insert = database.prepare(
    `INSERT INTO ledger_account_block (network, height, hash, time, transactions, internal, ground, read_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  for (const { height, hash, time, transactions, internal, ground } of blocks) {
    insert.run(network, height, hash, time, transactions, internal ? 1 : 0, ground, readAt)
  }
}

const STANDING = 'id NOT IN (SELECT block FROM ledger_withdrawn)'

/** The blocks that stand, highest first, below a height: so many heights. Of one read again the last reading counts. */
export function listReadBlocks({ database }: Store, network: NetworkId, below: number, count: number): ReadBlock[] {
  return database
    .prepare(
      `SELECT height, hash, time, transactions, internal, ground, max(id) AS last FROM ledger_account_block
       WHERE network = ? AND height < ? AND ${STANDING} GROUP BY height ORDER BY height DESC LIMIT ?`,
    )
    .all(network, below, count)
    .map(row => {
      const { last: _, ...block } = row as unknown as ReadBlock & { last: number }
      return { ...block, internal: (row as { internal: number }).internal === 1 }
    })
}

/** What goes when the blocks from a height on go. */
export type Reach = { readonly from: number; readonly lost: ReadonlySet<number> }

/**
 * All files, of every reading, that tell of a block from a height on. A file goes whole: `from` is the lowest height
 * of them all, for what other readings kept above it goes too.
 */
export function reachOfWithdrawal({ database }: Store, network: NetworkId, height: number): Reach {
  const firstOf = database.prepare(
    `SELECT ground, min(id) AS id FROM ledger_account_block
     WHERE network = ? AND height >= ? AND ground IS NOT NULL AND ${STANDING} GROUP BY ground`,
  )
  const before = database.prepare('SELECT height, ground FROM ledger_account_block WHERE id <= ? ORDER BY id DESC')
  const lost = new Set<number>()
  let from = height
  for (let last = Number.POSITIVE_INFINITY; from < last; ) {
    last = from
    for (const { ground, id } of firstOf.all(network, last) as { ground: number; id: number }[]) {
      lost.add(ground)
      // The blocks of a file were written together, upwards.
      for (const row of before.iterate(id) as Iterable<{ height: number; ground: number | null }>) {
        if (row.ground !== ground) break
        from = Math.min(from, row.height)
      }
    }
  }
  return { from, lost }
}

/**
 * What stands of the blocks read from nodes; undefined: none. Where it is known as of an earlier look, only what has
 * come since is read.
 */
export function readSpan(store: Store, network: NetworkId, known?: ReadSpan): ReadSpan | undefined {
  const query = 'SELECT coalesce(max(id), 0) AS last FROM ledger_withdrawn'
  const withdrawn = (statement(store, query).get() as { last: number }).last
  if (known?.withdrawn !== withdrawn) return spanSince(store, network, 0, withdrawn)
  const more = spanSince(store, network, known.last, withdrawn)
  if (more === undefined) return known
  if (more.low <= known.high) return spanSince(store, network, 0, withdrawn)
  return {
    ...more,
    low: known.low,
    count: known.count + more.count,
    transactions: known.transactions + more.transactions,
    internal: known.internal && more.internal,
  }
}

/** Of a height that was read again the last reading counts. */
function spanSince(store: Store, network: NetworkId, after: number, withdrawn: number): ReadSpan | undefined {
  const row = statement(
    store,
    `SELECT min(height) AS low, max(height) AS high, count(*) AS count, sum(transactions) AS transactions,
         min(internal) AS internal, max(last) AS last
       FROM (SELECT height, transactions, internal, max(id) AS last FROM ledger_account_block
         WHERE id > ? AND +network = ? AND ${STANDING} GROUP BY height)`,
  ).get(after, network) as Omit<ReadSpan, 'low' | 'internal'> & { low: number | null; internal: number }
  return row.low === null ? undefined : { ...row, low: row.low, internal: row.internal === 1, withdrawn }
}

export type ReadSpan = {
  readonly low: number
  readonly high: number
  /** Heights that were read: fewer than the range holds where there are gaps. */
  readonly count: number
  readonly transactions: number
  readonly internal: boolean
  /** The last reading that it tells of, and the last withdrawal. */
  readonly last: number
  readonly withdrawn: number
}

/** Withdraws the blocks from a height on, with their files. To be called within a transaction. */
export function withdrawBlocks({ database }: Store, network: NetworkId, from: number, at: number): void {
  database
    .prepare(
      `INSERT INTO ledger_withdrawn (network, block, ground, withdrawn_at)
       SELECT network, id, ground, ? FROM ledger_account_block WHERE network = ? AND height >= ? AND ${STANDING}`,
    )
    .run(at, network, from)
}

/** How far the history of an address was read from a provider. */
export type Cursor = {
  readonly network: NetworkId
  readonly address: string
  readonly provider: string
  /** Where to go on: only the source that gave it can read it. */
  readonly cursor: string
  readonly state: 'reading' | 'complete' | 'partial'
  readonly at: number
}

export function addCursor({ database }: Store, { network, address, provider, cursor, state, at }: Cursor): void {
  database
    .prepare('INSERT INTO ledger_cursor (network, address, provider, cursor, state, at) VALUES (?, ?, ?, ?, ?, ?)')
    .run(network, address, provider, cursor, state, at)
}

export function findCursor(
  { database }: Store,
  network: NetworkId,
  address: string,
  provider: string,
): Cursor | undefined {
  const row = database
    .prepare(
      `SELECT network, address, provider, cursor, state, at FROM ledger_cursor
       WHERE network = ? AND address = ? AND provider = ? ORDER BY id DESC LIMIT 1`,
    )
    .get(network, address, provider)
  return row === undefined ? undefined : ({ ...row } as Cursor)
}
