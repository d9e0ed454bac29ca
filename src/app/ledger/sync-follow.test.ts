import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { Hex } from 'viem'
import { type Anvil, skip as noAnvil, startAnvil } from '../../../test/anvil.ts'
import { type Node, skip as noNode, startNode } from '../../../test/litecoind.ts'
import { asTester } from '../../../test/tester.ts'
import { elapsedMilliseconds } from '../../std/clock.ts'
import type { AlertList } from '../monitor/alert.ts'
import { perform } from '../perform.ts'
import { ownBell, type Synced } from './sync.ts'

/** Payments that wait, from the first sight of them to what becomes of them, while a node is followed. */
const folder = mkdtempSync(join(tmpdir(), 'athar-follow-'))
const controllers: AbortController[] = []
after(() => {
  for (const one of controllers) one.abort()
  rmSync(folder, { recursive: true, force: true })
})

let now = 1_900_000_000
const run = <T>(name: string, input: object, directory: string, signal = new AbortController().signal): Promise<T> =>
  perform(name, input, asTester(join(folder, directory), { clock: () => now++, signal })) as Promise<T>

/** Milliseconds after which what is waited for will not come, however busy the machine is. */
const PATIENCE = 90_000

type Told = [
  txid: string | null,
  direction: string | null,
  standing: string,
  replaceable: boolean | null,
  status: string,
]

/** Follows until it is stopped; `sees` waits until the alerts are these, oldest first. */
async function following(input: object, directory: string) {
  const controller = new AbortController()
  controllers.push(controller)
  let ended: unknown = null
  const asked = { every: 1, ...input, follow: true, watch: true }
  const answer = run<Synced>('ledger sync', asked, directory, controller.signal).catch(cause => {
    ended = cause
    throw cause
  })
  answer.catch(() => {})
  const told = async (): Promise<AlertList['alerts']> =>
    (await run<AlertList>('alert list', { limit: 1000 }, directory)).alerts.toReversed()
  return {
    told,
    /** Alerts as they stand once all blocks that there are have been looked at. */
    async settled(): Promise<Told[]> {
      for (const end = elapsedMilliseconds() + PATIENCE; ; await pause(50)) {
        if (ended !== null) throw ended
        const [health] = (await run<Health>('ledger status', {}, directory)).following
        if (health?.state === 'following' && health.lag === 0) break
        assert.ok(elapsedMilliseconds() < end, `it is ${health?.state}, ${health?.lag} behind`)
      }
      return (await told()).map(one => [one.txid, one.direction, one.standing, one.replaceable, one.status])
    },
    async sees(expected: readonly Told[]): Promise<void> {
      let found: Told[] = []
      for (const end = elapsedMilliseconds() + PATIENCE; elapsedMilliseconds() < end; await pause(50)) {
        if (ended !== null) throw ended
        found = (await told()).map(one => [one.txid, one.direction, one.standing, one.replaceable, one.status])
        if (JSON.stringify(found) === JSON.stringify(expected)) return
      }
      assert.deepEqual(found, expected)
    },
    async stop(): Promise<Synced> {
      controller.abort()
      return answer
    },
  }
}

const WHY = (alert: AlertList['alerts'][number]): string[] =>
  alert.events.flatMap(one => (one.kind === 'withdrawn' ? [(one.content as { why: string }).why] : []))

describe('payments that wait at a node of the Core family', { skip: noNode }, () => {
  const network = 'litecoin-regtest'
  let node: Node
  let [mine, shop] = ['', '']
  const ask = (...words: string[]): string => node.ask(...words)
  before(async () => {
    node = await startNode('-mempoolreplacement=1', '-walletrbf=1')
    ask('createwallet', 'w')
    mine = ask('getnewaddress', '', 'bech32')
    shop = ask('getnewaddress', '', 'bech32')
    ask('generatetoaddress', '120', mine)
  })
  after(() => node.stop())

  test('seen before its block, replaced, mined, reorganised away, and back: one alert each, all told', async () => {
    const log = join(folder, 'core.jsonl')
    await run('receiver add', { name: 'log', kind: 'file', target: log }, 'core')
    await run('watch add', { target: shop, network }, 'core')
    const it = await following({ network, from: node.url, cookie: node.cookie }, 'core')
    await it.sees([])
    const first = ask('sendtoaddress', shop, '1')
    await it.sees([[first, 'in', 'unconfirmed', true, 'open']])
    const [seen] = await it.told()
    assert.match(seen!.because.en, /is to receive 1\.00000000 rLTC/)
    assert.equal(seen!.unsure, 'not mined yet: its sender may still replace it; no evidence')

    const second = (JSON.parse(ask('bumpfee', first)) as { txid: string }).txid
    const gone: Told = [first, 'in', 'unconfirmed', true, 'withdrawn']
    await it.sees([gone, [second, 'in', 'unconfirmed', true, 'open']])
    assert.deepEqual(WHY((await it.told())[0]!), [`its transaction was replaced by ${second} before it was mined`])

    const [block] = JSON.parse(ask('generatetoaddress', '1', mine)) as string[]
    await it.sees([gone, [second, 'in', 'mined', null, 'open']])
    const [, mined] = await it.told()
    assert.deepEqual([mined!.height, mined!.unsure, mined!.events.map(one => one.kind)], [121, null, ['mined']])
    assert.match(mined!.because.en, /received 1\.00000000 rLTC/)

    // Two blocks without it take the place of its block: it waits again.
    ask('invalidateblock', block!)
    for (const _ of [1, 2]) ask('generateblock', mine, '[]')
    await it.sees([gone, [second, 'in', 'unconfirmed', true, 'open']])
    const [, again] = await it.told()
    assert.deepEqual(
      again!.events.map(one => one.kind),
      ['mined', 'withdrawn', 'restored'],
    )
    assert.match(WHY(again!)[0]!, /reorganisation/)
    ask('generatetoaddress', '1', mine)
    await it.sees([gone, [second, 'in', 'mined', null, 'open']])
    const { alerts, pool, rounds } = await it.stop()
    assert.deepEqual([alerts, pool], [6, { looks: rounds - 1, failed: 0, why: null }])

    const messages = readFileSync(log, 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as Message)
    const typesOf = (txid: string) => messages.filter(one => one.alert.txid === txid).map(one => one.type)
    assert.deepEqual(typesOf(first), ['raised', 'withdrawn'])
    assert.deepEqual(typesOf(second), ['raised', 'mined', 'withdrawn', 'restored', 'mined'])
    assert.equal(new Set(messages.map(one => one.id)).size, messages.length)
  })

  test('a bell wakes a follower that would have waited for an hour; what it says is not believed', async () => {
    const rung = Promise.withResolvers<Socket>()
    const publisher = createServer(socket => {
      socket.on('error', () => {})
      socket.write(Buffer.from(`${ZMTP}04190552454144590b536f636b65742d5479706500000003505542`, 'hex'))
      rung.resolve(socket)
    }).listen(0, '127.0.0.1')
    await once(publisher, 'listening')
    const zmq = `tcp://127.0.0.1:${(publisher.address() as AddressInfo).port}`
    await run('watch add', { target: mine, network }, 'rung')
    const it = await following({ network, from: node.url, cookie: node.cookie, zmq, every: 3600 }, 'rung')
    const socket = await rung.promise
    const before = await it.settled()
    assert.ok(before.length > 0)
    const [hash] = JSON.parse(ask('generatetoaddress', '1', mine)) as string[]
    const { tx } = JSON.parse(ask('getblock', hash!)) as { tx: string[] }
    // It names a block that there is not.
    socket.write(Buffer.from(`010968617368626c6f636b0120${'ff'.repeat(32)}000401000000`, 'hex'))
    await it.sees([...before, [tx[0]!, 'in', 'mined', null, 'open']])
    const { zmq: told, coverage } = await it.stop()
    assert.deepEqual([told?.address, told?.connected, told?.rings], [zmq, true, 1])
    assert.equal(coverage.toHeight, Number(ask('getblockcount')))
    socket.destroy()
    publisher.close()
    const elsewhere = run('ledger sync', { network: 'ethereum', from: node.url, follow: true, zmq }, 'rung')
    await assert.rejects(elsewhere, { name: 'Source.NoZmq' })
  })

  test('the node restarts, the follower is killed: told to the night shift, and nothing told twice', async () => {
    const directory = join(folder, 'killed')
    await run('watch add', { target: mine, network }, 'killed')
    const health = async (): Promise<string | undefined> =>
      (await run<Health>('ledger status', {}, 'killed')).following[0]?.state
    const becomes = async (state: string): Promise<void> => {
      for (const end = elapsedMilliseconds() + PATIENCE; (await health()) !== state; await pause(50)) {
        assert.ok(elapsedMilliseconds() < end, `it is ${await health()}, not ${state}`)
      }
    }
    const words = ['ledger', 'sync', network, '--from', node.url, '--cookie', node.cookie, '--follow', '--watch']
    const start = (): ChildProcess =>
      spawn(process.execPath, [MAIN, ...words, '--every', '1', '--data', directory], { stdio: 'ignore' })
    let child = start()
    try {
      // In the middle of its first round, where the machine lets us.
      await pause(600)
      child.kill('SIGKILL')
      await once(child, 'exit')
      child = start()
      await becomes('following')
      await node.leave()
      await becomes('waiting')
      const away = await run<{ findings: { what: string; found: string }[] }>('doctor', {}, 'killed')
      assert.match(
        away.findings.find(one => one.what === `following ${network}`)!.found,
        /waiting for \d+ s: .* (does not answer|cookie)/,
      )
      await node.start()
      await becomes('following')
      ask('loadwallet', 'w')
      ask('generatetoaddress', '3', mine)
      const tip = Number(ask('getblockcount'))
      const seen = async () => (await run<Health>('ledger status', {}, 'killed')).following[0]!
      for (const end = elapsedMilliseconds() + PATIENCE; ; await pause(50)) {
        const { height, lag } = await seen()
        if (height === tip && lag === 0) break
        assert.ok(elapsedMilliseconds() < end, `at ${height} of ${tip}, ${lag} behind`)
      }
      child.kill('SIGKILL')
      await once(child, 'exit')
      await becomes('killed')
      const ill = await run<{ ok: boolean; findings: { what: string; state: string }[] }>('doctor', {}, 'killed')
      assert.equal(ill.findings.find(one => one.what === `following ${network}`)!.state, 'missing')
    } finally {
      child.kill('SIGKILL')
    }
    const last = await following({ network, from: node.url, cookie: node.cookie }, 'killed')
    await last.settled()
    const { coverage } = await last.stop()
    assert.equal(await health(), 'stopped')
    assert.equal(coverage.toHeight, Number(ask('getblockcount')))
    const told = (await last.told()).filter(one => one.direction === 'in').map(one => one.txid)
    assert.equal(new Set(told).size, told.length)
    const straight = await run<Synced>('ledger sync', { network, from: node.url, cookie: node.cookie }, 'straight')
    const digest = async (where: string): Promise<unknown> =>
      (await run<{ networks: { digest: string }[] }>('ledger status', { digest: true }, where)).networks[0]!.digest
    assert.equal(straight.coverage.toHeight, coverage.toHeight)
    assert.equal(await digest('killed'), await digest('straight'))
  })

  test('a double spend that is mined at once; one that fell while nobody followed', async () => {
    await run('watch add', { target: shop, network }, 'spent')
    const source = { network, from: node.url, cookie: node.cookie }
    const it = await following(source, 'spent')
    const before = await it.settled()
    const coin = (JSON.parse(ask('listunspent', '1')) as Coin[]).find(one => one.address === mine)!
    const signed = (to: string, fee: number): string => {
      const inputs = JSON.stringify([{ txid: coin.txid, vout: coin.vout, sequence: 0xffff_fffe }])
      const raw = ask('createrawtransaction', inputs, JSON.stringify([{ [to]: (coin.amount - fee).toFixed(8) }]))
      return (JSON.parse(ask('signrawtransactionwithwallet', raw)) as { hex: string }).hex
    }
    const waiting = ask('sendrawtransaction', signed(shop, 0.001), '0')
    await it.sees([...before, [waiting, 'in', 'unconfirmed', false, 'open']])
    // A miner takes the other one, which the pool never saw.
    const rival = signed(mine, 0.01)
    ask('generateblock', mine, JSON.stringify([rival]))
    const lost: Told = [waiting, 'in', 'unconfirmed', false, 'withdrawn']
    await it.sees([...before, lost])
    const { txid } = JSON.parse(ask('decoderawtransaction', rival)) as { txid: string }
    assert.match(WHY((await it.told()).at(-1)!)[0]!, new RegExp(`^${txid} was mined, which spends the same`))

    const last = ask('sendtoaddress', shop, '2')
    await it.sees([...before, lost, [last, 'in', 'unconfirmed', true, 'open']])
    await it.stop()
    const { txid: other } = JSON.parse(ask('bumpfee', last)) as { txid: string }
    const later = await following(source, 'spent')
    await later.sees([
      ...before,
      lost,
      [last, 'in', 'unconfirmed', true, 'withdrawn'],
      [other, 'in', 'unconfirmed', true, 'open'],
    ])
    await later.stop()
  })
})

test('a node is believed about its own bell on its own host alone', () => {
  const from = 'http://10.0.0.7:8332/wallet/w'
  const bell = (type: string, address: unknown) => ({ type, address, hwm: 1000 })
  const own = bell('pubhashblock', 'tcp://10.0.0.7:28332')
  assert.equal(ownBell(from, [bell('pubrawtx', 'tcp://10.0.0.7:1'), own]), 'tcp://10.0.0.7:28332')
  assert.equal(ownBell(from, [bell('pubhashblock', 'tcp://0.0.0.0:28333')]), 'tcp://10.0.0.7:28333')
  assert.equal(ownBell(from, [bell('pubhashblock', 'tcp://[::]:28333')]), 'tcp://10.0.0.7:28333')
  for (const said of [
    [bell('pubhashblock', 'tcp://192.168.1.1:28332')],
    [bell('pubhashblock', 'ipc:///tmp/zmq')],
    [bell('pubhashblock', 7)],
    [null],
    'x',
    null,
  ]) {
    assert.equal(ownBell(from, said), null)
  }
})

/** The greeting of ZMTP 3.0, mechanism NULL: no real node rings here, since Debian's is built without ZMQ. */
const ZMTP = `ff00000000000000007f03004e554c4c${'00'.repeat(48)}`

const MAIN = resolve(import.meta.dirname, '../../cli/main.ts')

type Health = {
  readonly following: readonly { readonly state: string; readonly height: number | null; readonly lag: number | null }[]
}
type Message = { readonly id: string; readonly type: string; readonly alert: { readonly txid: string } }
type Coin = { readonly txid: string; readonly vout: number; readonly address: string; readonly amount: number }

describe('payments that wait at an EVM node', { skip: noAnvil }, () => {
  let node: Anvil
  before(async () => {
    node = await startAnvil('--no-mining')
  })
  after(() => node.stop())

  test('seen before its block, replaced by its sender, mined; one that fails is withdrawn', async () => {
    const [a, b] = node.accounts as [Hex, Hex]
    const closed = `0x${'00'.repeat(19)}ff`
    await run('watch add', { target: b.toLowerCase(), network: 'ethereum' }, 'evm')
    const it = await following({ network: 'ethereum', from: node.url }, 'evm')
    await it.sees([])
    const send = async (more: object): Promise<string> =>
      ((await node.call('eth_sendTransaction', { from: a, to: b, gas: '0x5208', ...more })) as string).slice(2)
    const price = (gwei: number) => ({ gasPrice: `0x${(gwei * 1e9).toString(16)}` })
    const first = await send({ value: '0x64', nonce: '0x0', ...price(10) })
    await it.sees([[first, 'in', 'unconfirmed', true, 'open']])
    const second = await send({ value: '0xc8', nonce: '0x0', ...price(30) })
    const gone: Told = [first, 'in', 'unconfirmed', true, 'withdrawn']
    await it.sees([gone, [second, 'in', 'unconfirmed', true, 'open']])
    assert.match(WHY((await it.told())[0]!)[0]!, /no block has it: it was replaced or dropped/)
    await node.call('evm_mine')
    await it.sees([gone, [second, 'in', 'mined', null, 'open']])

    // A contract that always fails: the call is mined, and moves nothing.
    await node.call('anvil_setCode', closed, '0x60006000fd')
    const failing = { from: b, to: closed, value: '0x5', gas: '0x186a0' }
    const doomed = await send(failing)
    await it.sees([gone, [second, 'in', 'mined', null, 'open'], [doomed, 'out', 'unconfirmed', true, 'open']])
    await node.call('evm_mine')
    const failed: Told = [doomed, 'out', 'unconfirmed', true, 'withdrawn']
    await it.sees([gone, [second, 'in', 'mined', null, 'open'], failed])
    assert.match(WHY((await it.told())[2]!)[0]!, /did not do what was seen/)
    await it.stop()
  })
})
