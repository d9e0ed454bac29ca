import type { Basis, Measure, State } from './claim.ts'
import { words } from './claim-entity.ts'
import type { Figure } from './claim-figure.ts'

/** What a figure measures, by the verb or noun nearest before it, else after it. Places are of the sentence's view. */
export type Act = { readonly measure: Measure; readonly state: State | null; readonly at: number; readonly to: number }

export function measureOf(text: string, figure: Figure): Act | null {
  const { at, to, unit } = figure
  if (STEP.test(text.slice(Math.max(0, at - 40), at))) return { measure: 'step', state: null, at, to: at }
  const acts = actsIn(text)
  const before = acts.filter(act => act.to <= at).at(-1)
  const after = acts.find(act => act.at >= to)
  const near = before ?? (after !== undefined && after.at - to < AFTER_MAX ? after : null)
  const money = unit.length === 3 || unit.length === 4 ? /^[A-Z]+$/.test(unit) : unit === 'currency'
  if (unit === 'ratio' || unit === 'times') {
    const changed = isChange(text.slice(Math.max(0, at - 40), at)) || unit === 'times'
    return { measure: changed ? 'change' : 'share', state: null, at: near?.at ?? at, to: near?.to ?? at }
  }
  if (money || unit === 'currency') return near
  if (near !== null && near.state !== null) return { ...near, measure: 'taken' }
  const changed = isChange(text.slice(Math.max(0, at - 60), at))
  return { measure: changed ? 'change' : 'count', state: null, at: near?.at ?? at, to: near?.to ?? at }
}

/** At which day's price, where the words near the figure say so. */
export function basisOf(text: string, figure: Figure): Basis | null {
  const near = text.slice(Math.max(0, figure.at - 90), figure.to + 90)
  for (const [basis, pattern] of BASES) if (pattern.test(near)) return basis
  return null
}

/** The coin that a figure in dollars speaks of: the one named nearest. */
export function coinOf(text: string, figure: Figure): string | null {
  if (COINS.some(([code]) => code === figure.unit)) return figure.unit
  let best: { code: string; away: number } | null = null
  for (const [code, pattern] of COINS) {
    for (const match of text.matchAll(pattern)) {
      const away = match.index >= figure.to ? match.index - figure.to : figure.at - match.index
      if (away < COIN_REACH && (best === null || away < best.away)) best = { code, away }
    }
  }
  return best?.code ?? null
}

export function speaksOfCrypto(text: string): boolean {
  return CRYPTO.test(text)
}

/** Whether the words say that a figure is for every way of paying. */
export function speaksOfAllRails(text: string): boolean {
  return new RegExp(
    'بكل الوسائل|جميع الوسائل|كل القنوات|نقدا|حوالات|all (?:means|channels|rails|sources|methods)|' +
      'in cash|cash couriers|hawala|bank transfers',
  ).test(text)
}

/** `3,370 BTC ($29 million)`, `worth about $29 million`: the second figure is the value of the first. */
export function isValueOf(text: string, first: Figure, second: Figure): boolean {
  const between = text.slice(first.to, second.at)
  return between.length < 60 && EQUIVALENT.test(between)
}

/** The narrower set of which a figure speaks ("used in laundering"); of a share, what it is a share of. */
export function withinOf(text: string, figure: Figure): { at: number; to: number } | null {
  if (figure.unit === 'ratio') {
    const whole = WHOLE.exec(text.slice(figure.to))
    return whole === null ? null : { at: figure.to + whole[0].indexOf(whole[1]!), to: figure.to + whole[0].length }
  }
  const after = WITHIN.exec(text.slice(figure.to))
  return after === null ? null : { at: figure.to + after.index, to: figure.to + after.index + after[0].length }
}

/** "Rose by 40,000" is a change, "rose to 40,000" is what it came to. */
function isChange(before: string): boolean {
  return CHANGE.test(before) && !LEVEL.test(before)
}

function actsIn(text: string): Act[] {
  const acts = ACTS.flatMap(([measure, state, pattern]) => {
    return [...text.matchAll(pattern)].map(match => ({
      measure,
      state,
      at: match.index,
      to: match.index + match[0].length,
    }))
  })
  return acts.sort((a, b) => a.at - b.at || b.to - a.to)
}

const AFTER_MAX = 70
const COIN_REACH = 90

const ACTS: readonly (readonly [Measure, State | null, RegExp])[] = [
  [
    'turnover',
    null,
    words(
      '(?:اجمالي )?حجم (?:ال)?(?:معاملات|تعاملات|تداول|تحويلات|حركه)|دوران|turnover|' +
        '(?:total )?(?:transaction|transfer|trading) volume|volume of (?:its )?transactions|' +
        'processed|handled|transacted|total volume|moved through|passed through|flowed through|' +
        'مرت? عبر|عالج(?:ت)?',
    ),
  ],
  [
    'balance',
    null,
    words(
      'رصيد\\p{L}*|(?:ت|ي)ملك|(?:(?:ت|ي)سيطر|سيطرت?)(?: \\p{L}+){0,4} علي\\p{L}*|(?:ت|ي)حتوي علي|' +
        '(?:ت|ي)حتفظ ب?|لا (?:يزال|' +
        'تزال) في|balance|holds?|held|holding|controls?|controlled|still contains?|remain(?:s|' +
        'ed)? in',
    ),
  ],
  [
    'received',
    null,
    words(
      'تلق(?:ته|تها|ت|ي|وا|ي[ته]ا)|(?:ت|ي)تلقي|وصل(?:ت)? الي|استلم(?:ت)?|استقبل(?:ت)?|حصل(?:ت)? علي|وردت?|دخلت? الي|' +
        'receiv(?:e|ed|es|ing)|took in|taken in|got|incoming|inflows?|was sent to it|arrived',
    ),
  ],
  [
    'raised',
    null,
    words(
      'جمع(?:ت|وا|ه|ها)?|(?:ت|ي)جمع|جني|جنت|(?:ت|ي)جني|حصد(?:ت)?|(?:ت|ي)حصد|استقطب(?:ت)?|' +
        'rais(?:e|ed|es|ing)|collect(?:ed|s|ing)?|fundraised|reap(?:s|ed|ing)?|earn(?:s|ed)?|' +
        'pulled in|brought in|netted|gathered|' +
        'amassed|garnered|solicited',
    ),
  ],
  [
    'sent',
    null,
    words(
      'ارسل(?:ت|وا)?|ارسال|حول(?:ت|وا)?|تحويل|بتحويل|دفع(?:ت|وا)?|سحب(?:ت|وا)?|sent|sending|' +
        'transferr(?:ed|ing)|paid|withdr(?:ew|awn)|withdrawals?|remitted|outflows?|moved|wired',
    ),
  ],
  [
    'taken',
    'forfeited',
    words('صادر(?:ت|وا|ته|تها)?|مصادره|(?:ت|ي)صادر|forfeit(?:ed|ure|s)?|confiscat(?:ed|es|ion|ing)'),
  ],
  [
    'taken',
    'restrained',
    words(
      'تحفظ(?:ت|وا)? ?(?:ايضا )?علي|تحفظ(?:ت|وا)?|ضبط(?:ت|وا)?|جمد(?:ت|وا)?|تجميد|حجز(?:ت|وا)?|' +
        'seiz(?:ed|es|ure|ing)|froze(?:n)?|freez(?:es|ing)|restrained|blocked|impounded',
    ),
  ],
  [
    'taken',
    'closed',
    words(
      'اغلق(?:ت|وا)?|اغلاق|اوقف(?:ت)? عمل|حجبت?|ازالت?|clos(?:ed|es|ing)|' +
        'shut(?:ter(?:ed)?)?(?: down)?|took down|taken down|disabled|suspended|removed',
    ),
  ],
  [
    'taken',
    'convicted',
    words('ادان(?:ت|وا)?|ادين(?:وا)?|ادانه|حكم(?:ت)? علي|convict(?:ed|s|ing)|sentenced|found guilty|pleaded guilty'),
  ],
  [
    'taken',
    'charged',
    words('اتهم(?:ت|وا)?|وجهت?(?: \\p{L}+)? (?:ال)?(?:تهم|اتهام)\\p{L}*|charged|indict(?:ed|s)|accused'),
  ],
  [
    'taken',
    'arrested',
    words(
      'توقيف|اوقف(?:ت|وا)?|اعتقل(?:ت|وا)?|اعتقال|القت? القبض|القاء القبض|قبض(?:ت)? علي|احتجز(?:ت|' +
        'وا)?|arrest(?:ed|s|ing)?|detain(?:ed|s)?|apprehended|rounded up',
    ),
  ],
]

const LEVEL = new RegExp(
  String.raw`(?:(?<!\p{L})(?:الي|من)|\bto|\bfrom|reach(?:ed|ing)|بلغ\p{L}*|ليصل الي|ليبلغ) (?:نحو |حوالي |اكثر من |` +
    'about |some |almost |nearly |over |more than |around )*[%٪$]?$',
  'u',
)
const STEP = new RegExp(
  '(?:بزيادات|بدفعات|دفعات|علي دفعات|بمبالغ|شرايح) (?:قدرها |كل منها |من |قيمتها )?$|' +
    '(?:increments|steps|tranches|instal?lments|denominations|chunks|amounts) of (?:about |around |' +
    'some |us ?)*[$€]?$',
)
const CHANGE = new RegExp(
  '(?:زاد|زادت|ارتفع|ارتفعت|انخفض|انخفضت|تراجع|تراجعت|نما|نمت|rose|risen|grew|grown|increased?|' +
    String.raw`decreased?|fell|fallen|dropped|declined|surged|jumped|\bup\b|\bdown\b)(?:(?! \d)[^.؟!]){0,45}?(?:ب|` +
    'by )?(?:نحو |حوالي |about |some |almost |nearly |over |more than )?[%٪]?$',
)

const BASES: readonly (readonly [Basis, RegExp])[] = [
  [
    'report-day',
    new RegExp(
      'وقت (?:كتابه|نشر|اعداد|صدور)|(?:وقت|تاريخ) النشر|بسعر اليوم|بالاسعار الحاليه|بالسعر الحالي|' +
        'حاليا بنحو|at the time of (?:writing|publication|reporting|press|the report|this report)|' +
        'today.s (?:price|rate|value|exchange)|current(?:ly)? (?:price|rate|value|exchange|worth|' +
        'valued)|at current',
    ),
  ],
  [
    'transaction-day',
    new RegExp(
      String.raw`(?:وقت|عند|لحظه|يوم) (?:ال)?(?:معامل|تحويل|تبرع|استلام|تلقي|ارسال|حدوث)\p{L}*|بقيمتها انذاك|` +
        'حينها|at the time(?: (?:of|when) (?:the |each |they |it )?(?:transactions?|transfers?|' +
        'donations?|payments?|were|was|receipt|received)| (?:they|it) (?:were|was))|' +
        'when (?:they were |it was )?(?:received|sent|donated|transferred)|at historical|' +
        'on the days? of (?:each |the )?(?:transaction|transfer|donation|payment)',
      'u',
    ),
  ],
  [
    'as-of-day',
    new RegExp(
      String.raw`بسعر (?:يوم )?(?:\d|ذلك)|باسعار|بقيمتها في|at (?:the )?(?:prices?|rates?) (?:of|on|as of)|` +
        'as-of-day|valued (?:as of|on|at the price)',
    ),
  ],
]

const COINS: readonly (readonly [string, RegExp])[] = [
  ['BTC', /بيتكوين|بتكوين|bitcoins?|\bbtc\b/g],
  ['ETH', /ايثريوم|اثيريوم|ايثيريوم|ethereum|\beth\b|\bether\b/g],
  ['USDT', /\busdt\b|تيثر|tether/g],
  ['USDC', /\busdc\b/g],
  ['TRX', /\btrx\b/g],
  ['LTC', /لايتكوين|litecoin|\bltc\b/g],
  ['XMR', /مونيرو|monero/g],
]
const CRYPTO = new RegExp(
  String.raw`مشفر|رقمي|بيتكوين|بتكوين|محفظه|كريبتو|بلوكتشين|ترون|تيثر|ايثريوم|crypto|bitcoin|\bbtc\b|` +
    String.raw`\busdt\b|\beth\b|blockchain|wallet|virtual (?:asset|currenc)|digital (?:asset|currenc)|` +
    String.raw`stablecoin|\btron\b|token`,
)

const EQUIVALENT = new RegExp(
  String.raw`^\s*[(（]\s*(?:نحو |حوالي |اي |بقيمه |ما يعادل |ما يقرب من |قرابه |اكثر من |about |around |` +
    'approximately |roughly |some |nearly |almost |over |more than |worth |equal to |' +
    'equivalent to |or |valued at |~|us ?)*[$€]?$|(?:بقيمه|اي ما يعادل|ما يعادل|تعادل|يعادل|تساوي|' +
    String.raw`قيمتها|قيمته|بما قيمته|worth|equivalent to|equal to|valued at|then worth|, or)\s*(?:at |of |` +
    'نحو |حوالي |ما يقرب من |اكثر من |then |about |around |approximately |roughly |some |nearly |' +
    'almost |over |more than |an estimated |us ?)*[$€]?$',
)
const WHOLE = new RegExp(
  '^ ?(?:من (?:اجمالي |حجم |كل )*|of (?:all |the |total |overall |' +
    String.raw`global )*)((?:\p{L}[\p{L}-]*)(?: (?!(?:in|on|by|during|was|were|for|عام|سنه|في|علي|خلال|` +
    String.raw`بحلول)(?!\p{L}))\p{L}[\p{L}-]*){0,3})`,
  'u',
)
const WITHIN = new RegExp(
  '(?:التي |الذي |and |that |which |ها )?(?:كانت |were |was |had been )?(?:تستخدم|يستخدم|استخدمت|' +
    String.raw`استخدم|مستخدمه|المستخدمه|used|involved)(?: \p{L}+)? (?:في|ل|لاغراض|in|for|` +
    String.raw`to)\p{L}*(?: \p{L}+){1,3}`,
  'u',
)
