import { type Sentence, wordsBetween } from './claim-sentence.ts'

/** Whose word a sentence is, and the outlet that is quoted for it; `again`: the speaker of the sentence before. */
export type Voice = {
  readonly speaker: string | null
  /** Where the speaker stands in the view; both 0 where nobody is named. */
  readonly at: number
  readonly to: number
  readonly via: string | null
  readonly again: boolean
}

export function voiceOf(sentence: Sentence): Voice {
  const via = outletOf(sentence)
  const { text } = sentence
  for (const pattern of [ACCORDING, ARABIC_SAID, ENGLISH_SAID, ENGLISH_SAID_AFTER]) {
    for (const match of text.matchAll(pattern)) {
      const name = match[1]!
      const at = match.index + match[0].indexOf(name)
      const trimmed = QUOTED.test(name) ? name.trim() : trim(name)
      if (trimmed.length < 2 || PRONOUN.test(trimmed) || NO_VOICE.test(trimmed)) continue
      const from = at + name.indexOf(trimmed)
      const to = from + trimmed.length
      return { speaker: wordsBetween(sentence, from, to), at: from, to, via, again: false }
    }
  }
  return { speaker: null, at: 0, to: 0, via, again: AGAIN.test(text) }
}

function outletOf(sentence: Sentence): string | null {
  const match = OUTLET.exec(sentence.text)
  if (match === null) return null
  const name = (match[1] ?? match[2] ?? match[3])!
  const at = match.index + match[0].lastIndexOf(name)
  return wordsBetween(sentence, at, at + name.length)
}

/** Without what hangs on the name: clauses, dates, quotes. */
function trim(name: string): string {
  return name
    .replace(/ ?[“"«»”].*$/u, '')
    .replace(/^(?:ما )?(?:نقلت|نقل|ذكرت|ذكر) (?:وكاله|صحيفه).*$/u, '')
    .replace(
      new RegExp(
        ' (?:الخميس|الجمعه|السبت|الاحد|الاثنين|الثلاثاء|الاربعاء|يوم .*|امس|في (?:تقرير|بيان|تصريح|' +
          'حسابها|عام|وقت|ديسمبر|يناير).*|ل?لصحافيين.*|المنشور.*|خلال .*|قوله.*)$',
        'u',
      ),
      '',
    )
    .replace(
      new RegExp(
        ' (?:on (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)|in (?:a|its|the) .*|' +
          'yesterday|last .*|this .*)$',
        'u',
      ),
      '',
    )
    .replace(/^(?:in|on|by) (?:(?:late|early|mid) ?-?)?(?:\d{1,2} )?(?:[a-z]+ )?(?:\d{1,2},? )?\d{4},? /u, '')
    .replace(/^(?:but|and|while|as|however|separately|meanwhile|later|then) /u, '')
    .replace(/[\s,،:]+$/u, '')
    .trim()
}

const STOP = `(?= (?:ان|انه|انها|انهم|بان|علي ان|الي ان|عن ان|الي حاله|كيف|ما |فقد|فان)|[،,:؛«"“]| الافصاح|$)`
const QUOTED = /^(?:\p{L}+ ){0,2}[«"“][^»"”]{2,40}[»"”]$/u
const QUOTED_NAME = String.raw`(?:[\p{L}]+ ){0,2}[«"“][^»"”]{2,40}[»"”]`
const SAID =
  'قال|قالت|يقول|تقول|اعلن|اعلنت|اكد|اكدت|ذكر|ذكرت|اضاف|اضافت|اوضح|اوضحت|اشار|اشارت|يشير|تشير|' +
  'كشف|كشفت|زعم|زعمت|يزعم|يدعي|تدعي|ادعي|ادعت|صرح|صرحت|افاد|افادت|قدر|قدرت|رفض|رفضت|حددت|حدد|' +
  'امتنع|امتنعت|نقلت .{2,60}? عن'
const ACCORDING = new RegExp(
  [
    String.raw`(?:(?<!\p{L})و?(?:(?:وفقا|طبقا|استنادا) (?:ل|الي )|وفق |بحسب |حسب |حسبما (?:ذكر|افاد|نقل|` +
      'قال|اعلن)ت? |نقلا عن |علي حد قول )',
    String.raw`|\b(?:according to|citing|as reported by|selon(?: le| la| les)?) |\bselon l[’'])`,
  ].join('') +
    '([^،,.:;؛«"“]{2,70}?)(?=[،,.:;؛«"“]| (?:ان|انه|انها|فقد|فان|يوم|كشفت|كشف|تظهر|تلقت|تلقي|' +
    String.raw`جمعت|بلغ|بلغت|ارسل)(?!\p{L})|$)`,
  'gu',
)
const ARABIC_SAID = new RegExp(
  String.raw`(?<!\p{L})[وف]?(?:${SAID}) (${QUOTED_NAME}|[^،,:؛«"“]{2,80}?)(?:(?<=[»"”])|${STOP})`,
  'gu',
)
const ENGLISH_VERB =
  'said|says?|told|reported|reports|claimed|claims|estimated|estimates|announced|alleged|alleges|' +
  'wrote|found|revealed|confirmed|stated|states|put the|declined|refused|would not|added|' +
  'identified|calculated'
const ENGLISH_SAID = new RegExp(
  String.raw`(?:^|[,;.“"] ?|\b(?:and|but|while) )((?:[\p{L}\d.’'“”&()-]+ ){0,8}?[\p{L}\d.’'”&()-]+?)(?:,[^,` +
    String.raw`]{2,60},)? (?:has |have |had |also |later |earlier )?(?:${ENGLISH_VERB})\b`,
  'gu',
)
const ENGLISH_SAID_AFTER = /[,”"] ?(?:said|says|told|reported|claimed|estimated) ([^,.;:"“]{2,60})/gu
const OUTLET = new RegExp(
  '(?:صحيفه|وكاله|مجله|قناه|موقع|تقرير) (?:[«"“]([^»"”]{2,40})[»"”])|(?:صحيفه|وكاله|' +
    String.raw`مجله) ((?:[\p{L}]+ ?){1,2}?)(?= يوم| ان| عن|[،,.]|$)|\b((?:the )?(?:wall street journal|` +
    'new york times|washington post|guardian|jerusalem post|reuters|bbc|cnn|associated press|' +
    String.raw`ap news|bloomberg|financial times|haaretz|coindesk|cointelegraph|beincrypto|al jazeera))\b`,
  'u',
)
const PRONOUN = new RegExp(
  '^(?:he|she|it|they|we|who|which|that|this|there|you|i|ان|انه|انها|هو|هي|ايضا|ذلك|كذلك|some|' +
    'many|one|money|donations?|funds?)$',
)
const NO_VOICE =
  /^(?:(?:ان|انه|انها|عن|ايضا ان|في|من|الي|علي)(?: |$)|that |the (?:address|wallet|campaign) (?:that|which))/
const AGAIN = new RegExp(
  String.raw`^[\s“"«]*(?:واضاف|اضاف|واضافت|واوضح|وتابع|واكد|وقال|وقالت|واشار|واشارت|(?:he|she|it|` +
    String.raw`they) (?:said|added|told|also said|noted|estimated))(?!\p{L})`,
  'u',
)
