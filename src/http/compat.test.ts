import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Ajv } from 'ajv'
import { parse } from 'yaml'
import { add, ofacXml } from '../../test/lists.ts'
import { ask } from '../../test/sample/request.ts'
import { shared } from '../../test/shared.ts'
import { check } from '../app/input.ts'
import { ledgerImport } from '../app/ledger/import.ts'
import type { Context } from '../app/operation.ts'
import * as Instant from '../model/instant.ts'
import { fixedClock, systemClock } from '../std/clock.ts'
import { openWriter } from '../store/store.ts'
import { startServer } from './http.ts'

// The contracts of the interfaces whose shapes these routes have, over real HTTP: fields, keys, refusals.

const LISTED = '0x8576acc5c05d6ce88f4e49bf65bdf0c62f91353c'
const PAYER = `0x${'b2'.repeat(20)}`
const QUIET = `0x${'c3'.repeat(20)}`
const UNSEEN = `0x${'d4'.repeat(20)}`

const folder = mkdtempSync(join(tmpdir(), 'athar-compat-'))
const full = join(folder, 'full')
writeFileSync(
  join(folder, 'sdn.xml'),
  ofacXml('2024-01-10', [
    { id: '1', name: 'Example Brigade', listed: '2020-01-01', program: 'SDGT', wallets: [['ETH', LISTED]] },
  ]),
)
const row = (i: number, from: string, to: string, amount: string) => {
  const txid = `0x${String(i).padStart(64, '0')}`
  return `ethereum,${txid},0,0,transfer,ok,${17_000_000 + i},2023-04-0${i}T00:00:00Z,${from},${to},${amount}`
}
writeFileSync(
  join(folder, 'transfers.csv'),
  [
    'network,txid,txIndex,logIndex,kind,status,height,time,from,to,amount',
    row(1, PAYER, LISTED, '12345.678901234567890123'),
    row(2, PAYER, LISTED, '1'),
    row(3, LISTED, QUIET, '0.5'),
  ].join('\n'),
)
const store = openWriter(full)
add(store, 'ofac-advanced', join(folder, 'sdn.xml'))
const context: Context = {
  ...{ store, clock: fixedClock(Instant.parse('2026-11-01')!), user: 'tester' },
  ...{ progress: () => {}, signal: new AbortController().signal },
}
ledgerImport.run(check(ledgerImport, { file: join(folder, 'transfers.csv') }) as never, context)
store.close()

const setting = {
  user: 'tester',
  clock: systemClock,
  host: '127.0.0.1',
  port: 0,
  report: (cause: unknown) => console.error(cause),
}
const server = await startServer({ ...setting, directory: full })
openWriter(join(folder, 'empty')).close()
const bare = await startServer({ ...setting, directory: join(folder, 'empty') })

after(async () => {
  await server.close()
  await bare.close()
  rmSync(folder, { recursive: true })
})

const key = { 'x-api-key': server.token }

async function get(path: string, headers: Record<string, string> = key, origin = server.origin) {
  const answer = await ask(origin, path, { headers })
  return { ...answer, body: JSON.parse(answer.text) }
}

test('Chainalysis: a listed address has identifications; an empty list says beside it what was asked', async () => {
  const listed = await get(`/api/v1/address/${LISTED}`)
  assert.equal(listed.status, 200)
  const [one, ...more] = listed.body.identifications
  assert.equal(more.length, 0)
  assert.deepEqual([one.category, one.name], ['sanctions', 'SANCTIONS: OFAC Example Brigade'])
  assert.match(one.description, /listed by OFAC under “Example Brigade” \(SDGT\) since 2020-01-01/)
  assert.match(one.url, /^https:/)
  const other = await get(`/api/v1/address/${UNSEEN}`)
  assert.deepEqual(other.body.identifications, [])
  assert.equal(other.body.athar.status, 'no-finding')
  assert.deepEqual(
    other.body.athar.lists.map((list: { authority: string }) => list.authority),
    ['OFAC'],
  )
})

test('Chainalysis: without a list an empty answer is marked not-checked, in the body and in headers', async () => {
  const answer = await get(`/api/v1/address/${LISTED}`, { 'x-api-key': bare.token }, bare.origin)
  assert.deepEqual([answer.status, answer.body.identifications, answer.body.athar.status], [200, [], 'not-checked'])
  assert.match(answer.body.athar.notChecked[0], /says nothing/)
  assert.equal(answer.headers['athar-status'], 'not-checked')
  assert.match(String(answer.headers['athar-not-checked']), /^lists: none is loaded/)
})

test('Chainalysis: of a chain that no list is compared for, the empty answer says so', async () => {
  const other = await get(`/api/v1/address/${encodeURIComponent(`eip155:999999:${LISTED}`)}`)
  assert.deepEqual([other.status, other.body.identifications], [200, []])
  assert.equal(other.headers['athar-status'], 'not-checked')
  assert.match(other.body.athar.notChecked[0], /^lists: none is compared for eip155:999999/)
  assert.match(other.body.athar.notes[1], /^The same key is listed on ethereum/)
})

test('a thousand at once: each is answered, or told when to come again; then all goes on', async () => {
  const all = await Promise.all(Array.from({ length: 1000 }, () => get(`/api/v1/address/${LISTED}`)))
  const told = Map.groupBy(all, one => one.status)
  assert.deepEqual([...told.keys()].sort(), told.has(429) ? [200, 429] : [200])
  for (const one of told.get(200)!) assert.equal(one.body.identifications.length, 1)
  for (const one of told.get(429) ?? []) {
    assert.deepEqual([one.body.name, one.headers['retry-after']], ['Job.QueueFull', '1'])
  }
  assert.equal((await get(`/api/v1/address/${LISTED}`)).status, 200)
})

test('keys: each client’s own header is the token; on other routes they are none; a wrong one is refused', async () => {
  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` })
  const ways = [
    key,
    { token: server.token },
    { authorization: server.token },
    basic(`${server.token}:x`),
    basic(`me:${server.token}`),
  ]
  for (const headers of ways) {
    assert.equal((await get(`/api/v1/address/${LISTED}`, headers)).status, 200, JSON.stringify(Object.keys(headers)))
    assert.equal((await get('/api/v1/jobs', headers)).status, 401)
  }
  for (const headers of [{ 'x-api-key': '0'.repeat(64) }, basic('a:b'), { authorization: 'Basic' }, {}] as Record<
    string,
    string
  >[]) {
    const refused = await get(`/api/v1/address/${LISTED}`, headers)
    assert.equal(refused.status, 401)
    assert.equal(refused.headers['content-type'], 'application/problem+json')
  }
})

test('Host, Origin and Sec-Fetch-Site are checked as everywhere', async () => {
  for (const strange of [
    { host: 'evil.example' },
    { origin: 'http://evil.example' },
    { 'sec-fetch-site': 'cross-site' },
  ]) {
    const { status } = await get(`/eth/addresses/${LISTED}`, { ...key, ...strange } as Record<string, string>)
    assert.ok(status === 403 || status === 421)
  }
})

test('failures are problems of RFC 9457', async () => {
  const cases: [string, number, string][] = [
    ['/api/v1/address/nonsense', 422, 'Compat.BadAddress'],
    [`/xyz/addresses/${LISTED}`, 404, 'Compat.UnknownCurrency'],
    [`/eth/addresses/${UNSEEN}`, 404, 'Compat.Unseen'],
    [`/eth/addresses/${LISTED}/neighbors`, 400, 'Compat.BadQuery'],
    [`/eth/addresses/${LISTED}/txs?page=x`, 400, 'Compat.BadQuery'],
  ]
  for (const [path, status, name] of cases) {
    const answer = await get(path)
    assert.deepEqual([answer.status, answer.body.name, answer.body.status], [status, name, status], path)
    assert.equal(answer.headers['content-type'], 'application/problem+json')
  }
  const word = await get(`/constructor/addresses/${LISTED}`, { authorization: `Bearer ${server.token}` })
  assert.deepEqual([word.status, word.body.name], [404, 'Compat.UnknownCurrency'], 'a word of the language is none')
})

test('TRM: an array in order, ownership of a listed one, counterparty of its contact; null is not 0', async () => {
  const body = JSON.stringify([
    { address: LISTED, chain: 'ethereum', accountExternalId: 'mine' },
    { address: PAYER, chain: 'ethereum' },
    { address: 'nonsense', chain: 'ethereum' },
    { address: UNSEEN, chain: 'dogechain' },
  ])
  const headers = {
    authorization: `Basic ${Buffer.from(`${server.token}:secret`).toString('base64')}`,
    'content-type': 'application/json',
  }
  const answer = await ask(server.origin, '/public/v2/screening/addresses', { method: 'POST', headers, body })
  assert.equal(answer.status, 201, answer.text)
  const [listed, payer, invalid, unseen] = JSON.parse(answer.text)
  assert.deepEqual(
    [listed.accountExternalId, listed.address, listed.addressSubmitted, listed.chain],
    ['mine', LISTED, LISTED, 'ethereum'],
  )
  const own = listed.addressRiskIndicators.find((one: { riskType: string }) => one.riskType === 'OWNERSHIP')
  assert.deepEqual(
    [own.categoryId, own.categoryRiskScoreLevel, own.categoryRiskScoreLevelLabel],
    ['sanctioned', 15, 'Severe'],
  )
  assert.deepEqual([listed.entities[0].entity, listed.entities[0].riskScoreLevelLabel], ['Example Brigade', 'Severe'])
  assert.ok(
    payer.addressRiskIndicators.some((one: { riskType: string }) => one.riskType === 'COUNTERPARTY'),
    answer.text,
  )
  assert.deepEqual([payer.addressIncomingVolumeUsd, payer.athar.status], [null, 'direct'])
  assert.deepEqual([invalid.athar.status, invalid.addressRiskIndicators], ['invalid', []])
  assert.match(unseen.athar.chain, /no chain that Athar reads/)
  for (const bad of ['{}', '[]', '[{"chain":"ethereum"}]', '[{"address":"x"}]']) {
    const refused = await ask(server.origin, '/public/v2/screening/addresses', { method: 'POST', headers, body: bad })
    assert.deepEqual([refused.status, JSON.parse(refused.text).name], [400, 'Compat.BadBody'], bad)
  }
})

test('GraphSense: address, txs in pages, neighbours both ways, tags; large amounts keep their digits', async () => {
  const { body, text } = await get(`/eth/addresses/${LISTED}`)
  assert.deepEqual([body.currency, body.address, body.status], ['eth', LISTED, 'dirty'])
  assert.deepEqual([body.in_degree, body.out_degree, body.no_incoming_txs, body.no_outgoing_txs], [1, 1, 2, 1])
  assert.match(text, /"total_received":\{"value":12346678901234567890123,/)
  assert.deepEqual([body.first_tx.height, body.last_tx.height], [17_000_001, 17_000_003])
  assert.equal(body.first_tx.timestamp, Instant.parse('2023-04-01'))
  const first = await get(`/eth/addresses/${LISTED}/txs?pagesize=2`)
  assert.deepEqual(
    first.body.address_txs.map((tx: { height: number }) => tx.height),
    [17_000_003, 17_000_002],
  )
  const second = await get(`/eth/addresses/${LISTED}/txs?pagesize=2&page=${first.body.next_page}`)
  assert.deepEqual([second.body.address_txs.length, second.body.next_page], [1, undefined])
  assert.deepEqual([second.body.address_txs[0].from_address, second.body.address_txs[0].to_address], [PAYER, LISTED])
  const outgoing = await get(`/eth/addresses/${LISTED}/txs?direction=out`)
  assert.deepEqual(
    outgoing.body.address_txs.map((tx: { to_address: string }) => tx.to_address),
    [QUIET],
  )
  const payers = await get(`/eth/addresses/${LISTED}/neighbors?direction=in`)
  assert.deepEqual(
    payers.body.neighbors.map((one: { address: { address: string }; no_txs: number }) => [
      one.address.address,
      one.no_txs,
    ]),
    [[PAYER, 2]],
  )
  const tags = await get(`/eth/addresses/${UNSEEN}/tags`)
  assert.deepEqual([tags.status, tags.body.address_tags], [200, []])
})

const SCHEMA = shared('schemas/graphsense/rest-openapi.yaml')

test('GraphSense: answers pass the schemas of its own description', {
  skip: !existsSync(SCHEMA) && 'SKIPPED: no schema',
}, async () => {
  const { components } = parse(readFileSync(SCHEMA, 'utf8'))
  // A balance that is not known is null here, where the shape has no word for it: null is not nought.
  components.schemas.address.properties.balance = { anyOf: [{ type: 'null' }, { $ref: '#/components/schemas/values' }] }
  const ajv = new Ajv({ strict: false, validateFormats: false })
  ajv.addSchema({ $id: 'graphsense', components })
  const cases = [
    [`/eth/addresses/${LISTED}`, 'address'],
    [`/eth/addresses/${LISTED}/txs`, 'address_txs'],
    [`/eth/addresses/${LISTED}/neighbors?direction=in`, 'neighbor_addresses'],
    [`/eth/addresses/${LISTED}/neighbors?direction=out`, 'neighbor_addresses'],
    [`/eth/addresses/${LISTED}/tags`, 'address_tags'],
  ] as const
  for (const [path, name] of cases) {
    const validate = ajv.compile({ $ref: `graphsense#/components/schemas/${name}` })
    const { body } = await get(path)
    assert.ok(validate(body), `${path}: ${JSON.stringify(validate.errors)}`)
  }
})
