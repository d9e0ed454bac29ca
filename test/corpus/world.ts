import { decode } from '../../src/chain/block.ts'
import type { UtxoBlock } from '../../src/model/transaction.ts'
import { assert } from '../../src/std/assert.ts'
import { paths, type World } from '../../src/world/world.ts'

/** The Bitcoin side of a sample world as decoded blocks, with the genesis block. */
export function blocksOf(world: World): UtxoBlock[] {
  const { bytes } = world.files.find(file => file.path === paths.blocks)!
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const blocks: UtxoBlock[] = []
  for (let at = 0; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at + 4, true)
    const found = decode(bytes.slice(at + 8, at + 8 + length), 'bitcoin-regtest')
    assert(found.ok, `no block at ${at}`)
    blocks.push({ ...found.block, height: blocks.length })
    at += 8 + length
  }
  return blocks
}
