import type { Message } from './document.ts'

/**
 * The messages of a chat that WhatsApp exported as text: `[21/11/2026, 10:11:12] Name: …` (iOS) or `21/11/2026, 10:11 -
 * Name: …` (Android), days and hours as the telephone's language writes them. The time is local and without a zone, and
 * day and month may change places, so it stays as written.
 */
export function messagesOf(text: string): Message[] {
  const heads = [...text.matchAll(HEAD)]
  if (heads.length < MESSAGES_LEAST || heads[0]!.index > 2) return []
  return heads.map((head, i) => ({
    ...{ id: String(i + 1), start: head.index + head[0].length, end: (heads[i + 1]?.index ?? text.length + 1) - 1 },
    ...{ from: head[3]?.replace(MARKS, '').trim() ?? null, postedAt: null, zone: 'unknown' as const },
    ...{ postedLocal: `${head[1]} ${head[2]}`.replace(MARKS, ''), editedAt: null, forwardedFrom: null, replyTo: null },
  }))
}

/** One line that looks like a message may be a quotation. */
const MESSAGES_LEAST = 2
const MARKS = /[\u200e\u200f\u202a-\u202e]/g
const DIGIT = String.raw`[\d\u0660-\u0669\u06f0-\u06f9]`
const DAY = String.raw`${DIGIT}{1,4}[/.\-\u200f]{1,2}${DIGIT}{1,2}[/.\-\u200f]{1,2}${DIGIT}{2,4}`
const HOUR = String.raw`${DIGIT}{1,2}:${DIGIT}{2}(?::${DIGIT}{2})?(?:[ \u202f][AaPp]\.?[Mm]\.?|[ \u202f][صم])?`
const HEAD = new RegExp(
  String.raw`^[\u200e\u200f]?\[?(${DAY})[,،]? (${HOUR})(?:\]| -)[ \u200e\u200f]{1,3}(?:([^:\n]{1,80}): )?`,
  'gm',
)
