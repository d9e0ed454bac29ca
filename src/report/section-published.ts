import { code, type Desk, networkName, plain, time } from './desk.ts'
import type { Block, Row, Section, Table } from './document.ts'
import type { Inline } from './inline.ts'
import type { CampaignAddress, CaptureMaterial } from './material.ts'

/** The captures, and what each shows. */
export function capturesSection(desk: Desk): Section {
  const { words, material } = desk
  const none = material.captures.length === 0
  const intro: Block = { kind: 'paragraph', content: [words.say(none ? 'captures.none' : 'captures.intro')] }
  const table: Table = {
    kind: 'table',
    caption: words.say('captures'),
    columns: [
      ...[start(words.say('capture.id')), start(words.say('capture.source')), start(words.say('capture.posted'))],
      ...[start(words.say('capture.captured')), start(words.say('capture.shows'))],
    ],
    rows: material.captures.map(capture => captureRow(desk, capture)),
  }
  return { id: 'captures', title: words.say('captures'), blocks: none ? [intro] : [intro, table] }
}

/** The addresses of each campaign: role as claimed, custody apart from it, lists; then what is claimed of them. */
export function addressesSection(desk: Desk): Section {
  const { words, material } = desk
  const labels = [words.say('address'), words.say('network'), words.say('role'), words.say('custody')]
  const columns = [...labels, words.say('window'), words.say('listing')].map(start)
  const campaigns = material.campaigns.map(
    (campaign): Table => ({
      ...{ kind: 'table', caption: campaign.name, columns },
      rows: campaign.addresses.map(address => addressRow(desk, address)),
    }),
  )
  const tables = [...campaigns, ...otherAddresses(desk), ...claims(desk), ...disputes(desk)]
  const none: Block = { kind: 'paragraph', content: [words.say('addresses.none')] }
  return { id: 'addresses', title: words.say('addresses'), blocks: tables.length === 0 ? [none] : tables }
}

/** Addresses that were screened and belong to no campaign. */
function otherAddresses(desk: Desk): Table[] {
  const { words, material } = desk
  const own = new Set(material.campaigns.flatMap(({ addresses }) => addresses.map(({ address }) => address)))
  const rows = material.screened
    .filter(({ address }) => !own.has(address))
    .map(({ address, network }): Row => {
      return { cells: [[code(address)], [networkName(network)], listing(desk, { address, network })] }
    })
  if (rows.length === 0) return []
  const columns = [words.say('address'), words.say('network'), words.say('listing')].map(start)
  return [{ kind: 'table', caption: words.say('addresses.other'), columns, rows }]
}

/** Attribution as it is: somebody's words, with who said them where, and the place of the words where it is sealed. */
function claims({ words, material, register }: Desk): Table[] {
  if (material.claims.length === 0) return []
  const labels = [words.say('address'), words.say('claim.object'), words.say('claim.speaker'), words.say('claim.words')]
  const rows = material.claims.map(({ address, object, grade, speaker, medium, saidAt, words: said, capture }): Row => {
    const id = capture === null ? null : register.cite({ kind: 'capture', ...capture })
    const place: Inline[] = id === null ? [] : [' ', { link: { to: id, text: id } }]
    const who: Inline[] = [{ name: speaker }, ', ', { name: medium }, ...(saidAt === null ? [] : [', ', time(saidAt)])]
    const what: Inline[] = [{ name: object }, ' (', words.term('grade', grade), ')']
    return { cells: [[code(address)], what, who, [{ name: said }, ...place]] }
  })
  return [{ kind: 'table', caption: words.say('claimed'), columns: labels.map(start), rows }]
}

/** Nothing that is said of a named person stands without what that person says against it. */
function disputes({ words, material }: Desk): Table[] {
  const all = material.disputes ?? []
  if (all.length === 0) return []
  const labels = [words.say('address'), words.say('dispute.by'), words.say('claim.words')]
  const rows = all.map(({ address, by, capacity, saidAt, words: said }): Row => {
    const what: Inline[] = capacity === null ? [] : [' (', { name: capacity }, ')']
    const who: Inline[] = [{ name: by }, ...what, ...(saidAt === null ? [] : [', ', time(saidAt)])]
    return { cells: [[code(address)], who, [{ name: said }]] }
  })
  return [{ kind: 'table', caption: words.say('disputed'), columns: labels.map(start), rows }]
}

function start(label: string): { label: string; align: 'start' } {
  return { label, align: 'start' }
}

function captureRow({ register, words }: Desk, capture: CaptureMaterial): Row {
  const shows = capture.shows.flatMap(({ address, member, start, end }): Inline[] => {
    const id = register.cite(
      { kind: 'capture', sha256: capture.sha256, ...(member === null ? {} : { member }), start, end },
      { source: capture.source, mediaType: capture.mediaType },
    )
    return [{ code: address }, ' ', { link: { to: id, text: id } }, ' ']
  })
  return {
    cells: [
      [code(capture.sha256.slice(0, 16))],
      [plain(capture.source)],
      [time(capture.postedAt)],
      [time(capture.capturedAt)],
      shows.length === 0 ? [words.say('capture.nothing')] : shows,
    ],
  }
}

function addressRow(desk: Desk, address: CampaignAddress): Row {
  const { words } = desk
  return {
    cells: [
      [code(address.address)],
      [networkName(address.network)],
      [words.term('role', address.role)],
      custody(desk, address.custody),
      [time(address.publishedAt)],
      listing(desk, address),
    ],
  }
}

function custody({ words }: Desk, at: string | null): Inline[] {
  if (at === null) return [words.say('custody.unknown')]
  return at === 'self' ? [words.say('custody.self')] : words.tell('custody.hosted', { name: { name: at } })
}

function listing(
  { material, words, register }: Desk,
  { address, network }: Pick<CampaignAddress, 'address' | 'network'>,
): Inline[] {
  const found = material.screened.find(one => one.address === address && one.network === network)
  if (found === undefined) return [words.say('listing.not-checked')]
  const links = found.designations.flatMap(({ authority, version, sha256, entry }): Inline[] => {
    const id = register.cite({ kind: 'list', authority, version, sha256, entry })
    return [' ', { link: { to: id, text: id } }]
  })
  return [words.term('listing', found.status), ...links]
}
