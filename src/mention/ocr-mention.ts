import type { Mention } from './kind.ts'

/**
 * A mention as it counts where the text was read from a picture's words: nothing there is found verbatim. An address
 * whose checksum passes is `probable`, marked as read by OCR; what carries no checksum is `possible`, except names, of
 * which a wrong letter makes another name and which are probable.
 */
export function asRead(mention: Mention): Mention {
  if (mention.repaired !== null || mention.certainty === 'possible') return mention
  const isChecked = mention.kind === 'address' ? mention.checksum === 'ok' : !UNCHECKED.has(mention.kind)
  const confidence = isChecked ? 'probable' : 'possible'
  const repaired = { from: mention.raw, edits: 0, rule: 'ocr', confidence } as const
  return { ...mention, certainty: confidence, repaired }
}

/** Long numbers and hashes without a check digit: one letter read wrongly is another one. */
const UNCHECKED: ReadonlySet<string> = new Set(['txid', 'voucher'])
