import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { EU } from '../../test/list-files.ts'
import { add, ofacXml } from '../../test/lists.ts'
import { ask } from '../../test/sample/request.ts'
import { systemClock } from '../std/clock.ts'
import { openWriter } from '../store/store.ts'
import { startServer } from './http.ts'

const directory = mkdtempSync(join(tmpdir(), 'athar-match-'))
const wallet = [['XBT', '12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h']] as const
const common = { listed: '2020-01-01', program: 'SDGT', wallets: wallet }
writeFileSync(
  join(directory, 'sdn.xml'),
  ofacXml('2024-01-10', [
    { id: '1', name: 'AL ZAWAHIRI Ayman', ...common },
    { id: '2', name: 'International Bank of Yemen', ...common, wallets: [] },
  ]),
)
const store = openWriter(join(directory, 'data'))
add(store, 'ofac-advanced', join(directory, 'sdn.xml'))
writeFileSync(join(directory, 'eu.xml'), EU)
add(store, 'eu', join(directory, 'eu.xml'))
store.close()
const server = await startServer({
  ...{ directory: join(directory, 'data'), user: 'tester', clock: systemClock, host: '127.0.0.1', port: 0 },
  report: cause => console.error(cause),
})
const { origin, token } = server
const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }

after(async () => {
  await server.close()
  rmSync(directory, { recursive: true })
})

function match(path: string, body: unknown) {
  return ask(origin, path, { method: 'POST', headers, body: JSON.stringify(body) })
}

const SEEN = Object.fromEntries(['first_seen', 'last_seen', 'last_change'].map(name => [name, '2024-01-10T00:00:00Z']))
const person = (name: string) => ({ schema: 'Person', properties: { name: [name] } })

test('POST /match/{dataset} answers in yente’s shape, field by field', async () => {
  const { status, text } = await match('/match/ofac?limit=3&threshold=0.8&algorithm=logic-v1&fuzzy=false', {
    queries: { q1: person('أيمن الظواهري'), q2: person('Nobody Known Here') },
    weights: {},
    config: {},
  })
  assert.equal(status, 200, text)
  const { responses, limit } = JSON.parse(text)
  assert.equal(limit, 3)
  const [result] = responses.q1.results
  const { explanations, score, features, ...rest } = result
  assert.ok(score > 0.9 && score <= 1, String(score))
  assert.deepEqual(features, { name: score })
  assert.deepEqual(
    [explanations.name.score, explanations.name.query, explanations.name.candidate],
    [score, 'أيمن الظواهري', 'AL ZAWAHIRI Ayman'],
  )
  assert.match(explanations.name.detail, /ظواهري ~ zawahiri \(sound 0\.9/)
  assert.deepEqual(rest, {
    ...{ id: 'ofac-1', caption: 'AL ZAWAHIRI Ayman', schema: 'Person' },
    properties: { name: ['AL ZAWAHIRI Ayman'], topics: ['sanction'], programId: ['SDGT'] },
    ...{ datasets: ['ofac'], referents: [], target: true, ...SEEN },
    match: true,
  })
  assert.deepEqual(
    [responses.q1.status, responses.q1.total, responses.q1.query],
    [200, { value: 1, relation: 'eq' }, { id: 'q1', ...person('أيمن الظواهري') }],
  )
  assert.deepEqual(responses.q2, {
    ...{ status: 200, results: [], total: { value: 0, relation: 'eq' } },
    query: { id: 'q2', ...person('Nobody Known Here') },
  })
})

test('a birth date and a country that both sides have lower or raise the score, each with its sentence', async () => {
  const born = (birthDate: string, country: string) => {
    return { schema: 'Person', properties: { name: ['EXAMPLE Alpha'], birthDate: [birthDate], country: [country] } }
  }
  const queries = { same: born('1970-01-01', 'XX'), year: born('1955', 'xx'), day: born('1970-06-01', 'yy') }
  const { responses } = JSON.parse((await match('/match/eu?cutoff=0.1', { queries })).text)
  const brief = (id: string) => {
    const [{ score, match: is, features }] = responses[id].results
    return [score, is, features]
  }
  assert.deepEqual(brief('same'), [1, true, { name: 1, birth_date: 0.05, country: 0.01 }])
  assert.deepEqual(brief('year'), [0.86, true, { name: 1, birth_date: -0.15, country: 0.01 }])
  assert.deepEqual(brief('day'), [0.65, false, { name: 1, birth_date: -0.25, country: -0.1 }])
  const { birth_date } = responses.year.results[0].explanations
  assert.equal(birth_date.detail, 'The year of birth is another: asked 1955, listed 1970-01-01.')
})

test('the World Bank is never marked as the bank whose name has two of its words', async () => {
  const query = { schema: 'Thing', properties: { name: ['البنك الدولي', 'World Bank', 'International Bank'] } }
  const { responses } = JSON.parse((await match('/match/default', { queries: { a: query } })).text)
  assert.deepEqual(
    responses.a.results.map((one: { match: boolean }) => one.match),
    [false],
  )
})

test('what is not built here is refused by name, not left out in silence', async () => {
  const statuses = await Promise.all([
    match('/match/nowhere', { queries: { a: person('A B') } }),
    match('/match/default?topics=crime', { queries: { a: person('A B') } }),
    match('/match/default', { queries: { a: person('A B') }, weights: { name: 2 } }),
    match('/match/default', { queries: [] }),
    match('/match/default', { queries: { a: { schema: 'Person' } } }),
    match('/match/default?threshold=2', { queries: { a: person('A B') } }),
    match('/match/default?limit=0', { queries: { a: person('A B') } }),
    match('/match/default', { queries: { a: person('\u202e😀\u0000') } }),
    ask(origin, '/match/default', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }),
  ])
  assert.deepEqual(
    statuses.map(({ status }) => status),
    [404, 400, 400, 400, 400, 400, 400, 200, 401],
  )
})

test('/algorithms and /catalog name what there is', async () => {
  const algorithms = JSON.parse((await ask(origin, '/algorithms', { headers })).text)
  assert.deepEqual([algorithms.default, algorithms.algorithms[0].name], ['athar-names-2', 'athar-names-2'])
  const catalog = JSON.parse((await ask(origin, '/catalog', { headers })).text)
  assert.deepEqual(
    [catalog.current, catalog.datasets[0].children],
    [
      ['default', 'ofac', 'eu'],
      ['ofac', 'eu'],
    ],
  )
})

/**
 * Fields that the models of OpenSanctions' own client read (github.com/opensanctions/yente-client, python/src/
 * yente_client/models.py and _http.py, 2026), with the types that pydantic takes; those without `?` are required.
 */
const MODELS = {
  match: { query: 'object', results: 'array', total: 'object' },
  entity: {
    ...{ id: 'string', caption: 'string', schema: 'string', properties: 'object', datasets: 'array' },
    ...{ referents: 'array', target: 'boolean', score: 'number', match: 'boolean', explanations: 'object' },
    ...{ 'first_seen?': 'string', 'last_seen?': 'string', 'last_change?': 'string' },
  },
  feature: { score: 'number', 'detail?': 'string', 'query?': 'string', 'candidate?': 'string', 'weight?': 'number' },
  algorithm: { name: 'string', 'description?': 'string', 'docs?': 'object' },
  algorithms: { algorithms: 'array', default: 'string', best: 'string' },
  dataset: { name: 'string', 'title?': 'string', 'version?': 'string', 'entities_url?': 'string', load: 'boolean' },
  catalog: { datasets: 'array', current: 'array', outdated: 'array', index_stale: 'boolean' },
} as const

function holds(value: Record<string, unknown>, model: Readonly<Record<string, string>>): void {
  for (const [name, type] of Object.entries(model)) {
    const given = value[name.replace('?', '')]
    const kind = Array.isArray(given) ? 'array' : typeof given
    if (name.endsWith('?') && given == null) continue
    assert.equal(kind, type, `${name} of ${JSON.stringify(value).slice(0, 200)}`)
  }
}

test('the models of OpenSanctions’ own client are held, asked with its key header', async () => {
  const key = { authorization: `ApiKey ${token}`, 'content-type': 'application/json' }
  const body = JSON.stringify({ queries: { q: person('Ayman al-Zawahiri') } })
  const answered = await ask(origin, '/match/default', { method: 'POST', headers: key, body })
  assert.equal(answered.status, 200, answered.text)
  const { responses, limit } = JSON.parse(answered.text)
  assert.equal(typeof limit, 'number')
  holds(responses.q, MODELS.match)
  holds(responses.q.total, { value: 'number', relation: 'string' })
  assert.ok(responses.q.results.length > 0)
  for (const result of responses.q.results) {
    holds(result, MODELS.entity)
    for (const one of Object.values(result.explanations)) holds(one as Record<string, unknown>, MODELS.feature)
    for (const values of Object.values(result.properties)) assert.ok(Array.isArray(values))
  }
  const [algorithms, catalog] = await Promise.all(
    ['/algorithms', '/catalog'].map(async path => JSON.parse((await ask(origin, path, { headers: key })).text)),
  )
  holds(algorithms, MODELS.algorithms)
  for (const one of algorithms.algorithms) holds(one, MODELS.algorithm)
  holds(catalog, MODELS.catalog)
  for (const one of catalog.datasets) holds(one, MODELS.dataset)
  for (const path of ['/healthz', '/readyz']) {
    const { status, text } = await ask(origin, path, { headers: key })
    assert.deepEqual([status, typeof JSON.parse(text).status], [200, 'string'], path)
  }
  const wrong = await ask(origin, '/catalog', { headers: { authorization: 'ApiKey 0123456789abcdef0' } })
  assert.deepEqual([wrong.status, typeof JSON.parse(wrong.text).detail], [401, 'string'])
  const elsewhere = await ask(origin, '/api/v1/list/status', { headers: key })
  assert.equal(elsewhere.status, 401, 'on our own routes it is no key')
})
