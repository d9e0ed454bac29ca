import { sha256d } from '../src/std/digest.ts'
import { seededRandom } from '../src/std/random.ts'

/**
 * A synthetic regtest chain as one blk*.dat: coinbases and P2PKH payments of one to four inputs and two to nine
 * outputs, every input spending an earlier output. The same for the same seed. Scripts have the size of real ones and
 * are not signed: nothing here runs scripts.
 *
 * @returns the file's pieces, and what a reader must find in it
 */
export function buildChain(transactions: number, perBlock = 2000, seed = 1) {
  const random = seededRandom(seed)
  const coins: { txid: Uint8Array; index: number; units: bigint }[] = []
  const truth = { blocks: 0, transactions: 0, inputs: 0, outputs: 0, addresses: 0, fees: 0n }
  const pieces: Uint8Array[] = []
  let previous = Buffer.from(GENESIS, 'hex').reverse()

  const keep = (raw: Buffer, outputs: readonly bigint[]): Buffer => {
    const txid = sha256d(raw)
    for (const [index, units] of outputs.entries()) coins.push({ txid, index, units })
    truth.transactions++
    truth.outputs += outputs.length
    return Buffer.from(txid)
  }
  const pay = (): { raw: Buffer; outputs: bigint[] } => {
    const inputs = Array.from(
      { length: Math.min(coins.length, random.below(10) < 6 ? 1 : 2 + random.below(3)) },
      () => {
        const at = coins.length - 1 - random.below(Math.min(coins.length, 50_000))
        const coin = coins[at]!
        coins[at] = coins.at(-1)!
        coins.pop()
        return coin
      },
    )
    const total = inputs.reduce((sum, coin) => sum + coin.units, 0n)
    const count = 2 + (random.below(20) === 0 ? random.below(8) : 0)
    const outputs = Array.from({ length: count }, () => total / BigInt(count + 1))
    truth.inputs += inputs.length
    truth.fees += total - outputs.reduce((sum, units) => sum + units, 0n)
    const from = inputs.flatMap(({ txid, index }) => [txid, u32(index), Buffer.of(106), SIGNED, u32(0xffff_ffff)])
    const to = outputs.map(units =>
      output(units, random.below(2) === 0 ? random.below(truth.addresses) : truth.addresses++),
    )
    return { raw: Buffer.concat([u32(1), count8(inputs.length), ...from, count8(count), ...to, u32(0)]), outputs }
  }
  for (let height = 1; truth.transactions < transactions; height++) {
    const script = Buffer.concat([Buffer.of(7, 4), u32(height).subarray(0, 3), Buffer.of(0x00, 1, 0)])
    const reward = Buffer.concat([u32(1), Buffer.of(1), Buffer.alloc(32), u32(0xffff_ffff), script.subarray(0, 8)])
    const coinbase = Buffer.concat([
      reward,
      u32(0xffff_ffff),
      Buffer.of(1),
      output(5_000_000_000n, truth.addresses++),
      u32(0),
    ])
    const raws: Buffer[] = [coinbase]
    const ids = [keep(coinbase, [5_000_000_000n])]
    while (raws.length < perBlock && truth.transactions < transactions && coins.length > 1) {
      const { raw, outputs } = pay()
      raws.push(raw)
      ids.push(keep(raw, outputs))
    }
    const header = mine(
      Buffer.concat([u32(1), previous, rootOf(ids), u32(1_300_000_000 + 600 * height), u32(0x207f_ffff)]),
    )
    previous = Buffer.from(sha256d(header))
    const block = Buffer.concat([header, count16(raws.length), ...raws])
    pieces.push(Buffer.from('fabfb5da', 'hex'), u32(block.length), block)
    truth.blocks++
  }
  return { pieces, truth }
}

/** The regtest genesis block (Bitcoin Core, chainparams.cpp). */
const GENESIS = '0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206'

/** A DER signature of 71 bytes with its sighash byte and a public key, as pushes: form only. */
const SIGNED = Buffer.alloc(106)
SIGNED.set([71, 0x30, 68, 2], 0)
SIGNED.set([1, 33, 2], 71)

function output(units: bigint, address: number): Buffer {
  const bytes = Buffer.alloc(34)
  bytes.writeBigUInt64LE(units)
  bytes.set([25, 0x76, 0xa9, 20], 8)
  // Spread like a hash: whoever reads it may take its bytes for one.
  for (let k = 0; k < 20; k += 4) bytes.writeUInt32LE(Math.imul(address + 1, 0x9e3779b1 + 2 * k) >>> 0, 12 + k)
  bytes.set([0x88, 0xac], 32)
  return bytes
}

function rootOf(ids: readonly Buffer[]): Buffer {
  let level = ids
  while (level.length > 1) {
    const above: Buffer[] = []
    for (let k = 0; k < level.length; k += 2) {
      above.push(Buffer.from(sha256d(Buffer.concat([level[k]!, level[k + 1] ?? level[k]!]))))
    }
    level = above
  }
  return level[0]!
}

function mine(head: Buffer): Buffer {
  for (let nonce = 0; ; nonce++) {
    const header = Buffer.concat([head, u32(nonce)])
    if (sha256d(header)[31]! < 0x7f) return header
  }
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value >>> 0)
  return bytes
}

function count8(value: number): Buffer {
  return Buffer.of(value)
}

function count16(value: number): Buffer {
  return value < 253 ? Buffer.of(value) : Buffer.of(253, value & 255, value >> 8)
}
