import assert from 'node:assert/strict'
import { test } from 'node:test'
import { add, day, fresh } from '../../test/lists.ts'
import { shared, skipWithout } from '../../test/shared.ts'
import { Failure } from '../std/failure.ts'
import * as Attribution from './attribution.ts'
import * as Table from './table.ts'

const clocks = { asOf: day('2026-11-15'), knownAt: day('2026-11-15') }

const PACK = `title: Example TF campaign tags
creator: Example Unit
source: https://web.archive.org/web/2023/https://example.org/post/17
confidence: web_crawl
currency: USDT
network: TRX
lastmod: 2026-10-21
concepts: [terrorism_financing, donation]
tag_type: mention
tags:
  - address: TA3941uFAvmVibSkQ6fMJXxmaSNovX86mz
    label: Campaign A donation wallet
    actor: campaign_a
    context: '{"post":"tg:channel/17"}'
  - address: TA39q3p75XRSWYAEaSF7dANtyksoa3sLge
    label: Campaign B
    confidence: forensic
    concepts: [exchange]
`

test('tags inherit what the header says and may say otherwise', context => {
  const { store, write } = fresh(context)
  const added = add(store, 'tagpack', write('example.yaml', PACK))
  assert.deepEqual(
    [added.authority, added.list, added.version, added.addresses, added.bySymbol],
    ['Example Unit', 'example', '2026-10-21', 2, { TRX: 2 }],
  )
  const known = Attribution.knowledge(store, clocks)
  const [first] = known.labelsOf('tron', 'TA3941uFAvmVibSkQ6fMJXxmaSNovX86mz')
  assert.deepEqual(first, {
    ...{ network: 'tron', address: 'TA3941uFAvmVibSkQ6fMJXxmaSNovX86mz', name: 'Campaign A donation wallet' },
    ...{ entity: 'campaign_a', category: 'terrorist-financing', role: 'donation' },
    confidence: { id: 'web_crawl', level: 20 },
    source: 'https://web.archive.org/web/2023/https://example.org/post/17',
    citations: [
      {
        ...{ kind: 'list', authority: 'Example Unit', version: '2026-10-21', sha256: added.sha256 },
        entry: 'TA3941uFAvmVibSkQ6fMJXxmaSNovX86mz',
      },
    ],
    ...{ id: 'entry-1', categories: ['terrorist-financing', 'donation'], judgement: null, conflict: null },
  })
  const [second] = known.labelsOf('tron', 'TA39q3p75XRSWYAEaSF7dANtyksoa3sLge')
  assert.deepEqual([second!.category, second!.confidence.level, second!.role], ['exchange', 50, null])
})

test('a tag that its pack drops is gone once that is known; a judgement survives a change of wording', context => {
  const { store, write } = fresh(context)
  add(store, 'tagpack', write('example.yaml', PACK), { knownAt: 100 })
  const [label] = Attribution.knowledge(store, { ...clocks, knownAt: 150 }).labelsOf(
    ...(['tron', 'TA3941uFAvmVibSkQ6fMJXxmaSNovX86mz'] as const),
  )
  Attribution.addJudgement(store, { target: label!.id!, verdict: 'yes', reason: 'seen', by: 'x', knownAt: 160 })
  const later = PACK.replace('2026-10-21', '2026-10-25').replace('web_crawl', 'authority_data')
  const shorter = later.slice(0, later.indexOf('  - address: TA39q3'))
  const added = add(store, 'tagpack', write('example.yaml', shorter), { knownAt: 200 })
  assert.deepEqual([added.added, added.removed, added.changed, added.unchanged], [0, 1, 1, 0])
  const at = (knownAt: number, address: string) =>
    Attribution.knowledge(store, { ...clocks, knownAt }).labelsOf('tron', address)
  assert.equal(at(150, 'TA39q3p75XRSWYAEaSF7dANtyksoa3sLge').length, 1)
  assert.deepEqual(at(200, 'TA39q3p75XRSWYAEaSF7dANtyksoa3sLge'), [])
  const [changed] = at(200, 'TA3941uFAvmVibSkQ6fMJXxmaSNovX86mz')
  assert.deepEqual([changed!.confidence.level, changed!.judgement], [60, 'yes'])
})

test('two packs that disagree are both shown, as a conflict, until a judgement resolves it', context => {
  const { store, write } = fresh(context)
  const pack = (
    concept: string,
    source: string,
  ) => `title: t\ncreator: ${source}\nlabel: ${source}\nconfidence: forensic
source: https://${source}.example/\ncurrency: BTC\nconcepts: [${concept}]\ntags:
- address: 12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h\n`
  add(store, 'tagpack', write('a.yaml', pack('exchange', 'one')))
  add(store, 'tagpack', write('b.yaml', pack('gambling', 'two')))
  add(store, 'tagpack', write('c.yaml', pack('exchange', 'three')))
  const labels = () => Attribution.knowledge(store, clocks).labelsOf('bitcoin', '12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h')
  const [conflict] = Attribution.conflicts(labels())
  assert.deepEqual([conflict!.a.category, conflict!.b.category, conflict!.about], ['exchange', 'gambling', 'category'])
  assert.equal(Attribution.support(conflict!.a, labels()), 2)
  const target = conflict!.b.id!
  Attribution.addJudgement(store, { target, verdict: 'no', reason: 'wrong', by: 'x', knownAt: day('2026-11-02') })
  assert.deepEqual(Attribution.conflicts(labels()), [])
  assert.equal(Attribution.strongest(labels())!.category, 'exchange')
})

test('hostile and broken packs are refused whole', context => {
  const { store, write } = fresh(context)
  const laughs = Array.from({ length: 12 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i},`.repeat(10)}]`).join('\n')
  for (const [name, text] of [
    ['List.Malformed', `l0: &l0 x\n${laughs}\ntags: *l12\n`],
    ['List.Malformed', PACK.slice(0, PACK.indexOf('{"post') + 4)],
    ['List.Malformed', `${PACK}  - just text\n`],
    ['List.Malformed', '- a\n- b\n'],
    ['List.TooDeep', `tags: ${'['.repeat(4_000_000)}`],
    ['List.TooDeep', `tags: ${'["]",'.repeat(100)}`],
    ['List.TooDeep', `tags:\n${'- '.repeat(100_000)}`],
    ['List.TooBig', `# no flat shape\n${PACK}${'\n'.repeat(2 ** 23)}`],
    ['List.Malformed', `${'a:\n '.repeat(2000)}`],
    ['List.Malformed', `${PACK}title: again\n`],
    ['List.Incomplete', PACK.slice(0, PACK.indexOf('tags:'))],
    ['List.Incomplete', `${PACK}  - label: no address\n`],
    ['List.BadDate', PACK.replace('2026-10-21', '2026-02-30')],
    ['List.NotUtf8', Buffer.concat([Buffer.from(PACK), Uint8Array.of(0xff)])],
  ] as const) {
    const failure = attempt(() => add(store, 'tagpack', write('bad.yaml', text)))
    assert.equal(failure?.name, name, String(text).slice(-80))
  }
  assert.deepEqual([Table.versions(store), Table.addresses(store).size], [[], 0])
})

function attempt(work: () => unknown): Failure | null {
  try {
    work()
    return null
  } catch (cause) {
    assert.ok(cause instanceof Failure, String(cause))
    return cause
  }
}

test('every pack and actor that GraphSense publishes is read', { skip: skipWithout('data/tagpacks') }, context => {
  const { store } = fresh(context)
  let [tags, invalid] = [0, 0]
  const format = Attribution.formatFrom('tagpack')
  const paths = Attribution.filesOf(format, shared('data/tagpacks'))
  assert.equal(paths.length, 80)
  for (const path of paths) {
    const added = add(store, 'tagpack', path)
    tags += added.addresses
    invalid += added.invalid
  }
  assert.deepEqual([tags, invalid], [237_962, 33])
  for (const path of Attribution.filesOf(Attribution.formatFrom('actorpack'), shared('data/tagpacks'))) {
    assert.equal(add(store, 'actorpack', path).entities, 3813)
  }
  const known = Attribution.knowledge(store, clocks)
  assert.equal(known.packs.length, 81)
  assert.ok(known.labelCount('bitcoin') > 200_000)
  const gambling = known.labelsOf('bitcoin', '1NxaBCFQwejSZbQfWcYNwgqML5wWoE3rK4')
  assert.deepEqual(
    gambling.map(label => [label.name, label.category]),
    [['LuckyB.it', 'gambling']],
  )
  const binance = Attribution.actor(store, 'binance', clocks.knownAt)
  assert.deepEqual([binance?.label, binance?.category], ['Binance', 'exchange'])
  const concepts = known.labelsOf('ethereum', '0x5b535edfa75d7cb706044da0171204e1c48d00e8')
  assert.equal(concepts[0]?.category, 'exchange')
})
