import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import type * as Campaign from '../../campaign/campaign.ts'
import * as Instant from '../../model/instant.ts'
import { fixedClock } from '../../std/clock.ts'
import { Failure } from '../../std/failure.ts'
import { openWriter, type Store } from '../../store/store.ts'
import * as World from '../../world/world.ts'
import { check } from '../input.ts'
import { ledgerImport, ledgerPrice } from '../ledger/import.ts'
import { ledgerAdd } from '../ledger/ledger.ts'
import type { Context, Operation } from '../operation.ts'
import { captureAdd } from '../read/capture.ts'
import { listAdd } from '../screen/list.ts'
import { campaignAdd, campaignLink, campaignList, campaignShow } from './campaign.ts'
import { campaignReceipts } from './receipts.ts'

/** One data directory with the sample world's ledgers, prices and lists in it. */
function withWorld(work: (run: Run, world: World.World, directory: string) => void): void {
  const directory = mkdtempSync(join(tmpdir(), 'athar-receipts-'))
  const store = openWriter(join(directory, 'data'))
  try {
    const world = World.generate()
    for (const { path, bytes } of world.files) {
      mkdirSync(dirname(join(directory, path)), { recursive: true })
      writeFileSync(join(directory, path), bytes)
    }
    work(runner(store), world, directory)
  } finally {
    store.close()
    rmSync(directory, { recursive: true })
  }
}

type Run = <T>(operation: Operation, input: object) => T

function runner(store: Store): Run {
  const context: Context = {
    ...{ store, clock: fixedClock(Instant.parse('2025-12-01')!), user: 'amal' },
    ...{ progress: () => {}, signal: new AbortController().signal },
  }
  return <T>(operation: Operation, input: object) => operation.run(check(operation, input) as never, context) as T
}

test('sample world: receipts of the campaign equal the planted truth, class by class, and in dollars', () => {
  withWorld((run, { truth }, directory) => {
    const at = (path: string) => join(directory, path)
    run(ledgerAdd, { network: 'bitcoin-regtest', files: [at(World.paths.blocks)] })
    run(ledgerImport, { file: at(World.paths.transfers) })
    run(ledgerPrice, { file: at(World.paths.coinPrices), asset: 'rBTC' })
    run(ledgerPrice, { file: at(World.paths.tokenPrices), asset: 'USDT' })
    run(ledgerPrice, { file: at(World.paths.fuelPrices), asset: 'TRX' })
    run(listAdd, { format: 'tagpack', file: at(World.paths.tags) })

    run(campaignAdd, { name: truth.campaign })
    for (const { address, network, role, publishedAt, hostedAt } of truth.addresses) {
      if (role === 'collector') continue
      run(campaignLink, {
        ...{ name: truth.campaign, addresses: [address], network, role },
        ...(publishedAt === null ? {} : { published: Instant.format(publishedAt) }),
        ...(hostedAt === null ? {} : { hostedAt }),
        ...(network === 'tron' ? { frozen: Instant.format(World.times.freeze) } : {}),
      })
    }
    const answer = run<Campaign.Answer>(campaignReceipts, { name: truth.campaign })
    for (const { asset, classes, transactions } of truth.totals) {
      const unitsOf = (list: Campaign.Answer['lower']) => BigInt(list.find(one => one.asset === asset.symbol)!.amount)
      for (const [name, units] of Object.entries(classes)) {
        assert.equal(unitsOf(answer.classes[name as Campaign.Class]), units, `${asset.symbol} ${name}`)
      }
      assert.equal(unitsOf(answer.lower), classes.receipts)
      assert(transactions <= answer.transactions)
    }
    const dollars = answer.periods.map(period => period.usd)
    assert(!dollars.includes(null))
    const all = run<Campaign.Answer>(campaignReceipts, { name: truth.campaign, by: 'year' })
    assert.equal(all.periods.length, 1)
    assert.equal(all.periods[0]!.usd, truth.receiptsUsd)
    const office = answer.classes.service.find(one => one.asset === 'rBTC')!
    assert(BigInt(office.amount) > 0n)

    const asserted = truth.addresses.filter(one => one.role === 'service').map(one => one.address)
    const shaped = run<Campaign.Answer>(campaignReceipts, { addresses: asserted.join(',') })
    assert.equal(shaped.lower[0]!.amount, '0', 'the office is seen to be a service without any label or role')
    assert.match(shaped.services[0]!.because, /shape/)

    const half = run<Campaign.Answer>(campaignReceipts, { name: truth.campaign, asOf: '2025-03-31' })
    const early = truth.inflows.filter(one => one.class === 'receipts' && one.at < Instant.parse('2025-04-01')!)
    assert.equal(half.transactions, new Set(early.map(one => one.txid)).size)
  })
})

test('a post links what it shows: place, date and publisher; one publisher gives a lower bound of 0', () => {
  withWorld((run, { truth, posts }, directory) => {
    run(ledgerImport, { file: join(directory, World.paths.transfers) })
    const { address } = truth.addresses.find(one => one.network === 'tron' && one.role === 'donation')!
    const post = posts.find(one => one.text.includes(address))!
    const url = 'https://t.me/s/example/12'
    run(campaignAdd, { name: 'w', actor: 'Example', purpose: 'equipment' })
    run(captureAdd, { paths: [join(directory, post.path)], sourceUrl: url, postedAt: '2025-06-15', campaign: 'w' })
    const { captures } = run<{ captures: { sha256: string }[] }>(campaignShow, { name: 'w' })
    const linked = run<{ addresses: Record<string, unknown>[] }>(campaignLink, {
      ...{ name: 'w', capture: captures[0]!.sha256.slice(0, 12), addresses: [address], role: 'donation' },
    })
    const [one] = linked.addresses
    assert.equal(one!['publishedAt'], Instant.format(World.times.tron))
    assert.deepEqual(one!['publishers'], ['t.me/example'])
    assert.equal(one!['standing'], 'claimed donation address')
    const [citation] = one!['citations'] as { sha256: string; start: number; end: number }[]
    assert.equal(citation!.sha256, captures[0]!.sha256)
    assert.equal(citation!.end - citation!.start, address.length)

    const usdt = (answer: Campaign.Answer) => answer.lower.find(amount => amount.asset === 'USDT')!.amount
    const claimed = run<Campaign.Answer>(campaignReceipts, { name: 'w' })
    assert.equal(usdt(claimed), '0')
    assert(claimed.notes.some(note => note.startsWith('claimed donation address')))
    run(campaignLink, { name: 'w', addresses: [address], publisher: 'another channel' })
    const confirmed = run<Campaign.Answer>(campaignReceipts, { name: 'w' })
    assert.notEqual(usdt(confirmed), '0')
    assert.deepEqual(confirmed.upper, claimed.upper)
    assert.deepEqual(run(campaignList, {}), {
      campaigns: [
        { ...{ name: 'w', claimedActor: 'Example', addedAt: '2025-12-01T00:00:00Z' }, addresses: 1, properties: 0 },
      ],
    })
    const other = truth.addresses.find(two => two.role === 'collector')!.address
    assert.throws(
      () => run(campaignLink, { name: 'w', capture: captures[0]!.sha256, addresses: [other] }),
      (error: unknown) => error instanceof Failure && error.name === 'Campaign.NotInCapture',
    )
  })
})

test('a ledger that was not read gives no figure, and the coverage says so; wrong questions are refused', () => {
  const directory = mkdtempSync(join(tmpdir(), 'athar-receipts-'))
  const store = openWriter(directory)
  try {
    const run = runner(store)
    const answer = run<Campaign.Answer>(campaignReceipts, { addresses: '1LuckyR1fFHEsXYyx5QK4UFzv3PEAepPMK' })
    assert.deepEqual([answer.inflow, answer.lower, answer.transactions, answer.first], [[], [], 0, null])
    assert.equal(answer.coverage[0]!.toHeight, null)
    assert(answer.notes.some(note => /ledger of bitcoin was not read/.test(note)))
    const failing = (name: string) => (error: unknown) => error instanceof Failure && error.name === name
    const cases: [object, string][] = [
      [{}, 'Campaign.WhichSet'],
      [{ name: 'x', addresses: 'y' }, 'Campaign.WhichSet'],
      [{ name: 'x' }, 'Campaign.Missing'],
      [{ addresses: 'nonsense' }, 'Address.Unknown'],
      [{ addresses: '1LuckyR1fFHEsXYyx5QK4UFzv3PEAepPMK', asOf: '2019-02-30' }, 'Input.BadTime'],
    ]
    for (const [input, name] of cases) assert.throws(() => run(campaignReceipts, input), failing(name), name)
    run(campaignAdd, { name: 'x' })
    assert.throws(() => run(campaignReceipts, { name: 'x' }), failing('Campaign.NoAddresses'))
    assert.throws(() => run(campaignLink, { name: 'x' }), failing('Campaign.NothingToLink'))
  } finally {
    store.close()
    rmSync(directory, { recursive: true })
  }
})
