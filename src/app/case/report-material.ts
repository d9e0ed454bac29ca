import * as Attribution from '../../attribution/attribution.ts'
import * as Campaign from '../../campaign/campaign.ts'
import * as Capture from '../../capture/capture.ts'
import * as CaseFile from '../../casefile/casefile.ts'
import * as Ledger from '../../ledger/ledger.ts'
import { findAddresses } from '../../mention/mention.ts'
import type { Coverage } from '../../model/coverage.ts'
import * as Instant from '../../model/instant.ts'
import * as Network from '../../model/network.ts'
import type * as Report from '../../report/report.ts'
import type { Store } from '../../store/store.ts'
import type { Context } from '../operation.ts'
import { VERSION } from '../version.ts'
import { type FiledTrace, traceMaterial } from './report-trace.ts'

/** Gathers what a report is made from: the case's record and the filed answers of its runs. Nothing is run anew. */
export function gather(name: string, { store, clock, user }: Context): Report.Material {
  const file = CaseFile.read(store, name)
  const answered = file.runs
    .filter(run => run.sha256 !== null)
    .map(run => ({ run, filed: filedOf(store, run.sha256!) }))
  const of = <T>(operation: string) =>
    answered.filter(one => one.run.operation === operation) as { run: CaseFile.Run; filed: T }[]
  const campaigns = evidenceOf(file, 'campaign').map(({ value }) => Campaign.from(store, value))
  const addresses = addressesOf(file, campaigns)
  const receipts = of<FiledReceipts>('campaign receipts')
  const traces = of<FiledTrace>('trace')
  const screens = of<FiledScreen>('screen')
  const coverage = [
    ...screens.flatMap(one => one.filed.results.flatMap(result => result.coverage ?? [])),
    ...receipts.flatMap(one => one.filed.answer.coverage),
    ...traces.map(one => one.filed.trace.coverage),
  ]
  return {
    program: { name: 'Athar', version: VERSION },
    writtenAt: Instant.format(clock()),
    writtenBy: user,
    synthetic: isSynthetic(file, coverage),
    case: caseMaterial(file),
    captures: evidenceOf(file, 'capture').map(({ value }) => captureMaterial(store, value, addresses)),
    campaigns: campaigns.map(campaign => campaignMaterial(campaign, receipts)),
    traces: traces.map(({ run, filed }) => traceMaterial(run, filed)),
    screened: latestOf(screens.flatMap(one => one.filed.results.map(screenedMaterial))),
    claims: claimsOf(store, addresses),
    disputes: disputesOf(store, addresses, clock()),
    lists: Attribution.status(store, clock()).map(({ authority, version, sha256 }) => ({ authority, version, sha256 })),
    prices: pricesOf(
      store,
      receipts.map(one => one.filed),
    ),
    runs: file.runs.map(run => ({ ...run, arguments: run.input, declaredAt: Instant.format(run.declaredAt) })),
    coverage: byNetwork(coverage),
  }
}

type FiledReceipts = {
  readonly answer: Campaign.Answer
  readonly rows: readonly FiledRow[]
  /** Receipts of all assets in dollars; null where one has no price. */
  readonly usd: string | null
}

type FiledRow = Omit<Report.ReceiptRow, 'time' | 'index'> & { readonly time: number }

type FiledScreen = { readonly results: readonly FiledResult[] }

type FiledResult = {
  readonly address: string
  readonly network: string | null
  readonly status: string
  readonly coverage: Coverage | null
  readonly designations: readonly {
    readonly authority: string
    readonly entity: string
    readonly listedAt: string | null
    readonly citation: {
      readonly kind: string
      readonly version?: string
      readonly sha256?: string
      readonly entry?: string
    }
  }[]
}

function filedOf(store: Store, sha256: string): unknown {
  return JSON.parse(new TextDecoder().decode(store.files.get(sha256)))
}

/** Everything made up, or on a network whose coins have no value: then the report says so on top. */
function isSynthetic(file: CaseFile.CaseFile, coverage: readonly Coverage[]): boolean {
  const tests = coverage.some(one => Network.parse(one.network)?.test === true)
  return tests || file.title.includes('SYNTHETIC')
}

function evidenceOf(file: CaseFile.CaseFile, what: CaseFile.EvidenceKind): CaseFile.Evidence[] {
  const own = file.evidence.filter(one => one.what === what)
  return [...new Map(own.map(one => [one.value, one])).values()]
}

function caseMaterial(file: CaseFile.CaseFile): Report.CaseMaterial {
  const { name, title, status, notes, events } = file
  return {
    ...{ name, title, status, events: events.length, digest: events.at(-1)!.digest },
    notes: notes.map(note => ({ ...note, at: Instant.format(note.at) })),
  }
}

/** A capture, and each place at which it shows an address of the case as written. */
function captureMaterial(store: Store, sha256: string, addresses: readonly string[]): Report.CaptureMaterial {
  const { mediaType, bytes, origins } = Capture.show(store, sha256)
  const [origin] = origins
  const path = origin?.path ?? sha256
  const held = Capture.openUnlessWithheld(store, sha256)
  const shows = [...(held === null ? [] : Capture.readBytes(path, held))].flatMap(entry => {
    const { mentions } = findAddresses(entry.document?.text ?? '')
    const found = mentions.flatMap(one => (one.kind === 'address' && one.certainty === 'found' ? [one] : []))
    const member = entry.path === path ? null : entry.path
    const own = found.filter(({ address }) => addresses.includes(address))
    return own.map(({ address, start, end }) => ({ address, member, start, end }))
  })
  return {
    ...{ sha256, mediaType, bytes, source: origin?.sourceUrl ?? origin?.path ?? null, shows },
    postedAt: formatted(origin?.postedAt ?? null),
    capturedAt: formatted(origin?.capturedAt ?? null),
  }
}

function campaignMaterial(
  { name, claimedActor, addresses }: Campaign.Campaign,
  runs: readonly { readonly run: CaseFile.Run; readonly filed: FiledReceipts }[],
): Report.CampaignMaterial {
  const last = runs.findLast(({ run }) => (run.input as { name?: string }).name === name)
  return {
    ...{ name, claimedActor },
    addresses: addresses.map(({ network, address, role, hostedAt, window }) => ({
      ...{ network, address, role, custody: hostedAt, publishedAt: formatted(window.publishedAt) },
    })),
    receipts: last === undefined ? null : receiptsMaterial(last.run, last.filed),
  }
}

function receiptsMaterial(run: CaseFile.Run, { answer, rows, usd }: FiledReceipts): Report.ReceiptsMaterial {
  const { inflow, classes, lower, upper, transactions, first, last, method } = answer
  return {
    run: { operation: run.operation, arguments: run.input, method, sha256: run.sha256 },
    ...{ inflow, classes, lower, upper, transactions, first, last },
    usd: usd === null ? null : { value: usd, basis: 'transaction-day' },
    rows: rows.map(row => ({ ...row, time: Instant.format(row.time), index: null })),
  }
}

/** Of an address that was screened more than once, the answer of the latest run. */
function latestOf(screened: readonly Report.ScreenedMaterial[]): Report.ScreenedMaterial[] {
  return [...new Map(screened.map(one => [`${one.network}:${one.address}`, one])).values()]
}

function screenedMaterial({ address, network, status, designations }: FiledResult): Report.ScreenedMaterial {
  return {
    ...{ address, network: network ?? '', status },
    designations: designations.map(({ authority, entity, listedAt, citation: { version, sha256, entry } }) => ({
      ...{ authority, entity, listedAt, version: version ?? '', sha256: sha256 ?? '', entry: entry ?? address },
    })),
  }
}

function addressesOf(file: CaseFile.CaseFile, campaigns: readonly Campaign.Campaign[]): string[] {
  const linked = campaigns.flatMap(({ addresses }) => addresses.map(({ address }) => address))
  return [...new Set([...linked, ...evidenceOf(file, 'address').map(({ value }) => value)])]
}

function claimsOf(store: Store, addresses: readonly string[]): Report.ClaimMaterial[] {
  return addresses.flatMap(address =>
    Attribution.claims(store, address).map(({ object, grade, speaker, medium, saidAt, words, capture }) => ({
      ...{ address, object, grade, speaker, medium, words, capture },
      saidAt: saidAt === null ? null : Instant.formatDay(saidAt),
    })),
  )
}

/** What is disputed of the addresses: of claims, judged or not, of labels and of listings. */
function disputesOf(store: Store, addresses: readonly string[], now: Instant.Instant): Report.DisputeMaterial[] {
  const known = Attribution.knowledge(store, { asOf: now, knownAt: now })
  const all = Attribution.disputes(store)
  return addresses.flatMap(address => {
    const claims = new Set(Attribution.claims(store, address).map(claim => claim.id))
    const shown = known.networksOf(address).flatMap(network => known.labelsOf(network, address))
    const beside = new Set(shown.flatMap(label => label.disputes ?? []).map(one => one.id))
    const isListing = (target: string) => target.startsWith('listing:') && target.endsWith(`:${address}`)
    return all
      .filter(one => claims.has(one.target) || beside.has(one.id) || isListing(one.target))
      .map(({ by, capacity, words, saidAt }) => {
        return { address, by, capacity, words, saidAt: saidAt === null ? null : Instant.formatDay(saidAt) }
      })
  })
}

/** The files whose prices the receipts were valued at, by asset, with the days that were asked of them. */
function pricesOf(store: Store, filed: readonly FiledReceipts[]): Report.PriceMaterial[] {
  const prices = Ledger.prices(store)
  const found = new Map<string, { asset: string; from: string; to: string; sha256: string }>()
  const rows = filed.flatMap(one => one.rows).filter(row => row.class === 'receipts')
  for (const { asset, time } of rows.sort((a, b) => a.time - b.time)) {
    const day = Instant.formatDay(time)
    const sha256 = prices.on(asset, day)?.source
    if (sha256 === undefined) continue
    const known = found.get(`${asset} ${sha256}`)
    if (known === undefined) found.set(`${asset} ${sha256}`, { asset, from: day, to: day, sha256 })
    else known.to = day
  }
  return [...found.values()]
}

/** The last word on each network. */
function byNetwork(coverage: readonly Coverage[]): Coverage[] {
  return [...new Map(coverage.map(one => [one.network, one])).values()]
}

function formatted(at: Instant.Instant | null): string | null {
  return at === null ? null : Instant.format(at)
}
