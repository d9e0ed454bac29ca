import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { type AddressInfo, createServer as createSocketServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { asTester } from '../../../test/tester.ts'
import { ADDRESSES } from '../../../test/tron-node.ts'
import * as Instant from '../../model/instant.ts'
import type { Alert } from '../../monitor/monitor.ts'
import { perform } from '../perform.ts'
import type { AlertList } from './alert.ts'
import type { RuleTest } from './rule.ts'
import type { WatchRun } from './watch.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-monitor-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const USDT = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'
const [own, payer, listed, other] = ADDRESSES as [string, string, string, string]
const START = Date.parse('2024-05-01T00:00:00Z') / 1000

let now = START + 100 * 86_400
const run = <T>(name: string, input: object, directory = 'data', user = 'amal'): Promise<T> =>
  perform(name, input, asTester(join(folder, directory), { user, clock: () => now })) as Promise<T>

let serial = 1
/** Lines of a transfers file: who pays whom how much, hours after the start. */
const csv = (...rows: readonly [from: string, to: string, usdt: string, hours: number][]): string => {
  const lines = rows.map(([from, to, amount, hours]) => {
    const txid = (serial++).toString(16).padStart(64, '0')
    const time = new Date(1000 * (START + 3600 * hours)).toISOString().replace('.000', '')
    return `tron,USDT,${USDT},${txid},0,0,transfer,ok,${1000 + hours},${time},${from},${to},${amount}`
  })
  const path = join(folder, `transfers-${serial}.csv`)
  writeFileSync(
    path,
    `network,asset,contract,txid,txIndex,logIndex,kind,status,height,time,from,to,amount\n${lines.join('\n')}\n`,
  )
  return path
}

describe('watches and alerts', () => {
  before(async () => {
    writeFileSync(join(folder, 'list.txt'), `${listed}\n`)
    await run('list add', {
      format: 'addresses',
      file: join(folder, 'list.txt'),
      authority: 'TEST',
      published: '2024-01-01',
    })
    await run('ledger import', { file: csv([payer, own, '25', 1], [own, listed, '20', 2], [payer, other, '7', 3]) })
    await run('watch add', { target: own, reference: 'C-117', deadline: 24 })
  })

  test('each payment once, with reasons, amount, direction, deadline and the customer’s reference', async () => {
    const first = await run<WatchRun>('watch run', {})
    assert.deepEqual(
      first.raised.map(alert => [alert.rule, alert.direction, alert.amount?.value, alert.reference]),
      [
        ['any-payment@1', 'in', '25.000000', 'C-117'],
        ['any-payment@1', 'out', '20.000000', 'C-117'],
        ['listed-counterparty@1', 'out', '20.000000', 'C-117'],
      ],
    )
    const named = first.raised[2]!
    assert.equal(named.deadline, Instant.format(now + 24 * 3600))
    assert.equal(named.happenedAt, '2024-05-01T02:00:00Z')
    assert.equal(named.caip10, `tron:728126428:${own}`)
    const { usd, contract, ...amount } = named.amount!
    assert.equal(contract, 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t')
    const paid = { asset: 'USDT', network: 'tron', amount: '20000000', decimals: 6, value: '20.000000' }
    assert.deepEqual([amount, usd?.value], [paid, '20.00'])
    assert.match(
      named.because.en,
      /paid 20\.000000 USDT on 2024-05-01T02:00:00Z; rule listed-counterparty@1; authorities TEST\./,
    )
    assert.match(named.because.ar, /دفع العنوان/)
    assert.deepEqual((await run<WatchRun>('watch run', {})).raised, [])
  })

  test('what comes later is told, and nothing else again', async () => {
    await run('ledger import', { file: csv([payer, own, '3', 5]) })
    const { raised } = await run<WatchRun>('watch run', {})
    assert.deepEqual(
      raised.map(alert => alert.amount?.value),
      ['3.000000'],
    )
  })

  test('a label or listing that comes later is told of payments long past', async () => {
    writeFileSync(join(folder, 'later.txt'), `${payer}\n`)
    await run('list add', {
      format: 'addresses',
      file: join(folder, 'later.txt'),
      authority: 'LATER',
      published: '2024-01-01',
    })
    const { raised } = await run<WatchRun>('watch run', {})
    assert.deepEqual(
      raised.map(alert => [alert.rule, alert.counterparty]),
      [
        ['listed-counterparty@1', payer],
        ['listed-counterparty@1', payer],
      ],
    )
  })

  test('a disposition has its reason and a second person, who is another', async () => {
    const closed = await run<Alert>('alert close', { alert: 1, as: 'false', reason: 'own wallet' })
    assert.deepEqual([closed.status, closed.disposition?.verdict], ['closed', 'false'])
    await assert.rejects(run('alert close', { alert: 1, as: 'true', reason: 'again' }), { name: 'Alert.NotOpen' })
    const asked = { alert: 1, verdict: 'disagree', reason: 'no proof of that' }
    await assert.rejects(run('alert review', asked), { name: 'Alert.SameReviewer' })
    const opened = await run<Alert>('alert review', asked, 'data', 'badr')
    assert.deepEqual([opened.status, opened.disposition?.reviewed?.agrees, opened.events.length], ['open', false, 3])
    await assert.rejects(run('alert review', { ...asked, alert: 2 }, 'data', 'badr'), { name: 'Alert.NotClosed' })
    await assert.rejects(run('alert close', { alert: 99, as: 'true', reason: 'x' }), { name: 'Alert.Unknown' })
  })

  test('overdue is what nobody has closed by its deadline', async () => {
    now += 25 * 3600
    const late = await run<AlertList>('alert list', { overdue: true })
    assert.equal(late.of, (await run<AlertList>('alert list', { status: 'open' })).of)
  })

  test('a campaign’s watch takes in addresses that are linked later; a folder tells each address once', async () => {
    await run('campaign add', { name: 'winter' })
    await run('watch add', { target: 'winter', kind: 'campaign' })
    await run('campaign link', { name: 'winter', addresses: [other], role: 'donation' })
    const { raised } = await run<WatchRun>('watch run', {})
    // Its payer is listed by now.
    assert.deepEqual(
      raised.filter(alert => alert.watch === 'winter').map(alert => [alert.rule, alert.amount?.value]),
      [
        ['any-payment@1', '7.000000'],
        ['listed-counterparty@1', '7.000000'],
      ],
    )
    const incoming = join(folder, 'incoming')
    mkdirSync(incoming)
    await run('watch add', { target: incoming, kind: 'folder', name: 'incoming' })
    writeFileSync(join(incoming, 'post.txt'), `تبرعوا الآن: ${ADDRESSES[7]} وشكرا`)
    const told = (await run<WatchRun>('watch run', {})).raised
    assert.deepEqual(
      told.map(alert => [alert.rule, alert.address, alert.unsure?.slice(0, 6)]),
      [['publication@1', ADDRESSES[7], 'a post']],
    )
    assert.deepEqual((await run<WatchRun>('watch run', {})).raised, [])
  })

  test('rules: a proposal must be tested first; the test says how often it fires on controls', async () => {
    await assert.rejects(run('rule activate', { rule: 'structuring' }), { name: 'Rule.Untested' })
    await run('ledger import', {
      file: csv([payer, own, '9500', 10], [payer, own, '9600', 11], [payer, own, '9700', 12]),
    })
    const tested = await run<RuleTest>('rule test', { rule: 'structuring', controls: 5 })
    assert.deepEqual([tested.watched.fired, tested.hits], [1, 1])
    assert.ok(tested.controls.addresses >= 1)
    assert.ok(tested.watched.interval !== null)
    await run('rule activate', { rule: 'structuring' })
    const { raised } = await run<WatchRun>('watch run', {})
    const [alert] = raised.filter(one => one.rule === 'structuring@1')
    assert.deepEqual([alert?.txids.length, alert?.measured], [3, { transfers: 3 }])
    assert.match(alert!.because.en, /limit in US dollars 10,000/)
  })

  test('a new version of a rule is a draft, and bad rules are refused by the field', async () => {
    const path = join(folder, 'rule.json')
    const write = (rule: object) => writeFileSync(path, JSON.stringify(rule))
    const good = {
      id: 'structuring',
      indicator: 'structuring',
      source: 'ours',
      thresholds: { limitUsd: 3000, margin: 0.2, count: 2, hours: 24 },
    }
    write(good)
    const added = await run<{ version: number; state: string }>('rule add', { file: path })
    assert.deepEqual([added.version, added.state], [2, 'draft'])
    for (const wrong of [
      { ...good, id: 'A B' },
      { ...good, indicator: 'x' },
      { ...good, thresholds: {} },
      { ...good, source: '' },
      [],
      7,
    ]) {
      write(wrong as object)
      await assert.rejects(run('rule add', { file: path }), { name: 'Rule.NotUnderstood' })
    }
  })
})

describe('receivers', () => {
  const asked: { headers: IncomingHttpHeaders; body: string }[] = []
  let answer = 200
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', part => {
      body += part
    })
    request.on('end', () => {
      asked.push({ headers: request.headers, body })
      response.statusCode = answer
      response.end()
    })
  })
  const letters: string[] = []
  const mail = createSocketServer(socket => {
    let text = ''
    let inData = false
    socket.write('220 test\r\n')
    socket.on('error', () => {})
    socket.on('data', part => {
      text += part.toString()
      if (inData) {
        if (!text.endsWith('\r\n.\r\n')) return
        letters.push(text)
        inData = false
      } else if (/^DATA/im.test(text)) {
        inData = true
        text = ''
        socket.write('354 go on\r\n')
        return
      }
      if (/^QUIT/im.test(text)) socket.end('221 bye\r\n')
      else socket.write(/^EHLO/im.test(text) ? '250-test\r\n250 8BITMIME\r\n' : '250 ok\r\n')
      text = ''
    })
  })
  const port = (one: { address(): unknown }): number => (one.address() as AddressInfo).port

  before(async () => {
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
    await new Promise<void>(done => mail.listen(0, '127.0.0.1', done))
    writeFileSync(join(folder, 'key'), 'the secret\n')
    const hook = { kind: 'webhook', target: `http://127.0.0.1:${port(server)}/athar`, secret: join(folder, 'key') }
    await run('receiver add', { name: 'desk', ...hook }, 'told')
    await run('receiver add', { name: 'log', kind: 'file', target: join(folder, 'alerts.jsonl') }, 'told')
    const server_ = `smtp://127.0.0.1:${port(mail)}`
    await run('receiver add', { name: 'letter', kind: 'mail', target: 'desk@example.org', server: server_ }, 'told')
    await run('watch add', { target: own }, 'told')
  })
  after(() => {
    server.close()
    mail.close()
  })

  test('a message is signed over its id, its time and its body', async () => {
    await run('ledger import', { file: csv([payer, own, '1', 1]) }, 'told')
    await run('watch run', {}, 'told')
    const [one] = asked
    const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature } = one!.headers
    const expected = createHmac('sha256', 'the secret').update(`${id}.${at}.${one!.body}`).digest('hex')
    assert.equal(signature, `v1,${expected}`)
    assert.equal((JSON.parse(one!.body) as { alert: Alert }).alert.amount.value, '1.000000')
    assert.equal(readFileSync(join(folder, 'alerts.jsonl'), 'utf8').trim().split('\n').length, 1)
    assert.match(letters[0]!, /To: desk@example\.org/)
    assert.match(letters[0]!, /Subject: Athar: alert 1-0/)
  })

  test('while a receiver is down nothing is lost, nothing comes twice elsewhere, and the order stays', async () => {
    asked.length = 0
    answer = 503
    await run('ledger import', { file: csv([payer, own, '2', 2], [payer, own, '3', 3]) }, 'told')
    const failed = await run<WatchRun>('watch run', { noEgress: false }, 'told')
    assert.match(failed.delivered.find(one => one.receiver === 'desk')!.why!, /status 503|come back later/)
    answer = 200
    const soon = await run<{ receivers: { receiver: string; delivered: number }[] }>('receiver run', {}, 'told')
    assert.equal(soon.receivers.find(one => one.receiver === 'desk')!.delivered, 1)
    now += 31
    asked.length = 0
    await run('receiver run', {}, 'told')
    now += 7 * 3600
    await run('receiver run', {}, 'told')
    assert.deepEqual(readFileSync(join(folder, 'alerts.jsonl'), 'utf8').trim().split('\n').length, 3)
    const due = await run<{ receivers: { delivered: number }[] }>('receiver run', {}, 'told')
    assert.ok(due.receivers.every(one => one.delivered === 0))
  })

  test('forbidden queries: files are written, nothing leaves, and it stays due', async () => {
    await run('ledger import', { file: csv([payer, own, '4', 4]) }, 'told')
    const held = await run<WatchRun>('watch run', { noEgress: true }, 'told')
    const told = new Map(held.delivered.map(one => [one.receiver, one]))
    assert.deepEqual(
      [told.get('log')!.delivered, told.get('desk')!.delivered, told.get('letter')!.delivered],
      [1, 0, 0],
    )
    now += 31
    const later = await run<{ receivers: { receiver: string; delivered: number }[] }>('receiver run', {}, 'told')
    assert.deepEqual(
      later.receivers
        .filter(one => one.delivered === 1)
        .map(one => one.receiver)
        .sort(),
      ['desk', 'letter'],
    )
  })
})
