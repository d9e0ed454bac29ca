import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Designation, type Knowledge, nothing } from '../attribution/attribution.ts'
import * as Instant from '../model/instant.ts'
import { Failure } from '../std/failure.ts'
import { openWriter, type Store } from '../store/store.ts'
import * as Campaign from './campaign.ts'

const day = (text: string): number => Instant.parse(text)!

function withStore(work: (store: Store) => void): void {
  const directory = mkdtempSync(join(tmpdir(), 'athar-campaign-'))
  const store = openWriter(directory)
  try {
    work(store)
  } finally {
    store.close()
    rmSync(directory, { recursive: true })
  }
}

const address = (more: Partial<Campaign.AddressLinked> = {}): Campaign.AddressLinked => ({
  ...{ kind: 'address', network: 'bitcoin', address: 'D', role: null, hostedAt: null, window: Campaign.openWindow },
  ...{ publisher: null, confirmed: null, citation: null },
  ...more,
})

const added = { kind: 'added', claimedActor: 'Example Organisation', purpose: 'weapons' } as const

test('a campaign is what its events say; later words stand, earlier ones are kept where nothing was said since', () => {
  withStore(store => {
    Campaign.add(store, ' Example ', added, 10, 'amal')
    const window = { ...Campaign.openWindow, publishedAt: 5 }
    const citation = { kind: 'capture', sha256: 'ab', start: 1, end: 9 } as const
    Campaign.link(store, 'Example', address({ role: 'donation', window, publisher: 'channel 1', citation }), 11, 'amal')
    Campaign.link(store, 'Example', { kind: 'property', type: 'channel', value: 't.me/x', citation: null }, 12, 'amal')
    const frozen = { ...Campaign.openWindow, frozenAt: 50 }
    const last = Campaign.link(store, 'Example', address({ window: frozen, confirmed: 'court file 7' }), 13, 'badr')
    assert.deepEqual(last, {
      ...{ name: 'Example', claimedActor: 'Example Organisation', purpose: ['weapons'], addedAt: 10, addedBy: 'amal' },
      addresses: [
        {
          ...{ network: 'bitcoin', address: 'D', role: 'donation', hostedAt: null },
          window: { ...Campaign.openWindow, publishedAt: 5, frozenAt: 50 },
          publishers: ['channel 1'],
          confirmed: [{ by: 'badr', reason: 'court file 7' }],
          citations: [citation],
        },
      ],
      properties: [{ type: 'channel', value: 't.me/x', citations: [] }],
    })
    assert.deepEqual(Campaign.from(store, 'Example'), last)
    assert.deepEqual(Campaign.list(store), [last])
    assert.deepEqual(Campaign.from(store, 'Example', 11).addresses[0]!.confirmed, [])
  })
})

test('events cannot be changed or taken away', () => {
  withStore(store => {
    Campaign.add(store, 'Example', added, 10, 'amal')
    assert.throws(() => store.database.exec('UPDATE campaign_event SET body = 1'), /append-only/)
    assert.throws(() => store.database.exec('DELETE FROM campaign_event'), /append-only/)
  })
})

test('an empty name, a name that is taken, and one that does not exist are refused', () => {
  const failing = (name: string) => (error: unknown) => error instanceof Failure && error.name === name
  withStore(store => {
    for (const name of ['', '  ', 'x'.repeat(201), 'two\nlines']) {
      assert.throws(() => Campaign.add(store, name, added, 1, 'amal'), failing('Campaign.Name'))
    }
    Campaign.add(store, 'Example', added, 1, 'amal')
    assert.throws(() => Campaign.add(store, 'Example', added, 2, 'amal'), failing('Campaign.Exists'))
    assert.throws(() => Campaign.link(store, 'Other', address(), 3, 'amal'), failing('Campaign.Missing'))
    assert.throws(() => Campaign.from(store, 'Example', 0), failing('Campaign.Missing'))
  })
})

const linked = (more: Partial<Campaign.LinkedAddress>): Campaign.LinkedAddress => ({
  ...{ network: 'bitcoin', address: 'D', role: 'donation', hostedAt: null, window: Campaign.openWindow },
  ...{ publishers: [], confirmed: [], citations: [] },
  ...more,
})

const listing = (authority: string, listedAt: number | null): Knowledge => ({
  ...nothing,
  designationsOf: (network, of): Designation[] => [
    {
      ...{ authority, program: [], entity: 'X', network, address: of, listedAt, removedAt: null, expiresAt: null },
      ...{ knownAt: 0, citation: { kind: 'list', authority, version: '1', sha256: '', entry: '1' } },
    } as Designation,
  ],
})

test('one publisher is a claim; a second, a designation or a confirmation ends it; an analyst alone vouches', () => {
  const claimed = (more: Partial<Campaign.LinkedAddress>, knowledge = nothing) => {
    return Campaign.toMember(linked(more), knowledge).claimed
  }
  assert.equal(claimed({ publishers: ['a'] }), true)
  assert.equal(claimed({ publishers: ['a', 'b'] }), false)
  assert.equal(claimed({ publishers: ['a'], confirmed: [{ by: 'amal', reason: 'court' }] }), false)
  assert.equal(claimed({ publishers: ['a'] }, listing('OFAC', 1)), false)
  assert.equal(claimed({}), false)
})

test('a seizure order freezes from its date; a sanctions listing does not; a known freeze stands', () => {
  const frozen = (knowledge: Knowledge, more: Partial<Campaign.LinkedAddress> = {}) => {
    return Campaign.toMember(linked(more), knowledge).window.frozenAt
  }
  assert.equal(frozen(listing('NBCTF', day('2021-06-30'))), day('2021-06-30'))
  assert.equal(frozen(listing('NBCTF', null)), null)
  assert.equal(frozen(listing('OFAC', day('2021-06-30'))), null)
  const window = { ...Campaign.openWindow, frozenAt: 7 }
  assert.equal(frozen(listing('NBCTF', day('2021-06-30')), { window }), 7)
})
