import { type Rejected, type TxidMention, verbatim } from './kind.ts'

/**
 * A transaction id: 64 hex digits as UTXO chains and Tron write it, `0x` and 64 as EVM chains do. It has no checksum
 * and no form of its own: any SHA-256 looks the same. Words beside it decide: those of a file's digest reject it, those
 * of a transaction (or an explorer's link) make it `found`; without either it is `probable`.
 */
export function judgeTxid(text: string, start: number, end: number, prefixed: boolean): TxidMention | Rejected {
  const raw = text.slice(start, end)
  const before = text.slice(Math.max(0, start - WORDS_BEFORE), start)
  const near = before.slice(before.lastIndexOf('\n') + 1)
  const digest = lastOf(near, DIGEST)
  const transaction = lastOf(near, TRANSACTION)
  if (isEmptyValue(raw) || digest > transaction) return { kind: 'txid', raw, reason: 'hash', start, end }
  const value = raw.toLowerCase()
  const certainty = transaction >= 0 ? 'found' : 'probable'
  const networks = prefixed ? EVM : hinted(near)
  return { kind: 'txid', ...verbatim(text, start, end), certainty, value, networks }
}

/** Where the last of the words stands: the one nearest to the id decides. */
function lastOf(near: string, words: RegExp): number {
  let last = -1
  for (const match of near.matchAll(words)) last = match.index
  return last
}

/** All digits alike (a null value), or the leading zeros of a block's proof of work: not an id. */
function isEmptyValue(raw: string): boolean {
  return /^(?:0x)?([0-9a-fA-F])\1{63}$|^0{8}/.test(raw)
}

function hinted(near: string): readonly string[] {
  if (/tron/i.test(near)) return ['tron']
  if (/litecoin|\bltc\b/i.test(near)) return ['litecoin']
  return /bitcoin|\bbtc\b|mempool|blockstream|بيتكوين|بتكوين/i.test(near) ? ['bitcoin'] : UTXO_OR_TRON
}

const UTXO_OR_TRON = ['bitcoin', 'litecoin', 'tron']
const EVM = ['ethereum', 'bsc', 'polygon', 'arbitrum', 'optimism', 'base', 'avalanche']
const WORDS_BEFORE = 80

const DIGEST = /sha-?(?:256|3|2)\b|keccak|checksum|digest|integrity|fingerprint|merkle|block ?hash|بصمة/gi
const TRANSACTION = /\btx(?:id|n|s|hash)?\b|transaction|معاملة|المعاملة|تحويل|هاش/gi
