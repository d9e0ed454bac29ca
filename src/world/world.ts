/**
 * A small economy made up from a seed, with a fundraising campaign planted in it and the truth beside it. It is what
 * `athar demo` investigates and what methods are measured on.
 *
 * Everything in it is SYNTHETIC and says so. Addresses are valid in form and belong to nobody: they are hashes of
 * random bytes, no private key exists. Blocks are whole regtest blocks that stand on the real regtest genesis block,
 * with proof of work, merkle roots, BIP 34 heights and witness commitments; the signatures in them are random bytes.
 * docs/methods/sample-world.md says more.
 */
import type { Asset } from '../model/asset.ts'
import { sha256Hex } from '../std/digest.ts'
import { type Random, seededRandom } from '../std/random.ts'
import { createAgenda } from './agenda.ts'
import { createBitcoin } from './bitcoin.ts'
import { type Campaign, planCampaign, times } from './campaign.ts'
import { type Cast, createCast } from './cast.ts'
import { planCrowd, TRX } from './crowd.ts'
import { designations, tagPack } from './list.ts'
import { createPosts, MARK, ORGANISATION, type Post } from './post.ts'
import * as Price from './price.ts'
import { createTron } from './tron.ts'
import { BTC, CLASSES, inflowsOf, ownersOf, type PlantedAddress, type Truth, totalsOf, usdOf } from './truth.ts'

export type { InflowClass } from './campaign.ts'
export { TRX, USDT } from './crowd.ts'
export type { PlantedAddress, PlantedInflow, Total, Truth } from './truth.ts'
export { BTC, CLASSES, MARK, ORGANISATION, times }

export type World = {
  readonly seed: number
  /** Files to import, by their path under the folder they are written to. */
  readonly files: readonly File[]
  readonly posts: readonly Post[]
  readonly truth: Truth
  readonly size: { readonly blocks: number; readonly transactions: number; readonly transfers: number }
}

export type File = { readonly path: string; readonly bytes: Uint8Array }

/** The seed of the world that `athar demo` shows. */
export const SEED = 1

/** Where the files stand in the world's folder. */
export const paths = {
  blocks: 'ledger/blk00000.dat',
  transfers: 'ledger/tron-transfers.csv',
  coinPrices: 'prices/rBTC-USD.csv',
  tokenPrices: 'prices/USDT-USD.csv',
  fuelPrices: 'prices/TRX-USD.csv',
  tags: 'lists/sample-tags.yaml',
  designations: 'lists/sample-designations.csv',
} as const

/** The world of a seed: the same bytes each time, on any machine. Takes well under a second. */
export function generate(seed: number = SEED): World {
  const random = seededRandom(seed)
  const cast = createCast(random)
  const bitcoin = createBitcoin(random, cast.miner)
  const tron = createTron(random, TRX)
  const agenda = createAgenda()
  const stage = { random, agenda, bitcoin, tron, cast }
  planCrowd(stage)
  const campaign = planCampaign(stage)
  agenda.run(bitcoin)
  const prices = createPrices(random)
  const posts = createPosts(campaign, cast)
  const texts: [string, string][] = [
    [paths.transfers, tron.file()],
    [paths.coinPrices, Price.file(prices.coin)],
    [paths.tokenPrices, Price.file(prices.token)],
    [paths.fuelPrices, Price.file(prices.fuel)],
    [paths.tags, tagPack(campaign, cast)],
    [paths.designations, designations(campaign)],
    ...posts.map(post => [post.path, post.text] as [string, string]),
    ['README.txt', `${MARK}\n\nSample world of Athar, seed ${seed}. Everything in this folder is invented.\n`],
  ]
  const files = texts.map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }))
  return {
    seed,
    posts,
    files: [{ path: paths.blocks, bytes: bitcoin.file() }, ...files],
    truth: truthOf(campaign, cast, asset => (asset === BTC ? prices.coin : prices.token)),
    size: { blocks: bitcoin.height(), transactions: bitcoin.made.length, transfers: tron.transfers.length },
  }
}

/** SHA-256 over all paths and bytes: two equal worlds have one digest. */
export function digest(world: World): string {
  return sha256Hex(world.files.map(file => `${file.path} ${sha256Hex(file.bytes)}\n`).join(''))
}

function createPrices(random: Random): Readonly<Record<'coin' | 'token' | 'fuel', Price.Prices>> {
  return { coin: Price.coinPrices(random), token: Price.tokenPrices(random), fuel: Price.fuelPrices(random) }
}

function truthOf(campaign: Campaign, cast: Cast, prices: (asset: Asset) => Price.Prices): Truth {
  const inflows = inflowsOf(campaign)
  return {
    campaign: ORGANISATION,
    addresses: addressesOf(campaign, cast),
    inflows,
    totals: totalsOf(inflows),
    receiptsUsd: usdOf(
      inflows.filter(inflow => inflow.class === 'receipts'),
      prices,
    ),
    cluster: [campaign.first, campaign.second, campaign.hidden].map(lock => lock.address),
    listed: [campaign.first.address, campaign.second.address, campaign.tron.donation],
    cashOuts: gathered(campaign.cashOuts),
    owners: ownersOf(cast, campaign),
  }
}

function addressesOf(campaign: Campaign, cast: Cast): PlantedAddress[] {
  const { first, second, hosted, tron, collector } = campaign
  const bitcoin = (
    address: string,
    publishedAt: number | null,
    role: PlantedAddress['role'],
    hostedAt: string | null,
  ) => ({ network: 'bitcoin-regtest', address, role, publishedAt, hostedAt }) as const
  return [
    bitcoin(first.address, times.first, 'donation', null),
    bitcoin(hosted.address, times.hosted, 'donation', cast.exchanges[1]!.name),
    bitcoin(cast.office.hotLock.address, times.office, 'service', null),
    bitcoin(second.address, times.second, 'donation', null),
    { network: 'tron', address: tron.donation, role: 'donation', publishedAt: times.tron, hostedAt: null },
    bitcoin(collector.lock.address, null, 'collector', null),
    { network: 'tron', address: tron.collector, role: 'collector', publishedAt: null, hostedAt: null },
  ]
}

function gathered(cashOuts: Campaign['cashOuts']): Truth['cashOuts'] {
  const sums = new Map<string, { service: string; address: string; units: bigint }>()
  for (const { service, address, units } of cashOuts) {
    const known = sums.get(address)
    if (known === undefined) sums.set(address, { service, address, units })
    else known.units += units
  }
  return [...sums.values()]
}
