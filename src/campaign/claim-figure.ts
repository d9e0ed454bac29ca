import { type Mention, numbersIn } from '../mention/mention.ts'
import type { Qualifier, Quantity } from './claim.ts'
import { type Sentence, toView } from './claim-sentence.ts'

/** A number with what it counts, or the words that stand for one. Places are of the sentence's view. */
export type Figure = {
  readonly at: number
  readonly to: number
  readonly quantity: Quantity
  /** A currency or coin, `ratio`, or what is counted: `account`, `site`, `person`… */
  readonly unit: string
  readonly qualifier: Qualifier | null
}

/** Figures of one sentence, in order. `mentions` are those of the text; other numbers (dates, addresses) are left. */
export function figuresOf(sentence: Sentence, mentions: readonly Mention[]): Figure[] {
  const inside = mentions.filter(one => one.start >= sentence.start && one.end <= sentence.end)
  const taken = inside.map(one => span(sentence, one))
  const figures: Figure[] = inside.flatMap(mention => {
    if (mention.kind !== 'amount' || mention.value === null) return []
    const { at, to } = span(sentence, mention)
    const unit = mention.unit === 'ratio' ? 'ratio' : (mention.currency ?? 'currency')
    return [{ at, to, unit, ...valued(sentence.text, at, to, mention.value, unit) }]
  })
  figures.push(...countsOf(sentence.text, taken))
  const all = [...taken, ...figures]
  for (const found of magnitudesOf(sentence.text)) {
    if (!all.some(one => one.at < found.to && found.at < one.to)) figures.push(found)
  }
  return figures.sort((a, b) => a.at - b.at)
}

/** What a number may mean, by its words and its rounding: as plain decimal texts. */
export function rangeOf(
  value: string,
  qualifier: Qualifier | null,
  unit: string,
): { low: string; high: string | null } {
  const number = Number(value)
  const half = COUNTED.has(unit) && number < 100 ? 0 : unit === 'ratio' ? 0.005 : halfStep(value)
  const text = (x: number) => String(Number(x.toPrecision(12)))
  switch (qualifier) {
    case 'almost':
      return { low: text(number * 0.9), high: value }
    case 'about':
      return { low: text(number - Math.max(number * 0.1, half)), high: text(number + Math.max(number * 0.1, half)) }
    case 'more than':
    case 'at least':
      return { low: value, high: null }
    case 'less than':
    case 'up to':
      return { low: '0', high: value }
    case null:
      return { low: text(number - half), high: text(number + half) }
  }
}

/** Half of the last digit that is not a zero at the end: "24 million" may be 23.5 to 24.5. */
export function halfStep(value: string): number {
  const [whole, fraction] = value.split('.') as [string, string?]
  if (fraction !== undefined) return 0.5 * 10 ** -fraction.length
  const zeros = /0*$/.exec(whole)![0].length
  return zeros >= whole.length ? 0 : 0.5 * 10 ** zeros
}

function valued(
  text: string,
  at: number,
  to: number,
  value: string,
  unit: string,
): Pick<Figure, 'quantity' | 'qualifier'> {
  const qualifier = qualifierOf(text, at, to)
  return { qualifier, quantity: { value, ...rangeOf(value, qualifier, unit), magnitude: null } }
}

/** The word of degree beside a number: just before it, or just after. */
function qualifierOf(text: string, at: number, to: number): Qualifier | null {
  const before = text.slice(Math.max(0, at - 40), at)
  const after = text.slice(to, to + 24)
  for (const [qualifier, lead, trail] of QUALIFIERS) {
    if (lead.test(before) || trail?.test(after) === true) return qualifier
  }
  return null
}

function span(sentence: Sentence, { start, end }: { start: number; end: number }): { at: number; to: number } {
  return { at: toView(sentence, start - sentence.start), to: toView(sentence, end - sentence.start) }
}

/** Numbers with a noun that is counted, and the Arabic dual. */
function countsOf(text: string, taken: readonly { at: number; to: number }[]): Figure[] {
  const found: Figure[] = []
  const free = (at: number, to: number) => ![...taken, ...found].some(one => one.at < to && at < one.to)
  for (const { start, end, value } of numbersIn(text)) {
    // "One such group" counts nothing.
    if (value === null || value === '1' || !free(start, end)) continue
    NOUN_AFTER.lastIndex = end
    const noun = NOUN_AFTER.exec(text)
    const unit = noun === null ? numberedBefore(text, start, end) : unitOf(noun[1]!)
    if (unit === null) continue
    found.push({
      at: start,
      to: noun === null ? end : end + noun[0].length,
      unit,
      ...valued(text, start, end, value, unit),
    })
  }
  for (const match of text.matchAll(DUAL)) {
    const [at, to] = [match.index, match.index + match[0].length]
    if (!free(at, to) || /ال$/.test(text.slice(0, at))) continue
    const unit = unitOf(match[1]!)
    if (unit !== null) found.push({ at, to, unit, ...valued(text, at, to, '2', unit) })
  }
  return found
}

/** `accounts numbering 150`, `حسابات … وعددها 150`: the noun counted last before the number. */
function numberedBefore(text: string, start: number, end: number): string | null {
  if (
    !/(?:عدد(?:ها|هم|هن|هما)|بلغ عدد\p{L}*|numbering|totall?ing|in number:?|number of)\s*$/u.test(text.slice(0, start))
  ) {
    const noun = new RegExp(
      String.raw`(?:عدد|number of) (?:ال)?([\p{L}-]+)(?: [\p{L}-]+){0,3} (?:بلغ|الي|was|is|reached|to|` +
        String.raw`rose to|stood at)\s*$`,
      'u',
    ).exec(text.slice(Math.max(0, start - 80), start))
    return noun === null ? null : unitOf(noun[1]!)
  }
  const nouns = [...text.slice(Math.max(0, start - 120), start).matchAll(NOUN_ANY)]
  const last = nouns.at(-1)?.[1] ?? NOUN_ANY_AFTER(text, end)
  return last === undefined ? null : unitOf(last)
}

function NOUN_ANY_AFTER(text: string, end: number): string | undefined {
  return /^[ ]+([\p{L}]+)/u.exec(text.slice(end))?.[1]
}

function unitOf(noun: string): string | null {
  for (const [unit, pattern] of UNITS) if (pattern.test(noun)) return unit
  return null
}

function magnitudesOf(text: string): Figure[] {
  return [...text.matchAll(MAGNITUDE)].map(match => {
    const word = match[0]
    const noun = unitOf(/(\p{L}+)$/u.exec(word)![1]!.replace(/^ال/, ''))
    const currency = MONEY.find(([, pattern]) => pattern.test(word))?.[0]
    const isMoney = /مليون|ملايين|مليار|million|billion/.test(word)
    const [at, to] = [match.index, match.index + word.length]
    const quantity = { value: null, low: null, high: null, magnitude: match[0].trim() } as const
    return {
      at,
      to,
      quantity,
      unit: currency ?? noun ?? (isMoney ? 'currency' : 'count'),
      qualifier: qualifierOf(text, at, to),
    }
  })
}

/** What is counted and not measured: small numbers of them are exact. */
const UNITS: readonly (readonly [string, RegExp])[] = [
  ['account', /^(?:حساب(?:ا|ات|ين|ان)?|accounts?)$/],
  ['site', /^(?:موقع(?:ا|ين|ان)?|مواقع|(?:web)?sites?)$/],
  ['page', /^(?:صفح(?:ه|ات|تين|تان)|pages?)$/],
  ['channel', /^(?:قن(?:اه|وات|اتين)|channels?)$/],
  ['follower', /^(?:متابع(?:ا|ين|ون)?|مشترك(?:ا|ين|ون)?|followers?|subscribers?)$/],
  ['transaction', /^(?:معامل(?:ه|ات|تين)|تحويل(?:ا|ات|ين)?|صفق(?:ه|ات)|عمليه|transactions?|transfers?|payments?)$/],
  ['address', /^(?:عنوان(?:ا|ين|ان)?|عناوين|address(?:es)?)$/],
  ['wallet', /^(?:محفظ(?:ه|تين|تان)|محافظ|wallets?)$/],
  ['donor', /^(?:متبرع(?:ا|ين|ون)?|مانح(?:ا|ين|ون)?|donors?|contributors?|senders?)$/],
  ['donation', /^(?:تبرع(?:ا|ات|ين)?|donations?|contributions?)$/],
  ['visit', /^(?:زيار(?:ه|ات)|visits?|visitors?)$/],
  [
    'person',
    new RegExp(
      '^(?:شخص(?:ا|ين|ان)?|اشخاص|فردا?|افراد|مشتبها?|متهما?|متهمين|people|persons?|individuals?|' +
        'suspects?|men|women|defendants?)$',
    ),
  ],
  ['times', /^(?:ضعفا?|اضعاف|مرات|مره|times|-?fold)$/],
  ['campaign', /^(?:حمل(?:ه|ات|تين)|campaigns?)$/],
  ['exchange', /^(?:بورص(?:ه|ات|تين)|منص(?:ه|ات)|exchanges?)$/],
  ['group', /^(?:مجموع(?:ه|ات)|جماع(?:ه|ات)|groups?|organi[sz]ations?|cells?)$/],
  ['country', /^(?:دول(?:ه|تين)?|بلد(?:ا|ين)?|بلدان|countries|states?)$/],
  ['coupon', /^(?:قسيم(?:ه|تين)|قسايم|coupons?|vouchers?)$/],
]
const COUNTED: ReadonlySet<string> = new Set(UNITS.map(([unit]) => unit))
const NOUNS = UNITS.map(([, pattern]) => pattern.source.slice(4, -2)).join('|')
const NOUN_AFTER = new RegExp(
  String.raw`(?:[ \u00a0-]{1,2}(?!(?:and|or|of|in|for|to|from|the|million|billion|thousand|` +
    String.raw`,)\b)[a-z-]+){0,3}?[ \u00a0]{0,2}-?(?:من )?(?:ال)?(${NOUNS})(?![\p{L}\d])`,
  'uy',
)
const NOUN_ANY = new RegExp(String.raw`(?<![\p{L}])(?:ال)?(${NOUNS})(?![\p{L}\d])`, 'gu')
const DUAL = /(?<!\p{L})و?((?:حساب|موقع|عنوان)(?:ين|ان)|(?:صفح|محفظ|معامل|حمل|قسيم)(?:تين|تان))(?!\p{L})/gu

const MAGNITUDE = new RegExp(
  [
    String.raw`(?<!\p{L})(?:عده |بضعه )?(?:(?:ميات|عشرات|الاف|بضعه) )?(?:ال)?(?:ملايين|مليارات|الاف|ميات|` +
      'عشرات)(?: (?:ال)?(?:الاف|ملايين|مليارات))?(?: من)?(?: (?:ال)?(?:دولار(?:ات)?|يورو|بيتكوين|' +
      String.raw`${NOUNS}))?(?!\p{L})`,

    String.raw`\b(?:(?:many|several|tens of|hundreds of|dozens of) )?(?:thousands|millions|billions|` +
      `hundreds|dozens)(?: of (?:us )?(?:dollars?|euros?|bitcoins?|[a-z]+ (?:${NOUNS})|` +
      String.raw`${NOUNS}))?(?![\p{L}\d])`,
  ].join('|'),
  'gu',
)
const MONEY: readonly (readonly [string, RegExp])[] = [
  ['USD', /دولار|dollar/],
  ['EUR', /يورو|euro/],
  ['BTC', /بيتكوين|bitcoin/],
]

/** The nearest wins: "up to about 40,000" is about. */
const QUALIFIERS: readonly (readonly [Qualifier, RegExp, RegExp?])[] = [
  [
    'almost',
    new RegExp(
      '(?:ما يقرب من|يقرب من|ما يقارب|يقارب|قرابه|يناهز|ما يناهز|almost|nearly|close to|just under|' +
        'just below|not quite|approaching)[ ]{0,2}(?:us ?)?[$€]?$',
    ),
  ],
  [
    'at least',
    /(?:علي الاقل|لا يقل عن|لا تقل عن|ما لا يقل عن|at least|no (?:less|fewer) than|a minimum of)[ ]{0,2}[$€]?$/,
    /^(?: دولار\p{L}*)? (?:علي الاقل|at least)|^ or more\b/u,
  ],
  ['less than', /(?:(?:اقل|ادني) من|دون|less than|fewer than|under|below)[ ]{0,2}[$€]?$/],
  [
    'up to',
    new RegExp(
      String.raw`(?:لا (?:يتجاوز|يزيد عن|تتجاوز)|ما يصل الي|تصل الي|(?<!\p{L})حتي|up to|as (?:much|many) as|` +
        'at most|no more than|a maximum of)[ ]{0,2}[$€]?$',
      'u',
    ),
  ],
  [
    'more than',
    new RegExp(
      '(?:(?:اكثر|ازيد|اكبر) من|(?:ي|ت)زيد (?:عن|علي)|(?:ي|ت)?فوق|ما يفوق|(?:ي|ت)?تجاوزت?|نيف و|' +
        'more than|over|upwards of|in excess of|exceed(?:s|ed|ing)|north of|above|' +
        'well over)[ ]{0,2}(?:us ?)?[$€]?$',
    ),
    /^\+|^ ونيف/,
  ],
  [
    'about',
    new RegExp(
      '(?:نحو|حوالي|زهاء|حدود|بحدود|تقريبا|about|around|approximately|roughly|some|circa|' +
        'an estimated|estimated(?: at)?|~|≈)[ ]{0,2}(?:us ?)?[$€]?$',
    ),
    /^ (?:تقريبا|approximately|or so)/,
  ],
]
