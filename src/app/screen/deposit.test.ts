import assert from 'node:assert/strict'
import { test } from 'node:test'
import { utxo } from '../../../test/story/story.ts'
import { type Knowledge, nothing } from '../../attribution/attribution.ts'
import { assembleUtxo } from '../../ledger/ledger.ts'
import { depositOf } from './deposit.ts'

const labelled = (...services: readonly string[]): Knowledge => ({
  ...nothing,
  labelsOf: (network, address) =>
    services.includes(address)
      ? [
          {
            ...{ network, address, name: `service ${address}`, entity: null, category: 'exchange', role: null },
            ...{ confidence: { id: 'x', level: 50 }, source: 's', citations: [] },
          },
        ]
      : [],
})

test('a service that signs together with the address is its own: what goes there is not cashed out', () => {
  const columns = assembleUtxo(
    'bitcoin',
    utxo(`
      b1 t1: coinbase -> A 5000
      b2 t2: coinbase -> OWN 5000
      b3 t3: t1:0, t2:0 -> A 9000, OWN 1000
      b4 t4: t3:0 -> OWN 4000, E 3000, A 2000`),
  )
  const known = labelled('OWN', 'E')
  const found = depositOf(columns, known, 'A')!
  assert.deepEqual([found.address, found.service, found.hops, found.amount.amount], ['E', 'service E', 1, '3000'])
  assert.equal(depositOf(columns, labelled('OWN'), 'A'), null)
})

test('what a service itself pays is no cash-out', () => {
  const columns = assembleUtxo('bitcoin', utxo('b1 t1: coinbase -> S 5000\nb2 t2: t1:0 -> E 5000'))
  assert.equal(depositOf(columns, labelled('S', 'E'), 'S'), null)
})
