import * as Campaign from '../../campaign/campaign.ts'
import * as Capture from '../../capture/capture.ts'
import * as Address from '../../chain/address.ts'
import { findAddresses } from '../../mention/mention.ts'
import { toCaip10 } from '../../model/address.ts'
import type { Citation } from '../../model/citation.ts'
import * as Instant from '../../model/instant.ts'
import * as Network from '../../model/network.ts'
import { Failure } from '../../std/failure.ts'
import type { Context, Operation } from '../operation.ts'
import { instantOf, startOf } from '../when.ts'
import { publishedBy, publisherOf } from './publication.ts'

/** Campaigns: recording them, and what belongs to them. */

export const campaignAdd: Operation = {
  name: 'campaign add',
  summary: 'Record a campaign: a solicitation by a claimed actor',
  access: 'write',
  fields: {
    name: { type: 'string', says: 'Its name', positional: true, required: true },
    actor: { type: 'string', says: 'Who is said to run it (a claim, worded as one)' },
    purpose: { type: 'string', says: 'What it says that the money is for' },
  },
  examples: [
    {
      command: 'athar campaign add winter --actor "Example Organisation" --purpose "equipment"',
      says: 'a new campaign',
    },
  ],
  run: (
    { name, actor, purpose }: { name: string; actor?: string; purpose?: string },
    { store, clock, user }: Context,
  ) => {
    const content = { kind: 'added', claimedActor: actor ?? null, purpose: purpose ?? null } as const
    return show(Campaign.add(store, name, content, clock(), user))
  },
}

export const campaignShow: Operation = {
  name: 'campaign show',
  summary: 'Show a campaign: addresses with role and window, properties, captures, and what they published when',
  access: 'read',
  fields: {
    name: { type: 'string', says: 'Its name', positional: true, required: true },
    knownAt: { type: 'string', says: 'As it was known at this time' },
  },
  examples: [{ command: 'athar campaign show winter', says: 'all that is recorded of it' }],
  list: 'addresses',
  run: ({ name, knownAt }: { name: string; knownAt?: string }, { store }: Context) => {
    const campaign = Campaign.from(store, name, instantOf('knownAt', knownAt))
    const captures = Capture.list(store, campaign.name).map(({ sha256, mediaType, origins }) => {
      return { sha256, mediaType, sources: origins.map(origin => origin.sourceUrl) }
    })
    return { ...show(campaign), captures, ...publishedBy(store, campaign.name) }
  },
}

export const campaignList: Operation = {
  name: 'campaign list',
  summary: 'List the campaigns',
  access: 'read',
  fields: {},
  examples: [{ command: 'athar campaign list', says: 'name, claimed actor, and how much is linked' }],
  list: 'campaigns',
  run: (_: object, { store }: Context) => ({
    campaigns: Campaign.list(store).map(({ name, claimedActor, addedAt, addresses, properties }) => ({
      ...{ name, claimedActor, addedAt: Instant.format(addedAt) },
      ...{ addresses: addresses.length, properties: properties.length },
    })),
  }),
}

type LinkInput = {
  readonly name: string
  readonly addresses?: readonly string[]
  readonly network?: string
  readonly role?: Campaign.LinkedAddress['role']
  readonly hostedAt?: string
  readonly published?: string
  readonly exposed?: string
  readonly frozen?: string
  readonly governmentFrom?: string
  readonly governmentTo?: string
  readonly publisher?: string
  readonly confirmed?: string
  readonly capture?: string
  readonly property?: string
  readonly propertyType: Campaign.PropertyType
}

const TIME = 'a day or an RFC 3339 time'

export const campaignLink: Operation = {
  name: 'campaign link',
  summary: 'Link addresses or a property (channel, site, page) to a campaign, with the evidence',
  access: 'write',
  fields: {
    name: { type: 'string', says: 'The campaign', positional: true, required: true },
    network: { type: 'string', says: 'Network of the addresses', choices: Network.all.map(network => network.id) },
    role: { type: 'string', says: 'What the addresses are for', choices: Campaign.roles },
    hostedAt: { type: 'string', says: 'The service that keeps them: custody, which is not role' },
    published: { type: 'string', says: `When they were first published: ${TIME}` },
    exposed: { type: 'string', says: `When they became widely known: ${TIME}` },
    frozen: { type: 'string', says: `When they were frozen or seized: ${TIME}` },
    governmentFrom: { type: 'string', says: `Since when agents controlled them: ${TIME}` },
    governmentTo: { type: 'string', says: `Until when agents controlled them: ${TIME}` },
    publisher: { type: 'string', says: 'Who shows them; default: the channel or site of the capture' },
    confirmed: { type: 'string', says: 'Why you hold them to be the campaign’s, beyond what one publisher shows' },
    capture: { type: 'string', says: 'SHA-256 of the capture that shows them; alone: all that it shows' },
    property: { type: 'string', says: 'A channel, site, page or account of the campaign' },
    propertyType: { type: 'string', says: 'Kind of property', choices: Campaign.propertyTypes, default: 'channel' },
    addresses: { type: 'strings', says: 'Addresses, plain or CAIP-10', positional: true },
  },
  examples: [
    {
      command: 'athar campaign link winter 1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq --role donation --published 2019-02-03',
      says: 'a donation address and when it was published',
    },
    {
      command: 'athar campaign link winter --capture 5d41402a --role donation',
      says: 'all addresses that a post shows',
    },
    { command: 'athar campaign link winter --property t.me/example', says: 'a channel' },
  ],
  list: 'addresses',
  run: (input: LinkInput, context: Context) => link(input, context),
}

function link(input: LinkInput, { store, clock, user }: Context): object {
  const { name, property, propertyType } = input
  const contents: Campaign.Content[] = addressesOf(input, store)
  if (property !== undefined) contents.push({ kind: 'property', type: propertyType, value: property, citation: null })
  if (contents.length === 0) throw nothingToLink(name)
  return store.transaction(() => {
    for (const content of contents) Campaign.link(store, name, content, clock(), user)
    return show(Campaign.from(store, name))
  })
}

/** The address events of an input: those named, or all that the capture shows. */
function addressesOf(input: LinkInput, store: Context['store']): Campaign.AddressLinked[] {
  const network = input.network as Network.NetworkId | undefined
  const shown = input.capture === undefined ? undefined : shownBy(store, input.capture)
  const named = (input.addresses ?? []).map(text => Address.from(text, network))
  const chosen = named.length > 0 || shown === undefined ? named : shown.map(one => Address.from(one.address, network))
  return chosen.map(({ network: on, address }) => {
    const place = shown?.find(one => one.address === address)
    if (shown !== undefined && place === undefined) throw notInCapture(address, input.capture!)
    return {
      ...{ kind: 'address', network: on, address, role: input.role ?? null, hostedAt: input.hostedAt ?? null },
      window: {
        publishedAt: timeOf('published', input.published) ?? place?.publishedAt ?? null,
        exposedAt: timeOf('exposed', input.exposed),
        frozenAt: timeOf('frozen', input.frozen),
        governmentFrom: timeOf('governmentFrom', input.governmentFrom),
        governmentTo: instantOf('governmentTo', input.governmentTo) ?? null,
      },
      ...{ publisher: input.publisher ?? place?.publisher ?? null, confirmed: input.confirmed ?? null },
      citation: place?.citation ?? null,
    }
  })
}

type Shown = { address: string; citation: Citation; publishedAt: number | null; publisher: string | null }

/** Addresses that a capture shows as written, each at its first place, with when and by whom it was published. */
function shownBy(store: Context['store'], hash: string): Shown[] {
  const { sha256, origins } = Capture.show(store, hash)
  const path = origins[0]?.path ?? sha256
  const found = new Map<string, Shown>()
  for (const entry of Capture.readBytes(path, Capture.open(store, sha256))) {
    const { text, messages } = entry.document ?? { text: '', messages: [] }
    const member = entry.path === path ? {} : { member: entry.path }
    for (const mention of findAddresses(text).mentions) {
      if (mention.kind !== 'address' || mention.certainty !== 'found' || found.has(mention.address)) continue
      const { address, start, end } = mention
      const message = messages.find(one => one.start <= start && end <= one.end)
      found.set(address, {
        ...{ address, citation: { kind: 'capture', sha256, ...member, start, end } },
        publishedAt: message?.postedAt ?? origins[0]?.postedAt ?? null,
        publisher: publisherOf(origins[0]?.sourceUrl ?? null),
      })
    }
  }
  return [...found.values()]
}

/** The JSON of a campaign. */
function show({ name, claimedActor, purpose, addedAt, addedBy, addresses, properties }: Campaign.Campaign): object {
  return {
    ...{ name, claimedActor, purpose, addedAt: Instant.format(addedAt), addedBy },
    addresses: addresses.map(({ window, ...linked }) => ({
      ...{ address: linked.address, network: linked.network, caip10: toCaip10(linked) },
      ...{ role: linked.role, hostedAt: linked.hostedAt },
      ...Object.fromEntries(Object.entries(window).map(([key, at]) => [key, at === null ? null : Instant.format(at)])),
      ...{ publishers: linked.publishers, confirmed: linked.confirmed, citations: linked.citations },
      standing: linked.publishers.length === 1 && linked.confirmed.length === 0 ? 'claimed donation address' : 'linked',
    })),
    properties,
  }
}

function timeOf(field: string, text: string | undefined): Instant.Instant | null {
  return text === undefined ? null : startOf(field, text)
}

function nothingToLink(name: string): Failure {
  return new Failure('Campaign.NothingToLink', 'usage', `Nothing was named that could be linked to “${name}”.`, {
    hint: 'Name addresses, or a --capture that shows some, or a --property.',
    facts: { campaign: name },
  })
}

function notInCapture(address: string, capture: string): Failure {
  return new Failure('Campaign.NotInCapture', 'input', `The capture ${capture} does not show ${address}.`, {
    hint: '`athar mention find` tells what a file shows; leave --capture out where the evidence is another.',
    facts: { address, capture },
  })
}
