import * as Solana from '../chain/solana-address.ts'
import { type AddressMention, type TxidMention, verbatim } from './kind.ts'

/**
 * A Base58 text of 32 or 64 bytes: a Solana account or transaction. Neither has a checksum, so the word beside it
 * decides. An account is `probable` beside Solana's name and on the curve (every second text of this form is, by
 * chance); it is `possible` without the word, off the curve, or beside a word for keys and digests.
 */
export function judgeKey(text: string, start: number, end: number): AddressMention | TxidMention | null {
  const raw = text.slice(start, end)
  if (text[end] === '=' || text[end] === '+' || text[start - 1] === '+' || text[start - 1] === '=') return null
  const near = text.slice(Math.max(0, start - WORDS_BEFORE), start)
  const after = text.slice(end, end + WORDS_AFTER)
  const named = isAnothers(near) ? -1 : lastOf(near, SOLANA)
  const isNamed = SOLANA_ONCE.test(after) || (named >= 0 && lastOf(near, OTHER) <= named)
  if (raw.length > Solana.TEXT_MAX) {
    if (!isNamed || !Solana.isSignature(raw)) return null
    return { kind: 'txid', ...verbatim(text, start, end), certainty: 'probable', value: raw, networks: ['solana'] }
  }
  const key = Solana.parse(raw)
  if (key === undefined || !(isNamed || key.isOnCurve)) return null
  return {
    ...{ kind: 'address', ...verbatim(text, start, end), network: 'solana', networks: ['solana'] },
    ...{ type: key.isOnCurve ? 'account' : 'program-derived', address: raw, checksum: 'none' },
    certainty: isNamed && key.isOnCurve ? 'probable' : 'possible',
  }
}

/** Whether the words before were said of an identifier that stands between: only a plain list goes on. */
function isAnothers(near: string): boolean {
  const between = /[A-Za-z0-9]{26,}(?![A-Za-z0-9])([\s\S]*)$/.exec(near)
  return between !== null && /\p{L}/u.test(between[1]!)
}

function lastOf(near: string, words: RegExp): number {
  let last = -1
  for (const match of near.matchAll(words)) last = match.index
  return last
}

const WORDS_BEFORE = 100
const WORDS_AFTER = 24
const SOLANA = /solana|\bsol(?:scan|flare)?\b|phantom|\bspl\b|سولانا/gi
const SOLANA_ONCE = /^\)?[ \t]{0,2}\(?(?:solana|sol)\b/i
const SECRET = String.raw`\b(?:api|private|secret|session|access)[ _-]?(?:key|token)|password|كلمة (?:السر|المرور)`
const OTHER = new RegExp(String.raw`${SECRET}|\bhash\b|digest|monero|\bipfs\b|\bnostr\b`, 'gi')
