import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Hex } from 'viem'
import { type Anvil, skip } from '../../../test/anvil.ts'
import { startExplorer } from '../../../test/explorer.ts'
import {
  DOLLAR,
  MESSENGER,
  MESSENGER_2,
  NOBODY,
  number,
  PLENTY,
  POOL,
  startTwoChains,
  TRANSMITTER,
  TRANSMITTER_2,
  type TwoChains,
  wide,
} from '../../../test/two-chains.ts'
import { fixedClock } from '../../std/clock.ts'
import { perform } from '../perform.ts'
import type { TraceAnswer } from './trace.ts'
import { printTrace } from './trace-print.ts'

/**
 * Bridges over two chains of two real nodes, with contracts in the published shapes at the published addresses: what
 * both sides tell is followed from one ledger into the other, and nothing else is.
 */
const folder = mkdtempSync(join(tmpdir(), 'athar-bridge-'))
after(() => rmSync(folder, { recursive: true, force: true }))

describe('crossings, over two EVM nodes', { skip }, () => {
  let world: TwoChains = undefined as never
  let [here, there]: [Anvil, Anvil] = [undefined as never, undefined as never]
  let { stranger, given, deposit, relayOf, fill, deposits }: TwoChains = {} as never
  let now = 1_900_000_000
  const run = <T>(name: string, input: object): Promise<T> =>
    perform(name, input, {
      ...{ directory: join(folder, 'data'), user: 'tester', clock: fixedClock(now++), progress: () => {} },
      signal: new AbortController().signal,
    }) as Promise<T>
  const sync = async (): Promise<void> => {
    await run('ledger sync', { network: 'ethereum', from: here.url })
    await run('ledger sync', { network: 'base', from: there.url })
  }
  const trace = async (origin: string, more: object = {}): Promise<TraceAnswer> => {
    await sync()
    return run('trace', { origin: [origin], network: 'ethereum', ...more })
  }
  const rowsOf = (answer: TraceAnswer['methods'][string]): unknown[] =>
    answer.reached.map(row => [row.address, row.amount.amount, row.stoppedBecause, row.hops])

  before(async () => {
    world = await startTwoChains()
    ;({ here, there, stranger, given, deposit, relayOf, fill, deposits } = world)
  })
  after(() => world.stop())

  test('Across: a deposit here and a fill there are one edge; each method carries its own share over', async () => {
    const { donor, payer } = await given(2, 600n)
    await here.send('Dollar', DOLLAR.ethereum, 'mint', [payer, 400n])
    const [heir, next] = [there.accounts[3]!.toLowerCase() as Hex, stranger()]
    const id = await deposits()
    await deposit(payer, heir, 1000n, 990n)
    await fill(POOL.base, relayOf(id, payer, heir, 1000n, 990n))
    await there.send('Dollar', DOLLAR.base, 'transfer', [next, 495n], { from: heir })
    const answer = await trace(donor)
    assert.equal(answer.conserved, true)
    assert.deepEqual(rowsOf(answer.methods['haircut']!), [[POOL.ethereum, '600', 'contract', 2]])
    const [one, ...more] = answer.crossings!
    assert.deepEqual(more, [])
    assert.deepEqual(
      [one!.protocol, one!.name, one!.grade, one!.id, one!.destination],
      ['across', 'Across', 'proven', `1:${id}`, { chain: '8453', network: 'base', address: heir }],
    )
    assert.deepEqual(
      [one!.paid!.address, one!.paid!.contract, one!.paid!.amount.amount],
      [payer, POOL.ethereum, '1000'],
    )
    assert.deepEqual(
      [one!.released!.network, one!.released!.address, one!.released!.contract, one!.released!.amount.amount],
      ['base', heir, POOL.base, '990'],
    )
    for (const method of ['fifo', 'lowestBalance']) {
      const { from, to } = one!.carried![method]!
      assert.deepEqual([from.amount, to.amount], ['600', '594'])
    }
    const [onward, ...others] = answer.onward!
    assert.deepEqual(others, [])
    assert.deepEqual(
      [onward!.network, onward!.conserved, onward!.crossings],
      ['base', true, [{ protocol: 'across', id: `1:${id}` }]],
    )
    const there_ = onward!.methods
    assert.deepEqual(
      there_['haircut']!.total.map(total => total.amount),
      ['594'],
    )
    assert.deepEqual(rowsOf(there_['haircut']!), [
      [heir, '297', 'unspent', 3],
      [next, '297', 'unspent', 4],
    ])
    assert.deepEqual(rowsOf(there_['tiho']!), [
      [heir, '99', 'unspent', 3],
      [next, '495', 'unspent', 4],
    ])
    assert.deepEqual(rowsOf(onward!.lowestBalance!), [
      [heir, '495', 'unspent', 3],
      [next, '99', 'unspent', 4],
    ])
    const text = printTrace(answer)
    assert.match(text, new RegExp(`crossed by Across \\(1:${id}\\).* to base.*${heir}`))
  })

  test('not filled, filled by an impostor, for another sum, or from another chain: told, and not gone on', async () => {
    const { donor, payer } = await given(3, 100n)
    const heir = stranger()
    const id = await deposits()
    await deposit(payer, heir, 100n, 99n)
    const why = async (): Promise<unknown[]> => {
      const answer = await trace(donor, { method: 'fifo' })
      assert.equal(answer.onward, undefined)
      return answer.crossings!.map(one => [one.grade, one.why, one.released, one.destination!.address])
    }
    assert.deepEqual(await why(), [['told', 'not-received', null, heir]])
    const impostor = await there.deploy('SpokePool')
    await there.send('Dollar', DOLLAR.base, 'approve', [impostor, PLENTY], { from: there.accounts[1] })
    await fill(impostor, relayOf(id, payer, heir, 100n, 99n))
    assert.deepEqual(await why(), [['told', 'not-received', null, heir]])
    const snapshot = await there.call('evm_snapshot')
    const back = async (): Promise<void> => {
      await there.call('evm_revert', snapshot)
      await there.call('evm_increaseTime', 1000)
      await there.call('evm_mine')
    }
    await there.send('SpokePool', POOL.base, 'pretend', [relayOf(id, payer, heir, 100n, 99n)])
    assert.deepEqual(await why(), [['told', 'no-payment', null, heir]], 'told of, and paid to nobody')
    await back()
    assert.deepEqual(await why(), [['told', 'not-received', null, heir]], 'a reorganisation takes what was told')
    await fill(POOL.base, relayOf(id, payer, heir, 101n, 99n))
    assert.deepEqual(await why(), [['told', 'other-amount', null, heir]])
    await fill(POOL.base, relayOf(id, payer, heir, 100n, 99n))
    assert.deepEqual(await why(), [['told', 'ambiguous', null, heir]])
  })

  test('the coin itself goes in for its wrapped form', async () => {
    const [donor, payer, heir] = [here.accounts[8]!, stranger(), stranger()]
    await here.pay(donor, payer, 10n ** 18n)
    await here.call('anvil_impersonateAccount', payer)
    const id = await deposits()
    const wrapped = stranger()
    const args = [payer, heir, wrapped, DOLLAR.base, 10n ** 17n, 200n, 8453n, NOBODY, 1, 2, 3, '0x']
    await here.send('SpokePool', POOL.ethereum, 'depositV3', args, {
      from: payer,
      value: `0x${(10n ** 17n).toString(16)}`,
    })
    await fill(POOL.base, { ...relayOf(id, payer, heir, 10n ** 17n, 200n), inputToken: wide(wrapped) })
    const answer = await trace(payer, { method: 'fifo' })
    assert.deepEqual(
      answer.crossings!.map(one => [one.grade, one.released?.address]),
      [['proven', heir]],
    )
    assert.deepEqual(rowsOf(answer.onward![0]!.methods['fifo']!), [[heir, '200', 'unspent', 2]])
  })

  test('Circle’s CCTP: burnt here and minted there, of both versions, less the fee of the second', async () => {
    const { donor, payer } = await given(4, 700n)
    const [first, second] = [stranger(), stranger()]
    await here.send('TokenMessenger', MESSENGER, 'depositForBurn', [300n, 6, wide(first), DOLLAR.ethereum], {
      from: payer,
    })
    const body = (heir: Hex, units: bigint, rest: string): string =>
      [`${'0'.repeat(8)}`, wide(DOLLAR.ethereum), wide(heir), `0x${number(units, 32)}`, wide(payer)]
        .map(word => word.replace(/^0x/, ''))
        .join('') + rest
    const token = wide(DOLLAR.base)
    const head = (version: number): string => `0x${[version, 0, 6].map(part => number(part, 4)).join('')}`
    const one = `${head(0)}${number(0, 8)}${'0'.repeat(192)}${body(first, 300n, '')}`
    await there.send('MessageTransmitter', TRANSMITTER, 'receiveMessage', [one, token])
    const burn = [400n, 6, wide(second), DOLLAR.ethereum, wide(NOBODY), 5n, 1000]
    await here.send('TokenMessengerV2', MESSENGER_2, 'depositForBurn', burn, { from: payer })
    const filled = `${number(5n, 32)}${number(4n, 32)}${number(99n, 32)}`
    const two = `${head(1)}${'7'.repeat(64)}${'0'.repeat(208)}${body(second, 400n, filled)}`
    await there.send('MessageTransmitterV2', TRANSMITTER_2, 'receiveMessage', [two, token])
    const answer = await trace(donor, { method: 'fifo' })
    assert.deepEqual(
      answer.crossings!.map(crossing => [crossing.protocol, crossing.grade, crossing.released?.amount.amount]),
      [
        ['cctp-1', 'proven', '300'],
        ['cctp-2', 'proven', '396'],
      ],
    )
    assert.deepEqual(rowsOf(answer.onward![0]!.methods['fifo']!), [
      [first, '300', 'unspent', 3],
      [second, '396', 'unspent', 3],
    ])
    assert.equal(answer.onward!.length, 1)
    assert.ok(answer.conserved && answer.onward![0]!.conserved)
  })

  test('LayerZero OFT at contracts that only a label calls bridges: without it nothing is known', async () => {
    const { donor, payer } = await given(5, 80n)
    const heir = stranger()
    const [near, far] = [
      await here.deploy('OftAdapter', DOLLAR.ethereum),
      await there.deploy('OftAdapter', DOLLAR.base),
    ]
    await there.send('Dollar', DOLLAR.base, 'mint', [far, 500n])
    await here.send('Dollar', DOLLAR.ethereum, 'approve', [near, PLENTY], { from: payer })
    const param = { dstEid: 30184, to: wide(heir), amountLD: 80n, minAmountLD: 80n }
    const words = [{ ...param, extraOptions: '0x', composeMsg: '0x', oftCmd: '0x' }]
    const sent = await here.send('OftAdapter', near, 'send', words, { from: payer })
    const receipt = (await here.call('eth_getTransactionReceipt', sent.transactionHash)) as {
      logs: { topics: Hex[] }[]
    }
    const guid = receipt.logs.at(-1)!.topics[1]!
    await there.send('OftAdapter', far, 'lzReceive', [
      { srcEid: 30101, sender: wide(near), nonce: 1n },
      guid,
      heir,
      80n,
    ])
    assert.equal((await trace(donor, { method: 'fifo' })).crossings, undefined)
    const tag = (address: string, network: string): string =>
      `  - {address: "${address}", network: ${network}, currency: ETH, label: Span, actor: span, source: span.org}\n`
    const head = 'title: Bridges\ncreator: test\ncategory: defi_bridge\nconfidence: web_crawl\ntags:'
    const pack = join(folder, 'pack.yaml')
    writeFileSync(pack, `${head}\n${tag(near, 'ETH')}${tag(far, 'base')}`)
    await run('list add', { format: 'tagpack', file: pack })
    const answer = await trace(donor, { method: 'fifo' })
    assert.deepEqual(
      answer.crossings!.map(one => [one.protocol, one.grade, one.id, one.released?.address]),
      [['layerzero-oft', 'proven', guid, heir]],
    )
    assert.deepEqual(rowsOf(answer.onward![0]!.methods['fifo']!), [[heir, '80', 'unspent', 3]])
  })

  test('hops go on counting: a horizon short of the other side stops at it', async () => {
    const { donor, payer } = await given(6, 50n)
    const [heir, next] = [there.accounts[6]!.toLowerCase() as Hex, stranger()]
    const id = await deposits()
    await deposit(payer, heir, 50n, 49n)
    await fill(POOL.base, relayOf(id, payer, heir, 50n, 49n))
    await there.send('Dollar', DOLLAR.base, 'transfer', [next, 49n], { from: heir })
    const at = async (hops: number): Promise<unknown> =>
      rowsOf((await trace(donor, { method: 'fifo', hops })).onward![0]!.methods['fifo']!)
    assert.deepEqual(await at(2), [[heir, '49', 'horizon', 3]])
    assert.deepEqual(await at(3), [[heir, '49', 'horizon', 3]])
    assert.deepEqual(await at(4), [[next, '49', 'unspent', 4]])
  })

  test('over and back again: one part for each network that is gone on to, each adding up by itself', async () => {
    const { donor, payer } = await given(7, 90n)
    const [middle, heir] = [there.accounts[7]!.toLowerCase() as Hex, stranger()]
    const id = await deposits()
    await deposit(payer, middle, 90n, 88n)
    await fill(POOL.base, relayOf(id, payer, middle, 90n, 88n))
    const back = (await there.ask('SpokePool', POOL.base, 'numberOfDeposits', [])) as bigint
    await there.send('Dollar', DOLLAR.base, 'approve', [POOL.base, PLENTY], { from: middle })
    const args = [middle, heir, DOLLAR.base, DOLLAR.ethereum, 44n, 43n, 1n, NOBODY, 1, 2, 3, '0x']
    await there.send('SpokePool', POOL.base, 'depositV3', args, { from: middle })
    const relayer = here.accounts[1]!
    await here.send('Dollar', DOLLAR.ethereum, 'mint', [relayer, 1000n])
    const swapped = { inputToken: wide(DOLLAR.base), outputToken: wide(DOLLAR.ethereum), originChainId: 8453n }
    const relay = { ...relayOf(back, middle, heir, 44n, 43n), ...swapped }
    await here.send('SpokePool', POOL.ethereum, 'fillRelay', [relay, 1n, wide(NOBODY)], { from: relayer })
    const answer = await trace(donor, { method: 'fifo' })
    assert.deepEqual(
      answer.crossings!.map(one => [one.id, one.grade, one.paid!.network, one.released?.network]),
      [
        [`1:${id}`, 'proven', 'ethereum', 'base'],
        [`8453:${back}`, 'proven', 'base', 'ethereum'],
      ],
    )
    assert.deepEqual(
      answer.onward!.map(part => [part.network, part.conserved, rowsOf(part.methods['fifo']!)]),
      [
        [
          ...['base', true],
          [
            [middle, '44', 'unspent', 3],
            [POOL.base, '44', 'contract', 4],
          ],
        ],
        ['ethereum', true, [[heir, '43', 'unspent', 5]]],
      ],
    )
  })

  test('a payment out by somebody who is followed himself is named, and not taken for what he held', async () => {
    const { donor, payer } = await given(6, 60n)
    const [heir, late] = [there.accounts[8]!.toLowerCase() as Hex, stranger()]
    const id = await deposits()
    await deposit(payer, heir, 30n, 30n)
    await deposit(payer, late, 30n, 29n)
    await fill(POOL.base, relayOf(id, payer, heir, 30n, 30n))
    const relayer = there.accounts[9]!
    await there.send('Dollar', DOLLAR.base, 'transfer', [relayer, 30n], { from: heir })
    await there.send('Dollar', DOLLAR.base, 'approve', [POOL.base, PLENTY], { from: relayer })
    await fill(POOL.base, relayOf(id + 1n, payer, late, 30n, 29n), { from: relayer })
    const [part] = (await trace(donor, { method: 'fifo' })).onward!
    assert.equal(part!.conserved, true)
    assert.deepEqual(
      part!.methods['fifo']!.total.map(one => one.amount),
      ['30'],
    )
    assert.match(part!.notes.at(-1)!, new RegExp(`not followed: its payer ${relayer.toLowerCase()} is`))
  })

  test('a deposit that is named itself leads over, and not through what else the bridge holds', async () => {
    const { payer } = await given(4, 20n)
    const heir = stranger()
    const id = await deposits()
    const { transactionHash } = await deposit(payer, heir, 20n, 19n)
    await fill(POOL.base, relayOf(id, payer, heir, 20n, 19n))
    const answer = await trace(`${transactionHash.slice(2)}:0`, { method: 'all' })
    assert.equal(answer.conserved, true)
    for (const outcome of Object.values(answer.methods)) {
      assert.deepEqual(rowsOf(outcome), [[POOL.ethereum, '20', 'contract', 0]])
    }
    assert.deepEqual(rowsOf(answer.onward![0]!.methods['fifo']!), [[heir, '19', 'unspent', 1]])
  })

  test('backward: what a bridge paid out is asked for where it was paid in, and of nobody here', async () => {
    const { donor, payer } = await given(2, 600n)
    await here.send('Dollar', DOLLAR.ethereum, 'mint', [payer, 400n])
    const [heir, last] = [there.accounts[5]!.toLowerCase() as Hex, stranger()]
    const id = await deposits()
    await deposit(payer, heir, 1000n, 990n)
    await fill(POOL.base, relayOf(id, payer, heir, 1000n, 990n))
    await there.send('Dollar', DOLLAR.base, 'transfer', [last, 495n], { from: heir })
    const back = { network: 'base', direction: 'backward' }
    const answer = await trace(last, back)
    const relayer = there.accounts[1]!.toLowerCase()
    for (const outcome of Object.values(answer.methods).slice(1))
      assert.deepEqual(rowsOf(outcome), [[relayer, '495', 'contract', 2]])
    const [one, ...more] = answer.crossings!
    assert.deepEqual([more, one!.grade, one!.paid!.address, one!.released!.address], [[], 'proven', payer, heir])
    assert.deepEqual(one!.source, { chain: '1', network: 'ethereum', address: payer })
    assert.deepEqual([one!.carried!['fifo']!.from.amount, one!.carried!['fifo']!.to.amount], ['500', '495'])
    const [part, ...others] = answer.onward!
    assert.deepEqual([others, part!.network, part!.conserved, answer.conserved], [[], 'ethereum', true, true])
    assert.deepEqual(rowsOf(part!.methods['fifo']!), [[null, '500', 'unread', 5]])
    assert.deepEqual(rowsOf(part!.methods['haircut']!), [[null, '500', 'unread', 4]])
    assert.deepEqual(rowsOf((await trace(last, { ...back, hops: 4 })).onward![0]!.methods['fifo']!), [
      [donor, '500', 'horizon', 4],
    ])
    assert.match(printTrace(answer), new RegExp(`crossed by Across \\(1:${id}\\) from ethereum to base: .*${heir}`))
    const stray = stranger()
    await fill(POOL.base, relayOf(id + 9000n, payer, stray, 7n, 7n))
    const [told] = (await trace(stray, { ...back, method: 'fifo' })).crossings!
    assert.deepEqual([told!.grade, told!.why, told!.paid, told!.source!.address], ['told', 'not-sent', null, payer])
  })

  test('without nodes: histories of the addresses alone, from explorers, prove it too', async () => {
    const [payer, heir, wrapped] = [here.accounts[3]!, there.accounts[4]!.toLowerCase() as Hex, stranger()]
    const id = await deposits()
    // The coin: only the bridge's own contract says that there is an event to look for.
    const args = [payer, heir, wrapped, DOLLAR.base, 40n, 39n, 8453n, NOBODY, 1, 2, 3, '0x']
    await here.send('SpokePool', POOL.ethereum, 'depositV3', args, { from: payer, value: '0x28' })
    await fill(POOL.base, { ...relayOf(id, payer, heir, 40n, 39n), inputToken: wide(wrapped) })
    const explorers = [await startExplorer(here), await startExplorer(there)] as const
    const asked = async <T>(name: string, input: object): Promise<T> =>
      perform(name, input, {
        ...{ directory: join(folder, 'fetched'), user: 'tester', clock: fixedClock(now++), progress: () => {} },
        signal: new AbortController().signal,
      }) as Promise<T>
    try {
      await asked('ledger fetch', { addresses: [payer], network: 'ethereum', from: explorers[0].url })
      await asked('ledger fetch', { addresses: [heir], network: 'base', from: explorers[1].url })
    } finally {
      await Promise.all(explorers.map(one => one.stop()))
    }
    const answer = await asked<TraceAnswer>('trace', { origin: [payer], network: 'ethereum', method: 'fifo' })
    const own = answer.crossings!.find(one => one.id === `1:${id}`)!
    assert.deepEqual([own.grade, own.released!.address, own.released!.amount.amount], ['proven', heir, '39'])
    assert.ok(answer.onward!.every(part => part.conserved))
  })

  test('a report shows the crossing and what lies beyond it, in both languages', async () => {
    const { donor, payer } = await given(5, 70n)
    const heir = stranger()
    const id = await deposits()
    await deposit(payer, heir, 70n, 69n)
    await fill(POOL.base, relayOf(id, payer, heir, 70n, 69n))
    await sync()
    await run('case open', { name: 'over' })
    await run('case add', { name: 'over', trace: [donor], network: 'ethereum', method: 'fifo', reason: 'test' })
    for (const [language, proven] of [
      ['en', 'proven'],
      ['ar', 'مثبت'],
    ] as const) {
      const { text } = await run<{ text: string }>('report write', { case: 'over', language })
      for (const shown of [`1:${id}`, proven, heir, 'Across', '0.000069']) assert.ok(text.includes(shown), shown)
    }
  })
})
