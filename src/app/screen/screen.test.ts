import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { EVM, log } from '../../../test/list-files.ts'
import { fromKey } from '../../chain/address.ts'
import { P2PKH, TRON } from '../../chain/key.ts'
import { fixedClock } from '../../std/clock.ts'
import { perform, performRows } from '../perform.ts'
import type { ScreenResult } from './result.ts'
import type { ScreenAnswer } from './screen.ts'
import { screen } from './screen.ts'
import { printScreen } from './screen-print.ts'
import type { TriageAnswer } from './triage.ts'

/** Screening and triage over a real store: a list of addresses, tags, and transfers from files. */

const directory = mkdtempSync(join(tmpdir(), 'athar-screen-'))
const file = (name: string) => join(directory, name)
after(() => rmSync(directory, { recursive: true }))

// Made up: nobody's addresses.
const [LISTED, PAYER] = [1, 2].map(n => fromKey('tron', TRON, new Uint8Array(20).fill(n)).address) as [string, string]
const USDT = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'
const UNTOUCHED = fromKey('bitcoin', P2PKH, new Uint8Array(20).fill(3)).address

function run<T>(name: string, input: object, data = file('data'), at = '2026-11-21T00:00:00Z'): Promise<T> {
  const clock = fixedClock(Date.parse(at) / 1000)
  const signal = new AbortController().signal
  return perform(name, input, { directory: data, user: 'tester', clock, progress: () => {}, signal }) as Promise<T>
}

async function ask(input: object, data?: string): Promise<readonly ScreenResult[]> {
  return (await run<ScreenAnswer>('screen', input, data)).results
}

before(async () => {
  writeFileSync(file('list.txt'), `${LISTED}\n`)
  await run('list add', { format: 'addresses', file: file('list.txt'), authority: 'NBCTF', published: '2026-01-01' })
  const transfers = [
    'network,asset,contract,txid,txIndex,logIndex,kind,status,height,time,from,to,amount',
    `tron,USDT,${USDT},${'a1'.repeat(32)},0,0,transfer,ok,100,2026-02-01T00:00:00Z,,${PAYER},100`,
    `tron,USDT,${USDT},${'a2'.repeat(32)},0,0,transfer,ok,101,2026-02-02T00:00:00Z,${PAYER},${LISTED},40`,
  ]
  writeFileSync(file('transfers.csv'), `${transfers.join('\n')}\n`)
  await run('ledger import', { file: file('transfers.csv') })
})

test('with nothing loaded every answer is "not checked"', async () => {
  const [one] = await ask({ address: [LISTED] }, file('empty'))
  assert.equal(one!.status, 'not-checked')
  assert.deepEqual([one!.listing.status, one!.exposureStatus], ['not-checked', 'not-checked'])
  assert.deepEqual([one!.coverage!.lists, one!.coverage!.transactionsRead], [[], null])
})

test('listed, in contact with the listed, and without finding: each with what was checked', async () => {
  const results = await ask({ address: [LISTED, PAYER, UNTOUCHED] })
  assert.deepEqual(
    results.map(({ status, listing, exposureStatus }) => [status, listing.status, exposureStatus]),
    [
      ['listed', 'listed', 'no-finding'],
      ['direct', 'not-listed', 'direct'],
      ['no-finding', 'not-listed', 'not-checked'],
    ],
  )
  const [out] = results[1]!.exposure
  assert.deepEqual(
    { ...out, because: out!.because.length },
    {
      ...{ category: 'terrorist-financing', relation: 'direct', direction: 'out', hops: 1, share: 0.4 },
      ...{ method: 'haircut', range: [0.4, 0.4], robust: true, raises: true, because: 1 },
      ...{ least: 0.4, fragile: false },
      listed: { now: true, atPayment: true },
      amount: {
        ...{ asset: 'USDT', network: 'tron', contract: USDT, amount: '40000000', decimals: 6, value: '40.000000' },
        ...{ usd: null, usdReason: 'no price of USDT on 2026-02-02' },
      },
    },
  )
  const { risk, policy } = results[1]!
  assert.deepEqual(
    risk.rules.map(({ id, version, threshold, value, score }) => ({ id, version, threshold, value, score })),
    [{ id: 'direct-out', version: '1', threshold: 0, value: 0.4, score: 90 }],
  )
  assert.equal(risk.score, 90)
  assert.match(risk.rules[0]!.because.en, /^Direct contact \(outgoing\) with terrorist financing: 40\.00%/)
  assert.match(policy!.digest, /^[0-9a-f]{64}$/)
  assert.deepEqual(results[2]!.risk, { score: null, rules: [] })
  const { network, transactionsRead, lists } = results[1]!.coverage!
  assert.deepEqual([network, transactionsRead, lists.map(list => list.authority)], ['tron', 2, ['NBCTF']])
  assert.doesNotMatch(JSON.stringify(results), /clean/i)
})

test('an invalid address is a result of its own, with the reason; the others are answered', async () => {
  const results = await ask({ address: ['nonsense', `${LISTED.slice(0, -1)}x`, LISTED] })
  assert.deepEqual(
    results.map(one => one.status),
    ['invalid', 'invalid', 'listed'],
  )
  assert.equal(results[1]!.reason, 'checksum')
})

test('as of a day before the listing it was not listed; known before the import nothing was known', async () => {
  const [before_] = await ask({ address: [LISTED], asOf: '2025-12-31' })
  assert.equal(before_!.listing.status, 'not-listed')
  const [unknown] = await ask({ address: [LISTED], knownAt: '2026-06-01' })
  assert.equal(unknown!.listing.status, 'not-checked')
})

test('a CAIP-10 text and the plain one give the same address', async () => {
  const [plain, caip] = await ask({ address: [LISTED, `tron:728126428:${LISTED}`] })
  assert.deepEqual([caip!.address, caip!.caip10, caip!.status], [LISTED, plain!.caip10, 'listed'])
})

test('CAIP-10 of another EVM chain is answered as that chain, the key listed elsewhere as a note', async () => {
  const key = `0x${'5a'.repeat(20)}`
  writeFileSync(file('evm.csv'), `address,network\n${key},ethereum\n`)
  await run('list add', { format: 'addresses', file: file('evm.csv'), authority: 'Unit 5', published: '2026-01-01' })
  const asked = ['eip155:137', 'eip155:1', 'eip155:56', 'eip155:999999', 'eip155:61'].map(id => `${id}:${key}`)
  const results = await ask({ address: [...asked, 'eip155:999999:0x12', 'eip155:01:0x12'] })
  assert.deepEqual(
    results.map(one => [one.network, one.caip10, one.status, one.listing.status, one.reason]),
    [
      ['polygon', asked[0], 'no-finding', 'not-listed', null],
      ['ethereum', asked[1], 'listed', 'listed', null],
      ['bsc', asked[2], 'no-finding', 'not-listed', null],
      ['eip155:999999', asked[3], 'not-checked', 'not-checked', 'network'],
      ['ethereum-classic', asked[4], 'not-checked', 'not-checked', 'network'],
      [null, null, 'invalid', 'not-checked', 'network'],
      [null, null, 'invalid', 'not-checked', 'network'],
    ],
  )
  assert.equal(results[0]!.notes[0], 'The same key is listed on ethereum by Unit 5 as “Unit 5”.')
  assert.equal(results[3]!.notes[1], 'The same key is listed on ethereum by Unit 5 as “Unit 5”.')
  assert.equal(results[3]!.notes[0], 'Athar does not read eip155:999999: neither lists nor contacts were checked.')
  const shown = await run<{ network: string; networks: string[] }>('address show', { address: asked[0] })
  assert.deepEqual([shown.network, shown.networks], ['polygon', ['polygon']])
  const triaged = await run<TriageAnswer>('triage', { subject: [asked[0]] })
  assert.deepEqual([triaged.addresses[0]!.network, triaged.addresses[0]!.status], ['polygon', 'no-finding'])
  const [tron] = await ask({ address: [`tron:0x2b6653dc:${LISTED}`] })
  assert.deepEqual([tron!.status, tron!.caip10], ['listed', `tron:728126428:${LISTED}`])
})

test('listed on a chain that is not read: found by its text; listed nowhere it is not invalid', async () => {
  // From OFAC's list of 2025-11-19: of Monero (XMR), Bitcoin Cash (BCH), XRP; and the example of SEP-23 (Stellar).
  const monero = '884Bz8UH63aYsjVdkfWfScRYWZGGNbjFL7pztqvWNSrtYT4reFSwyvkCj9KEGUtheHhhMUj87ciTBFyzoesrMJ4L1FvSoxL'
  const cash = 'qpf2cphc5dkuclkqur7lhj2yuqq9pk3hmukle77vhq'
  const ripple = 'rnXyVQzgxZe7TR1EPzTkGj2jxH4LMJYh66'
  const stellar = 'GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ'
  writeFileSync(
    file('far.csv'),
    `address,network,entity,listed\n${monero},XMR,A,2020-01-01\n${cash},BCH,B,2020-01-01\n${ripple},XRP,C,2020-01-01\n`,
  )
  await run('list add', { format: 'addresses', file: file('far.csv'), authority: 'Unit 9', published: '2026-02-01' })
  const results = await ask({
    address: [monero, cash, `bitcoincash:${cash}`, ripple, stellar, `${monero.slice(0, -1)}M`],
  })
  assert.deepEqual(
    results.map(one => [one.network, one.status, one.listing.status, one.exposureStatus, one.designations.length]),
    [
      ['monero', 'listed', 'listed', 'not-checked', 1],
      ['bitcoin-cash', 'listed', 'listed', 'not-checked', 1],
      ['bitcoin-cash', 'listed', 'listed', 'not-checked', 1],
      ['ripple', 'listed', 'listed', 'not-checked', 1],
      ['stellar', 'no-finding', 'not-listed', 'not-checked', 0],
      [null, 'invalid', 'not-checked', 'not-checked', 0],
    ],
  )
  assert.deepEqual(results[0]!.notes, ['Athar does not read monero: contacts were not checked.'])
  assert.equal(results[0]!.designations[0]!.network, 'monero')
  const [before_] = await ask({ address: [monero], asOf: '2019-12-31' })
  assert.deepEqual([before_!.status, before_!.listing.status], ['no-finding', 'not-listed'])
  const triaged = await run<TriageAnswer>('triage', { subject: [monero] })
  assert.deepEqual([triaged.addresses[0]!.network, triaged.addresses[0]!.status], ['monero', 'listed'])
})

test('a reference of a customer that is no line, and a period that runs backwards, are refused', async () => {
  for (const customer of ['', 'x'.repeat(201), 'a\nb', 'a\u202eb']) {
    await assert.rejects(ask({ address: [LISTED], customer }), { name: 'Screen.BadCustomer' })
  }
  const backwards = { authority: 'NBCTF', from: '2026-02-01', to: '2026-01-01' }
  await assert.rejects(run('list diff', backwards), { name: 'List.BadPeriod' })
})

test('text says in words what is certain of an exposure, and what is fragile', async () => {
  const [found] = await ask({ address: [PAYER] })
  const out = found!.exposure[0]!
  const text = printScreen({ results: [{ ...found!, exposure: [out, { ...out, least: 0, fragile: true }] }] })
  assert.match(
    text,
    /direct, 40\.00% out \(40\.00–40\.00% by method\), at least 40\.00% whatever others paid on the way\n/,
  )
  assert.match(text, /by method\), perhaps nothing; fragile, so it raises no status by itself\n/)
})

test('a file is read line by line: comments, empty lines and a byte order mark are passed over', async () => {
  writeFileSync(file('ask.txt'), `\ufeff${LISTED}\r\n\n# a note\n ${PAYER} `)
  const rows: ScreenResult[] = []
  const setting = {
    ...{ directory: file('data'), user: 'tester', clock: fixedClock(1_795_000_000), progress: () => {} },
    signal: new AbortController().signal,
  }
  await performRows(screen, { file: file('ask.txt') }, setting, row => rows.push(row as ScreenResult))
  assert.deepEqual(
    rows.map(row => row.address),
    [LISTED, PAYER],
  )
})

test('dollars at the day of the payment, with the file that says the price', async () => {
  const data = file('priced')
  await run(
    'list add',
    { format: 'addresses', file: file('list.txt'), authority: 'NBCTF', published: '2026-01-01' },
    data,
  )
  await run('ledger import', { file: file('transfers.csv') }, data)
  writeFileSync(file('usdt.csv'), 'date,usd\n2026-02-02,0.999\n')
  await run('ledger price', { file: file('usdt.csv'), asset: 'USDT' }, data)
  const [one] = await ask({ address: [PAYER] }, data)
  const { usd } = one!.exposure[0]!.amount!
  assert.deepEqual([usd!.value, usd!.basis], ['39.96', 'transaction-day'])
})

test('a policy of one’s own is named in the answer; half a policy is refused', async () => {
  const { standardPolicy } = await import('../../exposure/exposure.ts')
  const own = { ...standardPolicy, version: 'ours 1', categories: [{ category: 'mixer', weight: 50, source: 'us' }] }
  writeFileSync(file('policy.json'), JSON.stringify(own))
  const [one] = await ask({ address: [PAYER], policy: file('policy.json') })
  assert.deepEqual([one!.status, one!.exposureStatus, one!.policy!.version], ['no-finding', 'no-finding', 'ours 1'])
  assert.deepEqual(one!.risk, { score: null, rules: [] })
  const { rules: _, ...half } = own
  writeFileSync(file('half.json'), JSON.stringify(half))
  await assert.rejects(ask({ address: [PAYER], policy: file('half.json') }), {
    name: 'Policy.Malformed',
    kind: 'input',
  })
  await assert.rejects(ask({ address: [PAYER], policy: file('none.json') }), { name: 'Policy.Unreadable' })
})

test('a key on several networks: the listing first, then the ledger that shows it; others are named', async () => {
  const [listed, labelled] = [7, 8].map(n => `0x${String(n).repeat(40)}`) as [string, string]
  const data = file('evm')
  const rows = [
    'network,asset,contract,txid,txIndex,logIndex,kind,status,height,time,from,to,amount',
    `bsc,BNB,,0x${'b1'.repeat(32)},0,0,transfer,ok,5,2026-02-01T00:00:00Z,${listed},${labelled},2`,
  ]
  writeFileSync(file('bsc.csv'), `${rows.join('\n')}\n`)
  await run('ledger import', { file: file('bsc.csv') }, data)
  writeFileSync(file('eth.csv'), `address,network\n${listed},ethereum\n`)
  await run('list add', { format: 'addresses', file: file('eth.csv'), authority: 'A', published: '2026-01-01' }, data)
  const [first, second] = await ask({ address: [listed, labelled] }, data)
  assert.deepEqual([first!.network, first!.status], ['ethereum', 'listed'])
  assert.ok(
    first!.notes.some(note =>
      note.includes(`On bsc the ledger shows it too; for an answer ask for eip155:56:${listed}`),
    ),
  )
  assert.equal(second!.network, 'bsc')
})

test('wrong questions are refused by name', async () => {
  await assert.rejects(ask({}), { name: 'Screen.NothingAsked', kind: 'usage' })
  await assert.rejects(ask({ address: [LISTED], hops: 21 }), { name: 'Screen.BadHops' })
  await assert.rejects(ask({ address: [LISTED], asOf: '2026-02-30' }), { name: 'Input.BadTime' })
  await assert.rejects(ask({ file: file('none.txt') }), { name: 'File.Unreadable', kind: 'missing' })
})

test('triage of a post: its addresses, what the ledger shows, what was not checked, the next step', async () => {
  writeFileSync(file('post.txt'), `تبرعوا على العنوان ${PAYER} أو t.me/example_channel`)
  const triage = await run<TriageAnswer>('triage', { subject: [file('post.txt')] })
  assert.deepEqual(triage.posts[0]!.addresses, [PAYER])
  const [one] = triage.addresses
  assert.deepEqual([one!.status, one!.frozen.status, one!.seenBefore], ['direct', 'not-checked', []])
  assert.deepEqual(
    one!.balance!.map(({ value, asset }) => `${value} ${asset}`),
    ['60.000000 USDT'],
  )
  assert.equal(one!.lastOutflow!.txid, 'a2'.repeat(32))
  assert.match(one!.next.en, /freeze/)
  assert.ok(triage.notChecked.length > 0)
})

test('triage tells a post that was sealed before, and an address that stands in it', async () => {
  await run('capture add', { paths: [file('post.txt')] })
  const triage = await run<TriageAnswer>('triage', { subject: [file('post.txt')] })
  assert.equal(triage.posts[0]!.seenBefore.length, 1)
  assert.equal(triage.addresses[0]!.seenBefore[0]!.sha256, triage.posts[0]!.sha256)
})

test('triage says who froze an address, who did not, and where nobody looked', async () => {
  const data = file('frozen')
  writeFileSync(
    file('freezes.json'),
    JSON.stringify({ result: [log('added', EVM, 100, Date.parse('2026-03-01') / 1000)] }),
  )
  await run('list add', { format: 'issuer-freezes', file: file('freezes.json') }, data)
  const other = `0x${'5c'.repeat(20)}`
  const triage = await run<TriageAnswer>('triage', { text: [EVM, other, PAYER] }, data)
  assert.deepEqual(
    triage.addresses.map(({ frozen }) => [
      frozen.status,
      frozen.holds.map(({ by, asset, stage, at }) => [by, asset, stage, at]),
    ]),
    [
      ['frozen', [['Tether', 'USDT', 'effective', '2026-03-01T00:00:00Z']]],
      ['not-frozen', []],
      ['not-checked', []],
    ],
  )
  assert.ok(triage.notChecked.includes('Freezes by issuers on tron: none are loaded (athar list add issuer-freezes).'))
})

test('triage: the nearest service, the deposit address inferred before it, and none for a service itself', async () => {
  const [A, OWN, DEPOSIT, SERVICE] = [11, 12, 13, 14].map(
    n => fromKey('tron', TRON, new Uint8Array(20).fill(n)).address,
  ) as [string, string, string, string]
  const data = file('cash')
  const row = (n: number, from: string, to: string) =>
    `tron,USDT,${USDT},${String(n).repeat(64)},0,0,transfer,ok,${n},2026-02-0${n}T00:00:00Z,${from},${to},50`
  const head = 'network,asset,contract,txid,txIndex,logIndex,kind,status,height,time,from,to,amount'
  writeFileSync(
    file('cash.csv'),
    `${[head, row(1, OWN, A), row(2, A, DEPOSIT), row(3, DEPOSIT, SERVICE)].join('\n')}\n`,
  )
  await run('ledger import', { file: file('cash.csv') }, data)
  const rest = `address: ${SERVICE}, confidence: service_data, source: s, lastmod: 2026-01-01`
  const tag = `title: T\ncreator: C\ntags:\n- {label: an exchange, currency: USDT, category: exchange, ${rest}}\n`
  writeFileSync(file('services.yaml'), tag)
  await run('list add', { format: 'tagpack', file: file('services.yaml') }, data)
  const triage = await run<TriageAnswer>('triage', { text: [A, SERVICE] }, data)
  const { nearestDeposit } = triage.addresses[0]!
  assert.deepEqual([nearestDeposit!.address, nearestDeposit!.hops], [SERVICE, 2])
  assert.deepEqual(nearestDeposit!.inferred, [{ address: DEPOSIT, grade: 'inferred', forwardsOnly: true }])
  assert.equal(triage.addresses[1]!.nearestDeposit, null)
})

test('triage of an address whose ledger was not read says to read it, and gives no zero', async () => {
  const triage = await run<TriageAnswer>('triage', { text: [UNTOUCHED] })
  assert.deepEqual([triage.addresses[0]!.balance, triage.addresses[0]!.nearestDeposit], [null, null])
  assert.match(triage.addresses[0]!.next.en, /^Read the ledger of bitcoin/)
  await assert.rejects(run('triage', { text: ['nothing to see'] }), { name: 'Triage.NothingFound' })
})
