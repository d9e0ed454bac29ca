import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import * as Instant from '../../model/instant.ts'
import type * as Report from '../../report/report.ts'
import * as World from '../../world/world.ts'
import { campaignAdd, campaignLink } from '../campaign/campaign.ts'
import { caseAdd, caseNote, caseOpen } from '../case/case.ts'
import { reportWrite } from '../case/report.ts'
import { gather } from '../case/report-material.ts'
import { clusterShow } from '../follow/cluster.ts'
import { check } from '../input.ts'
import { ledgerImport, ledgerPrice } from '../ledger/import.ts'
import { ledgerAdd } from '../ledger/ledger.ts'
import type { Context, Operation } from '../operation.ts'
import { captureAdd } from '../read/capture.ts'
import { mentionFind } from '../read/mention.ts'
import { listAdd } from '../screen/list.ts'

/** What the investigation came to: the figures of the report, taken from its own material. */
export type Investigated = {
  readonly name: string
  readonly reports: readonly string[]
  readonly found: Found
}

export type Found = {
  readonly posts: number
  readonly mentions: number
  readonly rejected: number
  readonly transactions: number
  readonly transfers: number
  readonly cluster: readonly string[]
  readonly receipts: Report.ReceiptsMaterial
  readonly destinations: readonly Report.Destination[]
  readonly screened: readonly Report.ScreenedMaterial[]
}

const CASE = 'sample'

/** The sample investigation in the steps that a user would take, through the same operations. */
export async function investigate(world: World.World, folder: string, context: Context): Promise<Investigated> {
  const at = (path: string) => join(folder, path)
  const run = async <T = unknown>(operation: Operation, input: object): Promise<T> => {
    context.progress({ done: 0, total: null, unit: 'steps', note: operation.name })
    return (await operation.run(check(operation, input) as never, context)) as T
  }
  const read = await readEverything(run, at)
  const mentions = await capturePosts(run, world, at)
  await linkCampaign(run, world, mentions.captures)
  const cluster = await run<{ addresses: string[] }>(clusterShow, { address: world.truth.addresses[0]!.address })
  await buildCase(run, world, mentions.captures)
  mkdirSync(folder, { recursive: true })
  const reports: string[] = []
  for (const language of ['en', 'ar'] as const) {
    const out = at(`report.${language}.html`)
    await run(reportWrite, { case: CASE, language, out })
    reports.push(out)
  }
  await run(reportWrite, { case: CASE, format: 'csv', out: at('figures.csv') })
  const material = gather(CASE, context)
  return {
    name: CASE,
    reports: [...reports, at('figures.csv')],
    found: {
      ...{ posts: world.posts.length, mentions: mentions.found, rejected: mentions.rejected, ...read },
      cluster: cluster.addresses,
      receipts: material.campaigns[0]!.receipts!,
      destinations: material.traces.flatMap(trace => trace.destinations),
      screened: material.screened,
    },
  }
}

type Run = <T = unknown>(operation: Operation, input: object) => Promise<T>
type At = (path: string) => string

async function readEverything(run: Run, at: At): Promise<{ transactions: number; transfers: number }> {
  const { paths } = World
  const blocks = await run<{ transactions: number }>(ledgerAdd, {
    network: 'bitcoin-regtest',
    files: [at(paths.blocks)],
  })
  const transfers = await run<{ rows: number }>(ledgerImport, { file: at(paths.transfers) })
  await run(ledgerPrice, { file: at(paths.coinPrices), asset: 'rBTC' })
  await run(ledgerPrice, { file: at(paths.tokenPrices), asset: 'USDT' })
  await run(ledgerPrice, { file: at(paths.fuelPrices), asset: 'TRX' })
  await run(listAdd, { format: 'tagpack', file: at(paths.tags), published: '2025-09-15' })
  await run(listAdd, {
    format: 'addresses',
    file: at(paths.designations),
    authority: 'SAMPLE',
    published: '2025-09-01',
  })
  return { transactions: blocks.transactions, transfers: transfers.rows }
}

type Mentions = {
  readonly files: readonly { readonly mentions: readonly { kind: string }[]; readonly rejected: readonly unknown[] }[]
}

type Captured = { readonly captures: string[]; readonly found: number; readonly rejected: number }

async function capturePosts(run: Run, world: World.World, at: At): Promise<Captured> {
  const { campaign } = world.truth
  await run(campaignAdd, { name: campaign, actor: `${campaign} (SYNTHETIC)`, purpose: 'invented' })
  const captures: string[] = []
  for (const { path, sourceUrl, postedAt } of world.posts) {
    const input = { paths: [at(path)], sourceUrl, postedAt: Instant.format(postedAt), campaign }
    const added = await run<{ captures: { sha256: string }[] }>(captureAdd, input)
    captures.push(...added.captures.map(one => one.sha256))
  }
  const { files } = await run<Mentions>(mentionFind, { paths: world.posts.map(post => at(post.path)) })
  const found = files.flatMap(file => file.mentions).filter(mention => mention.kind === 'address').length
  return { captures, found, rejected: files.flatMap(file => file.rejected).length }
}

/** As an analyst links them: each address with each post that shows it; the office apart as a service. */
async function linkCampaign(run: Run, world: World.World, captures: readonly string[]): Promise<void> {
  const { campaign, addresses } = world.truth
  for (const { address, network, role, publishedAt, hostedAt } of addresses) {
    if (role === 'collector' || publishedAt === null) continue
    for (const [i, post] of world.posts.entries()) {
      if (!post.text.includes(address)) continue
      await run(campaignLink, {
        ...{ name: campaign, capture: captures[i]!, addresses: [address], network, role },
        published: Instant.format(publishedAt),
        ...(hostedAt === null ? {} : { hostedAt }),
        ...(network === 'tron' ? { frozen: Instant.format(World.times.freeze) } : {}),
      })
    }
  }
}

async function buildCase(run: Run, world: World.World, captures: readonly string[]): Promise<void> {
  const { campaign, addresses } = world.truth
  await run(caseOpen, { name: CASE, title: `Sample campaign (SYNTHETIC) — ${campaign}` })
  for (const capture of captures) await run(caseAdd, { name: CASE, capture })
  await run(caseAdd, { name: CASE, campaign, reason: 'What did the campaign take in, and are its addresses listed?' })
  const own = addresses.filter(one => one.role === 'donation' && one.hostedAt === null)
  for (const network of ['bitcoin-regtest', 'tron'] as const) {
    const trace = own.filter(one => one.network === network).map(one => one.address)
    await run(caseAdd, { name: CASE, trace, network, reason: 'Where was the money cashed out?' })
  }
  await run(caseNote, { name: CASE, text: 'Sample investigation (SYNTHETIC): written by athar demo.' })
}
