import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { unseen } from '../../../test/corpus/solicitation-unseen.ts'
import { event, ruleOf } from '../../../test/rule-case.ts'
import { shared, skipWithout } from '../../../test/shared.ts'
import { EVENT, KINDS, type Kind, plant } from '../../../test/world/redflag.ts'
import * as Campaign from '../../campaign/campaign.ts'
import { chanceAmong, chanceOf } from '../../chain/address-prefix.ts'
import { addTold, openColumns, prices } from '../../ledger/ledger.ts'
import { find, solicitationOf } from '../../mention/mention.ts'
import { backtest, eventsOf, judge, judgePost, type Rule, rules } from '../../monitor/monitor.ts'
import { seededRandom } from '../../std/random.ts'
import { openWriter, type Store } from '../../store/store.ts'
import { createAddress } from '../../world/tron.ts'
import { generate } from '../../world/world.ts'
import { investigate } from '../demo/steps.ts'
import type { Context } from '../operation.ts'
import { perform } from '../perform.ts'
import { testRule } from './rule-test.ts'
import { watchAdd } from './watch.ts'
import { aroundOf } from './watched.ts'

// The figures of docs/methods/monitor.md: a test fails when one changes.
const EACH = 50
const folder = mkdtempSync(join(tmpdir(), 'athar-rate-'))
const now = Date.parse('2024-07-01T00:00:00Z') / 1000
let store: Store
after(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

const run = (name: string, input: object): Promise<unknown> =>
  perform(name, input, {
    ...{ directory: join(folder, 'data'), user: 'amal', clock: () => now, progress: () => {} },
    signal: new AbortController().signal,
  })

const planted = plant(seededRandom(1), EACH)

before(async () => {
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  await run('ledger import', { file: write('transfers.csv', planted.transfers) })
  await run('list add', { format: 'tagpack', file: write('services.yaml', planted.labels) })
  store = openWriter(join(folder, 'data'))
  const nothing = { hostedAt: null, confirmed: null, citation: null }
  store.transaction(() => {
    for (const [k, { from, to, time }] of planted.lent.entries()) {
      const place = { network: 'tron', txid: `${k}`.padStart(64, 'e'), logIndex: -1, height: 900, time } as const
      const lent = { ...place, kind: 'resource-lent', account: from, party: to, number: '70000000 energy' } as const
      addTold(store, 'tron', 'made up', { control: [lent] }, { provider: 'test', readAt: now })
    }
    Campaign.add(store, 'winter', { kind: 'added', claimedActor: null, purpose: null }, now, 'amal')
    for (const { address, publisher, day } of planted.donations) {
      const window = { ...Campaign.openWindow, publishedAt: Date.parse('2024-01-01') / 1000 + 86_400 * day }
      const linked = { kind: 'address', network: 'tron', address, role: 'donation', window, publisher } as const
      Campaign.link(store, 'winter', { ...nothing, ...linked }, now, 'amal')
    }
  })
})

/** On how many of each kind the rule fires. */
function fired(rule: Rule): Partial<Record<Kind, number>> {
  const [columns, around, known] = [openColumns(store, 'tron')!, aroundOf(store, now), prices(store)]
  const counts = KINDS.map(kind => {
    const found = planted.subjects[kind].filter(address => {
      return backtest(rule, { network: 'tron', address }, eventsOf(columns, address, known), around).hits > 0
    })
    return [kind, found.length] as const
  })
  return Object.fromEntries(counts.filter(([, count]) => count > 0))
}

describe(`planted red flags, ${EACH} of each kind, and ${6 * EACH} people who pay each other`, () => {
  test('rotation', () => {
    // The one that is wrong: an old address that was not given to for eight days, and then again.
    // Two who pay a private lender for energy: they send all their coins to one place, as another did.
    const found = { 'published-anew': EACH, 'published-beside': 1, 'swept-alike': EACH, 'lent-for-pay': 2 }
    assert.deepEqual(fired(ruleOf('rotation')), found)
  })
  test('gas sponsor', () => {
    assert.deepEqual(fired(ruleOf('gas-sponsor')), { sponsored: EACH, lent: EACH, 'lent-and-funded': EACH })
  })
  test('event-linked inflow', () => {
    const lent = { 'lent-and-funded': 1, 'lent-by-seller': 2, 'lent-by-two': 1, 'lent-unnamed': 2 }
    const found = { risen: EACH, growing: 2, 'swept-side-by-side': 2, crowd: 22, ...lent }
    assert.deepEqual(fired(ruleOf('event-linked-inflow', { events: [EVENT] })), found)
  })
})

test('the sample world: its campaign, and 154 others with three transactions or more', async () => {
  const [world, place] = [generate(1), join(folder, 'sample')]
  for (const { path, bytes } of world.files) {
    mkdirSync(dirname(join(place, path)), { recursive: true })
    writeFileSync(join(place, path), bytes)
  }
  const signal = new AbortController().signal
  const given = { clock: () => Date.parse('2026-01-01T00:00:00Z') / 1000, user: 'amal', progress: () => {}, signal }
  const sample = openWriter(join(place, 'data'))
  const context: Context = { ...given, store: sample }
  await investigate(world, place, context)
  watchAdd.run({ target: world.truth.campaign, kind: 'campaign' } as never, context)
  const table = rules(sample).map(({ id }) => {
    const { watched, controls } = testRule({ rule: id, controls: 300, seed: 1, keep: false }, context)
    return [id, `${watched.fired} of ${watched.addresses}`, `${controls.fired} of ${controls.addresses}`] as const
  })
  sample.close()
  assert.deepEqual(
    table.filter(([, watched, controls]) => !(watched.startsWith('0 ') && controls.startsWith('0 '))),
    [
      ['any-payment', '4 of 4', '154 of 154'],
      ['awakened', '0 of 4', '1 of 154'],
      ['burst', '0 of 4', '3 of 154'],
      ['burst-after-silence', '1 of 4', '4 of 154'],
      ['campaign-counterparty', '0 of 4', '63 of 154'],
      ['frozen', '1 of 4', '0 of 154'],
      ['mixer-contact', '1 of 4', '0 of 154'],
      ['zeroing', '0 of 4', '4 of 154'],
    ],
  )
})

test('supportive messages: on texts that nobody wrote rules beside, and on everyday Arabic', () => {
  const fires = (text: string): boolean => {
    const { mentions } = find(text)
    const { is, cues } = solicitationOf(text, mentions)
    const purposes = cues.filter(cue => cue.what === 'purpose').map(({ tag, word }) => ({ kind: tag, word }))
    const subject = { network: 'tron', address: 'T' } as const
    const addresses = mentions.some(one => one.kind === 'address') ? [subject] : []
    const post = { id: 'x', postedAt: null, publisher: null, campaigns: [], addresses, solicits: is, purposes }
    return judgePost(ruleOf('supportive-message'), post, subject, aroundOf(store, now), now) !== null
  }
  const right = unseen.filter(one => one.is && fires(one.text)).length
  const falsely = unseen.filter(one => !one.is && fires(one.text)).length
  assert.ok(right >= 25 && falsely === 0, `${right} of 120 calls, ${falsely} of 120 other texts`)
  const faith = [
    'Give your zakat and sadaqa before the end of the month, donate now for the orphans of the martyrs',
    'تبرعوا الآن: زكاة أموالكم وصدقاتكم وكفالة الأيتام وأسر الشهداء والمسجد',
    'Donnez votre zakat et votre sadaqa pour les veuves et les orphelins',
  ]
  assert.deepEqual(faith.filter(fires), [])
  const tweets = shared('data/text/arabic-tweets.txt')
  if (tweets !== undefined) assert.deepEqual(readFileSync(tweets, 'utf8').split('\n').slice(0, 2000).filter(fires), [])
})

test('supportive memos: the words alone, on everyday Arabic', {
  skip: skipWithout('data/text/arabic-tweets.txt'),
}, () => {
  const fires = (text: string): boolean => {
    const { cues } = solicitationOf(text, [])
    const words = cues.filter(cue => cue.what === 'purpose').map(({ tag, word }) => ({ kind: tag, word }))
    const around = { ...aroundOf(store, now), messagesIn: () => [{ text, writer: 'T', words }] }
    const history = { events: [event(5, { direction: 'out' })], before: null }
    return judge(ruleOf('supportive-memo'), { network: 'tron', address: 'T' }, history, 0, around) !== null
  }
  const tweets = readFileSync(shared('data/text/arabic-tweets.txt'), 'utf8').split('\n').slice(0, 2000)
  assert.equal(tweets.filter(fires).length, 43)
  assert.equal(unseen.filter(one => one.is && fires(one.text)).length, 81)
  assert.equal(unseen.filter(one => !one.is && fires(one.text)).length, 29)
})

test('shared prefix: on addresses at random as often as the printed chance says', () => {
  const random = seededRandom(2)
  const donations = Array.from({ length: 20 }, () => createAddress(random))
  const around = {
    ...aroundOf(store, now),
    donationsOn: () => donations.map(address => ({ address, campaign: 'w', publishers: [], publishedAt: null })),
  }
  const rule = ruleOf('shared-prefix', { characters: 2 })
  const event = { ...eventsOf(openColumns(store, 'tron')!, planted.subjects.crowd[0]!, prices(store))[0]!, other: null }
  let hits = 0
  let expected = 0
  for (let k = 0; k < 4000; k++) {
    const address = createAddress(random)
    if (judge(rule, { network: 'tron', address }, { events: [event], before: null }, 0, around) !== null) hits++
  }
  for (const one of donations) expected += 4000 * chanceAmong(chanceOf(one, 2), 1)
  assert.ok(Math.abs(hits - expected) < 4 * Math.sqrt(expected), `${hits} of 4000, expected ${expected}`)
})
