import { concat, reversed, toHex } from '../std/bytes.ts'
import { sha256d } from '../std/digest.ts'
import type { Random } from '../std/random.ts'
import { type Lock, open } from './lock.ts'
import { size, sized, u32, u64 } from './wire.ts'

/** An output that can be spent. */
export type Coin = { readonly transaction: Made; readonly index: number; readonly units: bigint; readonly lock: Lock }

/** A transaction of the world in its bytes. `minedAt` and `height` are set by the block that takes it. */
export type Made = {
  readonly hash: Uint8Array
  readonly txid: string
  readonly bytes: Uint8Array
  /** Hash over the bytes with witness, as the block's witness commitment wants it (BIP 141). */
  readonly witnessHash: Uint8Array
  readonly feeUnits: bigint
  minedAt: number
  height: number
}

export type Target = { readonly lock: Lock; readonly units: bigint }

/** Builds a version 2 transaction that spends `coins` into `targets`; what is left over is the fee. */
export function make(random: Random, coins: readonly Coin[], targets: readonly Target[]): Made {
  const opened = coins.map(coin => open(coin.lock, random))
  const inputs = coins.map((coin, i) => [
    ...[coin.transaction.hash, u32(coin.index), sized(opened[i]!.script), u32(0xfffffffd)],
  ])
  const outputs = targets.map(target => [u64(target.units), sized(target.lock.script)])
  const body = [size(coins.length), ...inputs.flat(), size(targets.length), ...outputs.flat()]
  const witness = opened.flatMap(({ witness }) => [size(witness.length), ...witness.map(sized)])
  const segregated = opened.some(({ witness }) => witness.length > 0)
  return seal(body, segregated ? witness : [], total(coins) - total(targets))
}

/** A block's first transaction: new coins to `lock`, the height (BIP 34) and the witness commitment. */
export function coinbase(heightScript: Uint8Array, lock: Lock, units: bigint, commitment: Uint8Array): Made {
  const input = [new Uint8Array(32), u32(0xffffffff), sized(heightScript), u32(0xffffffff)]
  const payment = [u64(units), sized(lock.script)]
  const promise = [u64(0n), sized(concat(COMMITMENT_HEAD, commitment))]
  const body = [size(1), ...input, size(2), ...payment, ...promise]
  return seal(body, [size(1), sized(new Uint8Array(32))], 0n)
}

export function total(items: readonly { readonly units: bigint }[]): bigint {
  return items.reduce((sum, item) => sum + item.units, 0n)
}

/** OP_RETURN, 36 bytes, the header 0xaa21a9ed (BIP 141). */
const COMMITMENT_HEAD = Uint8Array.of(0x6a, 0x24, 0xaa, 0x21, 0xa9, 0xed)

const VERSION = u32(2)
const LOCK_TIME = u32(0)
const SEGWIT_MARK = Uint8Array.of(0, 1)

function seal(body: Uint8Array[], witness: Uint8Array[], feeUnits: bigint): Made {
  const plain = concat(VERSION, ...body, LOCK_TIME)
  const whole = witness.length === 0 ? plain : concat(VERSION, SEGWIT_MARK, ...body, ...witness, LOCK_TIME)
  const hash = sha256d(plain)
  return {
    ...{ hash, txid: toHex(reversed(hash)), bytes: whole },
    witnessHash: witness.length === 0 ? hash : sha256d(whole),
    ...{ feeUnits, minedAt: 0, height: 0 },
  }
}
