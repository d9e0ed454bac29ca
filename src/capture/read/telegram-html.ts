import * as Instant from '../../model/instant.ts'
import type { Message } from './document.ts'

/**
 * Messages of Telegram Desktop's `messages*.html`, as the page is read: each `div.message` with an id, its `title` of
 * the form `07.11.2021 13:33:00 UTC+03:00` (older exports have no zone), sender and origin. Source: Telegram Desktop,
 * export_output_html.cpp.
 */
export type ChatMarks = {
  readonly messages: Message[]
  open(name: string, attributes: Record<string, string>, depth: number, at: number): void
  words(text: string): void
  close(depth: number, at: number): void
  end(at: number): void
}

export function chatMarks(): ChatMarks {
  const messages: Message[] = []
  let current: Open | null = null
  let sender: string | null = null
  return {
    messages,
    open(_, attributes, depth, at) {
      const classes = ` ${attributes['class'] ?? ''} `
      if (classes.includes(' message ') && attributes['id']?.startsWith('message') === true) {
        current = { ...EMPTY, id: attributes['id'].slice('message'.length), depth, start: at, reading: null }
      }
      if (current === null) return
      if (classes.includes(' forwarded ')) current.isForward = true
      if (classes.includes(' from_name ')) current.reading = { depth, text: '' }
      if (classes.includes(' date ') && attributes['title'] !== undefined) current.date ??= attributes['title']
      const reply = /#go_to_message(\d{1,12})/.exec(attributes['href'] ?? '')
      if (reply !== null) current.replyTo ??= reply[1]!
    },
    words(text) {
      if (current?.reading) current.reading.text += current.reading.text === '' ? text : ` ${text}`
    },
    close(depth, at) {
      if (current === null) return
      if (current.reading?.depth === depth) {
        if (current.isForward) current.forwardedFrom ??= current.reading.text
        else sender = current.reading.text
        current.reading = null
      }
      if (current.depth === depth) {
        messages.push(toMessage(current, sender, at))
        current = null
      }
    },
    end(at) {
      if (current !== null) messages.push(toMessage(current, sender, at))
    },
  }
}

type Open = {
  id: string
  depth: number
  start: number
  date: string | null
  isForward: boolean
  forwardedFrom: string | null
  replyTo: string | null
  reading: { depth: number; text: string } | null
}

const EMPTY = { date: null, isForward: false, forwardedFrom: null, replyTo: null }

/** A joined message (same sender within minutes) has no name of its own: the sender before it stands. */
function toMessage(open: Open, sender: string | null, end: number): Message {
  const time = readTime(open.date)
  const { id, start, forwardedFrom, replyTo } = open
  return { ...{ id, start, end, from: sender }, ...time, editedAt: null, forwardedFrom, replyTo }
}

function readTime(text: string | null): Pick<Message, 'postedAt' | 'postedLocal' | 'zone'> {
  const match = /^(\d\d)\.(\d\d)\.(\d{4}) (\d\d:\d\d:\d\d)(?: UTC([+-]\d\d:\d\d))?$/.exec(text?.trim() ?? '')
  if (match === null) return { postedAt: null, postedLocal: text, zone: 'unknown' }
  const local = `${match[3]}-${match[2]}-${match[1]}T${match[4]}`
  const postedAt = match[5] === undefined ? undefined : Instant.parse(`${local}${match[5]}`)
  return { postedAt: postedAt ?? null, postedLocal: local, zone: postedAt === undefined ? 'unknown' : 'utc' }
}
