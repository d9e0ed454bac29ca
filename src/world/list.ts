import * as Instant from '../model/instant.ts'
import { type Campaign, times } from './campaign.ts'
import { type Cast, type Service, SYNTHETIC } from './cast.ts'

/** Who belongs to which service, as a GraphSense TagPack: an analyst's public knowledge in this world. */
export function tagPack(campaign: Campaign, cast: Cast): string {
  const services: Service[] = [...cast.exchanges, cast.processor, cast.mixer]
  const [alif, , jim] = cast.exchanges
  const tags = [
    ...services.flatMap(one => tag(one.hotLock.address, 'bitcoin-regtest', one.name, one.category, one.id)),
    ...cast.exchanges.flatMap(one => tag(one.tronHot, 'tron', one.name, one.category, one.id)),
    ...tag(campaign.deposit.address, 'bitcoin-regtest', `${alif!.name}, deposit address`, 'exchange', alif!.id),
    ...tag(campaign.mixerDeposit.address, 'bitcoin-regtest', cast.mixer.name, 'mixer', cast.mixer.id),
    ...tag(campaign.tron.deposit, 'tron', `${jim!.name}, deposit address`, 'exchange', jim!.id),
  ]
  return [
    `title: Sample world tags (${SYNTHETIC})`,
    'creator: Athar sample world',
    `description: Invented services of a generated world (${SYNTHETIC}). None of them exists.`,
    'source: https://example.invalid/sample-world',
    'confidence: service_data',
    'lastmod: 2025-09-15',
    'is_cluster_definer: true',
    'tags:',
    ...tags,
    '',
  ].join('\n')
}

/** An invented authority's list of addresses, as CSV: `athar list add addresses FILE --authority SAMPLE`. */
export function designations(campaign: Campaign): string {
  const listed = Instant.formatDay(times.freeze)
  const row = (address: string, network: string) =>
    `${address},${network},Example Organisation (${SYNTHETIC}),terrorist-financing,${listed}`
  return [
    'address,network,entity,category,listed',
    row(campaign.first.address, 'bitcoin-regtest'),
    row(campaign.second.address, 'bitcoin-regtest'),
    row(campaign.tron.donation, 'tron'),
    '',
  ].join('\n')
}

const CONCEPTS: Readonly<Record<Service['category'], string>> = {
  exchange: 'exchange',
  mixer: 'mixing_service',
  'payment-processor': 'payment_processor',
}

function tag(address: string, network: string, label: string, category: Service['category'], actor: string): string[] {
  const tron = network === 'tron'
  return [
    `- address: ${address}`,
    `  label: ${label}`,
    `  category: ${CONCEPTS[category]}`,
    `  actor: ${actor}`,
    `  currency: ${tron ? 'TRX' : 'BTC'}`,
    `  network: ${tron ? 'TRX' : network}`,
  ]
}
