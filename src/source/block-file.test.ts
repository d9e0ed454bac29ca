import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import fc from 'fast-check'
import * as Build from '../../test/block-builder.ts'
import { shared, skipWithout } from '../../test/shared.ts'
import { decode } from '../chain/block.ts'
import * as Header from '../chain/block-header.ts'
import { concat, toHex } from '../std/bytes.ts'
import { Failure } from '../std/failure.ts'
import { readBlocks } from './block-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-block-file-'))
after(() => rmSync(folder, { recursive: true }))

const BLOCKS = [20, 21, 22].map(height => Build.block([Build.coinbase(height, 1n)]))
const [FIRST, SECOND, THIRD] = BLOCKS as [Uint8Array, Uint8Array, Uint8Array]
const MAGIC = Build.hex('fabfb5da')

function framed(block: Uint8Array): Uint8Array {
  return concat(MAGIC, Build.int32(block.length), block)
}

let files = 0

/** What is found in a file of these bytes: printed hashes, and faults as `reason@offset`. */
function find(content: Uint8Array | string, name = `${files++}.dat`): string[] {
  const path = join(folder, name)
  writeFileSync(path, content)
  return Array.from(readBlocks(path, 'bitcoin-regtest'), found =>
    found.ok ? (Header.parse(found.bytes)?.hash ?? 'short') : `${found.reason}@${found.offset}`,
  )
}

const HASHES = BLOCKS.map(block => Header.parse(block)!.hash)
const [A, B, C] = HASHES as [string, string, string]

describe('bytes', () => {
  test('one raw block', () => assert.deepEqual(find(FIRST), [A]))

  test('frames, with zero padding between and after', () => {
    const bytes = concat(framed(FIRST), new Uint8Array(7), framed(SECOND), framed(THIRD), new Uint8Array(100_000))
    assert.deepEqual(find(bytes), [A, B, C])
  })

  test('a last block that is cut off anywhere', () => {
    const last = framed(THIRD)
    const head = concat(framed(FIRST), framed(SECOND))
    for (let length = 4; length < last.length; length += 5) {
      assert.deepEqual(find(concat(head, last.subarray(0, length))), [A, B, `truncated@${head.length}`], `${length}`)
    }
  })

  test('a damaged length does not swallow the blocks after it', () => {
    const damaged = framed(SECOND)
    damaged.set([0xff, 0xff, 0xff, 0], 4)
    const bytes = concat(framed(FIRST), damaged, framed(THIRD))
    assert.deepEqual(find(bytes), [A, `truncated@${8 + FIRST.length}`, C])
  })

  test('rubbish between frames is said once', () => {
    const bytes = concat(framed(FIRST), Build.hex('0000deadbeef00ff'), framed(SECOND))
    assert.deepEqual(find(bytes), [A, `not-a-block@${8 + FIRST.length + 2}`, B])
  })

  test('nothing but padding', () => assert.deepEqual(find(new Uint8Array(5000)), []))

  test('frames of another network', () => {
    assert.deepEqual(find(concat(Build.hex('f9beb4d9'), Build.int32(FIRST.length), FIRST)), ['wrong-network@0'])
  })

  test('a magic across the edge of what is scanned at once', () => {
    for (const padding of [65_532, 65_533, 65_534, 65_535, 65_536, 131_069, 131_070]) {
      const bytes = concat(framed(FIRST), new Uint8Array(padding), framed(SECOND))
      assert.deepEqual(find(bytes), [A, B], `${padding}`)
    }
  })

  test('more bytes than the window holds', () => {
    const much = new Uint8Array(70 * 2 ** 20)
    much.set(framed(FIRST))
    const edge = 64 * 2 ** 20
    much.set(framed(SECOND), edge - 20)
    much.set(framed(THIRD), much.length - THIRD.length - 8)
    assert.deepEqual(find(much), [A, B, C])
  })
})

describe('XORed files (Bitcoin Core 28 and later)', () => {
  const key = Build.hex('0123456789abcdef')
  const plain = concat(framed(FIRST), framed(SECOND), new Uint8Array(13))
  const hidden = plain.map((byte, i) => byte ^ key[i % 8]!)
  mkdirSync(join(folder, 'xor'))
  writeFileSync(join(folder, 'xor', 'xor.dat'), key)

  test('with the key beside it', () => assert.deepEqual(find(hidden, 'xor/blk00000.dat'), [A, B]))
  test('a copy in the clear beside a key', () => assert.deepEqual(find(plain, 'xor/blk00001.dat'), [A, B]))
  test('without the key: block 0 tells it, since no block is before it', () => {
    assert.deepEqual(find(hidden), [A, B])
  })
  test('a key of zeros means in the clear', () => {
    mkdirSync(join(folder, 'clear'))
    writeFileSync(join(folder, 'clear', 'xor.dat'), new Uint8Array(8))
    assert.deepEqual(find(plain, 'clear/blk00000.dat'), [A, B])
  })
})

describe('text', () => {
  const hex = toHex(FIRST)
  test('hex', () => assert.deepEqual(find(hex), [A]))
  test('hex with 0x, capitals, line breaks and spaces', () => {
    assert.deepEqual(find(`0x${hex.toUpperCase()}\n`), [A])
    assert.deepEqual(find(hex.replace(/(.{50})/g, '$1\r\n')), [A])
    assert.deepEqual(find(`\ufeff ${hex.replace(/(..)/g, '$1 ')}`), [A])
  })
  test('a block a line', () => assert.deepEqual(find(BLOCKS.map(toHex).join('\n')), [A, B, C]))
  test('UTF-16, as PowerShell writes', () => {
    assert.deepEqual(find(Buffer.from(`\ufeff${hex}\r\n`, 'utf16le')), [A])
  })
  test('hex with a wrong digit', () => assert.deepEqual(find(`${hex}xy`), [`not-a-block@${hex.length}`]))
  test('prose', () => assert.deepEqual(find('no block here'), ['not-a-block@0']))
  test('JSON: hex, envelope, array, lines', () => {
    const texts = BLOCKS.map(block => JSON.stringify(toHex(block)))
    assert.deepEqual(find(texts[0]!), [A])
    assert.deepEqual(find(`{"result":${texts[1]},"id":1}`), [B])
    assert.deepEqual(find(`[${texts.join(', ')}]`), [A, B, C])
    assert.deepEqual(find(texts.map(text => `{"result":${text}}`).join('\n')), [A, B, C])
    assert.deepEqual(find('{"tx": ['), ['not-json@0'])
  })
})

describe('files that are no input', () => {
  const failure = (path: string) => {
    try {
      return [...readBlocks(path, 'bitcoin')].length
    } catch (thrown) {
      assert.ok(thrown instanceof Failure)
      return [thrown.name, thrown.kind]
    }
  }
  test('missing', () => assert.deepEqual(failure(join(folder, 'none')), ['BlockFile.Missing', 'missing']))
  test('a folder', () => assert.deepEqual(failure(folder), ['BlockFile.Directory', 'input']))
  test('below a file', () => {
    writeFileSync(join(folder, 'plain'), 'x')
    assert.deepEqual(failure(join(folder, 'plain', 'x')), ['BlockFile.Missing', 'missing'])
  })
  test('empty', () => {
    writeFileSync(join(folder, 'empty'), '')
    assert.deepEqual(failure(join(folder, 'empty')), ['BlockFile.Empty', 'input'])
  })
})

test('any bytes: found or said, never thrown', () => {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 300 })
  const property = fc.property(
    fc.oneof(
      bytes,
      bytes.map(tail => concat(MAGIC, tail)),
    ),
    content => {
      find(content, 'any')
    },
  )
  fc.assert(property, { numRuns: 300 })
})

/** SOURCES.md: blocks, transactions, inputs. */
const REAL = [
  ['blk00000-first1MB.dat', 4313, 4371, 247],
  ['first-439-blocks.dat', 439, 446, 7],
] as const

const BLOCK_363703 = 'data/bitcoin/mainnet/block363703.dat'

test('a real block in an XORed file without its key', { skip: skipWithout(BLOCK_363703) }, () => {
  const block = new Uint8Array(readFileSync(shared(BLOCK_363703)))
  const plain = concat(Build.hex('f9beb4d9'), Build.int32(block.length), block)
  const key = Build.hex('9f00aa5501fe7733')
  const path = join(folder, 'blk00300.dat')
  writeFileSync(
    path,
    plain.map((byte, i) => byte ^ key[i % 8]!),
  )
  const found = Array.from(readBlocks(path, 'bitcoin'), each => (each.ok ? each.bytes : each))
  assert.deepEqual(found, [block])
})

for (const [name, blocks, transactions, inputs] of REAL) {
  const path = `data/bitcoin/mainnet/${name}`
  test(`${name}: ${blocks} blocks`, { skip: skipWithout(path) }, () => {
    const found = Array.from(readBlocks(shared(path), 'bitcoin'), block => {
      assert.ok(block.ok)
      const decoded = decode(block.bytes, 'bitcoin')
      assert.ok(decoded.ok)
      return decoded.block.transactions
    })
    const count = [found.length, found.flat().length, found.flat().flatMap(each => each.inputs).length]
    assert.deepEqual(count, [blocks, transactions, inputs])
  })
}

test('a pipe is refused at once, as blocks and as the key beside them: it would be waited for', () => {
  const inside = mkdtempSync(join(folder, 'pipe-'))
  for (const name of ['blocks', 'xor.dat']) execFileSync('mkfifo', [join(inside, name)])
  assert.throws(() => [...readBlocks(join(inside, 'blocks'), 'bitcoin-regtest')], { name: 'BlockFile.NotAFile' })
  writeFileSync(
    join(inside, 'blk00000.dat'),
    framed(FIRST).map(byte => byte ^ 0x5a),
  )
  const found = [...readBlocks(join(inside, 'blk00000.dat'), 'bitcoin-regtest')]
  assert.deepEqual(found.length, 1)
})
