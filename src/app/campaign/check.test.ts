import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { add, ofacXml } from '../../../test/lists.ts'
import * as Instant from '../../model/instant.ts'
import { fixedClock } from '../../std/clock.ts'
import { sha256Hex } from '../../std/digest.ts'
import { Failure } from '../../std/failure.ts'
import { openWriter } from '../../store/store.ts'
import { check } from '../input.ts'
import { ledgerImport, ledgerPrice } from '../ledger/import.ts'
import type { Context, Operation } from '../operation.ts'
import { captureAdd } from '../read/capture.ts'
import { campaignAdd, campaignLink } from './campaign.ts'
import { type CheckAnswer, campaignCheck } from './check.ts'
import { claimStore } from './claim-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-check-'))
const store = openWriter(join(folder, 'data'))
after(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

const ADDRESS = `0x${'a1'.repeat(20)}`
const context: Context = {
  ...{ store, clock: fixedClock(Instant.parse('2026-11-01')!), user: 'amal' },
  ...{ progress: () => {}, signal: new AbortController().signal },
}
const run = async <T>(operation: Operation, input: object) =>
  (await operation.run(check(operation, input) as never, context)) as T
const ask = (input: { text?: readonly string[]; [field: string]: unknown }) => {
  return run<CheckAnswer>(campaignCheck, input.text === undefined ? input : { ...input, text: input.text.join('\n') })
}

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

/** 10 ETH in January and 20 in March 2021 come in, 12 go out in April. */
const rows = [
  ['2021-01-05', `0x${'b2'.repeat(20)}`, ADDRESS, '10'],
  ['2021-03-05', `0x${'c3'.repeat(20)}`, ADDRESS, '20'],
  ['2021-04-05', ADDRESS, `0x${'d4'.repeat(20)}`, '12'],
].map(
  ([day, from, to, amount], i) =>
    `ethereum,${sha256Hex(String(i))},0,0,transfer,ok,${100 + i},${day}T00:00:00Z,${from},${to},${amount}`,
)
await run(ledgerImport, {
  file: write('t.csv', ['network,txid,txIndex,logIndex,kind,status,height,time,from,to,amount', ...rows].join('\n')),
})
const prices = [
  '2021-01-05,1000',
  '2021-03-05,1500',
  '2021-03-31,2000',
  '2021-04-05,2000',
  '2021-12-31,4000',
  '2022-02-01,3000',
]
await run(ledgerPrice, { file: write('p.csv', ['date,usd', ...prices].join('\n')), asset: 'ETH' })

test('a claim stands beside recomputation, with the measure and the basis that fit', async () => {
  const answer = await ask({
    text: [
      `As of 31 March 2021 the address ${ADDRESS} had received 30 ETH.`,
      `As of 31 March 2021 the address ${ADDRESS} had received $40,000.`,
      `As of 31 March 2021 the address ${ADDRESS} had received $60,000.`,
      `In 2021 the address ${ADDRESS} received 42 ETH.`,
      `In 2021 the address ${ADDRESS} received 900 ETH.`,
    ],
    published: '2022-02-01',
  })
  assert.deepEqual(
    answer.recomputed.map(one => [one.from, one.to, one.fits]),
    [
      [null, '2021-03-31', { measure: 'received', basis: null }],
      [null, '2021-03-31', { measure: 'received', basis: 'transaction-day' }],
      [null, '2021-03-31', { measure: 'received', basis: 'as-of-day' }],
      ['2021-01-01', '2021-12-31', { measure: 'turnover', basis: null }],
      ['2021-01-01', '2021-12-31', null],
    ],
  )
  const received = answer.recomputed[0]!.computed.filter(one => one.measure === 'received')
  assert.deepEqual(
    received.map(one => one.value),
    ['30.000000000000000000'],
  )
  assert.match(answer.recomputed[3]!.en, /fits what was read as turnover, not received; recomputed received: 30/)
  assert.match(answer.recomputed[4]!.ar, /لا يعطي أي مقياس/)
})

test('a campaign is recomputed by its name, and its share by chain stands beside a published one', async () => {
  await run(campaignAdd, { name: 'Nour Relief' })
  await run(campaignLink, { name: 'Nour Relief', addresses: [ADDRESS], network: 'ethereum', role: 'donation' })
  for (const text of ['The Nour Relief campaign received 30 ETH in 2021.', 'تلقت حملة «نور» 30 ETH في عام 2021.']) {
    const { recomputed } = await ask({ text: [text] })
    assert.deepEqual(
      recomputed.map(one => one.fits?.measure),
      ['received'],
      text,
    )
  }
  const shared = await ask({ text: ['Ethereum carried 90% of terrorist financing in 2021.'], campaign: 'Nour Relief' })
  const [share] = shared.shares
  assert.deepEqual(
    [share?.by, share?.ratio, share?.usd, share?.denominatorUsd],
    ['chain', '1.0000', '40000.00', '40000.00'],
  )
  assert.match(share!.en, /40000\.00 of 40000\.00 USD/)
})

test('A58: sums by country of the paying exchange, in the claim’s year, the two destinations apart', async () => {
  const [exchange, other, donation, kiosk] = ['e1', 'e2', 'e3', 'e4'].map(byte => `0x${byte.repeat(20)}`) as [
    ...[string, string, string, string],
  ]
  const paid = [
    ...[`2021-01-05,${exchange},${donation},5`, `2022-02-01,${exchange},${donation},7`],
    ...[`2022-02-01,${exchange},${kiosk},4`, `2022-02-01,${other},${donation},9`],
  ].map((line, i) => {
    const [day, from, to, amount] = line.split(',') as [string, string, string, string]
    const txid = sha256Hex(`A58 ${i}`)
    return `ethereum,${txid},0,0,transfer,ok,${200 + i},${day}T00:00:00Z,${from},${to},${amount}`
  })
  const head = 'network,txid,txIndex,logIndex,kind,status,height,time,from,to,amount'
  await run(ledgerImport, { file: write('a58.csv', [head, ...paid].join('\n')) })
  const said = 'title: T\ncreator: C\nlastmod: 2020-01-01\n'
  const actor = '- {id: ex, label: Ex, uri: https://ex.example, categories: [exchange], jurisdictions: [ID]}'
  add(store, 'actorpack', write('a.actorpack.yaml', `${said}actors:\n${actor}\n`))
  const rest = 'currency: ETH, category: exchange, confidence: service_data, source: s'
  const tag = `- {address: "${exchange}", label: Ex, actor: ex, ${rest}}`
  add(store, 'tagpack', write('t.yaml', `${said}tags:\n${tag}\n`))
  await run(campaignAdd, { name: 'Levant' })
  await run(campaignLink, { name: 'Levant', addresses: [donation], network: 'ethereum', role: 'donation' })
  await run(campaignLink, { name: 'Levant', addresses: [kiosk], network: 'ethereum', role: 'service' })
  const text = ['In 2022 more than $517,000 was sent from exchanges in Indonesia to campaigns in Syria.']
  const { shares } = await ask({ text, campaign: 'Levant' })
  const [share] = shares
  assert.deepEqual(
    [share?.by, share?.of, share?.usd, share?.denominatorUsd],
    [...['source-country', 'ID', '21000.00', '48000.00']],
  )
  assert.deepEqual(share!.destinations, [
    { to: 'campaign', transactions: 1, usd: '21000.00', reason: null },
    { to: 'services', transactions: 1, usd: '12000.00', reason: null },
  ])
  assert.match(share!.en, /To the campaign’s own addresses 21000\.00 USD, to services among them 12000\.00 USD/)
})

test('a legal claim has the regime’s facts beside it: rules, loaded lists, the party that is listed', async () => {
  const text = ['حماس تجمع العملة الرقمية التي لا تخضع للعقوبات المفروضة على الحركة.']
  const before = (await ask({ text })).verdicts.find(one => one.verdict === 'legal claim')!
  assert.ok(before.facts.some(fact => fact.source.startsWith('OFAC FAQ 560')))
  const wallets = [['ETH', ADDRESS]] as const
  const list = ofacXml('2024-01-10', [{ id: '1', name: 'HAMAS', listed: '1997-10-08', program: 'SDGT', wallets }])
  add(store, 'ofac-advanced', write('sdn.xml', list))
  const { facts } = (await ask({ text })).verdicts.find(one => one.verdict === 'legal claim')!
  assert.ok(
    facts.some(fact => fact.en === 'The list of OFAC of 2024-01-10 names 1 crypto addresses.'),
    JSON.stringify(facts),
  )
  assert.ok(facts.some(fact => fact.en === 'OFAC lists “HAMAS” (SDGT).'))
})

test('spans are of the text and of its bytes; a page is found by its digest and by where it was captured', async () => {
  const sentence = 'تلقت حملة «الربيع» ١٢٫٥ بيتكوين في عام ٢٠٢١.'
  const text = `مقدمة\n${sentence}\n`
  const path = write('post.txt', text)
  const { files, claims } = await ask({ file: [path] })
  const [claim] = claims
  assert.equal(text.slice(claim!.start, claim!.end), sentence)
  assert.equal(Buffer.from(text).subarray(claim!.byteStart!, claim!.byteEnd!).toString(), sentence)
  assert.equal(text.slice(claim!.figure.start, claim!.figure.end), '١٢٫٥ بيتكوين')
  const url = 'https://example.org/post'
  await run(captureAdd, { paths: [path], sourceUrl: url })
  for (const name of [files[0]!.sha256!, url]) {
    const again = await ask({ file: [name] })
    assert.deepEqual(
      again.claims.map(one => one.quantity?.value),
      ['12.5'],
      name,
    )
  }
  const stored = await run<{ claims: { predicate: string; speaker: string; capture: { start: number } }[] }>(
    claimStore,
    { file: [path], url },
  )
  const [kept] = stored.claims
  assert.deepEqual([stored.claims.length, kept?.predicate, kept?.capture.start], [1, 'received', claim!.start])
  assert.notEqual(kept?.speaker, '')
})

test('what cannot be checked is refused by name', async () => {
  const failing = (name: string) => (error: unknown) => error instanceof Failure && error.name === name
  const cases: [Parameters<typeof ask>[0], string][] = [
    [{}, 'Check.NothingGiven'],
    [{ file: ['https://example.org/unknown'] }, 'Check.NotCaptured'],
    [{ file: [write('empty.txt', ' \n')] }, 'Check.NoText'],
    [{ text: ['x'], prices: write('bad.csv', 'a,b\n1,2') }, 'Prices.NotRead'],
    [{ text: ['x'], campaign: 'none' }, 'Campaign.Missing'],
  ]
  for (const [input, name] of cases) await assert.rejects(ask(input), failing(name), name)
})
