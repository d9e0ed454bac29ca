import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { seededRandom } from '../std/random.ts'
import { chanceAmong, chanceOf, compare } from './address-prefix.ts'
import * as Base58 from './base58.ts'

const random = seededRandom(7)
const drawn = (version: number): string => {
  const payload = Uint8Array.from({ length: 21 }, (_, i) => (i === 0 ? version : random.below(256)))
  return Base58.encodeCheck(payload)
}

describe('likeness counts what comes after the constant part', () => {
  const cases: readonly (readonly [string, string, string | null, number, number])[] = [
    ['1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq', '1LaNXxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', '1', 4, 0],
    ['TAbcd9xxxxxxxxxxxxxxxxxxxxxxxxxxxx', 'TAbcdEyyyyyyyyyyyyyyyyyyyyyyyyyyyx', 'T', 4, 1],
    ['bc1qabcdef', 'BC1QABCXEF', 'bc1q', 3, 2],
    [`0x${'AB'.repeat(20)}`, `0xabac${'00'.repeat(18)}`, '0x', 3, 0],
    ['bc1qabc', 'bc1pabc', null, 0, 0],
    ['1LaNX', 'TLaNX', null, 0, 0],
  ]
  for (const [a, b, constant, shared, end] of cases) {
    test(`${a.slice(0, 10)} and ${b.slice(0, 10)}`, () => {
      assert.deepEqual(compare(a, b), constant === null ? null : { constant, shared, end })
    })
  }

  test('an address is not like itself', () => assert.equal(compare('bc1qabc', 'BC1QABC'), null))
})

describe('the chance of a beginning', () => {
  test('even alphabets: the definition itself', () => {
    assert.equal(chanceOf('bc1qabcdefgh', 4), 32 ** -4)
    assert.equal(chanceOf(`0x${'ab'.repeat(20)}`, 4), 16 ** -4)
  })

  test('Base58 is not even: shares of all beginnings make 1, and are those of addresses that are drawn', () => {
    const digits = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
    for (const [constant, version] of [
      ['1', 0x00],
      ['3', 0x05],
      ['T', 0x41],
      ['L', 0x30],
    ] as const) {
      const shares = [...digits].map(digit => chanceOf(constant + digit, 1))
      assert.ok(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) < 1e-9, constant)
      const made = Array.from({ length: 4000 }, () => drawn(version)[1]!)
      for (const [k, digit] of [...digits].entries()) {
        const seen = made.filter(one => one === digit).length
        const expected = 4000 * shares[k]!
        assert.ok(Math.abs(seen - expected) < 5 * Math.sqrt(expected) + 3, `${constant}${digit}: ${seen}, ${expected}`)
      }
    }
  })

  test('Tron: more than an even alphabet would say, so it is not understated', () => {
    const chance = chanceOf('TNJagFh6ctD7JyJCNLZ4hY58eeR5fU4m1D', 4)
    assert.ok(chance > 1.5 * 58 ** -4 && chance < 3 * 58 ** -4, String(chance * 58 ** 4))
  })

  test('among many pairs: 1 − (1 − p)^n, also where p is tiny', () => {
    assert.ok(Math.abs(chanceAmong(0.5, 2) - 0.75) < 1e-12)
    assert.ok(Math.abs(chanceAmong(1e-12, 1000) - 1e-9) < 1e-15)
    assert.equal(chanceAmong(0.1, 0), 0)
  })
})
