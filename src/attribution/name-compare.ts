import type { Name, Word } from './name.ts'
import { jaroWinkler } from './name-jaro.ts'
import { alike } from './name-sound.ts'
import { isBody } from './name-word.ts'

/**
 * How alike two names are, and why: each word of one is held against the words of the other, in any order; two words
 * may be one ("Nur al-Din", "Nureddin"). A score never travels without its pairs.
 */
export type Comparison = {
  /** 0 to 1. It orders candidates; it is no probability that two people are one. */
  readonly score: number
  readonly pairs: readonly Pair[]
  /** Words of either name that nothing in the other answers to, particles and titles apart. */
  readonly onlyInQuery: readonly string[]
  readonly onlyInCandidate: readonly string[]
}

export type Pair = {
  readonly query: string
  readonly candidate: string
  readonly rule: Rule
  readonly score: number
}

/**
 * same: the same letters · sound: another transliteration or missing vowels · spelling: a slip · meaning: translated ·
 * joined: one word here, two there · initial: only its first letter.
 */
export type Rule = 'same' | 'sound' | 'spelling' | 'meaning' | 'joined' | 'initial'

/** What a word counts for: rare words more than common ones. Between 0 and 1. */
export type Weigh = (word: Word) => number

/** Without a list to learn from: every name counts alike. */
export const even: Weigh = word => WEIGHTS[word.role] ?? 1

/** What words that are no names count for. */
const WEIGHTS: Partial<Record<Word['role'], number>> = {
  particle: 0.03,
  title: 0.06,
  form: 0.06,
  initial: 0.25,
  kunya: 0.3,
}

/** The weight of a word where its own commonness is known. */
export function weightOf(word: Word, rarity: number): number {
  return WEIGHTS[word.role] ?? rarity
}

export function compare(query: Name, candidate: Name, weigh: Weigh): Comparison {
  const found = pairsOf(query.words, candidate.words, weigh)
  const score = scoreOf(query.words, candidate.words, found, weigh)
  const taken = (side: 'a' | 'b') => new Set(found.flatMap(one => one[side]))
  const rest = (words: readonly Word[], side: 'a' | 'b') =>
    words.filter((word, i) => isName(word) && !taken(side).has(i)).map(word => word.text)
  return {
    score,
    pairs: found.map(one => ({
      query: one.a.map(i => query.words[i]!.text).join(' '),
      candidate: one.b.map(i => candidate.words[i]!.text).join(' '),
      rule: one.rule,
      score: round(one.score),
    })),
    onlyInQuery: rest(query.words, 'a'),
    onlyInCandidate: rest(candidate.words, 'b'),
  }
}

/** How alike two words are, and by which rule; null below what can be called alike. */
function compareWords(a: Word, b: Word): { readonly score: number; readonly rule: Rule } | null {
  if (a.text === b.text || a.latin === b.latin) return { score: kunya(a, b, 1), rule: 'same' }
  if (a.meaning !== undefined && a.meaning === b.meaning) return { score: 0.97, rule: 'meaning' }
  if (a.role === 'initial' || b.role === 'initial') return initial(a, b)
  if (a.role === 'number' || b.role === 'number') return null
  if (areFar(a.mask, b.mask)) return null
  const unwritten = a.arabic === b.arabic ? null : a.arabic ? 'a' : 'b'
  const sound = Math.max(
    alike(a.sound, b.sound, unwritten),
    a.bare === a.sound && b.bare === b.sound ? 0 : alike(a.bare, b.bare, unwritten) - 0.02,
  )
  const spelling = a.arabic === b.arabic ? jaroWinkler(a.latin, b.latin) - 0.04 : 0
  const score = Math.min(0.98, Math.max(sound, spelling < SPELLING_LEAST ? 0 : spelling))
  if (score < (Math.min(a.sound.length, b.sound.length) < 4 ? SHORT_LEAST : WORD_LEAST)) return null
  return { score: kunya(a, b, score), rule: sound >= spelling ? 'sound' : 'spelling' }
}

/** Whether two words share so few consonants that they need not be compared. Words of vowels are compared. */
function areFar(a: number, b: number): boolean {
  const most = Math.max(bitCount(a), bitCount(b))
  return most > 1 && bitCount(a & b) * 2 < most
}

function bitCount(value: number): number {
  let count = 0
  for (let rest = value; rest !== 0; rest &= rest - 1) count++
  return count
}

/** Words less alike than this are two words: chosen on the training half of the labelled pairs. */
const WORD_LEAST = 0.76
const SPELLING_LEAST = 0.84

/** For words of at most three sounds, in which one slip changes a third. */
const SHORT_LEAST = 0.88

/** Abu Muhammad is not Muhammad: a kunya answers fully to a kunya alone. */
function kunya(a: Word, b: Word, score: number): number {
  return a.kunya === b.kunya ? score : score * 0.8
}

function initial(a: Word, b: Word): { readonly score: number; readonly rule: Rule } | null {
  if (a.role === 'initial' && b.role === 'initial') return null
  const [letter, word] = a.role === 'initial' ? [a, b] : [b, a]
  if (word.role !== 'name') return null
  if (letter.latin[0] !== word.latin[0] && letter.sound[0] !== word.sound[0]) return null
  return { score: 0.6, rule: 'initial' }
}

/** By the first consonant, so far as one is heard. */
function beginsAlike(a: string, b: string): boolean {
  return (/[^aiuAIU]/.exec(a)?.[0] ?? '') === (/[^aiuAIU]/.exec(b)?.[0] ?? '')
}

type Found = {
  readonly a: readonly number[]
  readonly b: readonly number[]
  readonly score: number
  readonly rule: Rule
}

/** Best pairs first, each word once. */
function pairsOf(a: readonly Word[], b: readonly Word[], weigh: Weigh): Found[] {
  const all: (Found & { readonly gain: number })[] = []
  const gain = (words: readonly Word[], at: readonly number[]) => at.reduce((sum, i) => sum + weigh(words[i]!), 0)
  const add = (one: Found) => all.push({ ...one, gain: one.score ** 3 * (gain(a, one.a) + gain(b, one.b)) })
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < b.length; j++) {
      const alone = compareWords(a[i]!, b[j]!)
      if (alone !== null) add({ a: [i], b: [j], ...alone })
      addJoined(a, i, b, j, add)
    }
  }
  all.sort((x, y) => y.gain - x.gain)
  const [usedA, usedB] = [new Set<number>(), new Set<number>()]
  const taken: Found[] = []
  for (const one of all) {
    if (one.a.some(i => usedA.has(i)) || one.b.some(j => usedB.has(j))) continue
    for (const i of one.a) usedA.add(i)
    for (const j of one.b) usedB.add(j)
    taken.push(one)
  }
  return taken.sort((x, y) => x.a[0]! - y.a[0]!)
}

/** Two words of one side that stand beside each other, and one of the other. */
function addJoined(a: readonly Word[], i: number, b: readonly Word[], j: number, add: (one: Found) => void): void {
  const inA = joinedScore(a[i]!, a[i + 1], b[j]!)
  if (inA !== null) add({ a: [i, i + 1], b: [j], score: inA, rule: 'joined' })
  const inB = joinedScore(b[j]!, b[j + 1], a[i]!)
  if (inB !== null) add({ a: [i], b: [j, j + 1], score: inB, rule: 'joined' })
}

function joinedScore(first: Word, second: Word | undefined, whole: Word): number | null {
  if (second === undefined || whole.sound.length < 4 || areFar(first.mask | second.mask, whole.mask)) return null
  if (!beginsAlike(first.sound, whole.sound) && !beginsAlike(first.sound, whole.bare)) return null
  if (first.sound.length + second.sound.length > whole.sound.length + 5) return null
  const unwritten = first.arabic === whole.arabic ? null : first.arabic ? 'a' : 'b'
  const together = (between: string) => (first.sound + between + second.sound).replace(/(.)\1+/g, '$1')
  // The article was taken from the second word, and may be in the one: Abu al-Fazl, Abolfazl.
  const sound = Math.max(
    alike(together(''), whole.sound, unwritten),
    alike(together('l'), whole.sound, unwritten) - 0.02,
  )
  return sound < JOINED_LEAST ? null : Math.min(0.97, sound)
}

const JOINED_LEAST = 0.84

/**
 * What is answered to, by weight, of each name; the better covered side counts for LEAD of the score, so that a short
 * name is found in a long one. One word alone of a name of several never makes a match.
 */
function scoreOf(a: readonly Word[], b: readonly Word[], found: readonly Found[], weigh: Weigh): number {
  const [totalA, totalB] = [total(a, b, weigh), total(b, a, weigh)]
  if (totalA === 0 || totalB === 0) return 0
  let [inA, inB] = [0, 0]
  for (const one of found) {
    inA += one.score * one.a.reduce((sum, i) => sum + weigh(a[i]!), 0)
    inB += one.score * one.b.reduce((sum, j) => sum + weigh(b[j]!), 0)
  }
  const [coverA, coverB] = [inA / totalA, inB / totalB]
  const score = LEAD * Math.max(coverA, coverB) + (1 - LEAD) * Math.min(coverA, coverB)
  const names = Math.max(a.filter(isOwn).length, b.filter(isOwn).length)
  const answered = found.reduce((sum, one) => sum + (isAnswer(one, a, b) ? Math.max(one.a.length, one.b.length) : 0), 0)
  if (answered < 2 && names > answered) return round(Math.min(score, ALONE_MOST))
  return round(isGeneral(a, b, found) ? Math.min(score, GENERAL_MOST) : score)
}

/** The kind of body counts for half where the other name says none: Hamas, Hamas movement. */
function total(words: readonly Word[], others: readonly Word[], weigh: Weigh): number {
  const said = others.some(word => isBody(word.text))
  return words.reduce((sum, word) => sum + weigh(word) * (!said && isBody(word.text) ? 0.5 : 1), 0)
}

/** The most that general words can score where one side has a word of its own besides: World Bank, World Oil Bank. */
const GENERAL_MOST = 0.75

/** Whether all that answers are words that any body's name may have, and a word is left that says which body. */
function isGeneral(a: readonly Word[], b: readonly Word[], found: readonly Found[]): boolean {
  const general = (words: readonly Word[], at: readonly number[]) =>
    at.every(i => words[i]!.meaning !== undefined || !isName(words[i]!))
  if (!found.every(one => general(a, one.a) && general(b, one.b))) return false
  const left = (words: readonly Word[], side: 'a' | 'b') =>
    words.some((word, i) => isName(word) && !found.some(one => one[side].includes(i)))
  return left(a, 'a') || left(b, 'b')
}

/** Chosen on the training half of the labelled pairs (name-quality.test.ts). */
const LEAD = 0.6

/** The most that one word in common can score where either name has more than one. */
const ALONE_MOST = 0.6

function isAnswer(one: Found, a: readonly Word[], b: readonly Word[]): boolean {
  return one.rule === 'initial' || one.a.some(i => isName(a[i]!)) || one.b.some(j => isName(b[j]!))
}

/** A name that is not only the kind of body: of "Hamas movement" the first word alone. */
function isOwn(word: Word): boolean {
  return isName(word) && !isBody(word.text)
}

function isName(word: Word): boolean {
  return word.role === 'name' || word.role === 'number'
}

function round(score: number): number {
  return Math.round(score * 1000) / 1000
}
