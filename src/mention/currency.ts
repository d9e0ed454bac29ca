/**
 * Currencies as they are named in Arabic and English, in a view's spelling. A word that several countries use has no
 * code without the country: جنيه, ليرة, ريال, درهم and دينار name none by themselves.
 */
export type Currency = {
  readonly code: string | null
  readonly end: number
  readonly places: number
  readonly note: string | null
}

/** The currency whose name or sign stands at `at` (after at most two spaces), or null. */
export function readAfter(text: string, at: number): Currency | null {
  AFTER.lastIndex = at
  const match = AFTER.exec(text)
  if (match === null) return null
  const end = at + match[0].length
  const name = match[1]!.toLowerCase()
  const satoshi = /^(?:sat|sats|satoshis?|ساتوشي)$/.test(name)
  if (satoshi) return { code: 'BTC', end, places: 8, note: null }
  for (const { words, codes, plain } of NATIONAL) {
    if (!words.test(name)) continue
    COUNTRY.lastIndex = end
    const country = COUNTRY.exec(text)
    const code = country === null ? undefined : codes[stem(country[1]!)]
    if (code !== undefined) return { code, end: end + country![0].length, places: 0, note: null }
    return { code: plain, end, places: 0, note: plain === null ? 'currency-of-several-countries' : null }
  }
  const code = CODES.get(name) ?? name.toUpperCase()
  return { code, end, places: 0, note: null }
}

/** The currency whose sign or code ends just before `at`, and where it begins, or null. */
export function readBefore(text: string, at: number): { code: string; start: number } | null {
  const match = BEFORE.exec(text.slice(Math.max(0, at - 8), at))
  if (match === null) return null
  const name = match[1] ?? match[2]!
  return { code: CODES.get(name.toLowerCase()) ?? name.toUpperCase(), start: at - match[0].length }
}

/** The country without article, gender and number. */
function stem(word: string): string {
  return word.replace(/^ال/, '').replace(/(?:يه|ي|ا)$/, '')
}

const CODES = new Map<string, string>([
  ...([
    ['$', 'USD'],
    ['us$', 'USD'],
    ['€', 'EUR'],
    ['£', 'GBP'],
    ['₪', 'ILS'],
    ['₿', 'BTC'],
    ['₺', 'TRY'],
    ['₹', 'INR'],
  ] as const),
  ...([
    ['nis', 'ILS'],
    ['يورو', 'EUR'],
    ['euro', 'EUR'],
    ['euros', 'EUR'],
    ['dollar', 'USD'],
    ['dollars', 'USD'],
  ] as const),
  ...([
    ['shekel', 'ILS'],
    ['shekels', 'ILS'],
    ['شيكل', 'ILS'],
    ['شيقل', 'ILS'],
    ['شواكل', 'ILS'],
    ['شيكلا', 'ILS'],
  ] as const),
  ...([
    ['بيتكوين', 'BTC'],
    ['بتكوين', 'BTC'],
    ['بيتكوينات', 'BTC'],
    ['بيت كوين', 'BTC'],
    ['bitcoin', 'BTC'],
    ['bitcoins', 'BTC'],
  ] as const),
  ...([
    ['ايثريوم', 'ETH'],
    ['ايثيريوم', 'ETH'],
    ['اثيريوم', 'ETH'],
    ['ايثر', 'ETH'],
    ['ether', 'ETH'],
    ['ethereum', 'ETH'],
  ] as const),
  ...([
    ['تيثر', 'USDT'],
    ['تذر', 'USDT'],
    ['tether', 'USDT'],
    ['ترون', 'TRX'],
    ['tron', 'TRX'],
    ['لايتكوين', 'LTC'],
  ] as const),
  ...([
    ['litecoin', 'LTC'],
    ['مونيرو', 'XMR'],
    ['monero', 'XMR'],
    ['xbt', 'BTC'],
  ] as const),
])

const NATIONAL: readonly { words: RegExp; plain: string | null; codes: Readonly<Record<string, string>> }[] = [
  { words: /^(?:ال)?دولار/, plain: 'USD', codes: { امريك: 'USD', اميرك: 'USD', كند: 'CAD', استرال: 'AUD' } },
  { words: /^جنيه/, plain: null, codes: { استرلين: 'GBP', مصر: 'EGP', سودان: 'SDG' } },
  { words: /^لير/, plain: null, codes: { ترك: 'TRY', سور: 'SYP', لبنان: 'LBP' } },
  { words: /^ريال/, plain: null, codes: { سعود: 'SAR', قطر: 'QAR', يمن: 'YER', عمان: 'OMR', ايران: 'IRR' } },
  { words: /^در(?:هم|اهم)/, plain: null, codes: { امارات: 'AED', مغرب: 'MAD' } },
  {
    words: /^د(?:ينار|نانير)/,
    plain: null,
    codes: { كويت: 'KWD', اردن: 'JOD', عراق: 'IQD', جزاير: 'DZD', تونس: 'TND', ليب: 'LYD', بحرين: 'BHD' },
  },
  { words: /^روبي/, plain: null, codes: { هند: 'INR', باكستان: 'PKR', اندونيس: 'IDR' } },
  { words: /^(?:pounds?|lira|liras|rials?|riyals?|dirhams?|dinars?|rupees?|rupiah)$/, plain: null, codes: {} },
]

const ARABIC =
  'دولار(?:ات|ا)?|الدولار|يورو|جنيه(?:ات|ا)?|لير(?:ات|ه)|ريال(?:ات|ا)?|درهما?|دراهم|دينار(?:ا|ات)?|دنانير|' +
  'روبي(?:ه|ات)|' +
  'شيكلا?|شيقل|شواكل|بيتكوين(?:ات)?|بتكوين|بيت كوين|ايثريوم|ايثيريوم|اثيريوم|ايثر|تيثر|تذر|ترون|لايتكوين|مونيرو|ساتوشي'
const LATIN =
  'US\\$|USDT|USDC|BUSD|DAI|XBT|BTC|ETH|TRX|LTC|XMR|BNB|SOL|XRP|DOGE|BCH|TON|USD|EUR|GBP|ILS|NIS|TRY|SYP|LBP|EGP|JOD|' +
  'IQD|' +
  'SAR|QAR|AED|KWD|IDR|PKR|INR|TJS|UZS|RUB|CHF|CAD|AUD|bitcoins?|ethereum|ether|tether|litecoin|monero|dollars?|' +
  'euros?|' +
  'shekels?|pounds?|liras?|rials?|riyals?|dirhams?|dinars?|rupees?|rupiah|satoshis?|sats?'
const AFTER = new RegExp(
  String.raw`[ \u00a0\u202f]{0,2}(?:(?:من )?((?:${ARABIC})(?!\p{L})|(?:${LATIN})(?![\p{L}\d])|[$€£₪₿₺₹]))`,
  'iuy',
)
const COUNTRY = /[ \u00a0]{1,2}((?:ال)?[\u0621-\u064a]{3,10})(?!\p{L})/uy
const BEFORE = /(?<![\p{L}\d])(US\$|USDT|USDC|BTC|ETH|TRX|USD|EUR|GBP|ILS|NIS)[ \u00a0]?$|([$€£₪₿₺₹])[ \u00a0]?$/iu

/** The beginnings of all names of currencies, for a quick refusal. */
export const CURRENCY_NAMES: readonly string[] = `${ARABIC}|${LATIN}`
  .replaceAll(/\(\?:[^)]*\)\??|[\\?]/g, '')
  .split('|')
