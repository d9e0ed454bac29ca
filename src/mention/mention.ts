import type { Instant } from '../model/instant.ts'
import { findIbans, findPhones, findVouchers } from './account.ts'
import { findAddresses } from './address.ts'
import { findAmounts } from './amount.ts'
import { findDates } from './date.ts'
import { findNames } from './domain.ts'
import { type Far, findFar } from './far-form.ts'
import { type Folded, fold } from './fold.ts'
import type { Findings, Mention, Rejected } from './kind.ts'
import { findRepairs } from './repair.ts'
import { merge, overlaps } from './span.ts'
import { type View, viewOf } from './view.ts'

/** The face of the mention folder: identifiers in a text, exactly where they stand. */
export { findAddresses, findInBytes, type PlainAddress } from './address.ts'
export { defang } from './defang.ts'
export { isPaymentPlatform } from './handle.ts'
export type { AddressMention, Findings, Kind, Mention, Rejected } from './kind.ts'
export { numbersIn } from './numeral-list.ts'
export { asRead } from './ocr-mention.ts'
export { isInFrame, type LeftOut, type Reading, readingOf, readingText } from './reading.ts'
export { repairWritten } from './repair.ts'
export { type Cue, type Solicitation, solicitationOf } from './solicitation.ts'
export { spanAt } from './span.ts'
export { type View, viewOf } from './view.ts'

/** Version of the method (docs/methods/mention.md): it rises when answers change. */
export const VERSION = '4'

/**
 * Every identifier of a text, and what looked like one and is none, in the order in which they begin. Never throws, and
 * takes time proportional to the text. `saidAt` tells from which day relative dates at a
 * position are counted. `known` are addresses that a damaged one may be matched with. Who asks for more than this of
 * one text makes its view once.
 */
export function find(given: string | View, saidAt: SaidAt = nobodySaid, known: readonly string[] = []): Findings {
  const view = typeof given === 'string' ? viewOf(given) : given
  const text = view.original
  let folded: Folded | null = null
  const substituted = () => {
    folded ??= fold(text, 'substitute')
    return folded
  }
  const addresses = findAddresses(text, substituted)
  const far = findFar(view)
  const { mentions: plain, rejected: refusals } = settle(addresses, far)
  const ibans = findIbans(view)
  const names = findNames(view)
  const repairs = findRepairs(view, substituted(), plain, known)
  const mentions: Mention[] = [...plain, ...repairs.mentions, ...names.mentions, ...ibans.mentions]
  const taken = merge(mentions)
  const free = (mention: Mention) => !overlaps(taken, mention)
  const codes = findVouchers(view)
  const vouchers = codes.mentions.filter(free)
  const amounts = findAmounts(view).filter(free)
  const dates = findDates(view, saidAt).filter(free)
  const closer = merge([...mentions, ...vouchers, ...amounts, ...dates])
  const phones = findPhones(view).filter(phone => !overlaps(closer, phone))
  const all = [...mentions, ...vouchers, ...amounts, ...dates, ...phones].sort(inOrder)
  const ambiguous = merge(repairs.ambiguous)
  const refused = refusals.filter(one => !overlaps(ambiguous, one))
  const rejected = [...refused, ...repairs.ambiguous, ...ibans.rejected, ...names.rejected, ...codes.rejected].sort(
    inOrder,
  )
  return { mentions: all, rejected, notes: repairs.notes }
}

/** A raw TON address beside TON's name is not the transaction id that its digits alone would be. */
function settle(plain: Pick<Findings, 'mentions' | 'rejected'>, far: Far): Pick<Findings, 'mentions' | 'rejected'> {
  if (far.mentions.length === 0 && far.rejected.length === 0) return plain
  const sure = merge(far.mentions.filter(one => one.certainty !== 'possible'))
  const closer = merge([...sure, ...far.rejected])
  const mentions = [...plain.mentions.filter(one => !overlaps(closer, one)), ...far.mentions].sort(inOrder)
  const rejected = [...plain.rejected.filter(one => !overlaps(closer, one)), ...far.rejected].sort(inOrder)
  return { mentions, rejected }
}

/** When the words at a position were said, where that is known. */
export type SaidAt = (at: number) => Instant | null

const nobodySaid: SaidAt = () => null

/** A window of the text around a span, whole characters only. */
export function contextOf(text: string, { start, end }: { start: number; end: number }, width = 60): string {
  let from = Math.max(0, start - width)
  let to = Math.min(text.length, end + width)
  if (isLowHalf(text.charCodeAt(from))) from++
  if (to < text.length && isLowHalf(text.charCodeAt(to))) to--
  return text.slice(from, to)
}

function isLowHalf(code: number): boolean {
  return code >= 0xdc00 && code < 0xe000
}

function inOrder(a: Mention | Rejected, b: Mention | Rejected): number {
  return a.start - b.start || b.end - a.end
}
