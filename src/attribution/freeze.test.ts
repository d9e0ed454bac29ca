import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { EVM, log, submission, TOPICS } from '../../test/list-files.ts'
import { add, day, fresh } from '../../test/lists.ts'
import type { Store } from '../store/store.ts'
import * as Attribution from './attribution.ts'
import { spellsOf } from './freeze.ts'
import { stageOfTopic } from './freeze-event.ts'

const [JANUARY, FEBRUARY, MARCH, APRIL] = ['2024-01-01', '2024-02-01', '2024-03-01', '2024-04-01'].map(day) as number[]
const OTHER = `0x${'ab'.repeat(20)}`

const list = (...items: readonly object[]) => JSON.stringify({ result: items })

function at(store: Store, address: string, asOf: number, knownAt = day('2026-12-01')) {
  const known = Attribution.knowledge(store, { asOf, knownAt })
  return known.designationsOf('ethereum', address).map(one => [one.authority, Attribution.standingOf(one, asOf)])
}

test('the hashes of the events are those that explorers show', () => {
  assert.deepEqual([TOPICS.added, TOPICS.removed, TOPICS.destroyed].map(stageOfTopic), [
    'effective',
    'removed',
    'destroyed',
  ])
})

test('frozen, lifted and frozen again: each spell on its own dates', context => {
  const { store, write } = fresh(context)
  const events = [
    ...[log('added', EVM, 100, JANUARY!), log('removed', EVM, 200, FEBRUARY!), log('added', EVM, 300, MARCH!)],
    log('destroyed', OTHER, 301, MARCH!, 2 ** 40),
  ]
  const added = add(store, 'issuer-freezes', write('logs.json', list(...events)))
  assert.deepEqual(
    [added.authority, added.list, added.version, added.addresses],
    ['Tether', 'freezes of USDT on ethereum', '2024-03-01', 2],
  )
  assert.deepEqual(at(store, EVM, JANUARY! - 1), [])
  assert.deepEqual(at(store, EVM, JANUARY!), [['Tether', 'listed']])
  assert.deepEqual(at(store, EVM, FEBRUARY!), [['Tether', 'formerly-listed']])
  assert.deepEqual(at(store, EVM, MARCH!), [
    ['Tether', 'formerly-listed'],
    ['Tether', 'listed'],
  ])
  const [destroyed] = Attribution.freezesOf(store, OTHER, APRIL!, day('2026-12-01'))
  assert.deepEqual([destroyed!.stage, destroyed!.stages[0]!.units], ['destroyed', String(2 ** 40)])
  assert.deepEqual(at(store, OTHER, APRIL!), [['Tether', 'listed']], 'destroyed funds leave the address frozen')
  const [found] = Attribution.knowledge(store, { asOf: APRIL!, knownAt: APRIL! * 2 }).designationsOf('ethereum', EVM)
  assert.deepEqual([found!.program, Attribution.categoryOf(found!)], [['issuer freeze'], 'other'], 'no sanction')
  assert.deepEqual(Attribution.knowledge(store, { asOf: APRIL!, knownAt: APRIL! * 2 }).designationsOf('bsc', EVM), [])
})

test('a submission is no freeze; only the word of the issuer’s signers counts', context => {
  const { store, write } = fresh(context)
  const stranger = submission(OTHER, 91, JANUARY!, `0x${'cd'.repeat(20)}`)
  const asked = add(store, 'issuer-freezes', write('a.json', list(submission(EVM, 90, JANUARY!), stranger)))
  assert.match(asked.warnings.join(), /1 calls ask a wallet that is not known as the issuer's signers/)
  assert.deepEqual(at(store, EVM, APRIL!), [])
  const stageAt = (asOf: number) => Attribution.freezesOf(store, EVM, asOf, day('2026-12-01')).map(one => one.stage)
  assert.deepEqual([stageAt(JANUARY! - 1), stageAt(APRIL!)], [[], ['submitted']])
  add(store, 'issuer-freezes', write('b.json', list(log('added', EVM, 100, FEBRUARY!))), { knownAt: day('2026-11-02') })
  assert.deepEqual([stageAt(JANUARY!), stageAt(FEBRUARY!)], [['submitted'], ['effective']])
  assert.deepEqual(at(store, EVM, APRIL!), [['Tether', 'listed']])
  assert.deepEqual(at(store, EVM, APRIL!, day('2026-11-01')), [], 'as known before the event reached us')
  assert.deepEqual(at(store, OTHER, APRIL!), [])
  // A wallet through which the token's contract was made to act is the issuer's.
  const acting = { ...submission(EVM, 100, FEBRUARY!), to: `0x${'cd'.repeat(20)}` }
  const other = fresh(context)
  const both = list(log('added', EVM, 100, FEBRUARY!), acting, submission(OTHER, 101, MARCH!, `0x${'cd'.repeat(20)}`))
  assert.deepEqual(add(other.store, 'issuer-freezes', other.write('c.json', both)).warnings, [])
  assert.equal(Attribution.freezesOf(other.store, OTHER, APRIL!, day('2026-12-01'))[0]!.stage, 'submitted')
})

test('a file with some of the events takes none of the others away, in whatever order files come', context => {
  const events = [
    log('added', EVM, 100, JANUARY!),
    log('added', OTHER, 150, FEBRUARY!),
    log('removed', EVM, 200, MARCH!),
  ]
  const answers = [
    [0, 1, 2],
    [2, 1, 0],
    [1, 2, 0],
  ].map(order => {
    const { store, write } = fresh(context)
    for (const i of order) add(store, 'issuer-freezes', write(`${i}.json`, list(events[i]!)))
    return [JANUARY!, FEBRUARY!, MARCH!].map(asOf => [at(store, EVM, asOf), at(store, OTHER, asOf)])
  })
  assert.deepEqual(answers[0], [
    [[['Tether', 'listed']], []],
    [[['Tether', 'listed']], [['Tether', 'listed']]],
    [[['Tether', 'formerly-listed']], [['Tether', 'listed']]],
  ])
  assert.deepEqual([answers[1], answers[2]], [answers[0], answers[0]])
})

test('Tron as TronGrid and as nodes give it; ledger sync’s own words; CSV of ethereum-etl', context => {
  const hex = `0x${'00'.repeat(12)}00dd0b1e0ef3a07ab2e0f3a1c7de9a1f2f0c9b11`
  const tron = { block_number: 7, block_timestamp: JANUARY! * 1000, transaction_id: 'ab', event_index: 0 }
  const base = { contract_address: 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t', event_name: 'AddedBlackList' }
  const forms: readonly (readonly [string, string])[] = [
    ['a.json', JSON.stringify({ data: [{ ...tron, ...base, result: { 0: hex, _user: `0x${hex.slice(-40)}` } }] })],
    [
      'b.json',
      JSON.stringify([
        {
          ...{ id: 'ab', blockNumber: 7, blockTimeStamp: JANUARY! * 1000 },
          log: [
            {
              address: 'a614f803b6fd780986a42c78ec9c7f77e6ded13c',
              topics: [TOPICS.added.slice(2), hex.slice(2)],
              data: '',
            },
          ],
        },
      ]),
    ],
    [
      'c.json',
      JSON.stringify({
        issuer: [
          {
            ...{ kind: 'frozen', network: 'tron', contract: base.contract_address, txid: 'ab', logIndex: 0, height: 7 },
            ...{ time: JANUARY!, address: `0x${hex.slice(-40)}`, units: null },
          },
        ],
      }),
    ],
    [
      'd.csv',
      `log_index,transaction_hash,block_number,block_timestamp,address,data,topics\n0,ab,7,${JANUARY!},` +
        `${base.contract_address},,"${TOPICS.added},${hex}"\n`,
    ],
  ]
  const found = forms.map(([name, text]) => {
    const { store, write } = fresh(context)
    add(store, 'issuer-freezes', write(name, text))
    const [address] = [...Attribution.eachAddress(store)]
    return [address, Attribution.freezesOf(store, address!, APRIL!, day('2026-12-01')).map(one => one.stages)]
  })
  assert.match(String(found[0]![0]), /^T\w{33}$/)
  assert.deepEqual(found[0]![1], [[{ stage: 'effective', at: JANUARY!, height: 7, txid: 'ab' }]])
  for (const other of found.slice(1)) assert.deepEqual(other, found[0])
})

test('an impostor’s contract freezes nothing; two tokens in one file are refused', context => {
  const { store, write } = fresh(context)
  const fake = { ...log('added', EVM, 100, JANUARY!), address: OTHER }
  const added = add(store, 'issuer-freezes', write('a.json', list(fake, log('added', TRON_AS_EVM, 101, JANUARY!))))
  assert.match(added.warnings.join(), /1 such events are of contracts that are no issuer's/)
  assert.deepEqual(at(store, EVM, APRIL!), [])
  assert.throws(() => add(store, 'issuer-freezes', write('b.json', list(fake))), { name: 'List.Incomplete' })
  const usdc = { ...log('added', EVM, 102, JANUARY!), address: '0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48' }
  const two = list(usdc, log('added', EVM, 103, JANUARY!))
  assert.throws(() => add(store, 'issuer-freezes', write('c.json', two)), { name: 'List.Mixed' })
})

const TRON_AS_EVM = `0x${'12'.repeat(20)}`

test('property: an address is frozen exactly from a freeze to the next lifting', () => {
  const stage = fc.constantFrom('effective' as const, 'removed' as const, 'destroyed' as const, 'submitted' as const)
  fc.assert(
    fc.property(fc.array(stage, { maxLength: 12 }), stages => {
      const steps = stages.map((one, i) => ({ stage: one, at: i + 1, height: i + 1, txid: `t${i}` }))
      const spells = spellsOf(steps)
      let frozen = false
      for (let time = 1; time <= stages.length; time++) {
        const now = stages[time - 1]!
        if (now === 'effective' || now === 'destroyed') frozen = true
        if (now === 'removed') frozen = false
        const inForce = spells.some(({ from, endedAt }) => from! <= time && (endedAt === null || time < endedAt))
        assert.equal(inForce, frozen, `${stages.join()} at ${time}`)
      }
    }),
  )
})
