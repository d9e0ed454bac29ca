import { hasWork } from '../src/chain/block-header.ts'
import * as Rules from '../src/chain/block-rules.ts'
import { concat, parseHex, reversed } from '../src/std/bytes.ts'
import { sha256d } from '../src/std/digest.ts'

/**
 * Builds serialized transactions and blocks from their parts, for tests: an independent writer to hold the readers to.
 * Merkle roots are computed here the slow way.
 */
export type TransactionParts = {
  readonly version?: number
  readonly inputs: readonly InputParts[]
  readonly outputs: readonly { readonly units: bigint; readonly script: Uint8Array }[]
  readonly lockTime?: number
}

export type InputParts = {
  /** As printed. */
  readonly txid: string
  readonly index: number
  readonly script: Uint8Array
  readonly sequence?: number
  readonly witness?: readonly Uint8Array[]
}

export type Built = { readonly bytes: Uint8Array; readonly txid: Uint8Array; readonly wtxid: Uint8Array }

export function transaction(parts: TransactionParts): Built {
  const version = int32(parts.version ?? 2)
  const inputs = parts.inputs.map(input =>
    concat(reversed(hex(input.txid)), int32(input.index), counted(input.script), int32(input.sequence ?? 0xffff_fffe)),
  )
  const outputs = parts.outputs.map(output => concat(int64(output.units), counted(output.script)))
  const body = concat(count(inputs.length), ...inputs, count(outputs.length), ...outputs)
  const lockTime = int32(parts.lockTime ?? 0)
  const base = concat(version, body, lockTime)
  const witnesses = parts.inputs.map(input => input.witness ?? [])
  if (witnesses.every(items => items.length === 0)) return { bytes: base, txid: sha256d(base), wtxid: sha256d(base) }
  const witness = concat(...witnesses.map(items => concat(count(items.length), ...items.map(counted))))
  const bytes = concat(version, Uint8Array.of(0, 1), body, witness, lockTime)
  return { bytes, txid: sha256d(base), wtxid: sha256d(bytes) }
}

/** A coinbase of the height (BIP 34) that commits to the witnesses of the others, if any has some (BIP 141). */
export function coinbase(height: number, units: bigint, others: readonly Built[] = []): Built {
  const segwit = others.some(other => other.txid !== other.wtxid && !same(other.txid, other.wtxid))
  const reserved = new Uint8Array(32)
  const witnessRoot = root([new Uint8Array(32), ...others.map(other => other.wtxid)])
  const commitment = concat(hex('6a24aa21a9ed'), sha256d(concat(witnessRoot, reserved)))
  return transaction({
    inputs: [
      {
        txid: '00'.repeat(32),
        index: 0xffff_ffff,
        script: concat(pushHeight(height), Uint8Array.of(2, 0xca, 0xfe)),
        ...(segwit ? { witness: [reserved] } : {}),
      },
    ],
    outputs: [{ units, script: hex(`0014${'11'.repeat(20)}`) }, ...(segwit ? [{ units: 0n, script: commitment }] : [])],
  })
}

/** A mined block: on regtest every second nonce will do. */
export function block(
  transactions: readonly Built[],
  more: { previous?: string; time?: number; version?: number; network?: Rules.BitcoinNetworkId } = {},
): Uint8Array {
  const rules = Rules.of(more.network ?? 'bitcoin-regtest')
  const head = concat(
    int32(more.version ?? 0x2000_0000),
    reversed(hex(more.previous ?? '00'.repeat(32))),
    root(transactions.map(built => built.txid)),
    int32(more.time ?? 1_300_000_000),
    int32(0x207f_ffff),
  )
  const body = concat(count(transactions.length), ...transactions.map(built => built.bytes))
  for (let nonce = 0; ; nonce++) {
    const header = concat(head, int32(nonce))
    if (hasWork(header, 0, rules)) return concat(header, body)
  }
}

export function root(hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.length === 1) return hashes[0]!
  const next: Uint8Array[] = []
  for (let i = 0; i < hashes.length; i += 2) next.push(sha256d(concat(hashes[i]!, hashes[i + 1] ?? hashes[i]!)))
  return root(next)
}

export function hex(text: string): Uint8Array {
  return parseHex(text)!
}

export function count(value: number): Uint8Array {
  if (value < 0xfd) return Uint8Array.of(value)
  if (value < 0x1_0000) return Uint8Array.of(0xfd, value & 255, value >> 8)
  return concat(Uint8Array.of(0xfe), int32(value))
}

export function counted(bytes: Uint8Array): Uint8Array {
  return concat(count(bytes.length), bytes)
}

export function int32(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value >>> 0, true)
  return bytes
}

export function int64(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, value, true)
  return bytes
}

function pushHeight(height: number): Uint8Array {
  if (height > 0 && height <= 16) return Uint8Array.of(0x50 + height)
  const bytes: number[] = []
  for (let rest = height; rest > 0; rest = Math.floor(rest / 256)) bytes.push(rest % 256)
  if (bytes[bytes.length - 1]! >= 0x80) bytes.push(0)
  return Uint8Array.of(bytes.length, ...bytes)
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.every((byte, i) => byte === b[i])
}
