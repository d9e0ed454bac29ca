import type { Found } from './candidate.ts'
import { readWhole } from './repair-run.ts'
import { listed } from './start.ts'
import type { View } from './view.ts'

/** An address published in two marked parts ("first half … second half …", in Arabic and English). */
export type InParts = { readonly found: Found; readonly start: number; readonly end: number; readonly tried: number }

export function findInParts(view: View): InParts[] {
  const { text } = view
  const firsts = placesOf(view, FIRST, FIRSTS_BEGIN)
  const seconds = firsts.length === 0 ? [] : placesOf(view, SECOND, SECONDS_BEGIN)
  const found: InParts[] = []
  for (const first of firsts) {
    const second = seconds.find(at => Math.abs(at - first) < APART_MAX && (found.at(-1)?.end ?? -1) <= view.start(at))
    if (second === undefined) continue
    const joined = join(view, fragmentsOf(text, first), fragmentsOf(text, second))
    if (joined !== null) found.push(joined)
  }
  return found
}

type Fragment = { readonly text: string; readonly start: number; readonly end: number }

/** The one pair whose checksum is right; null where there is none, or more than one. */
function join(view: View, heads: readonly Fragment[], tails: readonly Fragment[]): InParts | null {
  const hits: InParts[] = []
  let tried = 0
  for (const head of heads) {
    for (const tail of tails) {
      if (head.start === tail.start) continue
      tried++
      const found = readWhole(head.text + tail.text)
      if (found === undefined) continue
      const start = view.start(Math.min(head.start, tail.start))
      const end = view.end(Math.max(head.end, tail.end))
      hits.push({ found, start, end, tried })
    }
  }
  return hits.length === 1 ? { ...hits[0]!, tried } : null
}

/** Runs after a marker that may be part of an address: with a digit, or of both cases within. */
function fragmentsOf(text: string, from: number): Fragment[] {
  const piece = text.slice(from, from + AFTER_MAX)
  const found: Fragment[] = []
  for (const { 0: run, index } of piece.matchAll(/(?<![A-Za-z0-9])[A-Za-z0-9]{4,60}(?![A-Za-z0-9])/g)) {
    if (!/\d/.test(run) && !/[a-z][A-Z]/.test(run)) continue
    found.push({ text: run, start: from + index, end: from + index + run.length })
    if (found.length === FRAGMENTS_MAX) break
  }
  return found
}

/** Where the words of a marker end, asked only where one of them may begin. */
function placesOf({ text, starts }: View, marker: RegExp, list: number): number[] {
  const places: number[] = []
  const { at: all, lists } = starts()
  for (let i = 0; i < all.length && places.length < MARKERS_MAX; i++) {
    if ((lists[i]! & list) === 0) continue
    marker.lastIndex = all[i]!
    const match = marker.exec(text)
    if (match !== null) places.push(match.index + match[0].length)
  }
  return places
}

const APART_MAX = 1000
const AFTER_MAX = 160
const FRAGMENTS_MAX = 2
const MARKERS_MAX = 200

const ARABIC_PART = '(?:ال)?(?:نصف|جزء|شطر|قسم|مقطع)'
const FIRST = new RegExp(
  String.raw`(?<!\p{L})[وب]?(?:${ARABIC_PART} (?:ال)?(?:اول|1)|بدايه العنوان|first (?:half|part)|1st (?:half|part)|` +
    'part (?:one|1|a)|half (?:one|1)|starts? with|begins? with)(?![\\p{L}\\d])',
  'iuy',
)
const SECOND = new RegExp(
  String.raw`(?<!\p{L})[وب]?(?:${ARABIC_PART} (?:ال)?(?:ثاني|اخر|2)|نهايه العنوان|second (?:half|part)|` +
    '2nd (?:half|part)|part (?:two|2|b)|half (?:two|2)|ends? with|last part|other half)(?![\\p{L}\\d])',
  'iuy',
)

const PARTICLES = ['', 'و', 'ب', 'ال', 'وال', 'بال']
const ARABIC_HEADS = PARTICLES.flatMap(one => ['نصف', 'جزء', 'شطر', 'قسم', 'مقطع'].map(word => one + word))
const FIRSTS_BEGIN = listed([
  ...[...ARABIC_HEADS, 'بدايه', 'وبدايه', 'ببدايه', 'first', '1st', 'part', 'half', 'start', 'begin'],
])
const SECONDS_BEGIN = listed([
  ...[...ARABIC_HEADS, 'نهايه', 'ونهايه', 'بنهايه', 'second', '2nd', 'part', 'half', 'end', 'last', 'other'],
])
