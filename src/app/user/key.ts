import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Signer } from '../../attribution/attribution.ts'
import { Failure } from '../../std/failure.ts'
import { secretBytes } from '../../std/random.ts'
import * as Signature from '../../std/signature.ts'
import type { Store } from '../../store/store.ts'
import { keyOf } from '../../store/user-key.ts'

/**
 * Private keys: one file a user, `keys/NAME.pem` beside the data, readable by its owner alone. They are not in the
 * database, its backups or any bundle: whoever has the data has not the hand that signs.
 */
export function makeKey(directory: string, user: string): Signature.PrivateKey {
  const key = Signature.fromSeed(secretBytes(Signature.SEED_BYTES))
  mkdirSync(join(directory, FOLDER), { recursive: true, mode: 0o700 })
  const path = pathOf(directory, user)
  if (existsSync(path)) throw inTheWay(path)
  const file = openSync(path, 'wx', 0o600)
  try {
    writeSync(file, key.pem)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  return key
}

export function dropKey(directory: string, user: string): void {
  rmSync(pathOf(directory, user), { force: true })
}

/** Signs in a user's name, or null where the user has no key. Failure: User.KeyMissing. */
export function signerOf(store: Store, user: string): Signer | null {
  const known = keyOf(store, user)
  if (known === undefined) return null
  const path = pathOf(store.directory, user)
  const key = readKey(path)
  if (key?.fingerprint !== known.fingerprint) throw keyMissing(user, path)
  return { fingerprint: key.fingerprint, sign: text => Signature.sign(key, text) }
}

const FOLDER = 'keys'

/** Names are checked before: no slash, no dot in front. */
function pathOf(directory: string, user: string): string {
  return join(directory, FOLDER, `${encodeURIComponent(user)}.pem`)
}

function readKey(path: string): Signature.PrivateKey | null {
  try {
    return Signature.fromPem(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}

function inTheWay(path: string): Failure {
  return new Failure('User.KeyInTheWay', 'conflict', `There is a private key already: ${path}.`, {
    hint: 'A key is never written over. Move the file away if it is not needed.',
    facts: { path },
  })
}

function keyMissing(user: string, path: string): Failure {
  return new Failure('User.KeyMissing', 'denied', `The private key of “${user}” is not in ${path}, or is another.`, {
    hint: 'Restore the file. If it is lost, `athar user remove` and `athar user add` make a new key.',
    facts: { user, path },
  })
}
