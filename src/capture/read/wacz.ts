import { sha256Hex } from '../../std/digest.ts'
import { Failure } from '../../std/failure.ts'

/**
 * What a WACZ (1.1.1) says of its members: `datapackage.json` names each resource with its SHA-256 and size, and
 * `datapackage-digest.json` the digest of that file itself. Signatures in it are not checked, which is said.
 */
export type Manifest = {
  /** By path in the archive: `sha256:…` as told. */
  readonly digests: ReadonlyMap<string, string>
  readonly notes: readonly string[]
}

export const MANIFEST = 'datapackage.json'
export const MANIFEST_DIGEST = 'datapackage-digest.json'

export function readManifest(manifest: Uint8Array, digest: Uint8Array | null): Manifest | undefined {
  const told = objectOf(manifest)
  const resources = told?.['resources']
  if (!Array.isArray(resources)) return undefined
  const digests = new Map<string, string>()
  for (const resource of resources as unknown[]) {
    const { path, hash } = (resource ?? {}) as { path?: unknown; hash?: unknown }
    if (typeof path === 'string' && typeof hash === 'string') digests.set(path, hash)
  }
  const notes = [`WACZ of ${digests.size} resources, each with its digest.`]
  if (digest !== null) {
    const own = objectOf(digest)
    const isRight = own?.['hash'] === `sha256:${sha256Hex(manifest)}`
    notes.push(isRight ? `${MANIFEST_DIGEST}: checked.` : `${MANIFEST_DIGEST}: ${MANIFEST} is not what it says.`)
    if (own?.['signedData'] !== undefined) notes.push('It is signed; the signature was not checked.')
  }
  return { digests, notes }
}

/** What is wrong with a member; null where it is as told, or nothing is told of it. */
export function checkMember({ digests }: Manifest, name: string, bytes: Uint8Array): Failure | null {
  const told = digests.get(name)
  if (told === undefined || !told.startsWith('sha256:') || told === `sha256:${sha256Hex(bytes)}`) return null
  return new Failure('Wacz.Digest', 'input', `${name}: its bytes are not those of ${told.slice(0, 100)}.`, {
    hint: 'The archive was altered or damaged after it was written. Get it again before relying on it.',
    facts: { name, told: told.slice(0, 100) },
  })
}

function objectOf(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'))
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
