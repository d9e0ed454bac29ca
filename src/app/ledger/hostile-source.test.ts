import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { asTester } from '../../../test/tester.ts'
import { Failure } from '../../std/failure.ts'
import { perform } from '../perform.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-hostile-'))
let server: Server
let url = ''
let answer: (path: string, body: string) => string = () => 'null'
const asked: string[] = []

before(async () => {
  server = createServer((request, response) => {
    asked.push(request.url!)
    let body = ''
    request.on('data', part => {
      body += String(part)
    })
    request.on('end', () => response.end(answer(request.url!, body)))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
after(() => {
  server.close()
  server.closeAllConnections()
  rmSync(folder, { recursive: true, force: true })
})

const run = <T>(name: string, input: object): Promise<T> =>
  perform(name, input, asTester(join(folder, 'data'))) as Promise<T>

const failureOf = (name: string, input: object): Promise<Failure> =>
  run(name, input).then(
    () => assert.fail(`${name} did not fail`),
    (cause: unknown) => {
      if (cause instanceof Failure) return cause
      throw cause
    },
  )

const TRON = 'TL24LCps5FKwp3PoU1MvrYrwhi5LU1tHre'
const BITCOIN = '1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq'
const ETHEREUM = `0x${'77'.repeat(20)}`
const QUESTIONS: readonly (readonly [string, object])[] = [
  ...['tron', 'ethereum', 'bitcoin'].map(network => ['ledger sync', { network }] as const),
  ...[TRON, BITCOIN].map(address => ['ledger fetch', { addresses: [address] }] as const),
  ['ledger fetch', { addresses: [ETHEREUM], network: 'ethereum' }],
  ['ledger pool', { network: 'ethereum' }],
  ['ledger pool', { network: 'bitcoin' }],
]

test('whatever JSON comes where an object is expected, it is not understood: no defect', async () => {
  const values = ['null', '[]', '[null]', '[7]', '"text"', '7', 'true', '{"toString":1}']
  const shapes = ['%', '{"jsonrpc":"2.0","id":1,"result":%}', '{"data":%}', '{"error":%}', '{"status":"0","message":%}']
  for (const value of values) {
    for (const shape of shapes) {
      answer = () => shape.replace('%', value)
      for (const [name, input] of QUESTIONS) {
        const done = await run(name, { ...input, from: url }).catch((cause: unknown) => cause)
        const isDefect = done instanceof Error && !(done instanceof Failure)
        assert.ok(!isDefect, `${name} ${JSON.stringify(input)} on ${answer('', '')}: ${(done as Error).stack}`)
      }
    }
  }
  answer = () => 'null'
  assert.equal((await failureOf('ledger sync', { network: 'tron', from: url })).name, 'Source.NotUnderstood')
})

test('an error that is a text is told', async () => {
  answer = () => '{"jsonrpc":"2.0","id":1,"error":"project ID needed"}'
  const { message } = await failureOf('ledger sync', { network: 'ethereum', from: url })
  assert.match(message, /refused eth_chainId: project ID needed$/)
})

test('no failure shows what is secret in an address, and a SOCKS proxy is not passed over', async () => {
  const before = asked.length
  for (const from of ['ftp://user:SEKRETpw@x/?apikey=SEKRETkey', 'ws://user:SEKRET@h/', 'user:SEKRET@h:8332']) {
    for (const [name, input] of QUESTIONS) {
      const failure = await failureOf(name, { ...input, from })
      assert.equal(failure.name, 'Source.NotAnAddress')
      assert.ok(!/SEKRET|wallet/.test(failure.message + failure.hint + JSON.stringify(failure.facts)), failure.message)
    }
  }
  for (const [name, input] of QUESTIONS) {
    const failure = await failureOf(name, { ...input, from: url, proxy: 'socks5://user:SEKRET@h:1' })
    assert.deepEqual([failure.name, failure.kind], ['Source.NotAProxy', 'usage'])
    assert.ok(!/SEKRET/.test(failure.message + failure.hint + JSON.stringify(failure.facts)))
  }
  assert.equal(asked.length, before)
})

test('{key} in the name of a host is refused before anything is asked', async () => {
  const before = asked.length
  for (const from of ['https://{key}.example.org/v2', 'http://user:{key}@x{key}:80/', 'tcp://{key}:50001']) {
    for (const [name, input] of QUESTIONS) {
      const failure = await failureOf(name, { ...input, from })
      assert.deepEqual([failure.name, failure.kind], ['Source.KeyInHost', 'usage'], `${name} ${from}`)
    }
  }
  assert.equal(asked.length, before)
})

test('{key} in an address is the secret, and the log does not tell it', async () => {
  const secret = join(folder, 'key.txt')
  writeFileSync(secret, "hush hush'~\n")
  answer = () => 'null'
  for (const [name, input] of QUESTIONS) {
    asked.length = 0
    await failureOf(name, { ...input, from: `${url}/v3/{key}`, secret })
    assert.match(asked[0]!, /^\/v3\/hush%20hush'~/, name)
  }
  asked.length = 0
  const both = { address: TRON, from: `${url}/{key}`, with: `${url}/{key}/2`, secret }
  assert.equal((await failureOf('ledger compare', both)).name, 'Source.NoneAnswered')
  assert.ok(asked.length >= 2 && asked.every(path => path.startsWith("/hush%20hush'~")))
  await failureOf('ledger fetch', { addresses: [TRON], from: `${url}/?token=1&k={key}`, secret })
  const { queries } = await run<{ queries: { url: string }[] }>('egress list', {})
  assert.ok(queries.length > QUESTIONS.length)
  assert.deepEqual(
    queries.filter(one => one.url.includes('hush')).map(one => one.url),
    [],
  )
})

test('spans that cannot be are usage errors', async () => {
  for (const more of [{ start: -3 }, { until: -1 }, { confirmations: -1 }, { every: 0 }, { start: 10, until: 5 }]) {
    const failure = await failureOf('ledger sync', { network: 'ethereum', from: url, ...more })
    assert.deepEqual([failure.name, failure.kind], ['Source.BadSpan', 'usage'])
  }
})
