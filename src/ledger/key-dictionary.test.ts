import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createHashIndex, createHashSet } from './hash-index.ts'
import { createKeyDictionary } from './key-dictionary.ts'

// BIP 173: the key 0279be66…f81798 of its examples, as P2WPKH and P2PKH.
const HASH = Uint8Array.from(Buffer.from('751e76e8199196d454941c45d1b3a323f1433bd6', 'hex'))

test('addresses are texts at the face and bytes inside', () => {
  const keys = createKeyDictionary('bitcoin')
  assert.equal(keys.add(3, HASH, 0, 20), 0)
  assert.equal(keys.add(1, HASH, 0, 20), 1)
  assert.equal(keys.add(3, HASH, 0, 20), 0)
  assert.equal(keys.format(0), 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4')
  assert.equal(keys.format(1), '1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH')
  assert.equal(keys.find('BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4'), 0)
  assert.equal(keys.find('1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'), undefined)
  assert.equal(keys.find('no address'), undefined)
})

test('numbers follow the order of coming, also after a load from slices', () => {
  const payload = fc.uint8Array({ minLength: 2, maxLength: 40 })
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), payload), { maxLength: 300 }),
      fc.nat(300),
      (given, cut) => {
        const keys = createKeyDictionary('bitcoin')
        const model = new Map<string, number>()
        for (const [type, bytes] of given) {
          const name = `${type}:${bytes}`
          if (!model.has(name)) model.set(name, model.size)
          assert.equal(keys.add(type, bytes, 0, bytes.length), model.get(name))
        }
        const at = Math.min(cut, keys.count)
        const again = createKeyDictionary('bitcoin')
        const first = keys.slice(0)
        const begin = {
          type: first.type.subarray(0, at),
          start: first.start.subarray(0, at + 1),
          payload: first.payload.subarray(0, first.start[at]!),
        }
        for (const part of cut % 2 === 0 ? [[begin, keys.slice(at)]] : [[begin], [keys.slice(at)]]) again.load(part)
        assert.deepEqual(again.slice(0), keys.slice(0))
      },
    ),
    { numRuns: 50 },
  )
})

test('the hash index finds what a map finds, and of equal rows the last', () => {
  // Few distinct bytes, so that many keys share their slot.
  const key = fc.uint8Array({ minLength: 32, maxLength: 32, max: 1 })
  fc.assert(
    fc.property(fc.array(key, { minLength: 1, maxLength: 200 }), given => {
      const keys = Buffer.concat(given)
      const index = createHashIndex(keys, given.length)
      const set = createHashSet()
      const [last, first] = [new Map<string, number>(), new Map<string, number>()]
      for (let row = 0; row < given.length; row++) {
        const name = String(given[row])
        assert.equal(index.add(row), last.get(name) ?? -1)
        last.set(name, row)
        if (!first.has(name)) first.set(name, first.size)
        assert.equal(set.add(given[row]!, 0), first.get(name))
      }
      for (const one of given) assert.equal(index.find(one, 0), last.get(String(one)))
      assert.equal(index.find(new Uint8Array(32).fill(9), 0), -1)
    }),
    { numRuns: 50 },
  )
})
