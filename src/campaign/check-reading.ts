import { type Sentences, STATES } from './check-say.ts'
import type { Claim } from './claim.ts'
import type { Read } from './claim-read.ts'

/** A word of the text whose reading matters, and how it was read. */
export type Reading = Sentences & {
  readonly term: string
  readonly reading: string
  readonly file: string | null
  readonly line: number
  readonly start: number
  readonly end: number
}

/** Readings of all texts, in order; each word of a text once. */
export function readingsIn(reads: readonly Read[]): Reading[] {
  return reads.flatMap(read => {
    const found = [...termsIn(read), ...read.claims.flatMap(claim => ofClaim(claim))]
    return [...new Map(found.map(one => [`${one.start} ${one.reading}`, one])).values()].sort(
      (a, b) => a.start - b.start,
    )
  })
}

function termsIn({ sentences, source }: Read): Reading[] {
  return sentences.flatMap(({ sentence }) =>
    TERMS.flatMap(({ pattern, reading, en, ar }) =>
      [...sentence.text.matchAll(pattern)].map(match => {
        const start = sentence.start + sentence.view.start(match.index)
        const end = sentence.start + sentence.view.end(match.index + match[0].length)
        return {
          term: source.text.slice(start, end),
          reading,
          file: source.file,
          line: sentence.line,
          start,
          end,
          en,
          ar,
        }
      }),
    ),
  )
}

function ofClaim(claim: Claim): Reading[] {
  const { figure, file, line } = claim
  const place = { file, line, start: figure.start, end: figure.end }
  const found: Reading[] = []
  if (DUAL.test(figure.raw) && claim.quantity?.value !== undefined && claim.quantity.value !== null) {
    found.push({
      ...{ ...place, term: figure.raw, reading: claim.quantity.value },
      en: `The dual is read as two: ${claim.quantity.value}.`,
      ar: `المثنى يعني اثنين: ${claim.quantity.value}.`,
    })
  }
  if (claim.state !== null) {
    const [en, ar] = STATES[claim.state]
    const more = claim.state === 'arrested' || claim.state === 'charged'
    found.push({
      ...{ ...place, term: figure.raw, reading: claim.state },
      en: more
        ? `The legal state is ${en}: that is not convicted.`
        : `The legal state is ${en}: restrained, closed and forfeited are three different states.`,
      ar: more
        ? `الحالة القانونية ${ar}: وهي ليست إدانة.`
        : `الحالة القانونية ${ar}: والضبط أو التجميد والإغلاق والمصادرة ثلاث حالات مختلفة.`,
    })
  }
  if (claim.measure === 'sent' && /بورص|منص|exchange/i.test(claim.words)) {
    found.push({
      ...{ ...place, term: figure.raw, reading: 'withdrawals, not people' },
      en:
        'The chain shows withdrawals from an exchange: the people behind them cannot be counted, an' +
        'd the country of the exchange is not that of the senders.',
      ar: 'تُظهر السلسلة سحوبات من بورصة: لا يمكن عدّ من وراءها، وبلد البورصة ليس بلد المرسلين.',
    })
  }
  if (claim.measure === 'share') {
    found.push({
      ...{ ...place, term: figure.raw, reading: 'share' },
      en:
        `A share needs its whole: it is of “${claim.scope.within ?? 'a whole that is not named'}”, and ` +
        'the measure behind it is not printed.',
      ar: `لا معنى للنسبة دون كلّها: هي من «${claim.scope.within ?? 'كلّ لم يُسمَّ'}»، والمقياس الذي وراءها غير مذكور.`,
    })
  }
  return found
}

const DUAL = /مليون(?:ي|ين|ان)|ألف(?:ي|ين|ان)|الف(?:ي|ين|ان)|مليار(?:ي|ين|ان)|مئت(?:ي|ين|ان)/

const TERMS: readonly (Sentences & { readonly pattern: RegExp; readonly reading: string })[] = [
  {
    pattern: /(?:ال)?(?:شركات|موسسات) (?:ال)?تابعه ل(?=تنظيم|جماعه|حركه|داعش|القاعده|حزب|ل?طالبان)/gu,
    reading: 'affiliates',
    en: 'Read as affiliates (branches of the organisation), not companies.',
    ar: 'تُقرأ بمعنى الفروع التابعة للتنظيم، لا الشركات التجارية.',
  },
  {
    pattern: new RegExp(
      String.raw`\b(?:companies|subsidiaries|firms) (?:affiliated with|belonging to|of) (?:the )?(?:isis|` +
        'islamic state|al-?qaeda|hamas|hezbollah|taliban|daesh)',
      'gu',
    ),
    reading: 'affiliates',
    en: 'Read as affiliates (branches of the organisation), not companies.',
    ar: 'تُقرأ بمعنى الفروع التابعة للتنظيم، لا الشركات التجارية.',
  },
  {
    pattern: /(?:الويه|كتايب|لجان) [\u0621-\u064a ]{3,30} (?:ال)(?:ايراني|سعودي|سوري|تركي|قطري|صيني)(?:ه)?(?!\p{L})/gu,
    reading: 'doubtful adjective',
    en:
      'The adjective of nationality behind the group’s name is doubtful: it may come from the trans' +
      'lation and is attached to nothing.',
    ar: 'صفة الجنسية بعد اسم الجماعة موضع شك: قد تكون من الترجمة، ولا يُبنى عليها شيء.',
  },
]
