import { isolate } from '../std/isolate.ts'
import type { Given, Verdict } from './check.ts'
import { figureOf, subjectOf } from './check-say.ts'
import type { Claim } from './claim.ts'

/** The verdict on a claim by itself: what it is when it is no figure that could be compared. */
export function judgeOne(claim: Claim, all: readonly Claim[], given: Given): Verdict[] {
  switch (claim.kind) {
    case 'no-figure':
      return [{ ...EMPTY, verdict: 'no figure', claims: [claim.id], ...noFigure(claim) }]
    case 'unquantified':
      return [{ ...EMPTY, verdict: 'unverified', claims: [claim.id], ...unverified(claim) }, ...offRail(claim)]
    case 'narrative':
      return claim.topic === 'traced' ? [] : [narrative(claim, all)]
    case 'legal':
      return [legal(claim, given)]
    case 'figure':
      return offRail(claim)
    case 'trend':
      return []
  }
}

const EMPTY = { differ: [], fits: [], against: [], facts: [], place: null } as const

function noFigure(claim: Claim) {
  const speaker = claim.speaker ?? '—'
  return {
    en: `${isolate(speaker)} gave no figure: that is what is known, and it is not zero.`,
    ar: `لم يذكر ${isolate(speaker)} رقمًا: هذا هو المعلوم، وليس صفرًا.`,
  }
}

function unverified(claim: Claim) {
  const word = isolate(`“${claim.figure.raw.trim()}”`)
  const speaker = claim.speaker === null ? ['the text', 'النص'] : [isolate(claim.speaker), isolate(claim.speaker)]
  return {
    en: `${word} is no figure: it is the word of ${speaker[0]}, not verified, and never added to anything.`,
    ar: `${word} ليس رقمًا: هو قول ${speaker[1]}، غير متحقق منه ولا يُضاف إلى شيء.`,
  }
}

/** Money that no word ties to crypto stays out of crypto receipts. */
function offRail(claim: Claim): Verdict[] {
  const money = claim.unit !== null && /^[A-Z]{3,5}$|^currency$/.test(claim.unit)
  const flow = claim.measure === 'received' || claim.measure === 'raised' || claim.measure === 'sent'
  if (!money || !flow || claim.rail === 'crypto') return []
  const sent = claim.measure === 'sent'
  return [
    {
      ...{ ...EMPTY, verdict: 'different scope', claims: [claim.id] },
      en:
        `${figureOf(claim, 'en')} for ${subjectOf(claim, 'en')} is said without naming crypto: it may ` +
        'be for all ways of paying and stays out of crypto ' +
        `receipts${sent ? '; transferred is not donated' : ''}.`,
      ar:
        `ذُكر ${figureOf(claim, 'ar')} (${subjectOf(claim, 'ar')}) دون تسمية العملات المشفرة: قد يشمل ` +
        `كل وسائل الدفع، ويبقى خارج المقبوضات بالعملات المشفرة${sent ? '؛ والتحويل ليس تبرعًا' : ''}.`,
    },
  ]
}

function narrative(claim: Claim, all: readonly Claim[]): Verdict {
  const against = all.filter(
    one => one.topic === 'traced' || (one.state !== null && one.rail === 'crypto' && one.kind === 'figure'),
  )
  const ids = against.toSorted((a, b) => Number(b.topic === 'traced') - Number(a.topic === 'traced')).map(one => one.id)
  const shown = ids.slice(0, 6).join(', ')
  const what =
    claim.topic === 'untraceable'
      ? ['hard or impossible to trace', 'يصعب تتبعها أو يستحيل']
      : ['anonymous', 'مجهولة الهوية']
  const tail =
    ids.length === 0
      ? ['nothing in the given texts speaks for or against it', 'وليس في النصوص المعطاة ما يؤيده أو ينفيه']
      : [
          `claims ${shown} speak against it: transactions were followed, or accounts taken`,
          `وتنفيه الادعاءات ${isolate(shown)}: تُتبعت معاملات أو أُخذت حسابات`,
        ]
  return {
    ...{ ...EMPTY, verdict: 'narrative claim', claims: [claim.id], against: ids },
    en: `That the payments are ${what[0]} is a story and not a figure; ${tail[0]}.`,
    ar: `القول إن المدفوعات ${what[1]} رواية لا رقم؛ ${tail[1]}.`,
  }
}

function legal(claim: Claim, { factsFor }: Given): Verdict {
  const facts = factsFor(claim)
  const { raw } = claim.figure
  const beside =
    facts.length === 0
      ? ['no list was loaded that could be held against it', 'ولم تُحمَّل قائمة يمكن مقابلته بها']
      : [`the facts of the regime stand beside it (${facts.length})`, `ووقائع النظام بجانبه (${facts.length})`]
  return {
    ...{ ...EMPTY, verdict: 'legal claim', claims: [claim.id], facts },
    en: `“${raw.trim()}” is a statement of law and holds by regime and date; ${beside[0]}.`,
    ar: `${isolate(`«${raw.trim()}»`)} قول في القانون يصح بحسب النظام والتاريخ؛ ${beside[1]}.`,
  }
}
