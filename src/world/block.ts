import { concat, parseHex } from '../std/bytes.ts'
import { sha256d } from '../std/digest.ts'
import type { Lock } from './lock.ts'
import { coinbase, type Made } from './transaction.ts'
import { heightPush, size, sized, u32 } from './wire.ts'

/** The tip of the chain under construction. */
export type Tip = { readonly hash: Uint8Array; readonly height: number }

export type Mined = {
  readonly tip: Tip
  readonly bytes: Uint8Array
  readonly reward: Made
  readonly rewardUnits: bigint
}

/** The regtest genesis block, whole (Bitcoin Core, chainparams.cpp): the world's chain stands on the real one. */
export const genesis: Uint8Array = parseHex(
  '0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f61' +
    '7fc81bc3888a51323a9fb8aa4b1e5e4adae5494dffff7f2002000000' +
    '0101000000010000000000000000000000000000000000000000000000000000000000000000ffffffff4d04ffff001d01044554' +
    '68652054696d65732030332f4a616e2f32303039204368616e63656c6c6f72206f6e206272696e6b206f66207365636f6e642062' +
    '61696c6f757420666f722062616e6b73ffffffff0100f2052a01000000434104678afdb0fe5548271967f1a67130b7105cd6a828' +
    'e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000',
)!

/** The genesis block's tip. */
export const start: Tip = { hash: sha256d(genesis.subarray(0, 80)), height: 0 }

/** Closes a block over `transactions`, with proof of work at regtest's lowest difficulty: half of all tries win. */
export function mine(on: Tip, at: number, lock: Lock, transactions: readonly Made[]): Mined {
  const height = on.height + 1
  const fees = transactions.reduce((sum, made) => sum + made.feeUnits, 0n)
  const rewardUnits = subsidy(height) + fees
  const reward = coinbase(concat(heightPush(height), EXTRA), lock, rewardUnits, commitmentOf(transactions))
  const all = [reward, ...transactions]
  for (const made of all) {
    made.height = height
    made.minedAt = at
  }
  const root = merkleRoot(all.map(made => made.hash))
  const header = work(concat(u32(0x20000000), on.hash, root, u32(at), BITS, u32(0)))
  const bytes = concat(header, size(all.length), ...all.map(made => made.bytes))
  return { tip: { hash: sha256d(header), height }, bytes, reward, rewardUnits }
}

/** One record of a blk*.dat file: regtest's magic (chainparams.cpp) and the length before the block. */
export function frame(block: Uint8Array): Uint8Array {
  return concat(MAGIC, u32(block.length), block)
}

/** Coins of new blocks wait this many blocks (consensus.h, COINBASE_MATURITY). */
export const MATURITY = 100

const MAGIC = Uint8Array.of(0xfa, 0xbf, 0xb5, 0xda)
const BITS = u32(0x207fffff)
/** A coinbase script has at least two bytes; the world signs its blocks with these words. */
const EXTRA = sized(new TextEncoder().encode('SYNTHETIC athar sample world'))

/** 50 coins, halved each 150 blocks on regtest. */
function subsidy(height: number): bigint {
  return 5_000_000_000n >> BigInt(Math.floor(height / 150))
}

function commitmentOf(transactions: readonly Made[]): Uint8Array {
  const root = merkleRoot([new Uint8Array(32), ...transactions.map(made => made.witnessHash)])
  return sha256d(concat(root, new Uint8Array(32)))
}

function merkleRoot(hashes: readonly Uint8Array[]): Uint8Array {
  let level = hashes
  while (level.length > 1) {
    const above: Uint8Array[] = []
    for (let i = 0; i < level.length; i += 2) above.push(sha256d(concat(level[i]!, level[i + 1] ?? level[i]!)))
    level = above
  }
  return level[0]!
}

function work(header: Uint8Array): Uint8Array {
  const view = new DataView(header.buffer)
  for (let nonce = 0; ; nonce++) {
    view.setUint32(76, nonce, true)
    if (sha256d(header)[31]! < 0x7f) return header
  }
}
