import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import type { NetworkId } from '../model/network.ts'
import { elapsedMilliseconds } from '../std/clock.ts'
import { type Random, seededRandom } from '../std/random.ts'
import * as Address from './address.ts'
import * as Key from './key.ts'

/**
 * P8: addresses validated per second, against multicoin-address-validator in the same run, on addresses of which half
 * are damaged in one character. The answers are compared before the times.
 *
 * Bound on paper: Base58Check is two SHA-256 blocks, about 1,500 operations each: near 0.6 µs at 2 GHz; EIP-55 is one
 * Keccak permutation of some 3 µs in JavaScript.
 */
export type Measured = {
  readonly kind: string
  readonly addresses: number
  readonly oursPerSecond: number
  readonly peerPerSecond: number
  readonly ratio: number
}

type Peer = { validate(address: string, currency: string): boolean }

const PER_KIND = 20_000

const KINDS: readonly { kind: string; network: NetworkId; type: Key.KeyType; currency: string }[] = [
  { kind: 'bitcoin p2pkh', network: 'bitcoin', type: Key.P2PKH, currency: 'btc' },
  { kind: 'bitcoin p2sh', network: 'bitcoin', type: Key.P2SH, currency: 'btc' },
  { kind: 'bitcoin p2wpkh', network: 'bitcoin', type: Key.P2WPKH, currency: 'btc' },
  { kind: 'bitcoin p2tr', network: 'bitcoin', type: Key.P2TR, currency: 'btc' },
  { kind: 'tron', network: 'tron', type: Key.TRON, currency: 'trx' },
  { kind: 'ethereum, EIP-55', network: 'ethereum', type: Key.EVM, currency: 'eth' },
]

/** Each kind, and last all of them mixed. */
export function measure(): Measured[] {
  const peer = createRequire(import.meta.url)('multicoin-address-validator') as Peer
  const random = seededRandom(8)
  const sets = KINDS.map(({ kind, network, type, currency }) => {
    const texts = Array.from({ length: PER_KIND }, () => write(network, type, random))
    return { kind, rows: texts.map(text => ({ text, network, currency })) }
  })
  const mixed = { kind: 'all, mixed', rows: sets.flatMap(set => set.rows).sort((a, b) => (a.text < b.text ? -1 : 1)) }
  return [...sets, mixed].map(({ kind, rows }) => {
    const ours = () => rows.map(row => Address.parse(row.text, row.network).ok)
    const theirs = () => rows.map(row => peer.validate(row.text, row.currency))
    assert.deepEqual(ours(), theirs(), `${kind}: the answers differ`)
    const [oursSeconds, theirSeconds] = [best(ours, 5), best(theirs, 2)]
    return {
      kind,
      addresses: rows.length,
      oursPerSecond: Math.round(rows.length / oursSeconds),
      peerPerSecond: Math.round(rows.length / theirSeconds),
      ratio: theirSeconds / oursSeconds,
    }
  })
}

function write(network: NetworkId, type: Key.KeyType, random: Random): string {
  const text = Address.format(Address.fromKey(network, type, random.bytes(type === Key.P2TR ? 32 : 20)))
  if (random.next() < 0.5) return text
  const at = 6 + random.below(text.length - 6)
  return text.slice(0, at) + (text[at] === '2' ? '3' : '2') + text.slice(at + 1)
}

/** Seconds of the fastest of some runs. */
function best(work: () => unknown, runs: number): number {
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i < runs; i++) {
    const start = elapsedMilliseconds()
    work()
    least = Math.min(least, (elapsedMilliseconds() - start) / 1000)
  }
  return least
}

if (import.meta.main) {
  for (const { kind, addresses, oursPerSecond, peerPerSecond, ratio } of measure()) {
    const line = [kind.padEnd(18), String(addresses).padStart(7), `${oursPerSecond}/s`, `${peerPerSecond}/s`]
    console.log([...line, `${ratio.toFixed(1)}×`].join('  '))
  }
}
