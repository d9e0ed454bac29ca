import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { asTester } from '../../../test/tester.ts'
import { prices } from '../../ledger/ledger.ts'
import { openReader } from '../../store/store.ts'
import { perform } from '../perform.ts'
import type { Priced } from './price.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-price-'))
let server: Server
let url = ''
let answer = ''
let status = 200

before(async () => {
  server = createServer((_, response) => {
    response.statusCode = status
    response.end(answer)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/prices?key={key}`
})
after(() => {
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

const run = <T>(name: string, input: object, directory = 'data'): Promise<T> =>
  perform(name, input, asTester(join(folder, directory))) as Promise<T>

const read = (said: string, directory = 'data', more: object = {}): Promise<Priced> => {
  answer = said
  return run<Priced>('ledger price', { asset: 'BTC', from: url, ...more }, directory)
}

const DAY = 86_400_000
const START = Date.parse('2024-01-01')

test('the first price of each day, digit by digit, its source the answer itself; a key stays secret', async () => {
  const said = `{"prices":[[${START},42000.123456789012345678],[${START + 3_600_000},43000],[${START + DAY},4.3e4],
    [${START + 2 * DAY},1.25e-3]],"market_caps":[[1,2.5]]}`
  const secret = join(folder, 'key.txt')
  writeFileSync(secret, 'hush-hush\n')
  const priced = await read(said, 'data', { secret })
  assert.deepEqual([priced.days, priced.added, priced.first, priced.missing], [3, 3, '2024-01-01', []])
  const store = openReader(join(folder, 'data'))
  try {
    const known = prices(store)
    const days = ['2024-01-01', '2024-01-02', '2024-01-03', '2024-01-04']
    assert.deepEqual(
      days.map(day => known.on('BTC', day)?.usd),
      ['42000.123456789012345678', '43000', '0.00125', undefined],
    )
    const { source } = known.on('BTC', '2024-01-01')!
    assert.equal(new TextDecoder().decode(store.files.get(source)), said)
  } finally {
    store.close()
  }
  const { queries } = await run<{ queries: { url: string; operation: string; note: string }[] }>('egress list', {})
  assert.deepEqual([queries.length, queries[0]!.operation, queries[0]!.note], [1, 'ledger price', 'answered'])
  assert.equal(queries[0]!.url.includes('hush'), false)
})

test('a CSV address is the same as a CSV file', async () => {
  const priced = await read('date,usd\n2024-01-01,1.5\n2024-01-02,1.6\n', 'csv')
  assert.deepEqual([priced.added, priced.provider === null], [2, false])
})

test('days left out are named and not filled in', async () => {
  const priced = await read(`{"prices":[[${START},1],[${START + 3 * DAY},2]]}`, 'gap')
  assert.deepEqual(priced.missing, ['2024-01-02', '2024-01-03'])
  assert.equal(priced.days, 2)
})

test('lies are refused whole: negative, zero, NaN, null, text, backwards, another shape, another asset', async () => {
  const day = (usd: string): string => `{"prices":[[${START},1],[${START + DAY},${usd}]]}`
  for (const said of [
    ...[day('-1'), day('0'), day('0.0'), day('NaN'), day('null'), day('"2"'), '{"prices":{}}', '{}'],
    ...[`{"prices":[[${START},1],[${START - DAY},1]]}`, `{"prices":[[${START}]]}`, '{"prices":[[-5,1]]}', '{'],
  ]) {
    await assert.rejects(read(said, 'lies'), { name: 'Source.NotUnderstood' }, said)
  }
  for (const said of [
    day('1e99'),
    'date,usd\n2024-01-01,-1\n',
    'date,usd\n2024-01-01,NaN\n',
    'date,usd\n2024-13-01,1\n',
  ]) {
    await assert.rejects(read(said, 'lies'), { name: 'Prices.BadRow' }, said)
  }
  await assert.rejects(read('<html>', 'lies'), { name: 'Prices.MissingColumn' })
  await read(`{"prices":[[${START},40000],[${START + DAY},41000]]}`, 'lies')
  await assert.rejects(read(`{"prices":[[${START},2200],[${START + DAY},2300]]}`, 'lies'), {
    name: 'Prices.OtherAsset',
  })
  status = 403
  await assert.rejects(read('{}', 'lies'), { name: 'Source.Denied' })
  status = 200
  await assert.rejects(read('{}', 'lies', { noEgress: true }), { name: 'Source.NoEgress' })
  await assert.rejects(run('ledger price', { asset: 'BTC' }), { name: 'Prices.WhichSource' })
})
