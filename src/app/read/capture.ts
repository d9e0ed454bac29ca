import * as Campaign from '../../campaign/campaign.ts'
import * as Capture from '../../capture/capture.ts'
import * as Instant from '../../model/instant.ts'
import { Failure } from '../../std/failure.ts'
import type { Context, Operation } from '../operation.ts'
import { startOf } from '../when.ts'
import { holdRow } from './erase.ts'
import { describe } from './mention.ts'
import { detailOf, fetchPage, type PageInput, pageFields } from './page.ts'

type AddInput = {
  readonly paths: readonly string[]
  readonly sourceUrl?: string
  readonly postedAt?: string
  readonly campaign?: string
  readonly parent?: string
  readonly relation?: string
} & PageInput

/** `athar capture add`: seals what is named, members of archives as captures of their own with their parent. */
export const captureAdd: Operation = {
  name: 'capture add',
  summary: 'Seal files as evidence: hash, source, time, custody',
  access: 'write',
  fields: {
    sourceUrl: { type: 'string', says: 'Where it was published' },
    postedAt: { type: 'string', says: 'When it was published (a day or an RFC 3339 time)' },
    campaign: { type: 'string', says: 'The campaign that it belongs to' },
    parent: { type: 'string', says: 'SHA-256 of the capture from which this one was reached' },
    relation: {
      ...{ type: 'string', says: 'How it was reached from there', default: 'click' },
      choices: Capture.RELATIONS,
    },
    ...pageFields,
    paths: {
      type: 'strings',
      says: 'Files, folders, archives, addresses of pages, or - for stdin',
      positional: true,
      required: true,
      path: true,
    },
  },
  examples: [
    { command: 'athar capture add post.txt --source-url https://t.me/s/example/12', says: 'one post and its place' },
    { command: 'athar capture add export.zip --campaign "winter"', says: 'an export, tied to a campaign' },
    {
      command: 'athar capture add https://example.org/donate --parent 5d41402a',
      says: 'the page that an advert led to',
    },
    {
      command: 'curl -s https://example.org | athar capture add - --source-url https://example.org',
      says: 'from a pipe',
    },
  ],
  list: 'captures',
  verdict: (answer: AddAnswer) => (answer.failed.length === 0 ? 'ok' : 'no'),
  run: (input: AddInput, context: Context): AddAnswer | Promise<AddAnswer> => {
    check(input, context)
    const urls = input.paths.filter(isUrl)
    if (urls.length === 0) return add(input, context, new Map())
    return fetchAll(urls, input, context).then(pages => add(input, context, pages))
  },
}

export const captureShow: Operation = {
  name: 'capture show',
  summary: 'Show a capture: where it came from, its custody, what it says',
  access: 'read',
  fields: {
    sha256: {
      type: 'string',
      says: 'Its SHA-256, or the first eight digits or more',
      positional: true,
      required: true,
    },
    text: { type: 'boolean', says: 'Show the text that was read in it, and what it names where', default: false },
  },
  examples: [{ command: 'athar capture show 5d41402a --text', says: 'the capture and its text' }],
  run: (input: { sha256: string; text?: boolean }, context: Context) =>
    show(input.sha256, input.text === true, context),
}

export const captureList: Operation = {
  name: 'capture list',
  summary: 'List what is sealed',
  access: 'read',
  fields: { campaign: { type: 'string', says: 'Only captures of this campaign' } },
  examples: [{ command: 'athar capture list --campaign winter', says: 'the evidence of one campaign' }],
  list: 'captures',
  run: (input: { campaign?: string }, context: Context) => ({
    captures: Capture.list(context.store, input.campaign ?? null).map(capture => row(capture)),
  }),
}

export const captureVerify: Operation = {
  name: 'capture verify',
  summary: 'Hash everything that is sealed again, and check the custody chain',
  access: 'read',
  fields: { sha256: { type: 'string', says: 'Only this capture', positional: true } },
  examples: [{ command: 'athar capture verify', says: 'exit code 1 where a byte has changed, and its name' }],
  list: 'failures',
  verdict: (answer: { ok: boolean }) => (answer.ok ? 'ok' : 'no'),
  run: (input: { sha256?: string }, context: Context) => {
    const { withheld, ...found } = Capture.verify(context.store, input.sha256 ?? null, (done, total) => {
      if (context.signal.aborted) throw cancelled()
      context.progress({ done, total, unit: 'captures' })
    })
    return { ...found, withheld: withheld.map(({ at, ...one }) => ({ ...one, at: Instant.format(at) })) }
  },
}

type AddAnswer = { readonly captures: readonly object[]; readonly failed: readonly object[] }

/** Each file is a transaction of its own: what was acknowledged stays, and the same command finishes the rest. */
function add(input: AddInput, context: Context, pages: Pages): AddAnswer {
  const source = sourceOf(input, context.user)
  const captures: object[] = []
  const failed: object[] = []
  let failure: Failure | null = null
  for (const path of input.paths) {
    for (const entry of pages.get(path) ?? Capture.readPath(path)) {
      if (context.signal.aborted) throw cancelled()
      context.progress({ done: captures.length, total: null, unit: 'captures', note: entry.path })
      if (entry.long !== undefined && entry.sha256 !== null) {
        const long = { ...entry.long, sha256: entry.sha256, onPiece: watched(context, entry.long.bytes, entry.path) }
        const { capture, isNew } = Capture.sealPieces(context.store, entry, long, source, context.clock)
        linkTo(input, capture.sha256, entry, context)
        captures.push({ path: entry.path, new: isNew, container: null, ...row(capture), notes: entry.notes })
        continue
      }
      const isWhole = entry.bytes !== null && entry.bytes.length > 0
      if (entry.failure !== null) {
        failure ??= entry.failure
        failed.push({ path: entry.path, sealed: isWhole && !isRefused(entry.failure), error: entry.failure.toJSON() })
      }
      if (!isWhole || (entry.failure !== null && isRefused(entry.failure))) continue
      const from =
        source.sourceUrl === null && entry.seen !== undefined ? { ...source, sourceUrl: entry.seen.url } : source
      const { capture, isNew } = Capture.seal(context.store, entry, from, context.clock)
      linkTo(input, capture.sha256, entry, context)
      Capture.remember(context.store, entry)
      const { path: name, notes, container } = entry
      captures.push({ path: name, new: isNew, container, ...row(capture), notes })
    }
  }
  if (captures.length === 0 && failure !== null && failed.length === 1) throw failure
  return { captures, failed }
}

function isUrl(path: string): boolean {
  return /^https?:\/\//i.test(path)
}

/** What is named must be there before anything is read: a campaign, the capture from which this one was reached. */
function check({ campaign, parent }: AddInput, { store }: Context): void {
  if (campaign !== undefined) Campaign.from(store, campaign)
  if (parent !== undefined) Capture.show(store, parent)
}

type Pages = ReadonlyMap<string, readonly Capture.Entry[]>

async function fetchAll(urls: readonly string[], input: AddInput, context: Context): Promise<Pages> {
  const pages = new Map<string, readonly Capture.Entry[]>()
  for (const url of urls) pages.set(url, await entriesOf(url, input, context))
  return pages
}

/** A page that is fetched, with what was seen on the way. */
async function entriesOf(url: string, input: AddInput, context: Context): Promise<Capture.Entry[]> {
  const page = await fetchPage(url, input, 'capture add', context)
  const seen = { url, at: page.steps.at(-1)?.at ?? null, detail: detailOf(page) }
  return [...Capture.readBytes(url, page.body)].map(entry =>
    entry.path === url ? { ...entry, seen, notes: [...entry.notes, ...page.notes] } : entry,
  )
}

/** What was named itself is a step of the chain; members of archives came with it. */
function linkTo({ parent, relation }: AddInput, sha256: string, { container }: Capture.Entry, context: Context): void {
  if (parent === undefined || container !== null) return
  Capture.link(context.store, { sha256, parent, relation: relation ?? 'click', by: context.user }, context.clock)
}

/** Tells how far a long file is, and stops between two pieces: the same command goes on there. */
function watched(context: Context, total: number, note: string): (done: number) => void {
  return done => {
    if (context.signal.aborted) throw cancelled()
    context.progress({ done, total, unit: 'bytes', note })
  }
}

/** A limit or damage refuses the bytes; what is merely not understood is evidence all the same. */
function isRefused(failure: Failure): boolean {
  return failure.kind === 'limit' || failure.name.startsWith('Archive.')
}

function show(sha256: string, withText: boolean, context: Context): object {
  const capture = Capture.show(context.store, sha256)
  const members = [...Capture.readSealed(context.store, capture.sha256)].map(entry => ({
    ...{ path: entry.path, sha256: entry.sha256, mediaType: entry.mediaType, notes: entry.notes },
    title: entry.document?.title ?? null,
    characters: entry.document?.text.length ?? null,
    messages: entry.document?.messages.length ?? null,
    ...(withText ? saidIn(entry, capture.origins[0]?.postedAt ?? null) : {}),
    error: entry.failure?.toJSON() ?? null,
  }))
  const custody = capture.custody.map(entry => ({
    ...entry,
    at: Instant.format(entry.at),
    detail: JSON.parse(entry.detail, toldTime),
  }))
  const hold = Capture.standingHold(context.store, capture.sha256)
  return {
    ...row(capture),
    custody,
    hold: hold === null ? null : holdRow(hold),
    alike: Capture.alike(context.store, capture.sha256),
    seen: Capture.seenOf(context.store, capture.sha256),
    chain: chainRow(Capture.chainOf(context.store, capture.sha256)),
    members,
  }
}

/** Times within a detail are kept as seconds, and told as all others are. */
function toldTime(name: string, value: unknown): unknown {
  return /At$/.test(name) && typeof value === 'number' ? Instant.format(value) : value
}

/** The text that was read, and what it names at which place. */
function saidIn(entry: Capture.Entry, postedAt: Instant.Instant | null): object {
  const { mentions, possible, rejected } = describe(entry, postedAt)
  return { text: entry.document?.text ?? null, mentions, possible, rejected }
}

function chainRow({ before, after }: Capture.Chain): object {
  const told = (step: Capture.Chain['before'][number]) => ({ ...step, at: Instant.format(step.at) })
  return { before: before.map(told), after: after.map(told) }
}

function row(capture: Capture.Capture): object {
  const { sha256, mediaType, encoding, bytes, sealedAt, origins, withheld } = capture
  return {
    ...{ sha256, mediaType, encoding, bytes, sealedAt: Instant.format(sealedAt) },
    withheld: withheld === null ? null : { ...withheld, at: Instant.format(withheld.at) },
    origins: origins.map(({ postedAt, capturedAt, id: _, sha256: __, ...origin }) => ({
      ...origin,
      postedAt: postedAt === null ? null : Instant.format(postedAt),
      capturedAt: Instant.format(capturedAt),
    })),
    custody: { entries: capture.custody.length, last: capture.custody.at(-1)?.hash ?? null },
  }
}

function sourceOf(input: AddInput, user: string): Capture.Source {
  const { sourceUrl, postedAt, campaign } = input
  const posted = postedAt === undefined ? null : startOf('postedAt', postedAt)
  return { sourceUrl: sourceUrl ?? null, postedAt: posted, campaign: campaign ?? null, collector: user }
}

function cancelled(): Failure {
  return new Failure('Capture.Cancelled', 'cancelled', 'It was stopped before it was done.', {
    hint: 'Run the same command again: what was sealed stays sealed.',
  })
}
