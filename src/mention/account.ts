import { type IbanMention, type PhoneMention, type Rejected, type VoucherMention, verbatim } from './kind.ts'
import { isAfterLetter, listed } from './start.ts'
import type { View } from './view.ts'

/** Telephone numbers in international form (`+` or `00`, 8 to 15 digits: ITU-T E.164). Local forms are left alone. */
export function findPhones(view: View): PhoneMention[] {
  const found: PhoneMention[] = []
  for (const match of view.text.matchAll(PHONE)) {
    const digits = match[0].replace(/\D/g, '').replace(/^00/, '')
    if (digits.length < 8 || digits.length > 15 || digits.startsWith('0')) continue
    const base = verbatim(view.original, view.start(match.index), view.end(match.index + match[0].length))
    found.push({ kind: 'phone', ...base, value: `+${digits}` })
  }
  return found
}

/** Bank accounts by IBAN (ISO 13616): length of the country, check digits by ISO 7064 mod 97-10. */
export function findIbans(view: View): { mentions: IbanMention[]; rejected: Rejected[] } {
  const mentions: IbanMention[] = []
  const rejected: Rejected[] = []
  for (const match of view.text.matchAll(IBAN)) {
    const country = match[0].slice(0, 2)
    const length = IBAN_LENGTH.get(country)
    const end = length === undefined ? null : ibanEnd(view.text, match.index, length)
    if (end === null) {
      const refused = ibanRefused(view, match.index, length === undefined ? 'country' : 'length')
      if (refused !== null) rejected.push(refused)
      continue
    }
    const value = view.text.slice(match.index, end).replaceAll(/[ \u00a0-]/g, '')
    const base = verbatim(view.original, view.start(match.index), view.end(end))
    if (mod97(value) === 1) mentions.push({ kind: 'iban', ...base, value, country })
    else rejected.push({ kind: 'iban', raw: base.raw, reason: 'checksum', start: base.start, end: base.end })
  }
  return { mentions, rejected }
}

/** Codes of vouchers, and numbers of cards by their check digit, only beside a word that says so. */
export function findVouchers(view: View): { mentions: VoucherMention[]; rejected: Rejected[] } {
  const found: VoucherMention[] = []
  const rejected: Rejected[] = []
  const { text } = view
  const { at: starts, lists } = view.starts()
  let free = 0
  for (let i = 0; i < starts.length; i++) {
    const at = starts[i]!
    if ((lists[i]! & VOUCHERS_BEGIN) === 0 || at < free || isAfterLetter(text, at)) continue
    VOUCHER.lastIndex = at
    const match = VOUCHER.exec(text)
    if (match === null) continue
    free = VOUCHER.lastIndex
    const code = match[2]!
    if (!/\d/.test(code)) continue
    const end = match.index + match[0].length
    const base = verbatim(view.original, view.start(end - code.length), view.end(end))
    const product = /^[a-z]/i.test(match[1]!) ? match[1]!.toLowerCase() : null
    const value = code.replaceAll(/[ -]/g, '')
    const isCard = CARD.test(match[1]!)
    if (isCard && !isCardNumber(value)) {
      rejected.push({ kind: 'voucher', raw: base.raw, reason: 'checksum', start: base.start, end: base.end })
      continue
    }
    found.push({ kind: 'voucher', ...base, certainty: 'probable', value, product: isCard ? 'card' : product })
  }
  return { mentions: found, rejected }
}

/** Beside its word an account number that cannot be one is worth a line; elsewhere such letters are anything. */
function ibanRefused(view: View, at: number, reason: 'country' | 'length'): Rejected | null {
  if (!IBAN_WORD.test(view.text.slice(Math.max(0, at - 24), at))) return null
  const run = /^[A-Z0-9](?:[ \u00a0-]?[A-Z0-9]){11,39}(?![A-Za-z0-9])/.exec(view.text.slice(at, at + 80))
  if (run === null) return null
  const base = verbatim(view.original, view.start(at), view.end(at + run[0].length))
  return { kind: 'iban', raw: base.raw, reason, start: base.start, end: base.end }
}

/** Where that many letters and digits end, single separators between them left out; null where they do not. */
function ibanEnd(text: string, start: number, length: number): number | null {
  let seen = 0
  let at = start
  for (; seen < length; at++) {
    const code = text.charCodeAt(at)
    if (isCapital(code)) seen++
    else if ((code !== 0x20 && code !== 0xa0 && code !== 0x2d) || !isCapital(text.charCodeAt(at + 1))) return null
  }
  const next = text.charCodeAt(at)
  return isCapital(next) || (next >= 97 && next < 123) ? null : at
}

/** A capital letter or a digit. */
function isCapital(code: number): boolean {
  return (code >= 65 && code < 91) || (code >= 48 && code < 58)
}

/** 13 to 19 digits that pass Luhn's check (ISO/IEC 7812-1). */
function isCardNumber(value: string): boolean {
  if (!/^\d{13,19}$/.test(value)) return false
  let sum = 0
  for (let i = 0; i < value.length; i++) {
    const digit = Number(value[value.length - 1 - i])
    sum += i % 2 === 0 ? digit : digit > 4 ? 2 * digit - 9 : 2 * digit
  }
  return sum % 10 === 0
}

function mod97(value: string): number {
  let rest = 0
  for (const letter of value.slice(4) + value.slice(0, 4)) {
    const code = letter.charCodeAt(0)
    rest = code < 58 ? (rest * 10 + code - 48) % 97 : (rest * 100 + code - 55) % 97
  }
  return rest
}

const PHONE = /(?<![\w+./-])(?:\+ ?|00)\d{1,4}(?:[ ().\u00a0-]{0,2}\d{1,4}){2,5}(?![\w]|[.,]\d)/g
const IBAN_WORD = /iban|ايبان|account/i
const IBAN = /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?=[ \u00a0-]?[A-Z0-9]{3})/g
const VOUCHER_WORD =
  'voucher|coupon|digycode|keplerk|neosurf|paysafecard|transcash|cashlib|toneo|pcs|cashu|gift ?card|itunes|' +
  'قسيمه|قسايم|كوبون|بطاقه شحن|كاش يو|visa|master ?card|credit card|debit card|' +
  'بطاقه بنكيه|بطاقه ايتمان|فيزا|ماستر كارد|مدي'
const CARD = /visa|(?:master|credit|debit) ?card|بنكيه|ايتمان|فيزا|ماستر|مدي/i
const VOUCHER_CODE = String.raw`(?:\d{4}[ -]){3}\d{4}|[A-Z0-9]{4}(?:-[A-Z0-9]{4}){2,4}|\d{10,19}`
const VOUCHER = new RegExp(
  String.raw`(?<!\p{L})(?:ال|و)?(${VOUCHER_WORD})[^\n\d]{0,40}?(?<![\p{L}\d])(${VOUCHER_CODE})(?![\p{L}\d])`,
  'iuy',
)

const VOUCHERS_BEGIN = listed(['', 'ال', 'و'].flatMap(article => VOUCHER_WORD.split('|').map(word => article + word)))

/** Lengths: SWIFT IBAN registry, release 99. */
const IBAN_LENGTH = new Map(
  `AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20
  EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30
  KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23
  PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26
  UA29 VA22 VG24 XK20 YE30`
    .split(/\s+/)
    .map(entry => [entry.slice(0, 2), Number(entry.slice(2))] as const),
)
