import type { Reading } from '../mention/mention.ts'
import { spanAt, type View, viewOf } from '../mention/mention.ts'

/** A sentence of a text with its view: letters in one form, so that words can be compared. */
export type Sentence = {
  readonly start: number
  readonly end: number
  readonly line: number
  /** Where its paragraph begins: what a pronoun may lean on does not cross it lightly. */
  readonly paragraph: number
  readonly original: string
  readonly view: View
  /** The view in lower case; of one length with it. */
  readonly text: string
}

/** Sentences of what is to be read, in order: the page's frame and repeated lines are left out. */
export function sentencesOf(text: string, left: Reading['left']): { read: Sentence[]; repeated: Sentence[] } {
  const read: Sentence[] = []
  const repeated: Sentence[] = []
  let line = 0
  let at = 0
  for (const raw of text.split('\n')) {
    line++
    const [from, to] = [at, at + raw.length]
    at = to + 1
    const out = spanAt(left, from) ?? spanAt(left, Math.max(from, to - 1))
    if (raw.trim() === '' || out?.why === 'boilerplate') continue
    const into = out?.why === 'repeated' ? repeated : read
    for (const [start, end] of bounded(raw)) {
      const original = raw.slice(start, end).trimStart()
      if (!/[\p{L}\d]/u.test(original)) continue
      const view = viewOf(original)
      const text = lower(view.text)
      into.push({ start: from + end - original.length, end: from + end, line, paragraph: from, original, view, text })
    }
  }
  return { read, repeated }
}

/** Place in the view of a position of the sentence's original. */
export function toView({ view, original }: Sentence, at: number): number {
  let [low, high] = [0, view.text.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (view.start(middle) < at) low = middle + 1
    else high = middle
  }
  return at >= original.length ? view.text.length : low
}

/** The words of a sentence between two places of its view, as they stand. */
export function wordsBetween(sentence: Sentence, from: number, to: number): string {
  const { view, original } = sentence
  return original.slice(view.start(from), view.end(to)).trim()
}

/** Lower case that keeps the length: İ and its like would grow. */
function lower(text: string): string {
  const small = text.toLowerCase()
  return small.length === text.length ? small : text
}

/** Sentences of a line; what goes on without a stop is cut at a space, so that the work stays in proportion. */
function* bounded(line: string): Generator<[number, number]> {
  for (const [from, to] of cuts(line)) {
    let start = from
    while (to - start > SENTENCE_MAX) {
      const space = line.lastIndexOf(' ', start + SENTENCE_MAX)
      const end = space > start ? space : start + SENTENCE_MAX
      yield [start, end]
      start = end
    }
    yield [start, to]
  }
}

/** Characters of one sentence: the longest of the five articles has 760. */
const SENTENCE_MAX = 1500

/** Ends of sentences: a stop before a space and no digit, outside of short forms such as "U.S.". */
function* cuts(line: string): Generator<[number, number]> {
  let start = 0
  for (const match of line.matchAll(STOP)) {
    const end = match.index + match[0].length
    const before = line.slice(Math.max(start, match.index - 6), match.index)
    if (match[0].startsWith('.') && SHORT.test(before)) continue
    yield [start, end]
    start = end
  }
  if (start < line.length) yield [start, line.length]
}

const STOP = /[.!?؟]+["”»')\]]*(?=\s+\S|$)|؛/gu
const SHORT = /(?:^|[\s(])(?:[A-Za-z]|U\.S|U\.K|U\.N|approx|Mr|Mrs|Dr|St|No|Inc|Ltd|vs|e\.g|i\.e|د|م)$/
