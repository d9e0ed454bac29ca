import * as Instants from '../../model/instant.ts'
import { toHex } from '../../std/bytes.ts'
import { Failure } from '../../std/failure.ts'
import { addUserKey, keyOf, removeUserKey, type UserKey, userKeys } from '../../store/user-key.ts'
import type { Context, Operation } from '../operation.ts'
import { dropKey, makeKey } from './key.ts'

/** Users are those who sign. Each has one key at a time; old keys stay, so that what they signed can be verified. */

type NameInput = { readonly name: string }

const NAME = {
  type: 'string',
  says: 'Name of the user, as ATHAR_USER or the account has it',
  positional: true,
} as const

export const userAdd: Operation = {
  name: 'user add',
  summary: 'Make a signing key for a user: judgements carry its signature',
  access: 'admin',
  fields: { name: { ...NAME, required: true } },
  examples: [{ command: 'athar user add layla', says: 'the private key goes to keys/ beside the data, mode 0600' }],
  run: ({ name }: NameInput, { store, clock, user }: Context) => {
    if (!VALID.test(name)) throw badName(name)
    if (keyOf(store, name) !== undefined) throw exists(name)
    const key = makeKey(store.directory, name)
    try {
      return inWords(addUserKey(store, name, key.publicKey, clock(), user))
    } catch (cause) {
      dropKey(store.directory, name)
      throw cause
    }
  },
}

export const userList: Operation = {
  name: 'user list',
  summary: 'Show the users and their public keys',
  access: 'read',
  fields: {},
  examples: [{ command: 'athar user list', says: 'every key that there ever was' }],
  list: 'users',
  run: (_: object, { store }: Context) => ({ users: userKeys(store).map(inWords) }),
}

export const userRemove: Operation = {
  name: 'user remove',
  summary: 'End a user’s key; what it signed stays signed',
  access: 'admin',
  fields: { name: { ...NAME, required: true } },
  examples: [{ command: 'athar user remove layla', says: 'the private key is deleted, the public one stays' }],
  run: ({ name }: NameInput, { store, clock, user }: Context) => {
    const key = removeUserKey(store, name, clock(), user)
    dropKey(store.directory, name)
    return inWords(key)
  },
}

/** Printable, on one line, nothing that a path or a sentence could trip over. */
const VALID = /^[\p{L}\p{N}](?:[\p{L}\p{N} ._@+-]{0,62}[\p{L}\p{N}])?$/u

function inWords({ user, fingerprint, publicKey, addedAt, addedBy, removedAt }: UserKey): object {
  return {
    ...{ user, algorithm: 'Ed25519', fingerprint, publicKey: toHex(publicKey) },
    ...{ addedAt: Instants.format(addedAt), addedBy },
    removedAt: removedAt === null ? null : Instants.format(removedAt),
  }
}

function exists(user: string): Failure {
  return new Failure('User.Exists', 'conflict', `“${user}” is a user already, with a key.`, {
    hint: 'To replace a lost key, remove the user and add them again: what was signed stays signed.',
    facts: { user },
  })
}

function badName(name: string): Failure {
  return new Failure('User.BadName', 'usage', `“${name.slice(0, 64)}” is no name for a user.`, {
    hint: 'A name has 1 to 64 letters, digits, blanks or . _ @ + -, and begins and ends with a letter or digit.',
    facts: { length: name.length, limit: 64 },
  })
}
