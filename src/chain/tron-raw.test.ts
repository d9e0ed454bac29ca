import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { shared, skipWithout } from '../../test/shared.ts'
import * as Raw from './tron-raw.ts'

type Excerpt = { data: { transaction_id: string; token: string; raw_data_hex: string }[] }

const path = 'data/tron/ledger-trc20-excerpt.json'

test('six real transactions: the id is that of the bytes, the contract the one that was called', {
  skip: skipWithout(path),
}, () => {
  const { data } = JSON.parse(readFileSync(shared(path)!, 'utf8')) as Excerpt
  assert.equal(data.length, 6)
  for (const one of data) {
    const raw = Raw.parse(one.raw_data_hex)!
    // a9059cbb is transfer(address,uint256) of EIP-20.
    assert.deepEqual(
      [raw.txid, raw.to, raw.type, raw.selector],
      [one.transaction_id, one.token, Raw.TRIGGER, 'a9059cbb'],
    )
  }
})

test('any bytes: undefined or a reading, never an exception', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
      Raw.parse(Buffer.from(bytes).toString('hex'))
    }),
  )
  assert.equal(Raw.parse('zz'), undefined)
  assert.equal(Raw.parse(''), undefined)
})
