/**
 * What else than its name a query says of whom it looks for, held against a candidate where both sides say it: birth
 * dates and countries. Each feature lowers or raises the score of the name and says so; what only one side says counts
 * for nothing.
 */
export type Feature = {
  readonly id: 'birth-date' | 'country'
  /** What is added to the score of the name. */
  readonly effect: number
  readonly en: string
}

type Properties = Readonly<Record<string, readonly string[]>>

export function featuresOf(query: Properties, candidate: Properties): Feature[] {
  return [birth(query, candidate), country(query, candidate)].filter(one => one !== null)
}

/**
 * Lowering by years and days as nomenklatura's logic-v1 weighs them (dob_year_disjoint −0.15, dob_day_disjoint −0.25),
 * its country_mismatch (−0.2) halved, since lists name one nationality of several; raising is ours, and small.
 */
const EFFECTS = { day: 0.05, year: 0.02, otherDay: -0.25, otherYear: -0.15, country: 0.01, otherCountry: -0.1 } as const

function birth(query: Properties, candidate: Properties): Feature | null {
  const [asked, listed] = [query['birthDate'] ?? [], candidate['birthDate'] ?? []]
  const [years, others] = [asked, listed].map(all => new Set(all.flatMap(yearsIn)))
  if (years!.size === 0 || others!.size === 0) return null
  const say = (effect: number, what: string): Feature => {
    return { id: 'birth-date', effect, en: `${what}: asked ${asked.join(', ')}, listed ${listed.join(', ')}.` }
  }
  const days = asked.filter(isDay)
  if (days.some(day => listed.includes(day))) return say(EFFECTS.day, 'The birth date is the same')
  const same = [...years!].some(year => others!.has(year))
  if (!same) return say(EFFECTS.otherYear, 'The year of birth is another')
  // Only where every date of both is a whole day: “circa” and bare years leave room.
  if (days.length > 0 && days.length === asked.length && listed.every(isDay))
    return say(EFFECTS.otherDay, 'The day of birth is another')
  return say(EFFECTS.year, 'The year of birth is the same')
}

/** Years between two, “circa 1964” and “between 1960 and 1964” among them: the ends, and at most ten years between. */
function yearsIn(text: string): number[] {
  const years = [...text.matchAll(/(?<!\d)(1[89]\d\d|20\d\d)(?!\d)/g)].map(match => Number(match[1]))
  const [first, last] = [Math.min(...years), Math.max(...years)]
  const circa = /circa|approx|about|between/i.test(text)
  if (years.length === 0 || !circa || last - first > 10) return years
  const from = years.length === 1 ? first - 1 : first
  const to = years.length === 1 ? last + 1 : last
  return Array.from({ length: to - from + 1 }, (_, i) => from + i)
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text)
}

const COUNTRIES = ['nationality', 'citizenship', 'country', 'jurisdiction'] as const

/** Codes are held against codes and words against words: “YE” and “Yemen” say nothing of each other here. */
function country(query: Properties, candidate: Properties): Feature | null {
  const [asked, listed] = [query, candidate].map(of => COUNTRIES.flatMap(name => of[name] ?? []).map(plain))
  const isCode = (text: string) => text.length === 2
  for (const kind of [isCode, (text: string) => !isCode(text)]) {
    const [own, others] = [asked!.filter(kind), listed!.filter(kind)]
    if (own.length === 0 || others.length === 0) continue
    const isSame = own.some(one => others.includes(one))
    const what = isSame ? 'A country is the same' : 'The countries differ'
    const en = `${what}: asked ${own.join(', ')}, listed ${others.join(', ')}.`
    return { id: 'country', effect: isSame ? EFFECTS.country : EFFECTS.otherCountry, en }
  }
  return null
}

function plain(text: string): string {
  return text.trim().toLowerCase()
}
