import { existsSync } from 'node:fs'
import * as Campaign from '../../campaign/campaign.ts'
import * as Capture from '../../capture/capture.ts'
import * as Ledger from '../../ledger/ledger.ts'
import * as Instant from '../../model/instant.ts'
import { Failure } from '../../std/failure.ts'
import { answered } from '../ledger/ledgers.ts'
import type { Context, Operation } from '../operation.ts'
import { startOf } from '../when.ts'
import { factsIn } from './check-fact.ts'
import { pricesFrom } from './check-price.ts'
import { printCheck } from './check-print.ts'
import { type Recomputed, recompute } from './check-recompute.ts'
import { type Share, shares } from './check-share.ts'

/** Published figures as claims, what they are to each other, and what the ledger says of them. */
export type CheckAnswer = Omit<Campaign.Checked, 'reads'> & {
  readonly files: readonly CheckedFile[]
  readonly recomputed: readonly Recomputed[]
  readonly shares: readonly Share[]
  readonly method: { readonly name: 'fact-check'; readonly version: '1' }
}

export type CheckedFile = {
  readonly path: string | null
  readonly sha256: string | null
  readonly title: string | null
  readonly language: string | null
  /** The stamp of the page, which is not the day of its content. */
  readonly pageDate: string | null
  readonly contentDate: Campaign.PublishedClaim['date']
  readonly claims: number
}

export type CheckInput = {
  readonly file?: readonly string[]
  readonly text?: string
  readonly capture?: readonly string[]
  readonly campaign?: string
  readonly prices?: string
  readonly asset: string
  readonly published?: string
}

export const campaignCheck: Operation = {
  name: 'campaign check',
  summary: 'Read published figures as claims, and hold them against each other and the ledger',
  access: 'read',
  fields: {
    text: { type: 'string', says: 'The words of a text, given directly' },
    capture: { type: 'strings', says: 'SHA-256 or address of a captured page' },
    campaign: { type: 'string', says: 'Recompute for this campaign; default: the one that the text names' },
    prices: { type: 'string', says: 'Daily prices for this question (date,usd or date and close)', path: true },
    asset: { type: 'string', says: 'The coin of --prices', default: 'BTC' },
    published: { type: 'string', says: 'When the text was published; default: what its content shows' },
    file: {
      ...{ type: 'strings', positional: true, path: true },
      says: 'Files (text, HTML, PDF, archives); several are held against each other',
    },
  },
  examples: [
    { command: 'athar campaign check article.txt', says: 'the figures of one article' },
    { command: 'athar campaign check article.html report.pdf --json', says: 'two that tell of the same' },
    { command: 'athar campaign check article.txt --prices btc.csv', says: 'with the prices of a file' },
  ],
  list: 'claims',
  verdict: (answer: CheckAnswer) => (answer.verdicts.some(one => one.verdict === 'contradiction') ? 'no' : 'ok'),
  print: printCheck,
  run: (input: CheckInput, context: Context) => check(input, context),
}

/** Texts of one question: the work grows with the square of their figures. */
const TEXTS_MAX = 200

/** Longest text that is read, in characters: a book. */
const TEXT_LENGTH_MAX = 4_000_000

export function check(input: CheckInput, context: Context): CheckAnswer | Promise<CheckAnswer> {
  const sources = sourcesOf(input, context)
  return answered(context, at => checkAll(sources, input, at))
}

function checkAll(sources: readonly Sourced[], input: CheckInput, context: Context): CheckAnswer {
  const priceOf = pricesOf(input, context)
  const data = hasData(context)
  const { reads, ...checked } = Campaign.checkTexts(
    sources.map(one => one.source),
    { priceOf, factsFor: factsIn(data ? context : null) },
  )
  const named = input.campaign === undefined ? null : Campaign.from(context.store, input.campaign).name
  return {
    files: reads.map((read, i) => ({
      ...{ path: read.source.file, sha256: sources[i]!.sha256, title: read.title, language: read.language },
      ...{ pageDate: read.dates.page, contentDate: read.dates.content, claims: read.claims.length },
    })),
    ...checked,
    recomputed: data ? recompute(checked.claims, context, named, priceOf) : [],
    shares: data ? shares(checked.claims, context, named) : [],
    method: { name: 'fact-check', version: '1' },
  }
}

/** A text with the digest of the bytes that it was read from. */
export type Sourced = { readonly source: Campaign.ClaimSource; readonly sha256: string | null }

export function sourcesOf(input: CheckInput, context: Context): Sourced[] {
  const published = input.published === undefined ? null : Instant.formatDay(startOf('published', input.published))
  const found: Sourced[] = (input.text === undefined ? [] : [input.text]).map(text => ({
    source: { text, file: null, title: null, language: null, published, bytesOf: bytesIn(text) },
    sha256: null,
  }))
  for (const path of input.file ?? []) {
    const entries = existsSync(path) || !CAPTURED.test(path) ? Capture.readPath(path) : captured(path, context)
    found.push(...sourcedFrom(entries, published, path))
  }
  for (const name of input.capture ?? []) found.push(...sourcedFrom(captured(name, context), published, name))
  if (found.length === 0) throw nothingGiven()
  if (found.length > TEXTS_MAX) throw tooMany(found.length)
  return found
}

/** What does not exist as a file may be a captured page: its digest, or where it was taken from. */
const CAPTURED = /^(?:[0-9a-f]{8,64}|https?:\/\/.+)$/i

function captured(name: string, { store }: Context): Iterable<Capture.Entry> {
  if (!/^https?:/i.test(name)) return entriesOf(Capture.show(store, name).sha256, store)
  const page = Capture.list(store).findLast(one => one.origins.some(origin => origin.sourceUrl === name))
  if (page === undefined) throw notCaptured(name)
  return entriesOf(page.sha256, store)
}

function entriesOf(sha256: string, store: Context['store']): Iterable<Capture.Entry> {
  const path = Capture.show(store, sha256).origins[0]?.path ?? sha256
  return Capture.readBytes(path, Capture.open(store, sha256))
}

function sourcedFrom(entries: Iterable<Capture.Entry>, published: string | null, name: string): Sourced[] {
  const found: Sourced[] = []
  let failure: Failure | null = null
  for (const { path, sha256, document, failure: own } of entries) {
    failure ??= own
    if (document === null || document.text.trim() === '') continue
    if (document.text.length > TEXT_LENGTH_MAX) throw tooLong(path, document.text.length)
    const { text, title, declaredLanguage, bytesOf } = document
    const source = { text, file: path, title, language: declaredLanguage, published, bytesOf }
    found.push({ source, sha256 })
  }
  if (found.length === 0) throw failure ?? noText(name)
  return found
}

/** UTF-8 bytes of a text that was given by itself. */
function bytesIn(text: string): Campaign.ClaimSource['bytesOf'] {
  return (start, end) => {
    const from = Buffer.byteLength(text.slice(0, start))
    return [from, from + Buffer.byteLength(text.slice(start, end))]
  }
}

function pricesOf(input: CheckInput, context: Context): Campaign.CoinPrice {
  const given = input.prices === undefined ? undefined : pricesFrom(input.prices, input.asset)
  const known = hasData(context) ? Ledger.prices(context.store) : undefined
  return (symbol, day) => given?.(symbol, day) ?? known?.on(symbol, day)
}

/** Texts can be read and compared where there is no data directory yet: then nothing is recomputed. */
function hasData(context: Context): boolean {
  try {
    return context.store !== undefined
  } catch (cause) {
    if (cause instanceof Failure && cause.name === 'Store.Missing') return false
    throw cause
  }
}

function nothingGiven(): Failure {
  return new Failure('Check.NothingGiven', 'usage', 'No text was given to check.', {
    hint: 'Name files, captured pages, or --text: athar campaign check article.txt',
  })
}

function tooMany(count: number): Failure {
  return new Failure('Check.TooMany', 'limit', `${count} texts were given; one question takes ${TEXTS_MAX}.`, {
    hint: 'Check those together that tell of the same.',
    facts: { count, limit: TEXTS_MAX },
  })
}

function tooLong(path: string, length: number): Failure {
  return new Failure('Check.TooLong', 'limit', `“${path}” has ${length} characters; ${TEXT_LENGTH_MAX} are read.`, {
    hint: 'Give the part that holds the figures.',
    facts: { path, length, limit: TEXT_LENGTH_MAX },
  })
}

function noText(name: string): Failure {
  return new Failure('Check.NoText', 'input', `“${name.slice(0, 120)}” holds no text that could be read.`, {
    hint: '`athar mention find` tells what a file is and why it could not be read.',
    facts: { path: name.slice(0, 120) },
  })
}

function notCaptured(url: string): Failure {
  return new Failure('Check.NotCaptured', 'missing', `No capture was taken from “${url.slice(0, 120)}”.`, {
    hint: 'Seal the page first: athar capture add URL.',
    facts: { url: url.slice(0, 120) },
  })
}
