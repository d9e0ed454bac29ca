import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import * as Address from '../../chain/address.ts'
import * as Key from '../../chain/key.ts'
import { perform, type Setting } from '../perform.ts'
import type { TraceAnswer } from './trace.ts'
import { printTrace } from './trace-print.ts'

const directory = mkdtempSync(join(tmpdir(), 'athar-crossing-'))
after(() => rmSync(directory, { recursive: true }))

const setting: Setting = {
  ...{ directory: join(directory, 'data'), user: 'test', clock: () => 1_800_000_000, progress: () => undefined },
  signal: new AbortController().signal,
}

const tron = (n: number) => Address.fromKey('tron', Key.TRON, new Uint8Array(20).fill(n)).address
const evm = (n: number) => `0x${n.toString(16).padStart(2, '0').repeat(20)}`
const [ORIGIN, GATE, DOOR, HEIR] = [tron(1), tron(2), evm(3), evm(4)]
const USDT = { tron: 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t', ethereum: '0xdac17f958d2ee523a2206206994597c13d831ec7' }

const HEAD = 'network,txid,height,time,from,to,amount,asset,contract'
const row = (network: keyof typeof USDT, n: number, time: string, from: string, to: string, amount: string) => {
  const txid = `${network === 'ethereum' ? '0x' : ''}${n.toString(16).padStart(64, '0')}`
  return [network, txid, 100 + n, `2024-01-01T${time}Z`, from, to, amount, 'USDT', USDT[network]].join(',')
}

const PACK = `---
title: Bridges
creator: test
tags:
  - address: ${GATE}
    currency: TRX
    network: TRX
    label: Span
    actor: span
    source: https://example.org/span
    category: defi_bridge
    confidence: web_crawl
  - address: "${DOOR}"
    currency: ETH
    network: ETH
    label: Span
    actor: span
    source: https://example.org/span
    category: defi_bridge
    confidence: web_crawl
`

test('value that stops at a bridge: the one release that fits is named beside, and no sum changes', async () => {
  const [file, pack] = [join(directory, 'transfers.csv'), join(directory, 'pack.yaml')]
  const rows = [
    row('tron', 1, '00:00:00', tron(9), ORIGIN, '500'),
    row('tron', 2, '01:00:00', ORIGIN, GATE, '500'),
    row('ethereum', 3, '01:20:00', DOOR, HEIR, '498.5'),
    row('ethereum', 4, '01:30:00', DOOR, evm(8), '200'),
  ]
  writeFileSync(file, [HEAD, ...rows].join('\n'))
  writeFileSync(pack, PACK)
  await perform('ledger import', { file }, setting)
  await perform('list add', { format: 'tagpack', file: pack }, setting)
  const answer = (await perform('trace', { origin: [ORIGIN] }, setting)) as TraceAnswer
  assert.equal(answer.conserved, true)
  assert.deepEqual(
    answer.methods['fifo']!.reached.map(one => [one.address, one.amount.amount, one.stoppedBecause]),
    [[GATE, '500000000', 'contract']],
  )
  const text = printTrace(answer)
  assert.match(
    text,
    new RegExp(`500.000000 USDT from ${ORIGIN} crossed by span to ethereum: 498.500000 USDT at ${HEIR}`),
  )
  assert.match(text, /1200 s later; inferred/)
  const [one, ...more] = answer.crossings!
  assert.deepEqual(more, [])
  assert.deepEqual(
    [one!.protocol, one!.seconds, one!.grade, one!.rule],
    ['span', 1200, 'inferred', { seconds: 21_600, leastShare: '0.99' }],
  )
  assert.deepEqual([one!.paid!.address, one!.paid!.contract, one!.paid!.amount.value], [ORIGIN, GATE, '500.000000'])
  assert.deepEqual(
    [one!.released!.address, one!.released!.contract, one!.released!.amount.value],
    [HEIR, DOOR, '498.500000'],
  )
  const back = (await perform('trace', { origin: [HEIR], direction: 'backward' }, setting)) as TraceAnswer
  assert.deepEqual([back.conserved, back.onward], [true, undefined])
  assert.deepEqual(
    back.crossings!.map(own => [own.paid, own.released, own.seconds, own.grade, own.source]),
    [[one!.paid, one!.released, 1200, 'inferred', null]],
  )
  assert.match(printTrace(back), /From other networks, their way there in no sum above:/)
})
