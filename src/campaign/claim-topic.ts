import type { Claim, Kind, Topic } from './claim.ts'

/** Sentences that say something to be checked without a number: no figure given, stories, law, and trends. */
export type Said = {
  readonly kind: Kind
  readonly topic: Topic | null
  readonly measure: Claim['measure']
  readonly direction: Claim['direction']
  readonly at: number
  readonly to: number
}

export function saidIn(text: string): Said[] {
  const found: Said[] = []
  for (const [kind, topic, pattern, unless] of PATTERNS) {
    const match = pattern.exec(text)
    if (match === null || unless?.test(text) === true) continue
    found.push({ kind, topic, measure: null, direction: null, at: match.index, to: match.index + match[0].length })
  }
  const trend = trendIn(text)
  return trend === null ? found : [...found, trend]
}

/** "The volume of … fell": which of volume and share is said matters, since one can fall while the other rises. */
function trendIn(text: string): Said | null {
  const subject = TREND_OF.exec(text)
  if (subject === null) return null
  const rest = text.slice(subject.index + subject[0].length, subject.index + subject[0].length + TREND_REACH)
  const moved = MOVED.exec(rest)
  if (moved === null) return null
  const direction = DOWN.test(moved[0]) ? 'down' : 'up'
  const measure = SHARE.test(subject[0]) ? 'share' : 'volume'
  const to = subject.index + subject[0].length + moved.index + moved[0].length
  return { kind: 'trend', topic: null, measure, direction, at: subject.index, to }
}

const GAP = '[^.؟!]{0,140}?'
const SHORT = '[^.؟!]{0,60}?'
const FIGURES =
  'حجم|مبلغ|مبالغ|رقم|ارقام|قيمه|عدد|كميه|figures?|amounts?|how much|how many|number|size|totals?|sum|estimate'

const PATTERNS: readonly (readonly [Kind, Topic | null, RegExp, RegExp?])[] = [
  [
    'no-figure',
    null,
    new RegExp(
      '(?:رفض|امتنع|لم (?:يكشف|يذكر|يحدد|يعط|يفصح|تكشف|تذكر|تحدد|تعط|تفصح)|دون (?:ذكر|تحديد|' +
        'الكشف|الافصاح)|من غير (?:ذكر|تحديد)|declin|refus|did not|didn.t|would not|without|' +
        '(?:has|have|had) (?:so far |yet |still )?not|gave no|no figure|no exact)' +
        `(?:${GAP}(?:الافصاح|الكشف|كشف|ذكر|تحديد|اعطاء|disclos|sa(?:y|ying)|giv|specif|reveal|` +
        String.raw`provid|releas|nam|estimat|quantif|confirm)${SHORT}(?<!\p{L})(?:ال)?(?:${FIGURES})|` +
        String.raw`(?: عن| بعد| ايضا)?(?: \p{L}+){0,2}? (?:ال)?(?:${FIGURES}))`,
      'u',
    ),
  ],
  [
    'narrative',
    'untraceable',
    new RegExp(
      `(?:تعقب|تتبع|رصد|ملاحق|trac(?:e|ing|k)|follow)${SHORT}(?:مستحيل|صعوب|صعب|شبه مستحيل|` +
        'لا يمكن|غير ممكن|غايه في|impossible|difficult|hard|cannot|can.t be)|' +
        '(?:يصعب|يستحيل|لا يمكن|من الصعب|من المستحيل|صعوبه|استحاله|impossible|difficult|hard|' +
        `cannot be|can.t be|unable)${SHORT}(?:تعقب|تتبع|رصد|ملاحق|trac|track|follow)|` +
        String.raw`غير قابل\p{L}* لل?(?:تتبع|تعقب)|untraceable|un-traceable|leav(?:e|es|ing) no trace|` +
        'لا (?:يترك|تترك) اثرا',
      'u',
    ),
    new RegExp(
      '(?:ليس(?:ت)? (?:مستحيل|صعب|مجهول)|not (?:impossible|untraceable|hard|difficult)|' +
        'can be traced|far from untraceable)',
    ),
  ],
  [
    'narrative',
    'anonymous',
    new RegExp(
      '(?:المعاملات|معاملات|التحويلات|العملات)[^.؟!]{0,30}مجهوله|(?:عدم (?:ال)?كشف(?: عن)?|اخفاء|' +
        'بلا) (?:ال)?هوي|(?:anonymous(?:ly)? (?:transact|payment|donat|transfer|currenc|money)|' +
        String.raw`(?:transactions|payments|donations|transfers|cryptocurrenc\p{L}+|bitcoin) (?:is|are|` +
        String.raw`being) (?:\p{L}+ )?anonymous|anonymity (?:of|for|to)|(?:hid|conceal|mask)(?:e|es|` +
        'ing) (?:the |their |its )?identit)',
      'u',
    ),
    /شريطه عدم|condition of anonymity|طلب عدم|اشترط عدم|not anonymous|pseudonym/,
  ],
  [
    'narrative',
    'traced',
    new RegExp(
      '(?:تتبع|تعقب|رصد)(?:ت|وا)?(?: \\p{L}+){0,2}? [^ ]{0,4}(?:اموال|معاملات|تدفق|تحويلات|مسار|' +
        'حركه|عملات|محفظ|محافظ|تبرعات|blockchain|بلوكتشين)|حدد(?:ت|وا)?[^.؟!]{0,30} (?:تدفق|مسار)|' +
        String.raw`مراجعه شامله للمعاملات|\b(?:traced|tracked|followed) (?:the |these |those |its |their |` +
        String.raw`some |\p{L}+ )?(?:flow|funds|money|transactions?|payments?|coins?|donations?|bitcoin|trail)|` +
        'identified the flow|(?:review|analysis) of (?:all )?(?:the |its )?transactions',
      'u',
    ),
    /(?:يصعب|يستحيل|لا يمكن|صعوبه|مستحيل|impossible|cannot|difficult|لمنع|to stop)/,
  ],
  [
    'legal',
    'not-sanctioned',
    new RegExp(
      String.raw`(?:لا (?:ت|ي)?(?:خضع|شمل)\p{L}*|ليست? (?:خاضعه|مشموله|خاضعا)|غير (?:خاضع|مشمول)\p{L}*|` +
        String.raw`خارج (?:نطاق|اطار|نظام)|معفا\p{L}*|مستثنا\p{L}*|لا تطال\p{L}*|` +
        'بمناي عن)[^.؟!]{0,40}(?:عقوبات|العقوبات|للعقوبات)|(?:not (?:be )?(?:subject to|covered by|' +
        'bound by|affected by)|outside(?: of)?|beyond|exempt from|free from|immune to|escapes?|' +
        'unaffected by|fall outside)[^.?!]{0,40}sanctions|sanctions (?:do|did|does) not (?:apply|' +
        'cover|reach|extend)',
      'u',
    ),
  ],
  [
    'legal',
    'not-designated',
    new RegExp(
      String.raw`(?:لا (?:ي|ت)?صف\p{L}*|لا (?:ي|ت)?صنف\p{L}*|لا (?:ي|ت)?عتبر\p{L}*|لم (?:ي|` +
        String.raw`ت)?صنف\p{L}*)[^.؟!]{0,60}(?:ارهابي|ارهاب)|(?:do|does|did|has|have) not (?:designate|` +
        'designated|consider|regard|list|listed|class)[^.?!]{0,60}terror',
      'u',
    ),
  ],
  [
    'legal',
    'designated',
    new RegExp(
      String.raw`(?:صنف(?:ت|ته|تها)?|تصنف\p{L}*|تصنيف\p{L}*|ادرج(?:ت|ته)?|ادراج)[^.؟!]{0,90}(?:ارهابي|ارهاب|` +
        String.raw`القايمه السوداء|قايمه|لايحه|العقوبات)|(?:designat\p{L}+|blacklist\p{L}*|list(?:ed|s)|` +
        'sanctioned)[^.?!]{0,80}(?:terror|sanction|blacklist|entity|organi[sz]ation|group|bank|' +
        'company|treasury|ofac)|(?:treasury|ofac)[^.?!]{0,60}(?:designated|blacklisted|sanctioned)',
      'u',
    ),
    /(?:لا (?:ي|ت)?(?:صف|صنف|عتبر)|do not|does not|did not) ?/,
  ],
  ['legal', 'illegal', /(?:غير قانوني\p{L}*|محظور\p{L}*|خارج القانون)|\b(?:illegal|unlawful|outlawed|banned)\b/u],
]

const TREND_REACH = 90
const TREND_OF = new RegExp(
  String.raw`(?:(?<!\p{L})(?:ان )?(?:حجم|قيمه|نسبه|حصه) (?:ال)?[^.؟!،]{0,70}?|(?:\b(?:volume|amount|value|` +
    String.raw`share|proportion|percentage) of (?:the )?[^.?!,]{0,70}?)|(?:\b[\p{L}’']+['’]s (?:share|` +
    String.raw`volume)\b[^.?!,]{0,40}?))(?=(?: قد)? (?:انخفض|تراجع|ارتفع|زاد|هبط|تضاعف)|,? (?:has |have |` +
    'had )?(?:fell|fallen|dropped|declin|decreas|shr[aiu]nk|rose|risen|grew|grown|increas|surged|' +
    'doubled))',
  'u',
)
const MOVED = new RegExp(
  String.raw`^(?: قد)? (?:انخفض|تراجع|هبط|ارتفع|زاد|تضاعف)\p{L}*|^,? (?:has |have |had )?(?:fell|fallen|` +
    String.raw`dropped|declin|decreas|shr[aiu]nk|rose|risen|grew|grown|increas|surged|doubled)\p{L}*`,
  'u',
)
const DOWN = /انخفض|تراجع|هبط|fell|fallen|dropp|declin|decreas|shr/
const SHARE = /نسبه|حصه|share|proportion|percentage/
