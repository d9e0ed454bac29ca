import { readFileSync } from 'node:fs'
import { type Client, type Manners, openClient } from '../source/client.ts'
import { proxy as checkedProxy } from '../source/endpoint.ts'
import { Failure } from '../std/failure.ts'
import { secretBytes, seededRandom } from '../std/random.ts'
import { openEgressLog } from '../store/egress.ts'
import { outside as settings } from './config.ts'
import type { Context, Fields } from './operation.ts'

/** Inputs of every operation that asks other machines. */
export const outsideFields = {
  noEgress: {
    type: 'boolean',
    default: false,
    says: 'ask nothing of any other program; ATHAR_NO_EGRESS=1 says it for all',
  },
  proxy: { type: 'string', says: 'address of an HTTP proxy; else ATHAR_PROXY' },
} as const satisfies Fields

export type OutsideInput = { readonly noEgress: boolean; readonly proxy?: string }

/** A client, and the manners that other ways of asking keep too. */
export type Outside = Client & { readonly manners: Manners }

type Asking = Pick<Context, 'store' | 'clock' | 'signal' | 'user' | 'progress' | 'wait'>

/** A client that keeps the manners and logs each query. Close it when the operation ends. */
export function openOutside(
  { noEgress, proxy }: OutsideInput,
  operation: string,
  { store, clock, signal, user, progress, wait }: Asking,
  { pace = null, hide = [] }: { readonly pace?: number | null; readonly hide?: readonly string[] } = {},
): Outside {
  const { forbidden, proxy: usual } = settings()
  const by = checkedProxy(proxy ?? usual)
  const log = openEgressLog(store.directory)
  const manners: Manners = {
    ...{ clock, signal, pace, proxy: by, forbidden: noEgress || forbidden, ...(wait === undefined ? {} : { wait }) },
    hide: hide.flatMap(formsOf),
    told: note => progress({ done: 0, total: null, unit: 'answers', note }),
    random: seededRandom(new DataView(secretBytes(4).buffer).getUint32(0)),
    record: query => log.append({ ...query, user, operation }),
  }
  const client = openClient(manners)
  return {
    manners,
    ask: client.ask,
    close() {
      client.close()
      log.close()
    },
  }
}

/**
 * A secret for a source: from a file, else from the environment (ATHAR_SOURCE_SECRET); never from an argument, which
 * every process of the machine can read. Null: none is set.
 */
export function secretFrom(path: string | undefined): string | null {
  if (path === undefined) return settings().secret
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (cause) {
    throw new Failure('Source.NoSecret', 'missing', `The file ${path} with the secret cannot be read.`, {
      hint: 'Check the path and its rights. It holds one line: a key, or user:password.',
      facts: { path },
      cause,
    })
  }
}

/**
 * The address with the secret where {key} stands, and the key that is still to be shown: none where the address has it.
 * Failure: Source.KeyInHost.
 */
export function addressWith(
  from: string,
  secret: string | null,
): { readonly url: string; readonly key: string | null } {
  if (!from.includes('{key}')) return { url: from, key: secret }
  const [, , host = ''] = /^([a-z][a-z0-9+.-]*:\/\/)?([^/?#]*)/is.exec(from)!
  if (host.slice(host.lastIndexOf('@') + 1).includes('{key}')) throw keyInHost()
  return { url: from.replaceAll('{key}', encodeURIComponent(secret ?? '')), key: null }
}

/** Names of hosts are asked of name servers and told before a connection is secured: whoever looks on would read it. */
function keyInHost(): Failure {
  return new Failure('Source.KeyInHost', 'usage', 'The {key} stands in the name of the host: nothing was asked.', {
    hint: 'Names of hosts go over the network in the clear. Put {key} into the path or the query, or leave it out.',
  })
}

/** A secret as it can stand in an address: as it is, and coded in each of the ways in use. */
function formsOf(secret: string): string[] {
  if (secret === '') return []
  const query = new URLSearchParams({ k: secret }).toString().slice(2)
  const coded = encodeURIComponent(secret)
  return [...new Set([secret, coded, coded.replaceAll("'", '%27'), query])]
}
