import {
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign as signBytes,
  verify as verifyBytes,
} from 'node:crypto'
import { sha256Hex } from './digest.ts'

/**
 * Ed25519 (RFC 8032) over short texts. A key comes from 32 secret bytes; in files it stands as PKCS #8 PEM (RFC 8410),
 * which OpenSSL reads too.
 */
export type PrivateKey = { readonly pem: string; readonly publicKey: Uint8Array; readonly fingerprint: string }

export const SEED_BYTES = 32

/** The key of a seed; equal seeds give equal keys. */
export function fromSeed(seed: Uint8Array): PrivateKey {
  const der = Buffer.concat([PKCS8, seed])
  return fromPem(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({ format: 'pem', type: 'pkcs8' }))
}

/** The key in a PEM text. Throws what node:crypto throws where it is none, or no Ed25519 key. */
export function fromPem(pem: string | Buffer): PrivateKey {
  const key = createPrivateKey(pem)
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError(`an ${key.asymmetricKeyType} key is no Ed25519 key`)
  const der = createPublicKey(key).export({ format: 'der', type: 'spki' })
  const publicKey = new Uint8Array(der.subarray(SPKI.length))
  return { pem: pem.toString(), publicKey, fingerprint: fingerprintOf(publicKey) }
}

/** SHA-256 of the 32 bytes of the public key, hex. */
export function fingerprintOf(publicKey: Uint8Array): string {
  return sha256Hex(publicKey)
}

/** 64 bytes. `text` begins with what it is for, so that a signature under one thing never fits another. */
export function sign(key: PrivateKey, text: string): Uint8Array {
  return new Uint8Array(signBytes(null, Buffer.from(text), createPrivateKey(key.pem)))
}

/** Whether the signature is that of the public key over the text. Damaged keys and signatures say no. */
export function verify(publicKey: Uint8Array, text: string, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false
  return verifyBytes(null, Buffer.from(text), toObject(publicKey), signature)
}

function toObject(publicKey: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' })
}

/** What stands before the raw key in the two encodings (RFC 8410, section 7 and 4). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')
