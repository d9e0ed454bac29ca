import { assert } from '../std/assert.ts'
import { Failure } from '../std/failure.ts'
import { fingerprintOf } from '../std/signature.ts'
import type { Store } from './store.ts'

/** A user's Ed25519 public key and when it counted. The private key is a file of its own, never in the database. */
export type UserKey = {
  readonly user: string
  /** SHA-256 of the public key, hex. */
  readonly fingerprint: string
  readonly publicKey: Uint8Array
  readonly addedAt: number
  readonly addedBy: string
  /** From then on nothing new is signed with it; what it signed before stays signed. */
  readonly removedAt: number | null
}

/** Records a user's key. The user has none that counts: whoever asks has looked. */
export function addUserKey(store: Store, user: string, publicKey: Uint8Array, at: number, by: string): UserKey {
  assert(keyOf(store, user) === undefined, `${user} has a key already`)
  insert(store, user, publicKey, 'add', at, by)
  return keyOf(store, user)!
}

/** Ends a user's key and returns it. Failure: User.Unknown. */
export function removeUserKey(store: Store, user: string, at: number, by: string): UserKey {
  const key = keyOf(store, user)
  if (key === undefined) throw unknown(user)
  insert(store, user, key.publicKey, 'remove', at, by)
  return userKeys(store).find(one => one.fingerprint === key.fingerprint)!
}

/** The key that counts now, or undefined. */
export function keyOf(store: Store, user: string): UserKey | undefined {
  return userKeys(store).find(key => key.user === user && key.removedAt === null)
}

/** Every key that there ever was, in the order of adding. */
export function userKeys(store: Store): UserKey[] {
  const rows = store.database.prepare('SELECT * FROM user_key ORDER BY number').all() as Row[]
  const removed = new Map(rows.filter(row => row.action === 'remove').map(row => [row.fingerprint, row.known_at]))
  return rows
    .filter(row => row.action === 'add')
    .map(row => ({
      ...{ user: row.user, fingerprint: row.fingerprint, publicKey: new Uint8Array(row.public_key) },
      ...{ addedAt: row.known_at, addedBy: row.added_by, removedAt: removed.get(row.fingerprint) ?? null },
    }))
}

type Row = {
  readonly user: string
  readonly fingerprint: string
  readonly public_key: Uint8Array
  readonly action: 'add' | 'remove'
  readonly known_at: number
  readonly added_by: string
}

function insert(store: Store, user: string, key: Uint8Array, action: Row['action'], at: number, by: string): void {
  const sql = `INSERT INTO user_key (user, fingerprint, public_key, action, known_at, added_by)
    VALUES (?, ?, ?, ?, ?, ?)`
  store.database.prepare(sql).run(user, fingerprintOf(key), key, action, at, by)
}

function unknown(user: string): Failure {
  return new Failure('User.Unknown', 'missing', `There is no user “${user.slice(0, 80)}” with a key.`, {
    hint: '`athar user list` shows the users.',
    facts: { user: user.slice(0, 80) },
  })
}
