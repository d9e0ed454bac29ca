import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, test } from 'node:test'
import { fromKey } from '../../chain/address.ts'
import { P2PKH, TRON } from '../../chain/key.ts'
import { standardPolicy } from '../../exposure/exposure.ts'
import { fixedClock } from '../../std/clock.ts'
import { perform, performRows } from '../perform.ts'
import type { ReviewAnswer } from './review.ts'
import { screen } from './screen.ts'

/** What was answered is kept, and a later list says whose answer it changes. */

const root = mkdtempSync(join(tmpdir(), 'athar-review-'))
after(() => rmSync(root, { recursive: true }))

// Made up: nobody's addresses.
const [LISTED, PAYER, OTHER] = [1, 2, 4].map(n => fromKey('tron', TRON, new Uint8Array(20).fill(n)).address) as [
  string,
  string,
  string,
]
const UNTOUCHED = fromKey('bitcoin', P2PKH, new Uint8Array(20).fill(3)).address
const USDT = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'

function place(name: string) {
  const directory = join(root, name)
  const setting = (at: string) => ({
    ...{ directory, user: 'desk', clock: fixedClock(Date.parse(at) / 1000), progress: () => {} },
    signal: new AbortController().signal,
  })
  const path = (file: string, text: string) => {
    const whole = join(root, `${name}-${file}`)
    writeFileSync(whole, text)
    return whole
  }
  const run = <T>(at: string, operation: string, input: object) => perform(operation, input, setting(at)) as Promise<T>
  return {
    ...{ directory, run },
    async list(at: string, addresses: readonly string[], published: string) {
      const file = path('list.txt', addresses.map(address => `${address}\n`).join(''))
      return run(at, 'list add', { format: 'addresses', file, authority: 'NBCTF', published })
    },
    async transfers() {
      const rows = [
        'network,asset,contract,txid,txIndex,logIndex,kind,status,height,time,from,to,amount',
        `tron,USDT,${USDT},${'a2'.repeat(32)},0,0,transfer,ok,101,2026-02-02T00:00:00Z,${PAYER},${LISTED},40`,
      ]
      await run('2026-02-03T00:00:00Z', 'ledger import', { file: path('t.csv', `${rows.join('\n')}\n`) })
    },
    async inBulk(at: string, addresses: readonly string[], input: object = {}) {
      const file = path('ask.txt', addresses.join('\n'))
      await performRows(screen, { file, ...input }, setting(at), () => {})
    },
    review: (at: string, input: object = {}) => run<ReviewAnswer>(at, 'screen review', input),
  }
}

test('a new listing on a chain that is not read changes past answers too; a chain without lists has none', async () => {
  // The example of SEP-23.
  const stellar = 'GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ'
  const strange = `eip155:999999:0x${'5a'.repeat(20)}`
  const { list, run, review } = place('far')
  await list('2026-01-02T00:00:00Z', [OTHER], '2026-01-01')
  await run('2026-03-01T00:00:00Z', 'screen', { address: [stellar, strange] })
  assert.deepEqual((await review('2026-03-03T00:00:00Z')).changes, [])
  await list('2026-04-02T00:00:00Z', [OTHER, stellar], '2026-04-01')
  const { changes } = await review('2026-04-03T00:00:00Z')
  assert.deepEqual(
    changes.map(({ network, address, was, now }) => [network, address, was, now]),
    [['stellar', stellar, 'no-finding', 'listed']],
  )
})

test('a new listing changes past answers: of the address, and of whoever paid it', async () => {
  const { list, transfers, run, review } = place('listing')
  await list('2026-01-02T00:00:00Z', [OTHER], '2026-01-01')
  await transfers()
  await run('2026-03-01T00:00:00Z', 'screen', { address: [LISTED, PAYER, UNTOUCHED], customer: 'C-17' })
  await run('2026-03-01T00:00:00Z', 'screen', { address: [LISTED], knownAt: '2026-03-01' })
  await run('2026-03-02T00:00:00Z', 'screen', { address: [LISTED], record: false })
  assert.deepEqual((await review('2026-03-03T00:00:00Z')).changes, [])
  await list('2026-04-02T00:00:00Z', [OTHER, LISTED], '2026-04-01')
  const { changes, changed, untold, answers } = await review('2026-04-03T00:00:00Z')
  const common = {
    ...{ screening: 1, askedBy: 'desk', customer: 'C-17', network: 'tron', line: null, told: null },
    answeredAt: '2026-03-01T00:00:00Z',
  }
  assert.deepEqual(changes, [
    { ...common, address: LISTED, was: 'no-finding', now: 'listed' },
    { ...common, address: PAYER, was: 'no-finding', now: 'direct' },
  ])
  assert.deepEqual([changed, untold, answers], [2, 2, 3])
  const quick = await review('2026-04-03T00:00:00Z', { contacts: false })
  assert.deepEqual(
    quick.changes.map(one => one.address),
    [LISTED],
  )
})

test('who was told is no longer to be told, until the answer changes again', async () => {
  const { list, run, review } = place('told')
  await list('2026-01-02T00:00:00Z', [OTHER], '2026-01-01')
  await run('2026-03-01T00:00:00Z', 'screen', { address: [LISTED], customer: 'A' })
  await run('2026-03-01T00:00:00Z', 'screen', { address: [LISTED], customer: 'B' })
  await list('2026-04-02T00:00:00Z', [OTHER, LISTED], '2026-04-01')
  await run('2026-04-03T00:00:00Z', 'screen told', { customer: 'A' })
  const after_ = await review('2026-04-04T00:00:00Z')
  assert.deepEqual(
    after_.changes.map(({ customer, told }) => [customer, told]),
    [
      ['A', { at: '2026-04-03T00:00:00Z', by: 'desk' }],
      ['B', null],
    ],
  )
  await list('2026-05-02T00:00:00Z', [OTHER], '2026-05-01')
  const later = await review('2026-05-03T00:00:00Z', { untold: true })
  assert.deepEqual(
    later.changes.map(({ customer, was, now }) => [customer, was, now]),
    [
      ['A', 'no-finding', 'formerly-listed'],
      ['B', 'no-finding', 'formerly-listed'],
    ],
  )
})

test('a screening in bulk keeps no address, and is still found when one of its lines is listed', async () => {
  const { directory, list, inBulk, review } = place('bulk')
  await list('2026-01-02T00:00:00Z', [OTHER], '2026-01-01')
  await inBulk('2026-03-01T00:00:00Z', [UNTOUCHED, OTHER, LISTED, 'nonsense'], { customer: 'batch 7' })
  await inBulk('2026-03-02T00:00:00Z', [LISTED], { lines: 'matches' })
  await inBulk('2026-03-03T00:00:00Z', [LISTED], { record: false })
  const database = new DatabaseSync(join(directory, 'answers.db'), { readOnly: true })
  const { n } = database.prepare('SELECT count(*) AS n FROM answer').get() as { n: number }
  const { bytes } = database.prepare('SELECT sum(length(answers)) AS bytes FROM batch').get() as { bytes: number }
  database.close()
  assert.deepEqual([n, bytes], [0, 5 * 9])
  await list('2026-04-02T00:00:00Z', [LISTED], '2026-04-01')
  const { changes, answers, withoutContacts } = await review('2026-04-03T00:00:00Z')
  assert.deepEqual(
    changes.map(({ screening, customer, address, line, was, now }) => [screening, customer, address, line, was, now]),
    [
      [1, 'batch 7', OTHER, 2, 'listed', 'formerly-listed'],
      [1, 'batch 7', LISTED, 3, 'no-finding', 'listed'],
      [2, null, LISTED, 1, 'not-checked', 'listed'],
    ],
  )
  assert.deepEqual([answers, withoutContacts], [5, 5])
})

test('an answer by a policy of one’s own is compared by listing alone', async () => {
  const { list, transfers, run, review } = place('policy')
  await list('2026-01-02T00:00:00Z', [OTHER, LISTED], '2026-01-01')
  await transfers()
  const policy = join(root, 'policy.json')
  const own = { ...standardPolicy, categories: [{ category: 'mixer', weight: 1, source: 'us' }] }
  writeFileSync(policy, JSON.stringify(own))
  await run('2026-03-01T00:00:00Z', 'screen', { address: [PAYER], policy })
  assert.deepEqual((await review('2026-03-02T00:00:00Z')).changes, [])
  await list('2026-04-02T00:00:00Z', [OTHER, LISTED, PAYER], '2026-04-01')
  const { changes } = await review('2026-04-03T00:00:00Z')
  assert.deepEqual(
    changes.map(({ was, now }) => [was, now]),
    [['no-finding', 'listed']],
  )
})

test('what was kept is never changed', async () => {
  const { directory, run } = place('ground')
  await run('2026-03-01T00:00:00Z', 'screen', { address: [LISTED] })
  const database = new DatabaseSync(join(directory, 'answers.db'))
  for (const table of ['basis', 'screening', 'answer']) {
    assert.throws(() => database.exec(`DELETE FROM ${table}`), /append-only/)
  }
  database.close()
})
