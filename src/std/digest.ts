import { createHash, createHmac, hash } from 'node:crypto'

/** SHA-256 of `bytes`, 32 bytes. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(hash('sha256', bytes, 'buffer'))
}

/** SHA-256 of `bytes` as 64 lower-case hex digits: how captures and files are named. */
export function sha256Hex(bytes: Uint8Array | string): string {
  return hash('sha256', bytes, 'hex')
}

/** SHA-256 twice: Bitcoin's block and transaction hash, in the order of the bytes (not as printed). */
export function sha256d(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(hash('sha256', hash('sha256', bytes, 'buffer'), 'buffer'))
}

/** RIPEMD-160 of SHA-256, 20 bytes: key and script hashes. */
export function hash160(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(hash('ripemd160', hash('sha256', bytes, 'buffer'), 'buffer'))
}

/** SHA-256 over many pieces, for what does not fit memory. */
export function sha256Stream(): { update(piece: Uint8Array): void; hex(): string } {
  const running = createHash('sha256')
  return {
    update: piece => {
      running.update(piece)
    },
    hex: () => running.digest('hex'),
  }
}

/** HMAC-SHA256 (RFC 2104) of a text under a secret, as 64 lower-case hex digits. */
export function hmacSha256Hex(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('hex')
}
