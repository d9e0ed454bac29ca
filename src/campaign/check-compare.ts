import { basisOf, figureOf, measureOf, periodOf, placeOf, type Sentences, subjectOf } from './check-say.ts'
import type { Claim, Party } from './claim.ts'
import { partOf } from './claim-entity.ts'

/** What two figures are to each other, with the dimensions in which they differ. */
export type Pair = Sentences & {
  readonly verdict: 'contradiction' | 'compatible' | 'different scope' | 'not comparable'
  readonly differ: readonly Dimension[]
}

export type Dimension = 'subject' | 'measure' | 'state' | 'asset' | 'unit' | 'period' | 'basis' | 'place' | 'part'

/**
 * Compares two figures of one unit. A contradiction needs the same subject, measure, asset, period and value basis,
 * each of them stated; without that it is never one. Undefined: nothing ties the two together.
 */
export function compare(a: Claim, b: Claim): Pair | undefined {
  if (!isComparable(a, b) || !isLinked(a, b)) return undefined
  const differ = differences(a, b)
  const agree = overlap(a, b)
  const apart = differ.includes('subject') || differ.includes('place') || differ.includes('part')
  const known = a.scope.subject !== null || b.scope.subject !== null
  if (agree && (!apart || !known || a.quantity?.value === b.quantity?.value)) {
    return { verdict: 'compatible', differ, ...compatibleWords(a, b, differ) }
  }
  if (differ.length === 0 && a.file === b.file && a.start === b.start) return undefined
  if (differ.length === 0) return { verdict: 'contradiction', differ, ...contradictionWords(a, b) }
  if (a.state !== null && b.state !== null && !isMoney(a) && isPerhapsPart(a, b)) {
    return { verdict: 'compatible', differ, ...partWords(a, b, differ) }
  }
  const other = differ.some(one => one === 'measure' || one === 'asset' || one === 'basis')
  const wider = agree || differ.some(one => one === 'subject' || one === 'part' || one === 'place' || one === 'state')
  const stated = !differ.includes('period') || (a.period !== null && b.period !== null)
  if (wider || (stated && !other)) return { verdict: 'different scope', differ, ...scopeWords(a, b, differ) }
  return { verdict: 'not comparable', differ, ...apartWords(a, b, differ) }
}

/** Both are numbers of one unit that measure something of one kind. */
export function isComparable(a: Claim, b: Claim): boolean {
  if (a.kind !== 'figure' || b.kind !== 'figure' || a.unit !== b.unit) return false
  if (a.measure === null || b.measure === null || a.measure === 'step' || b.measure === 'step') return false
  if ((a.measure === 'change') !== (b.measure === 'change')) return false
  if ((a.state === null) !== (b.state === null)) return false
  return familyOf(a) === familyOf(b)
}

/** The same subject or actor; or acts of authorities that nothing keeps apart; or one country and year. */
export function isLinked(a: Claim, b: Claim): boolean {
  const [one, two] = [a.scope, b.scope]
  if (one.subject !== null && one.subject.key === two.subject?.key) return true
  const ties = (x: string | undefined, y: string | undefined) =>
    x !== undefined && y !== undefined && (x === y || isPart(x, y))
  if (ties(one.actor?.key, two.actor?.key) || ties(one.subject?.key, two.actor?.key)) return true
  if (ties(one.actor?.key, two.subject?.key)) return true
  if (a.state !== null && b.state !== null) {
    return one.authority === null || two.authority === null || one.places.length * two.places.length === 0
      ? true
      : one.places.some(place => two.places.includes(place))
  }
  return a.measure === b.measure && a.period?.key === b.period?.key && a.file === b.file
}

/** Whether some value fits both, within their rounding and words of degree. */
export function overlap(a: Claim, b: Claim): boolean {
  const [x, y] = [a.quantity, b.quantity]
  if (x === null || y === null || x.value === null || y.value === null) return false
  if (x.value === y.value) return true
  const top = (high: string | null) => (high === null ? Number.POSITIVE_INFINITY : Number(high))
  return Number(x.low) <= top(y.high) && Number(y.low) <= top(x.high)
}

function differences(a: Claim, b: Claim): Dimension[] {
  const found: Dimension[] = []
  const [one, two] = [a.scope.subject?.key ?? null, b.scope.subject?.key ?? null]
  if (one !== two || one === null || isNoun(a.scope.subject!)) found.push('subject')
  if (a.measure !== b.measure) found.push('measure')
  if (a.state !== b.state) found.push('state')
  if (a.asset !== b.asset) found.push('asset')
  if (!samePeriod(a, b)) found.push('period')
  if (!sameBasis(a, b)) found.push('basis')
  const [here, there] = [a.scope.places, b.scope.places]
  if (here.length > 0 && there.length > 0 && !here.some(place => there.includes(place))) found.push('place')
  if (a.scope.within !== b.scope.within) found.push('part')
  return found
}

/** "The exchange", "a wallet": a noun names nobody, so that two of them need not be one. */
function isNoun({ kind, key }: Party): boolean {
  return key === kind || key.startsWith(`${kind}@`)
}

/** A period that is not stated is not the same as another. */
function samePeriod(a: Claim, b: Claim): boolean {
  if (a.period === null || b.period === null || a.period.key !== b.period.key) return false
  return a.period.kind !== 'rolling' || (a.date.value !== null && a.date.value === b.date.value) || a.file === b.file
}

/** Dollars of a coin whose price moves need a stated day on both sides; other amounts mean one thing. */
function sameBasis(a: Claim, b: Claim): boolean {
  if (a.unit === null || !FIAT.has(a.unit)) return true
  if (a.basis !== b.basis) return false
  const moves = [a, b].some(claim => claim.asset !== null && !STABLE.has(claim.asset))
  return !moves || a.basis !== null
}

/** The smaller number may be a part of the larger: another legal state, or a narrower set. */
function isPerhapsPart(a: Claim, b: Claim): boolean {
  return a.state !== b.state || a.scope.within !== b.scope.within
}

function isPart(a: string, b: string): boolean {
  return partOf[a] === b || partOf[b] === a || a.split('+').includes(b) || b.split('+').includes(a)
}

function familyOf({ measure, unit }: Claim): string {
  if (measure === 'share' || measure === 'change' || measure === 'taken') return measure
  return isMoney({ unit }) ? 'money' : 'count'
}

function isMoney({ unit }: Pick<Claim, 'unit'>): boolean {
  return unit !== null && /^[A-Z]{3,5}$|^currency$/.test(unit)
}

function both(a: Claim, b: Claim, language: 'en' | 'ar'): string {
  const side = (claim: Claim) => `${figureOf(claim, language)} ${placeOf(claim, language)}`
  return language === 'en' ? `${side(a)} and ${side(b)}` : `${side(a)} و${side(b)}`
}

/** What sets the two apart, in words. */
function apart(a: Claim, b: Claim, differ: readonly Dimension[], language: 'en' | 'ar'): string {
  const en = language === 'en'
  const versus = (x: string, y: string) => (en ? `${x} against ${y}` : `${x} مقابل ${y}`)
  const words: Record<Dimension, () => string> = {
    subject: () => {
      const [one, two] = [a.scope.subject, b.scope.subject]
      if (one?.key === two?.key && (one === null || isNoun(one)))
        return en ? 'neither names its subject' : 'لا يُسمّى موضوع أي منهما'
      return (en ? 'the subjects differ: ' : 'يختلف الموضوع: ') + versus(subjectOf(a, language), subjectOf(b, language))
    },
    measure: () =>
      (en ? 'the measures differ: ' : 'يختلف المقياس: ') + versus(measureOf(a, language), measureOf(b, language)),
    state: () =>
      (en ? 'the legal states differ: ' : 'تختلف الحالة القانونية: ') +
      versus(measureOf(a, language), measureOf(b, language)),
    asset: () => (en ? 'the assets differ: ' : 'يختلف الأصل: ') + versus(a.asset ?? none(en), b.asset ?? none(en)),
    unit: () => (en ? 'the units differ' : 'تختلف الوحدة'),
    period: () =>
      a.period === null && b.period === null
        ? en
          ? 'neither states its period'
          : 'لا تُذكر فترة أي منهما'
        : (en ? 'the periods differ or are not stated: ' : 'تختلف الفترة أو لا تُذكر: ') +
          versus(periodOf(a, language), periodOf(b, language)),
    basis: () =>
      (en ? 'the value basis differs or is not stated: ' : 'يختلف أساس التقييم أو لا يُذكر: ') +
      versus(basisOf(a, language), basisOf(b, language)),
    place: () =>
      (en ? 'the places differ: ' : 'يختلف المكان: ') + versus(a.scope.places.join(', '), b.scope.places.join(', ')),
    part: () =>
      (en ? 'one speaks of a narrower set: ' : 'يتحدث أحدهما عن مجموعة أضيق: ') +
      `“${a.scope.within ?? b.scope.within}”`,
  }
  return differ.map(one => words[one]()).join(en ? '; ' : '؛ ')
}

function none(en: boolean): string {
  return en ? 'none named' : 'لم يُسمَّ'
}

function rounding(a: Claim, b: Claim, en: boolean): string {
  const same = a.quantity?.value === b.quantity?.value
  if (a.qualifier === null && b.qualifier === null) return same ? '' : en ? 'within their rounding' : 'ضمن التقريب'
  if (!same) return en ? 'what their words of degree allow overlaps' : 'يتداخل ما تسمح به ألفاظ التقريب'
  return en ? 'the words of degree round the same figure' : 'ألفاظ التقريب تدور حول الرقم نفسه'
}

function compatibleWords(a: Claim, b: Claim, differ: readonly Dimension[]): Sentences {
  const tell = (language: 'en' | 'ar') => {
    const en = language === 'en'
    const why = [rounding(a, b, en), apart(a, b, differ, language)].filter(text => text !== '').join(en ? '; ' : '؛ ')
    const head = en ? `${both(a, b, language)} can both hold` : `يمكن أن يصح ${both(a, b, language)} معًا`
    return `${head}${why === '' ? '' : `: ${why}`}.`
  }
  return { en: tell('en'), ar: tell('ar') }
}

function contradictionWords(a: Claim, b: Claim): Sentences {
  return {
    en:
      `${both(a, b, 'en')} cannot both hold: the subject, measure (${measureOf(a, 'en')}), asset, ` +
      `period (${periodOf(a, 'en')}) and value basis are the same.`,
    ar:
      `لا يمكن أن يصح ${both(a, b, 'ar')} معًا: الموضوع والمقياس (${measureOf(a, 'ar')}) والأصل ` +
      `والفترة (${periodOf(a, 'ar')}) وأساس التقييم واحدة.`,
  }
}

function partWords(a: Claim, b: Claim, differ: readonly Dimension[]): Sentences {
  return {
    en:
      `${both(a, b, 'en')} can both hold: ${apart(a, b, differ, 'en')}; whether one set is a part of ` +
      'the other is not stated.',
    ar:
      `يمكن أن يصح ${both(a, b, 'ar')} معًا: ${apart(a, b, differ, 'ar')}؛ ولا يُذكر هل إحدى ` +
      'المجموعتين جزء من الأخرى.',
  }
}

function scopeWords(a: Claim, b: Claim, differ: readonly Dimension[]): Sentences {
  return {
    en: `${both(a, b, 'en')} speak of different things: ${apart(a, b, differ, 'en')}.`,
    ar: `يتحدث ${both(a, b, 'ar')} عن شيئين مختلفين: ${apart(a, b, differ, 'ar')}.`,
  }
}

function apartWords(a: Claim, b: Claim, differ: readonly Dimension[]): Sentences {
  return {
    en: `${both(a, b, 'en')} cannot be set against each other: ${apart(a, b, differ, 'en')}.`,
    ar: `لا يمكن مقابلة ${both(a, b, 'ar')}: ${apart(a, b, differ, 'ar')}.`,
  }
}

const FIAT: ReadonlySet<string> = new Set(['USD', 'EUR', 'GBP', 'ILS', 'TRY', 'currency'])
const STABLE: ReadonlySet<string> = new Set(['USDT', 'USDC', 'DAI', 'BUSD'])
