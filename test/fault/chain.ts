import { concat, parseHex, reversed, toHex } from '../../src/std/bytes.ts'
import { sha256d } from '../../src/std/digest.ts'
import type { Random } from '../../src/std/random.ts'
import { type Built, block, coinbase, transaction } from '../block-builder.ts'

/** A regtest block of a made-up chain. */
export type Link = {
  readonly bytes: Uint8Array
  /** As printed. */
  readonly hash: string
  readonly height: number
}

type Coin = { readonly txid: string; readonly index: number; readonly units: bigint }

/** What a chain may still spend: given on to branches. */
export type Purse = readonly Coin[]

/** Blocks one on another from `previous` on, each spending some of what came before. */
export function buildChain(
  random: Random,
  length: number,
  from: { readonly previous: string; readonly height: number; readonly purse: Purse } = START,
): { readonly links: Link[]; readonly purse: Purse } {
  const links: Link[] = []
  const purse = [...from.purse]
  let { previous, height } = from
  for (let k = 0; k < length; k++, height++) {
    const spends: Built[] = []
    for (let wanted = random.below(4); wanted > 0 && purse.length > 0; wanted--) spends.push(spend(random, purse))
    const made = [coinbase(height, 5_000_000_000n, spends), ...spends]
    const bytes = block(made, { previous, time: 1_300_000_000 + 600 * height + random.below(300) })
    previous = toHex(reversed(sha256d(bytes.subarray(0, 80))))
    links.push({ bytes, hash: previous, height })
    purse.push({ txid: printed(made[0]!), index: 0, units: 5_000_000_000n })
    for (const one of spends) purse.push({ txid: printed(one), index: 0, units: unitsOf.get(one)! })
  }
  return { links, purse }
}

/** Blocks as a blk*.dat holds them. */
export function frame(links: readonly Link[]): Uint8Array {
  const pieces = links.flatMap(({ bytes }) => {
    const head = new Uint8Array(8)
    head.set([0xfa, 0xbf, 0xb5, 0xda])
    new DataView(head.buffer).setUint32(4, bytes.length, true)
    return [head, bytes]
  })
  return concat(...pieces)
}

const START = { previous: '00'.repeat(32), height: 1, purse: [] }

const unitsOf = new WeakMap<Built, bigint>()

/** One or two coins to two of a hundred addresses; a hundred units are the fee. */
function spend(random: Random, purse: Coin[]): Built {
  const count = Math.min(purse.length, 1 + random.below(2))
  const coins = Array.from({ length: count }, () => purse.splice(random.below(purse.length), 1)[0]!)
  const total = coins.reduce((sum, coin) => sum + coin.units, 0n)
  const units = total / 2n
  const built = transaction({
    inputs: coins.map(({ txid, index }) => ({ txid, index, script: new Uint8Array(0) })),
    outputs: [units, total - units - 100n].map(value => ({ units: value, script: scriptOf(random.below(100)) })),
  })
  unitsOf.set(built, units)
  return built
}

function scriptOf(number: number): Uint8Array {
  return parseHex(`76a914${number.toString(16).padStart(40, '0')}88ac`)!
}

function printed(built: Built): string {
  return toHex(reversed(built.txid))
}
