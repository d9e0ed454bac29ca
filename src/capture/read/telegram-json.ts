import type { Instant } from '../../model/instant.ts'
import {
  append,
  appendAside,
  type Count,
  type Document,
  type Draft,
  draft,
  type Message,
  NO_BYTES,
  setApart,
} from './document.ts'

/**
 * Telegram Desktop's `result.json`: one chat (`messages`) or an account (`chats.list`). Source: Telegram Desktop,
 * export_output_json.cpp.
 *
 * `date` is local time without a zone; only `date_unixtime` (since 2021) says when a message was posted. Contacts,
 * sessions and other personal parts of an account's export are set apart: not shown and not searched unless asked for.
 */
export function isExport(value: unknown): value is Export {
  if (!isObject(value)) return false
  if (Array.isArray(value['messages'])) return value['messages'].every(isObject) && hasMarks(value['messages'])
  return isObject(value['chats']) && Array.isArray(value['chats']['list'])
}

export type Export = Readonly<Record<string, unknown>>

/** The texts of all messages, one after another, each with its place. */
export function readExport(value: Export): Document {
  const into = draft()
  const chats = Array.isArray(value['messages']) ? [value] : ((value['chats'] as Export)['list'] as unknown[])
  const counts = chats.flatMap(chat => (isObject(chat) ? countsOf(chat) : []))
  for (const chat of chats) if (isObject(chat)) readChat(chat, into)
  for (const part of PERSONAL_PARTS) if (value[part] !== undefined) readPersonal(part, value[part], into)
  return documentOf(into, textOf(chats.length === 1 ? (chats[0] as Export)['name'] : null), counts)
}

/** What was drafted, as a document; says how many times have no zone. */
export function documentOf(into: Draft, title: string | null, counts: readonly Count[]): Document {
  const unzoned = into.messages.filter(message => message.zone === 'unknown').length
  if (unzoned > 0) into.notes.push(`${unzoned} messages have a local time only; their zone is unknown.`)
  return {
    ...{ text: into.parts.join(''), title, declaredLanguage: null, ...NO_BYTES },
    ...{ regions: into.regions, messages: into.messages, notes: into.notes },
    ...(into.apart.length === 0 ? {} : { apart: into.apart.join('\n') }),
    ...(counts.length === 0 ? {} : { counts }),
  }
}

/** Sets a part apart, its texts one a line. */
export function readPersonal(name: string, value: unknown, into: Draft): void {
  setApart(into, `[${name}]`)
  for (const line of leavesOf(value)) setApart(into, line)
  into.notes.push(`The personal part "${name}" was set apart: not shown and not searched unless asked for.`)
}

export function isPersonal(name: string): boolean {
  return PERSONAL_PARTS.includes(name)
}

function leavesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf)
  if (isObject(value)) return Object.values(value).flatMap(leavesOf)
  const text = textOf(value)
  return text === null ? [] : [text]
}

/** Followers, where a tool that writes this form gives them; Telegram Desktop itself does not. */
export function countsOf(chat: Export): Count[] {
  return COUNTS.flatMap(what => {
    const value = chat[what]
    return typeof value === 'number' && Number.isSafeInteger(value) ? [{ what, raw: String(value), value }] : []
  })
}

const COUNTS = ['participants_count', 'members_count', 'subscribers_count', 'subscribers', 'followers_count']

function readChat(chat: Export, into: Draft): void {
  const messages = Array.isArray(chat['messages']) ? chat['messages'] : []
  for (const message of messages) if (isObject(message)) readMessage(message, into)
}

/** Adds one message: its words, a poll's answers, and what its links and buttons hide. */
export function readMessage(message: Export, into: Draft): void {
  const pieces = piecesOf(message)
  const aside = asideOf(message)
  const media = mediaOf(message)
  if (pieces === '' && aside.length === 0 && media === null) return
  const start = append(into, pieces)
  const votes = votesOf(message['poll'])
  into.messages.push({
    ...{ ...head(message), start, end: into.length },
    ...(media === null ? {} : { media }),
    ...(votes.length === 0 ? {} : { votes }),
  })
  append(into, '\n')
  for (const line of aside) appendAside(into, line, 'attribute')
  const last = into.messages.at(-1)!
  if (aside.length > 0) into.messages[into.messages.length - 1] = { ...last, end: into.length - 1 }
  append(into, '\n')
}

function head(message: Export): Omit<Message, 'start' | 'end'> {
  const postedAt = unixTime(message['date_unixtime'])
  return {
    id: textOf(message['id']) ?? '',
    from: textOf(message['from'] ?? message['actor']),
    postedAt,
    postedLocal: textOf(message['date']),
    zone: postedAt === null ? 'unknown' : 'utc',
    editedAt: unixTime(message['edited_unixtime']),
    forwardedFrom: textOf(message['forwarded_from'] ?? message['saved_from']),
    replyTo: textOf(message['reply_to_message_id']),
  }
}

/** The visible words: `text` as a string or as a list of strings and entities, then a poll's question and answers. */
function piecesOf(message: Export): string {
  const { text } = message
  const entities =
    typeof text === 'string' && text !== '' ? [text] : Array.isArray(text) ? text : message['text_entities']
  const words = Array.isArray(entities)
    ? entities.map(piece => textOf(isObject(piece) ? piece['text'] : piece) ?? '')
    : []
  return [words.join(''), ...pollOf(message['poll'])].filter(Boolean).join('\n')
}

/** The picture or file that came with it, as a path within the export, or what the export says instead of it. */
function mediaOf(message: Export): string | null {
  return textOf(message['photo']) ?? textOf(message['file'])
}

function votesOf(poll: unknown): { answer: string; voters: number | null }[] {
  const answers = isObject(poll) && Array.isArray(poll['answers']) ? poll['answers'].filter(isObject) : []
  return answers.map(({ text, voters }) => ({
    answer: textOf(text) ?? '',
    voters: typeof voters === 'number' && Number.isSafeInteger(voters) ? voters : null,
  }))
}

function pollOf(poll: unknown): string[] {
  if (!isObject(poll)) return []
  const answers = Array.isArray(poll['answers']) ? poll['answers'] : []
  return [poll['question'], ...answers.map(answer => (isObject(answer) ? answer['text'] : null))].flatMap(
    text => textOf(text) ?? [],
  )
}

/** What the words hide: targets of links, of buttons, and the names of those forwarded from. */
function asideOf(message: Export): string[] {
  const entities = [message['text'], message['text_entities']].flatMap(list => (Array.isArray(list) ? list : []))
  const rows = Array.isArray(message['inline_bot_buttons']) ? message['inline_bot_buttons'].flat(1) : []
  const lines = [
    ...gluedOf(message['text']),
    ...entities.map(entity => (isObject(entity) ? textOf(entity['href']) : null)),
    ...rows.flatMap(button => (isObject(button) ? [textOf(button['text']), textOf(button['data'])] : [])),
  ]
  return [...new Set(lines.filter(line => line !== null && line !== ''))] as string[]
}

/** Pieces with a long run that touch a letter or digit of their neighbour: what an entity sets apart is a word. */
function gluedOf(text: unknown): string[] {
  if (!Array.isArray(text)) return []
  const words = text.map(piece => textOf(isObject(piece) ? piece['text'] : piece) ?? '')
  return words.filter((word, i) => {
    if (!/[A-Za-z0-9]{25}/.test(word)) return false
    const touchesBefore = /[A-Za-z0-9]$/.test(words[i - 1] ?? '') && /^[A-Za-z0-9]/.test(word)
    return touchesBefore || (/[A-Za-z0-9]$/.test(word) && /^[A-Za-z0-9]/.test(words[i + 1] ?? ''))
  })
}

/** Seconds in a text or a number. */
function unixTime(value: unknown): Instant | null {
  const text = textOf(value)
  return text !== null && /^\d{1,11}$/.test(text) ? Number(text) : null
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : null
}

function hasMarks(messages: readonly unknown[]): boolean {
  const first = messages[0]
  return first === undefined || (isObject(first) && ('date' in first || 'date_unixtime' in first) && 'id' in first)
}

function isObject(value: unknown): value is Export {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Names of an account's parts that are about its owner and the people they know. */
const PERSONAL_PARTS = [
  ...['personal_information', 'profile_pictures', 'stories', 'contacts', 'frequent_contacts', 'sessions'],
  ...['web_sessions', 'other_data', 'left_chats', 'ip_addresses', 'drafts', 'bot_chats'],
]
