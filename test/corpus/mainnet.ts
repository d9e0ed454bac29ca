import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { decode } from '../../src/chain/block.ts'
import type { UtxoBlock } from '../../src/model/transaction.ts'
import { assert } from '../../src/std/assert.ts'
import { shared } from '../shared.ts'

/**
 * Real mainnet blocks of 2013–2017: all before Wasabi 1 (August 2018), Whirlpool (2019) and Wasabi 2 (2022), so what
 * those detectors find in them is wrong for certain. Those of 2013 and 2014 are before JoinMarket (2015) too.
 */
export const MAINNET = 'data/bitcoin/mainnet'
export const EARLY = ['block227835.dat', 'block227836.dat', 'block277647.raw.bz2', 'block300025.raw']
export const LATE = ['block363703.dat', 'block426884.raw', 'block481815.dat', 'block481829.dat', 'block482683.raw']

/** One block, raw or as a node stores it. Inputs have an address where their own scripts show it, and no value. */
export function mainnetBlock(name: string): UtxoBlock {
  const found = decode(mainnetBytes(name), 'bitcoin')
  assert(found.ok, `${name} is no block`)
  return found.block
}

/** The block alone, without what a node writes before it. */
export function mainnetBytes(name: string): Uint8Array {
  const path = shared(`${MAINNET}/${name}`)
  const bytes = name.endsWith('.bz2')
    ? execFileSync('bunzip2', ['-c', path], { maxBuffer: 1 << 24 })
    : readFileSync(path)
  return new Uint8Array(bytes.subarray(bytes.readUInt32BE() === MAGIC ? 8 : 0))
}

/** Mainnet's magic as a node writes it before each block, with the length. */
const MAGIC = 0xf9beb4d9
