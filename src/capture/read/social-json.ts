import { isUtf8 } from 'node:buffer'
import * as Instant from '../../model/instant.ts'
import { append, appendAside, type Document, type Draft, draft, NO_BYTES, setApart } from './document.ts'

/**
 * Archives that X and Facebook hand to the owner of an account.
 *
 * X: `window.YTD.tweets.part0 = [{"tweet":{…}}]` (one kind a file). Facebook: JSON whose texts are UTF-8 read as
 * Latin-1 and written as escapes, known since 2018 and never mended. Parts about the owner and the people they know
 * (contacts, messages, sessions, telephone numbers) are set apart: not shown and not searched unless asked for.
 */
type Value = Readonly<Record<string, unknown>>

/** The JSON of an X file and its kind (`tweets`, `direct_messages`, …), or undefined. */
export function unwrapX(text: string): { kind: string; json: string } | undefined {
  const head = /^\s*window\.YTD\.([a-z0-9_]{1,60})\.part\d{1,6}\s*=\s*/i.exec(text.slice(0, 200))
  return head === null ? undefined : { kind: head[1]!.toLowerCase(), json: text.slice(head[0].length) }
}

export function readX(kind: string, value: unknown): Document {
  const into = draft()
  const items = Array.isArray(value) ? value.filter(isObject) : []
  if (OPEN_KINDS.has(kind)) for (const item of items) readTweet(item, into)
  else {
    for (const line of leavesOf(value)) setApart(into, line)
    into.notes.push(`The part "${kind}" of an X archive is about its owner or the people they know: set apart.`)
  }
  return finish(into, `X archive: ${kind}`)
}

/** What is public on the account's page. */
const OPEN_KINDS: ReadonlySet<string> = new Set([
  ...['tweet', 'tweets', 'tweet_headers', 'deleted_tweets', 'community_tweet', 'note_tweet', 'profile', 'article'],
])

function readTweet(item: Value, into: Draft): void {
  const [inner] = Object.values(item).filter(isObject)
  const tweet = inner ?? item
  const text = textOf(tweet['full_text'] ?? tweet['text'])
  if (text === null) {
    for (const line of leavesOf(item)) append(into, `${line}\n`)
    return
  }
  const start = append(into, unescapeX(text))
  into.messages.push({
    ...{ id: textOf(tweet['id_str'] ?? tweet['id']) ?? '', start, end: into.length, from: null },
    ...timeOf(textOf(tweet['created_at'])),
    ...{ editedAt: null, forwardedFrom: /^RT @(\w{1,15}):/.exec(text)?.[1] ?? null },
    replyTo: textOf(tweet['in_reply_to_status_id_str'] ?? tweet['in_reply_to_status_id']),
  })
  append(into, '\n')
  for (const url of new Set(urlsOf(tweet))) appendAside(into, url, 'attribute')
}

/** X writes three signs as HTML does. */
function unescapeX(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}

/** Where shortened links lead, and where pictures lie. */
function urlsOf(tweet: Value): string[] {
  const entities = [tweet['entities'], tweet['extended_entities']].filter(isObject)
  return entities.flatMap(entity =>
    [entity['urls'], entity['media']].flatMap(list =>
      (Array.isArray(list) ? list.filter(isObject) : []).flatMap(
        one => textOf(one['expanded_url'] ?? one['media_url_https']) ?? [],
      ),
    ),
  )
}

/** `Sat Oct 07 12:00:00 +0000 2023`, or RFC 3339. */
function timeOf(text: string | null) {
  const match = /^\w{3} (\w{3}) (\d\d) (\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d) (\d{4})$/.exec(text ?? '')
  const month = match === null ? 0 : MONTHS.indexOf(match[1]!) + 1
  const written =
    month === 0
      ? (text ?? '')
      : `${match![6]}-${String(month).padStart(2, '0')}-${match![2]}T${match![3]}${match![4]}:${match![5]}`
  const postedAt = Instant.parse(written) ?? null
  return { postedAt, postedLocal: text, zone: postedAt === null ? ('unknown' as const) : ('utc' as const) }
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Whether a JSON value is a file of a Facebook archive: posts, comments, messages, or a part about the owner. */
export function isFacebook(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0 && value.slice(0, 20).every(isPost)
  if (!isObject(value)) return false
  if (Array.isArray(value['participants']) && Array.isArray(value['messages'])) return true
  return Object.keys(value).some(key => FACEBOOK_KEY.test(key))
}

function isPost(value: unknown): boolean {
  return isObject(value) && typeof value['timestamp'] === 'number' && ('data' in value || 'title' in value)
}

export function readFacebook(value: unknown): Document {
  const into = draft()
  if (Array.isArray(value)) for (const post of value) readPost(post, into)
  else if (isObject(value)) readFacebookFile(value, into)
  return finish(into, isObject(value) ? (mended(textOf(value['title'])) ?? 'Facebook archive') : 'Facebook archive')
}

function readFacebookFile(value: Value, into: Draft): void {
  if (Array.isArray(value['messages'])) {
    for (const message of value['messages']) readMessage(message, into)
    return
  }
  for (const [key, part] of Object.entries(value)) {
    if (OPEN_PARTS.test(key)) for (const post of Array.isArray(part) ? part : [part]) readPost(post, into)
    else {
      for (const line of leavesOf(part)) setApart(into, mended(line)!)
      into.notes.push(`The part "${key.slice(0, 60)}" is about its owner or the people they know: set apart.`)
    }
  }
}

/** Names of parts as Facebook writes them since 2020 (`comments_v2`). */
const FACEBOOK_KEY = /^(?:[a-z_]+_v[23]|status_updates|wall_posts_sent_to_you|profile|friends|comments)$/
const OPEN_PARTS = /^(?:comments|group_comments|group_posts|status_updates|wall_posts|other_photos|videos|page_posts)/

function readPost(post: unknown, into: Draft): void {
  if (!isObject(post)) return
  const words = [...leavesOf(post['data']), ...leavesOf(post['title']), ...leavesOf(post['attachments'])]
  const lines = [...new Set(words.map(line => mended(line)!))]
  keep(into, lines.filter(line => !/^https?:\/\//.test(line)).join('\n'), {
    ...{ id: '', from: null, postedAt: secondsOf(post['timestamp']), replyTo: null },
  })
  for (const line of lines) if (/^https?:\/\//.test(line)) appendAside(into, line, 'attribute')
}

function readMessage(message: unknown, into: Draft): void {
  if (!isObject(message)) return
  const at = typeof message['timestamp_ms'] === 'number' ? message['timestamp_ms'] / 1000 : null
  const lines = [message['content'], message['share']].flatMap(leavesOf).map(line => mended(line)!)
  keep(into, lines.join('\n'), {
    ...{ id: '', from: mended(textOf(message['sender_name'])), postedAt: secondsOf(at), replyTo: null },
  })
}

function keep(
  into: Draft,
  text: string,
  head: { id: string; from: string | null; postedAt: number | null; replyTo: string | null },
): void {
  if (text === '') return
  const start = append(into, text)
  const rest = { postedLocal: null, zone: head.postedAt === null ? ('unknown' as const) : ('utc' as const) }
  into.messages.push({ ...head, start, end: into.length, ...rest, editedAt: null, forwardedFrom: null })
  append(into, '\n')
}

function secondsOf(value: unknown): number | null {
  return typeof value === 'number' && value > 0 && value < 1e11 ? Math.floor(value) : null
}

/** Text whose every unit is a byte of UTF-8, as the text that it was. Others stay as they are. */
export function mended(text: string | null): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of Latin-1 is meant
  if (text === null || !/^[\u0000-\u00ff]*$/.test(text) || !/[\u0080-\u00ff]/.test(text)) return text
  const bytes = Buffer.from(text, 'latin1')
  return isUtf8(bytes) ? bytes.toString('utf8') : text
}

function finish(into: Draft, title: string): Document {
  const { regions, messages, notes, apart } = into
  return {
    ...{ text: into.parts.join(''), title, declaredLanguage: null, ...NO_BYTES, regions, messages, notes },
    ...(apart.length === 0 ? {} : { apart: apart.join('\n') }),
  }
}

/** All texts of a value, names of fields left out. */
function leavesOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(leavesOf)
  return isObject(value) ? Object.values(value).flatMap(leavesOf) : []
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : null
}

function isObject(value: unknown): value is Value {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
