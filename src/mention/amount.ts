import { CURRENCY_NAMES, readAfter, readBefore } from './currency.ts'
import { type AmountMention, verbatim } from './kind.ts'
import {
  type Decimal,
  formatDecimal,
  isSeparator,
  type Numeral,
  numeralStarts,
  readNumeral,
  scaleWords,
  shift,
} from './numeral.ts'
import { DIGIT, headsOf, KIND, LETTER, mayBegin } from './start.ts'
import type { View } from './view.ts'

/**
 * Amounts of money and shares in per cent. A number is an amount only with its currency or per cent sign beside it; a
 * plural without a number ("millions of dollars") is none. "About" and "more than" are kept, never dropped.
 */
export function findAmounts(view: View): AmountMention[] {
  const found: AmountMention[] = []
  let free = 0
  for (const at of numeralStarts(view)) {
    if (at < free || !mayBeAmount(view.text, at)) continue
    const numeral = readNumeral(view.text, at)
    if (numeral === null) continue
    const amount = readPercent(view, numeral) ?? readMoney(view, numeral)
    if (amount !== null) found.push(amount)
    free = numeral.end
  }
  return found
}

/** Whether a currency, a scale or a per cent sign can stand beside the digits at `at`; true for words. */
function mayBeAmount(text: string, at: number): boolean {
  if (KIND[text.charCodeAt(at)] !== DIGIT) return true
  const before = text.charCodeAt(at - 1) === 0x20 || text.charCodeAt(at - 1) === 0xa0 ? at - 2 : at - 1
  if (BEFORE_ENDS.includes(text[before] ?? ' ')) return true
  let end = at + 1
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end)
    if (KIND[code] === DIGIT) continue
    if (KIND[text.charCodeAt(end + 1)] !== DIGIT || !(isSeparator(code) || (isGap(code) && isThree(text, end)))) break
  }
  for (const least = end + 2; end < least && isGap(text.charCodeAt(end)); ) end++
  if (text[end] === ',') return text[end + 1] === ' ' && KIND[text.charCodeAt(end + 2)] === LETTER
  return mayBegin(AFTER_HEADS, text, end)
}

/** Whether three digits and no fourth follow: "12 500". */
function isThree(text: string, at: number): boolean {
  for (let k = 2; k <= 3; k++) if (KIND[text.charCodeAt(at + k)] !== DIGIT) return false
  return KIND[text.charCodeAt(at + 4)] !== DIGIT
}

function isGap(code: number): boolean {
  return code === 0x20 || code === 0xa0 || code === 0x202f || code === 0x2009 || code === 0x2d
}

function readPercent(view: View, numeral: Numeral): AmountMention | null {
  const { text } = view
  PERCENT_AFTER.lastIndex = numeral.end
  const after = PERCENT_AFTER.exec(text)
  const before = after === null ? PERCENT_BEFORE.exec(text.slice(Math.max(0, numeral.start - 2), numeral.start)) : null
  if (after === null && before === null) return null
  const start = numeral.start - (before?.[0].length ?? 0)
  const end = numeral.end + (after?.[0].length ?? 0)
  const value = numeral.value === null ? null : shift(numeral.value, 2)
  return assemble(view, start, end, value, { currency: null, unit: 'ratio', note: numeral.note })
}

function readMoney(view: View, numeral: Numeral): AmountMention | null {
  const { text } = view
  const before = readBefore(text, numeral.start)
  const after = readAfter(text, numeral.end)
  if (before === null && after === null) return null
  const currency = after === null ? before!.code : after.code
  const start = before?.start ?? numeral.start
  const end = after?.end ?? numeral.end
  const isDoubtful =
    numeral.note === 'point-before-three-digits' && !COINS.has(currency ?? '') && !/^0/.test(text.slice(numeral.start))
  const value = isDoubtful || numeral.value === null ? null : shift(numeral.value, after?.places ?? 0)
  const note = (isDoubtful ? numeral.note : null) ?? after?.note ?? (numeral.value === null ? numeral.note : null)
  return assemble(view, start, end, value, { currency, unit: 'currency', note })
}

function assemble(
  view: View,
  start: number,
  end: number,
  value: Decimal | null,
  rest: Pick<AmountMention, 'currency' | 'unit' | 'note'>,
): AmountMention {
  const before = hasWordBefore(view.text, start) ? view.text.slice(Math.max(0, start - WORDS_BEFORE), start) : ''
  const after = view.text[end] === ' ' ? view.text.slice(end, end + 16) : ''
  return {
    kind: 'amount',
    ...verbatim(view.original, view.start(start), view.end(end)),
    value: value === null ? null : formatDecimal(value),
    approximate: ABOUT.test(before) || /^ (?:تقريبا|approximately|or so)/.test(after),
    bound: MORE.test(before) ? 'more' : LESS.test(before) ? 'less' : null,
    ...rest,
  }
}

/** A letter or sign just before, with at most two spaces between. */
function hasWordBefore(text: string, start: number): boolean {
  let last = start - 1
  while (last >= start - 2 && text.charCodeAt(last) === 0x20) last--
  return KIND[text.charCodeAt(last)] === LETTER || '~≈<>'.includes(text[last] ?? ' ')
}

const WORDS_BEFORE = 24
const PERCENT_BEFORE = /[%٪] ?$/

/** With what a sign or code before a number ends, and with what may begin after it. */
const BEFORE_ENDS = '$€£₪₿₺₹%٪TCHXDRPStchxdrpsſ'
const AFTER_HEADS = headsOf([
  ...[...CURRENCY_NAMES, ...scaleWords(), ...'$€£₪₿₺₹%٪', 'من', 'في', 'ب', 'و', 'per', 'and', 'k', 'm', 'b', 'hundred'],
])

const PERCENT_AFTER = / ?(?:[%٪]|(?:في|ب)[ ]?(?:الميه|المايه)(?!\p{L})|بالميه|بالمايه|per ?cent\b)/uy

const ABOUT_WORD =
  'نحو|حوالي|قرابه|زهاء|يقرب من|يقارب|يناهز|حدود|about|around|approximately|nearly|almost|roughly|circa|some'
const ABOUT = new RegExp(String.raw`(?:(?:^|[^\p{L}])[وب]?(?:${ABOUT_WORD})|[~≈])[ ]{0,2}$`, 'iu')
const MORE = /(?:(?:اكثر|ازيد) من|يزيد (?:عن|علي)|يفوق|تجاوزت?|يتجاوز|more than|over|at least|upwards of|>)[ ]{0,2}$/iu
const LESS = /(?:اقل من|دون|لا يتجاوز|less than|under|up to|at most|<)[ ]{0,2}$/iu

/** Assets of which fractions of three digits are usual. */
const COINS = new Set(['BTC', 'ETH', 'LTC', 'XMR', 'BNB', 'SOL', 'TRX', 'XRP', 'BCH', 'DOGE', 'TON'])
