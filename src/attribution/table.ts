import type { NetworkId } from '../model/network.ts'
import { statement } from '../store/statement.ts'
import type { Store } from '../store/store.ts'
import type { Entry, EntryKind } from './entry.ts'

/**
 * The rows of this folder: the only SQL in it. Staging lives in temporary tables, so an import touches the ground only
 * once its file was read to the end.
 */
export type VersionRow = {
  readonly id: number
  readonly list: number
  readonly authority: string
  readonly name: string
  readonly designates: number
  readonly format: string
  readonly title: string | null
  readonly version: string
  readonly published_at: number
  readonly published_by: 'file' | 'user' | 'import'
  readonly sha256: string
  readonly identity: string
  readonly bytes: number
  readonly file: string
  readonly known_at: number
  readonly added_by: string
  readonly counts: string
}

export type EntryRow = {
  readonly id: number
  readonly list: number
  readonly kind: EntryKind
  readonly key: string
  readonly address: string | null
  readonly networks: string
  readonly content: string
}

/** Every version of every list, in the order of import. */
export function versions(store: Store): VersionRow[] {
  const sql = `SELECT v.*, l.authority, l.name, l.designates
    FROM list_version v JOIN list l ON l.id = v.list ORDER BY v.id`
  return store.database.prepare(sql).all() as VersionRow[]
}

/** Numbers that grow with every write to the folder's tables: equal stamps mean equal answers. */
export function stamp(store: Store): string {
  const sql = `SELECT (SELECT max(id) FROM list_version) AS v, (SELECT max(number) FROM claim) AS c,
    (SELECT max(number) FROM judgement) AS j`
  const row = statement(store, sql).get() as { v: number | null; c: number | null; j: number | null }
  return `${row.v ?? 0}.${row.c ?? 0}.${row.j ?? 0}`
}

/** Every address text that a list or claim has ever named. */
export function addresses(store: Store): Set<string> {
  return new Set(eachAddress(store))
}

/** The same one by one, some of them twice. Reads indexes alone, in batches: a row each is slow. */
export function* eachAddress(store: Store): Generator<string> {
  for (const table of ['list_entry', 'claim']) {
    const sql = `SELECT address FROM ${table} WHERE address IS NOT NULL AND address > ? ORDER BY address LIMIT ${BATCH}`
    const statement = store.database.prepare(sql)
    statement.setReturnArrays(true)
    for (let last = ''; ; ) {
      const rows = statement.all(last) as unknown as [string][]
      for (const row of rows) yield row[0]
      if (rows.length < BATCH) break
      last = rows.at(-1)![0]
    }
  }
}

/** An address that more entries than this name would be skipped over no more than once: `>` starts behind it. */
const BATCH = 20_000

/** Whether any entry or claim names the address. */
export function isNamed(store: Store, address: string): boolean {
  const sql = `SELECT EXISTS (SELECT 1 FROM list_entry WHERE address = ?1)
    OR EXISTS (SELECT 1 FROM claim WHERE address = ?1) AS is_named`
  return (statement(store, sql).get(address) as { is_named: number }).is_named === 1
}

export function entriesOf(store: Store, address: string): EntryRow[] {
  return statement(store, 'SELECT * FROM list_entry WHERE address = ? ORDER BY id').all(address) as EntryRow[]
}

/** Addresses whose entry or claim is like a pattern (escape `\\`), in order of import. */
export function addressesLike(
  store: Store,
  pattern: string,
  limit: number,
): { address: string; network: string | null }[] {
  const sql = `SELECT DISTINCT address, networks AS network FROM list_entry
    WHERE address IS NOT NULL AND content LIKE ? ESCAPE '\\'
    UNION SELECT DISTINCT address, network FROM claim WHERE address IS NOT NULL AND content LIKE ? ESCAPE '\\' LIMIT ?`
  return store.database.prepare(sql).all(pattern, pattern, limit) as { address: string; network: string | null }[]
}

export function entry(store: Store, id: number): EntryRow | undefined {
  return statement(store, 'SELECT * FROM list_entry WHERE id = ?').get(id) as EntryRow | undefined
}

/** Entries of a list with this key: what one listing said in its versions. */
export function entriesByKey(store: Store, list: number, kind: EntryKind, key: string): EntryRow[] {
  const sql = 'SELECT * FROM list_entry WHERE list = ? AND kind = ? AND key = ? ORDER BY id'
  return store.database.prepare(sql).all(list, kind, key) as EntryRow[]
}

/** All entries of some kinds in a list, over all its versions. */
export function entriesOfList(store: Store, list: number, kinds: readonly EntryKind[]): EntryRow[] {
  const sql = `SELECT * FROM list_entry WHERE list = ? AND kind IN (${kinds.map(() => '?').join(', ')}) ORDER BY id`
  return store.database.prepare(sql).all(list, ...kinds) as EntryRow[]
}

export type ChangeRow = { readonly entry: number; readonly version: number; readonly present: number }

export function changesOf(store: Store, entryId: number): ChangeRow[] {
  const sql = 'SELECT entry, version, present FROM list_change WHERE entry = ? ORDER BY version'
  return statement(store, sql).all(entryId) as ChangeRow[]
}

export function changesOfList(store: Store, list: number): ChangeRow[] {
  const sql = `SELECT c.entry, c.version, c.present FROM list_change c JOIN list_entry e ON e.id = c.entry
    WHERE e.list = ? ORDER BY c.entry, c.version`
  return store.database.prepare(sql).all(list) as ChangeRow[]
}

/** Members of a version: each entry whose last change up to it is an appearance. */
const MEMBERS = `SELECT e.id AS entry FROM list_entry e WHERE e.list = :list AND (
  SELECT c.present FROM list_change c WHERE c.entry = e.id AND c.version <= :version ORDER BY c.version DESC LIMIT 1
) = 1`

/** All entries of one version of a list. */
export function members(store: Store, list: number, version: number): EntryRow[] {
  const sql = `SELECT * FROM list_entry WHERE id IN (${MEMBERS}) ORDER BY id`
  return store.database.prepare(sql).all({ list, version }) as EntryRow[]
}

/** Which of some addresses a tag of a list (of any, where null) names. */
export function taggedAmong(store: Store, wanted: readonly string[], list: number | null): string[] {
  const sql = "SELECT 1 FROM list_entry WHERE address = ? AND kind = 'tag' AND (? IS NULL OR list = ?) LIMIT 1"
  const query = statement(store, sql)
  return wanted.filter(address => query.get(address, list, list) !== undefined)
}

/** Addresses tagged in a list and in another one, or with a symbol that excludes them; of any list, where null. */
export function disputable(store: Store, list: number | null): string[] {
  const sql = `SELECT DISTINCT e.address FROM list_entry e WHERE e.kind = 'tag' AND e.networks <> ''
    AND (:list IS NULL OR e.list = :list) AND (
      instr(e.content, '"conflict"]') OR instr(e.content, '"conflict",')
      OR EXISTS (SELECT 1 FROM list_entry o WHERE o.address = e.address AND o.kind = 'tag' AND o.id <> e.id
        AND (o.list <> e.list OR o.key <> e.key)))`
  const rows = store.database.prepare(sql).all({ list }) as { address: string }[]
  return rows.map(row => row.address)
}

/** A stored row as the importer handed it over. */
export function toEntry({ kind, key, address, networks, content }: EntryRow): Entry {
  const ids = networks === '' ? [] : (networks.split(',') as NetworkId[])
  return { kind, key, address, networks: ids, content: JSON.parse(content) as Entry['content'] }
}

/** An empty staging table for one import; the function returned adds a row, and says no to a key that stands twice. */
export function stage(store: Store): (row: StageRow) => boolean {
  store.database.exec(`PRAGMA main.cache_size = -65536; PRAGMA temp.cache_size = -65536;
    DROP TABLE IF EXISTS temp.stage; CREATE TEMP TABLE stage (
    kind TEXT NOT NULL, key TEXT NOT NULL, address TEXT, networks TEXT NOT NULL, content TEXT NOT NULL,
    digest BLOB NOT NULL, UNIQUE (key, kind))`)
  const insert = store.database.prepare('INSERT OR IGNORE INTO temp.stage VALUES (?, ?, ?, ?, ?, ?)')
  return row => insert.run(row.kind, row.key, row.address, row.networks, row.content, row.digest).changes === 1
}

export type StageRow = Omit<EntryRow, 'id' | 'list'> & { readonly digest: Uint8Array }

export function listOf(store: Store, authority: string, name: string, designates: boolean): number {
  const insert = 'INSERT OR IGNORE INTO list (authority, name, designates) VALUES (?, ?, ?)'
  store.database.prepare(insert).run(authority, name, designates ? 1 : 0)
  const row = store.database.prepare('SELECT id FROM list WHERE authority = ? AND name = ?').get(authority, name)
  return (row as { id: number }).id
}

/** Moves the staged rows into the ground as the next version; returns its id. */
export function insertVersion(store: Store, row: Omit<VersionRow, 'id' | 'authority' | 'name' | 'designates'>): number {
  const { database } = store
  const { list } = row
  const last = (database.prepare('SELECT max(id) AS id FROM list_version').get() as { id: number | null }).id ?? 0
  const id = last + 1
  remember(store, 'was', list, last)
  database
    .prepare(`INSERT INTO list_entry (list, kind, key, address, networks, content, digest)
      SELECT ?, kind, key, address, networks, content, digest FROM temp.stage s
      WHERE NOT EXISTS (SELECT 1 FROM list_entry e WHERE e.list = ? AND e.digest = s.digest)`)
    .run(list, list)
  database.exec('DROP TABLE IF EXISTS temp.now; CREATE TEMP TABLE now (entry INTEGER PRIMARY KEY)')
  database
    .prepare(
      'INSERT INTO temp.now SELECT e.id FROM temp.stage s JOIN list_entry e ON e.list = ? AND e.digest = s.digest',
    )
    .run(list)
  const change = (present: number, from: string, without: string) =>
    database
      .prepare(`INSERT INTO list_change (entry, version, present)
        SELECT entry, ?, ? FROM temp.${from} WHERE entry NOT IN (SELECT entry FROM temp.${without})`)
      .run(id, present)
  change(1, 'now', 'was')
  change(0, 'was', 'now')
  const { format, title, version, published_at, published_by, sha256, identity, bytes, file } = row
  database
    .prepare('INSERT INTO list_version VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run(
      ...([id, list, format, title, version, published_at, published_by] as const),
      ...([sha256, identity, bytes, file, row.known_at, row.added_by, row.counts] as const),
    )
  return id
}

export type Difference = { readonly added: number; readonly removed: number; readonly changed: number }

/** What the version just inserted changes against another of its list (0: against nothing), counted by key. */
export function compare(store: Store, list: number, against: number, kind: EntryKind): Difference {
  remember(store, 'was', list, against)
  const side = (name: string) => `(SELECT e.key, e.id FROM temp.${name} t JOIN list_entry e ON e.id = t.entry
    WHERE e.kind = :kind)`
  const count = (sql: string) => (store.database.prepare(sql).get({ kind }) as { n: number }).n
  const missing = (from: string, other: string) =>
    count(`SELECT count(*) AS n FROM ${side(from)} a WHERE a.key NOT IN (SELECT key FROM ${side(other)})`)
  return {
    added: missing('now', 'was'),
    removed: missing('was', 'now'),
    changed: count(
      `SELECT count(*) AS n FROM ${side('now')} a JOIN ${side('was')} b ON b.key = a.key AND b.id <> a.id`,
    ),
  }
}

function remember(store: Store, name: 'was', list: number, version: number): void {
  store.database.exec(`DROP TABLE IF EXISTS temp.${name}; CREATE TEMP TABLE ${name} (entry INTEGER PRIMARY KEY)`)
  store.database.prepare(`INSERT INTO temp.${name} ${MEMBERS}`).run({ list, version })
}

export type ClaimRow = {
  readonly id: string
  readonly network: string | null
  readonly address: string | null
  readonly content: string
  readonly known_at: number
  readonly added_by: string
}

/** False where the same claim is there already. */
export function insertClaim(store: Store, row: ClaimRow): boolean {
  const sql = `INSERT OR IGNORE INTO claim (id, network, address, content, known_at, added_by)
    VALUES (?, ?, ?, ?, ?, ?)`
  const { id, network, address, content, known_at, added_by } = row
  return store.database.prepare(sql).run(id, network, address, content, known_at, added_by).changes === 1
}

export function claims(store: Store, address: string | null): ClaimRow[] {
  const columns = 'SELECT id, network, address, content, known_at, added_by FROM claim'
  if (address === null) return store.database.prepare(`${columns} ORDER BY number`).all() as ClaimRow[]
  return statement(store, `${columns} WHERE address = ? ORDER BY number`).all(address) as ClaimRow[]
}

export function claim(store: Store, id: string): ClaimRow | undefined {
  const sql = 'SELECT id, network, address, content, known_at, added_by FROM claim WHERE id = ?'
  return store.database.prepare(sql).get(id) as ClaimRow | undefined
}

export type JudgementRow = {
  readonly id: string
  readonly target: string
  readonly verdict: 'yes' | 'no' | 'unsure'
  readonly reason: string
  readonly judged_by: string
  readonly known_at: number
  readonly signature: Uint8Array | null
  readonly signer: string | null
}

export function insertJudgement(store: Store, row: JudgementRow): void {
  const sql = `INSERT INTO judgement (id, target, verdict, reason, judged_by, known_at, signature, signer)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`
  const { id, target, verdict, reason, judged_by, known_at, signature, signer } = row
  store.database.prepare(sql).run(id, target, verdict, reason, judged_by, known_at, signature, signer)
}

/** Judgements in the order in which they were made; of one target where given. */
export function judgements(store: Store, target: string | null): JudgementRow[] {
  const columns = 'SELECT id, target, verdict, reason, judged_by, known_at, signature, signer FROM judgement'
  if (target === null) return store.database.prepare(`${columns} ORDER BY number`).all() as JudgementRow[]
  return store.database.prepare(`${columns} WHERE target = ? ORDER BY number`).all(target) as JudgementRow[]
}
