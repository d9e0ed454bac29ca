import { fold } from '../std/folded.ts'
import { isArabic, maskOf, type Sound, skeletonOf, soundOf, toLatin } from './name-sound.ts'
import { meaningOf, type Role, roleOf } from './name-word.ts'

/** A name taken apart: its words as they sound, with what each is. Any text has one, an empty one too. */
export type Name = {
  readonly text: string
  readonly words: readonly Word[]
  /** What was put right or left out before comparing, for whoever reads the score. */
  readonly notes: readonly string[]
}

export type Word = {
  /** As written, without marks and invisible characters, folded to one case. */
  readonly text: string
  readonly role: Role
  /** Letters a to z: the text itself, or what any-ascii makes of another script. */
  readonly latin: string
  readonly sound: Sound
  /** Without an article written onto it; the same as `sound` where there is none. */
  readonly bare: Sound
  readonly arabic: boolean
  /** Behind abu or umm: a kunya names a child or a trait and not the man. */
  readonly kunya: boolean
  readonly meaning: number | undefined
  /** Its consonants (name-sound.ts), for a quick no. */
  readonly mask: number
  readonly keys: readonly string[]
}

/** Characters and words of a name that are compared; the longest name of OFAC's list has 30 words. Ours. */
export const CHARACTERS_MAX = 500
export const WORDS_MAX = 40

export function from(text: string): Name {
  const notes: string[] = []
  if (text.length > CHARACTERS_MAX) notes.push(`Only the first ${CHARACTERS_MAX} characters were compared.`)
  const clean = cleaned(text.slice(0, CHARACTERS_MAX), notes)
  const pieces = join(clean.split(BREAK).filter(piece => piece !== ''))
  if (pieces.length > WORDS_MAX) notes.push(`Only the first ${WORDS_MAX} words were compared.`)
  const words: Word[] = []
  for (const piece of pieces.slice(0, WORDS_MAX)) {
    const word = wordOf(unmixed(piece, notes), words.at(-1)?.role === 'kunya')
    if (word !== null) words.push(word)
  }
  return { text, words, notes }
}

/** Keys under which a word of these sounds is found: skeletons with and without weak consonants, and the article. */
export function keysOf({ sound, bare }: Pick<Word, 'sound' | 'bare'>): string[] {
  const sounds = bare === sound ? [sound] : [sound, bare]
  return [...new Set(sounds.flatMap(one => [skeletonOf(one, false), skeletonOf(one, true)]))]
}

/**
 * What a reader sees: text under a right-to-left override in the order in which it is shown. Compatibility forms,
 * marks, apostrophes, invisible characters and controls of direction are taken away.
 */
function cleaned(text: string, notes: string[]): string {
  if (/[\u202a-\u202e\u2066-\u2069\u200b-\u200f\ufeff]/.test(text)) {
    notes.push('Invisible characters or controls of direction were left out.')
  }
  return text
    .replace(/\u202e([^\u202c]*)\u202c?/gu, (_, shown: string) => [...shown].reverse().join(''))
    .normalize('NFKD')
    .replace(/[\p{Mn}\p{Cf}\p{Cc}ـ'’‘ʿʾʼ`´“”"]/gu, one => (/\p{Cc}/u.test(one) ? ' ' : ''))
    .toLowerCase()
    .replace(/(?<!\p{L})\p{L}(?:[.\s]+\p{L}(?!\p{L}))+/gu, oneForm)
}

/** Letters that stand alone are a legal form (L.L.C., ش.ذ.م.م), or else initials. */
function oneForm(letters: string): string {
  const together = letters.replace(/[.\s]/g, '')
  return roleOf(fold(together).text) === 'form' ? ` ${together} ` : letters
}

const BREAK = /[^\p{L}\p{N}]+/u

/** abd and the word behind it are one name, an article between them or not; other articles go. */
function join(pieces: readonly string[]): string[] {
  const joined: string[] = []
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i]!
    const next = pieces[i + 1]
    if (ARTICLES.has(piece) && next !== undefined && (i > 0 || next.length > 1)) continue
    if (SERVANT.test(piece) && next !== undefined) {
      const last = ARTICLES_ALL.has(next) && pieces[i + 2] !== undefined ? i + 2 : i + 1
      joined.push(pieces.slice(i, last + 1).join(''))
      i = last
    } else joined.push(piece)
  }
  return joined
}

const SERVANT = /^(abd|abdu|abde|abdul|abdal|abdel|abdol|abdur|abdus|abdun|abdoul|عبد)$/

const ARTICLES: ReadonlySet<string> = new Set(['al', 'el', 'ul', 'ال'])

/** Articles before a sun letter too; alone these are words of other languages, so only behind abd. */
const ARTICLES_ALL: ReadonlySet<string> = new Set([
  ...ARTICLES,
  ...['ar', 'as', 'ash', 'ad', 'an', 'at', 'az', 'er', 'es', 'ed', 'en', 'ur', 'us', 'ud', 'uz', 'ol'],
])

/** A word in Latin and look-alike Cyrillic or Greek letters at once is taken for the Latin word that it looks like. */
function unmixed(piece: string, notes: string[]): string {
  if (!/[a-z]/.test(piece) || !/[\u0370-\u03ff\u0400-\u04ff]/.test(piece)) return piece
  const looks = [...piece].map(letter => LOOKS[letter] ?? letter).join('')
  notes.push(`“${piece}” mixes scripts and was read as “${looks}”.`)
  return looks
}

/** Letters that cannot be told apart in print (Unicode UTS 39, confusables), lower case as `cleaned` leaves them. */
const LOOKS: Readonly<Record<string, string>> = {
  ...{ а: 'a', в: 'b', е: 'e', к: 'k', м: 'm', н: 'h', о: 'o', р: 'p', с: 'c', т: 't', у: 'y', х: 'x', ѕ: 's' },
  ...{ і: 'i', ј: 'j', һ: 'h', ԁ: 'd', α: 'a', β: 'b', ε: 'e', η: 'h', ι: 'i', κ: 'k', μ: 'm', ν: 'n', ο: 'o' },
  ...{ ρ: 'p', τ: 't', υ: 'y', χ: 'x', ζ: 'z' },
}

/** Words come again and again (a fifth of OFAC's are different ones): each is taken apart once. */
function wordOf(piece: string, behindKunya: boolean): Word | null {
  const key = behindKunya ? `+${piece}` : piece
  const held = WORDS.get(key)
  if (held !== undefined) return held
  if (WORDS.size >= WORDS_HELD_MAX) WORDS.clear()
  const word = toWord(piece, behindKunya)
  WORDS.set(key, word)
  return word
}

const WORDS = new Map<string, Word | null>()
const WORDS_HELD_MAX = 200_000

function toWord(piece: string, behindKunya: boolean): Word | null {
  const arabic = isArabic(piece)
  const latin = toLatin(piece)
  if (latin === '') return null
  const whole = fold(piece).text
  // A word that is known as it stands has no article: الويه (brigades).
  const plain = arabic && meaningOf(whole) === undefined ? withoutArticle(piece) : piece
  const text = arabic ? fold(plain).text : latin
  const sound = soundOf(plain)
  const role = roleIn(text, latin, arabic)
  const bare = arabic ? sound : soundOf(latin.replace(/^[ae]l(?=.{4})/, ''))
  const sounds = { sound: sound === '' ? latin : sound, bare: bare === '' ? latin : bare }
  return {
    ...{ text, role, latin, ...sounds, arabic },
    ...{ kunya: behindKunya && role === 'name', meaning: meaningOf(text) ?? meaningBehind(text, arabic) },
    ...{ mask: maskOf(sounds.sound), keys: keysOf(sounds) },
  }
}

function roleIn(text: string, latin: string, arabic: boolean): Role {
  if (/^\d+$/.test(latin)) return 'number'
  const role = roleOf(text)
  return role === 'name' && text.length === 1 && !(arabic && text === 'و') ? 'initial' : role
}

/** Of لتجاره (for trade) and وتجاره (and trade) too. */
function meaningBehind(text: string, arabic: boolean): number | undefined {
  return arabic && /^[لو].{3}/u.test(text) ? meaningOf(text.slice(1)) : undefined
}

/** The article, and what is written onto it: و and, ب in, ل for. At least three letters stay. */
function withoutArticle(piece: string): string {
  return piece.replace(/^(?:وال|بال|ال|لل)(?=.{3})/u, '')
}
