import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { asTester } from '../../../test/tester.ts'
import { ADDRESSES, type Scripted, startTronNode, type TronNode } from '../../../test/tron-node.ts'
import { topicOf } from '../../chain/event-topic.ts'
import * as TronAddress from '../../chain/tron-address.ts'
import { type AccountColumns, KINDS, openColumns, totalsOf, unitsOf } from '../../ledger/ledger.ts'
import { toHex } from '../../std/bytes.ts'
import { openReader } from '../../store/store.ts'
import type { TraceAnswer } from '../follow/trace.ts'
import { perform } from '../perform.ts'

/**
 * What Tron has besides payments, in the shapes of its documentation on a scripted node (there is no real one to be
 * had): who is charged, whose money moved, and what moved nothing.
 */
const folder = mkdtempSync(join(tmpdir(), 'athar-tron-account-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const USDT = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'

/** An address as a word of an event. */
function wordFor(address: string): string {
  const parsed = TronAddress.parse(address)
  assert.ok(parsed.ok)
  return toHex(parsed.payload).padStart(64, '0')
}
const [owner, keeper, payee, victim, poisoner, likeness, sponsor] = ADDRESSES as string[] as [
  ...[string, string, string, string, string, string, string],
]

describe('Tron accounts, from a scripted node', () => {
  let node: TronNode
  const directory = join(folder, 'data')
  const run = <T>(name: string, input: object, at = directory): Promise<T> =>
    perform(name, input, asTester(at)) as Promise<T>
  const read = <T>(work: (columns: AccountColumns) => T): T => {
    const store = openReader(directory)
    try {
      return work(openColumns(store, 'tron') as AccountColumns)
    } finally {
      store.close()
    }
  }
  type Control = { kind: string; account: string; party: string; number: string }
  const control = async (address: string): Promise<string[]> =>
    ((await run<{ control?: Control[] }>('address show', { address })).control ?? []).map(
      one => `${one.kind} ${one.account} ${one.party} ${one.number}`,
    )
  /** The rows of one transaction in a block of its own. */
  const rowsOf = async (one: Scripted): Promise<string[]> => {
    const height = node.mine(one)
    await run('ledger sync', { network: 'tron', from: node.url })
    return read(({ transactions, transfers, addresses, assets }) => {
      const row = transactions.height.indexOf(height)
      const name = (address: number): string => (address === 0xffff_ffff ? '–' : addresses.format(address))
      return [...Array(transfers.count).keys()]
        .filter(t => transfers.transaction[t] === row)
        .map(t =>
          [
            ...[KINDS[transfers.kind[t]!], name(transfers.from[t]!), name(transfers.to[t]!)],
            ...[unitsOf(transfers.units, t), assets[transfers.asset[t]!]!.symbol],
            transfers.moves[t] === 1 ? 'moves' : 'kept',
          ].join(' '),
        )
    })
  }

  before(async () => {
    node = await startTronNode()
    node.mine({ from: sponsor, to: owner, units: 500_000_000n }, { from: sponsor, to: victim, units: 9_000_000n })
    node.mine({ from: sponsor, to: owner, units: 80_000_000n, contract: USDT })
  })
  after(() => node.stop())

  test('an account of several keys pays what it pays, whoever signs', async () => {
    const permission = { id: 2, signatures: 2 }
    assert.deepEqual(
      await rowsOf({ from: owner, to: payee, units: 30_000_000n, contract: USDT, fee: 2_000_000n, permission }),
      [`fee ${owner} – 2000000 TRX moves`, `transfer ${owner} ${payee} 30000000 USDT moves`],
    )
    const found = await run<TraceAnswer>('trace', { origin: [keeper, owner], network: 'tron', method: 'fifo' })
    assert.match(found.notes.join(' '), new RegExp(`${keeper} is nowhere`))
  })

  test('a change of permissions costs its fee and moves nothing', async () => {
    const change = { from: owner, to: keeper, units: 0n, kind: 'AccountPermissionUpdate', fee: 100_000_000n } as const
    assert.deepEqual(await rowsOf(change), [`fee ${owner} – 100000000 TRX moves`])
    assert.deepEqual(await control(owner), [`key ${owner} ${keeper} 2:1/2`])
    assert.deepEqual(await control(keeper), [`key ${owner} ${keeper} 2:1/2`])
  })

  test('energy that is lent to another account moves no coin: who lends it is not who pays', async () => {
    const lent = { from: sponsor, to: owner, units: 70_000_000n, kind: 'DelegateResource' } as const
    assert.deepEqual(await rowsOf(lent), [])
    assert.deepEqual(await control(sponsor), [`resource-lent ${sponsor} ${owner} 70000000 energy`])
    assert.deepEqual(await rowsOf({ from: owner, to: payee, units: 1_000_000n, contract: USDT }), [
      `transfer ${owner} ${payee} 1000000 USDT moves`,
    ])
  })

  test('an activation is charged to who activates; the account has nothing by it', async () => {
    assert.deepEqual(await rowsOf({ from: sponsor, to: keeper, units: 0n, kind: 'AccountCreate', fee: 1_100_000n }), [
      `fee ${sponsor} – 1100000 TRX moves`,
    ])
    assert.equal((await control(keeper)).at(-1), `activated ${keeper} ${sponsor} `)
    assert.deepEqual(await rowsOf({ from: sponsor, to: likeness, units: 1n, fee: 1_100_000n }), [
      `transfer ${sponsor} ${likeness} 1 TRX moves`,
      `fee ${sponsor} – 1100000 TRX moves`,
    ])
  })

  test('a transferFrom of nothing out of a stranger’s account is kept and moves nothing', async () => {
    const bait = { from: victim, to: likeness, units: 0n, contract: USDT, caller: poisoner, event: 'Transfer' } as const
    assert.deepEqual(await rowsOf({ ...bait, fee: 345_000n }), [
      `fee ${poisoner} – 345000 TRX moves`,
      `transfer ${victim} ${likeness} 0 USDT kept`,
    ])
    const found = await run<TraceAnswer>('trace', { origin: [victim], network: 'tron', method: 'fifo' })
    assert.deepEqual(
      found.methods['fifo']!.reached.map(row => [row.address, row.amount.asset]),
      [[victim, 'TRX']],
    )
  })

  test('an approval is kept and moves nothing; what is taken by it is the owner’s payment', async () => {
    const allowed = { from: owner, to: poisoner, units: 10n ** 30n, contract: USDT, event: 'Approval' } as const
    assert.deepEqual(await rowsOf(allowed), [`approve ${owner} ${poisoner} ${10n ** 30n} USDT kept`])
    const taken = { from: owner, to: payee, units: 5_000_000n, contract: USDT, caller: poisoner } as const
    assert.deepEqual(await rowsOf({ ...taken, fee: 14_000_000n }), [
      `fee ${poisoner} – 14000000 TRX moves`,
      `transfer ${owner} ${payee} 5000000 USDT moves`,
    ])
  })

  test('a transaction that failed moves its fee and nothing else', async () => {
    assert.deepEqual(
      (await rowsOf({ from: owner, to: payee, units: 7n, contract: USDT, fee: 27_000_000n, failed: true })).filter(
        row => row.endsWith('moves'),
      ),
      [`fee ${owner} – 27000000 TRX moves`],
    )
  })

  test('a TRC-10 token is no TRX', async () => {
    assert.deepEqual(await rowsOf({ from: owner, to: payee, units: 999_999n, kind: 'TransferAsset' }), [])
  })

  test('a history from TronGrid keeps what bridges told: a crossing to another network', async () => {
    const [donor, payer, gate] = ADDRESSES.slice(7) as [string, string, string]
    const units = 9_000_000n
    const word = (value: bigint): string => value.toString(16).padStart(64, '0')
    const sent = {
      address: gate,
      topics: [topicOf('OFTSent(bytes32,uint32,address,uint256,uint256)'), 'ab'.repeat(32), wordFor(payer)],
      data: word(30_101n) + word(units) + word(units),
    }
    node.mine({ from: donor, to: payer, units, contract: USDT })
    node.mine({ from: payer, to: gate, units, contract: USDT, logs: [sent] })
    const pack = join(folder, 'pack.yaml')
    const tag = `{address: ${gate}, network: TRX, currency: TRX, label: Span, actor: span, source: span.org}`
    const head = 'title: Bridges\ncreator: test\ncategory: defi_bridge\nconfidence: web_crawl'
    writeFileSync(pack, `${head}\ntags:\n  - ${tag}\n`)
    const fetched = <T>(name: string, input: object): Promise<T> => run(name, input, join(folder, 'fetched'))
    await fetched('list add', { format: 'tagpack', file: pack })
    await fetched('ledger fetch', { addresses: [payer], from: node.url })
    const { crossings } = await fetched<TraceAnswer>('trace', { origin: [payer], network: 'tron', method: 'fifo' })
    assert.deepEqual(
      crossings!.map(one => [one.grade, one.why, one.id, one.paid!.amount.amount, one.destination!.network]),
      [['told', 'not-received', `0x${'ab'.repeat(32)}`, '9000000', 'ethereum']],
    )
  })

  test('after all of it each balance is what the node states', () => {
    for (const address of [owner, payee, victim, likeness]) {
      const held = read(columns => {
        const row = columns.addresses.find(address)!
        return totalsOf(columns, row).balance.filter(one => one !== null)
      })
      for (const contract of [null, USDT]) {
        const computed = held.find(one => one.asset.contract === contract)?.units ?? 0n
        assert.equal(computed, node.balance(address, contract), `${address} ${contract}`)
      }
    }
  })
})
