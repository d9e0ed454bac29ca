import { toHex } from '../std/bytes.ts'

/**
 * Words that a transaction carries for whoever reads the chain: an OP_RETURN output, the memo of a Tron transaction,
 * the data of a payment on an EVM chain. Whoever signs the transaction writes what he likes, to any address: it says
 * nothing of who is paid, and nothing in it is thereby true.
 */
export type Note = {
  readonly text: string
  /** Whether the text was longer than is kept. */
  readonly cut: boolean
}

/** A note with its place and, on account chains, who wrote it and whom the transaction calls or pays. */
export type PlacedNote = Note & {
  /** 64 lower-case hex digits, as printed. */
  readonly txid: string
  /** Of a UTXO transaction the output's place; −1: the transaction itself. */
  readonly place: number
  /** Null: of a UTXO transaction its inputs tell. */
  readonly writer: string | null
  readonly receiver: string | null
  /** Null: the block does not say, the ledger tells. */
  readonly height: number | null
  readonly time: number
}

/** Characters that are kept of a note. Ours. */
export const TEXT_MAX = 2000

/** Bytes that are looked at: longer data are files, not words. Ours. */
export const BYTES_MAX = 100_000

/**
 * What an OP_RETURN script says: its pushes, those that are text as text and the others in hex. Null where none is
 * text, which is the rule: commitments, tokens, proofs. A push that its script cuts short counts as far as it goes.
 */
export function ofScript(bytes: Uint8Array, at: number, length: number): Note | null {
  const end = at + Math.min(length, BYTES_MAX)
  if (length < 2 || bytes[at] !== OP_RETURN) return null
  const parts: string[] = []
  let isText = false
  for (let from = at + 1; from < end; ) {
    const code = bytes[from]!
    const [head, size] = pushAt(bytes, from, code)
    if (size === -1) {
      from++
      continue
    }
    const to = Math.min(end, from + head + size)
    const said = textOf(bytes, from + head, to)
    isText ||= said !== null
    if (to > from + head) parts.push(said ?? `0x${toHex(bytes.subarray(from + head, Math.min(to, from + TEXT_MAX)))}`)
    from = to
  }
  return isText ? cutOff(parts.join(' ')) : null
}

/** Bytes that are one text, or null. */
export function ofBytes(bytes: Uint8Array): Note | null {
  const text = bytes.length > BYTES_MAX ? null : textOf(bytes, 0, bytes.length)
  return text === null ? null : cutOff(text)
}

const OP_RETURN = 0x6a

/** Bytes before what is pushed, and how many are pushed; −1: pushes nothing that we show (OP_0, numbers, others). */
function pushAt(bytes: Uint8Array, at: number, code: number): readonly [head: number, size: number] {
  const byte = (k: number): number => bytes[at + k] ?? 0
  if (code > 0 && code < OP_PUSHDATA1) return [1, code]
  if (code === OP_PUSHDATA1) return [2, byte(1)]
  if (code === OP_PUSHDATA1 + 1) return [3, byte(1) | (byte(2) << 8)]
  if (code === OP_PUSHDATA1 + 2) return [5, (byte(1) | (byte(2) << 8) | (byte(3) << 16) | (byte(4) << 24)) >>> 0]
  return [1, -1]
}

const OP_PUSHDATA1 = 0x4c

/** Valid UTF-8 without control characters in which two letters or a picture stand; else null. */
function textOf(bytes: Uint8Array, from: number, to: number): string | null {
  let isPlain = true
  for (let k = from; k < to; k++) {
    const byte = bytes[k]!
    if ((byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 13) || byte === 0x7f) return null
    if (byte >= 0x80) isPlain = false
  }
  if (to - from < 2) return null
  let text: string
  try {
    text = UTF8.decode(bytes.subarray(from, to))
  } catch {
    return null
  }
  if (!isPlain && NO_WORDS.test(text)) return null
  return WORDS.test(text) ? text : null
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const NO_WORDS = /[\u0080-\u009f\p{Cs}\p{Co}\p{Cn}]/u
const WORDS = /\p{L}.*?\p{L}|\p{Extended_Pictographic}/su

function cutOff(text: string): Note {
  if (text.length <= TEXT_MAX) return { text, cut: false }
  const end = isHighHalf(text.charCodeAt(TEXT_MAX - 1)) ? TEXT_MAX - 1 : TEXT_MAX
  return { text: text.slice(0, end), cut: true }
}

function isHighHalf(code: number): boolean {
  return code >= 0xd800 && code < 0xdc00
}
