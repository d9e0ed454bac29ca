import { isolate } from '../std/isolate.ts'
import type { Sentences } from './check-say.ts'
import type { Claim } from './claim.ts'
import { words } from './claim-entity.ts'
import type { Read, ReadSentence } from './claim-read.ts'

/** Where a translation seems to have turned one thing into another: the words, and what they may have been. */
export type Conflict = Sentences & {
  readonly file: string | null
  readonly line: number
  readonly start: number
  readonly end: number
  readonly raw: string
  /** What the source is likelier to have said; null: not known. */
  readonly likelier: string | null
  readonly claims: readonly string[]
}

/** All translation conflicts of texts that are checked together. */
export function conflictsIn(reads: readonly Read[]): Conflict[] {
  return [...reads.flatMap(homonyms), ...reads.flatMap(volumeForShare), ...trendsApart(reads)]
}

/**
 * A state or world body named where only an armed group or a local company fits (its activist was killed, it was
 * blacklisted, a group controls it), most often because another name of the text has the same initials or head word.
 */
function homonyms({ sentences, source }: Read): Conflict[] {
  return sentences.flatMap(({ sentence }, i) => {
    return BODIES.flatMap(body => {
      const found = [...sentence.text.matchAll(body.pattern)].find(match => {
        const before = sentence.text.slice(Math.max(0, match.index - 48), match.index)
        const after = sentence.text.slice(match.index + match[0].length, match.index + match[0].length + 110)
        return MEMBER_OF.test(before) || (body.isWorld && (LISTED_BEFORE.test(before) || LISTED_AFTER.test(after)))
      })
      if (found === undefined) return []
      const likelier = likelierOf(sentences, i, body)
      if (likelier === null && !body.isWorld) return []
      const particle = /^[وفبلك]/.test(found[0]) && found[0].slice(1).search(body.pattern) === 0 ? 1 : 0
      const start = sentence.start + sentence.view.start(found.index + particle)
      const end = sentence.start + sentence.view.end(found.index + found[0].length)
      const raw = source.text.slice(start, end)
      const place = { file: source.file, line: sentence.line, start, end, raw, likelier, claims: [] }
      return [{ ...place, ...homonymWords(raw, likelier, body.key) }]
    })
  })
}

/** A name before it in the text with the same initials, or of the same head word. */
function likelierOf(sentences: readonly ReadSentence[], at: number, body: Body): string | null {
  for (let i = at; i >= 0; i--) {
    const { sentence } = sentences[i]!
    for (const pattern of body.confusedWith) {
      const match = pattern.exec(sentence.text)
      if (match !== null && !body.pattern.test(match[0])) return nameAt(sentence, match)
      body.pattern.lastIndex = 0
    }
  }
  for (let i = at + 1; i < sentences.length; i++) {
    for (const pattern of body.confusedWith) {
      const match = pattern.exec(sentences[i]!.sentence.text)
      if (match !== null) return nameAt(sentences[i]!.sentence, match)
    }
  }
  return null
}

function nameAt({ original, view }: ReadSentence['sentence'], match: RegExpExecArray): string {
  return original.slice(view.start(match.index), view.end(match.index + match[0].length)).replace(/^[\s“"«]+/, '')
}

/** A falling or rising *volume* of one coin beside shares by chain: the source may speak of its share. */
function volumeForShare({ claims, sentences, source }: Read): Conflict[] {
  return claims.flatMap(claim => {
    if (claim.kind !== 'trend' || claim.measure !== 'volume') return []
    const at = sentences.findIndex(one => one.sentence.start === claim.start)
    const near = sentences.slice(Math.max(0, at - 2), at + 4).filter((_, i) => i !== Math.min(2, at))
    const share = claims.find(
      one => one.measure === 'share' && near.some(({ sentence }) => sentence.start === one.start),
    )
    const exclusive = near.find(({ sentence }) => EXCLUSIVE.test(sentence.text))
    if (share === undefined && exclusive === undefined) return []
    const { start, end, raw } = claim.figure
    const ids = share === undefined ? [claim.id] : [claim.id, share.id]
    return [
      {
        file: source.file,
        line: claim.line,
        start,
        end,
        raw,
        likelier: 'share',
        claims: ids,
        ...volumeWords(claim, share),
      },
    ]
  })
}

/** One text says that the volume moved, another that the share did: of the same coin, in the same direction. */
function trendsApart(reads: readonly Read[]): Conflict[] {
  const trends = reads.flatMap(read => read.claims.filter(claim => claim.kind === 'trend'))
  return trends.flatMap((a, i) =>
    trends.slice(i + 1).flatMap(b => {
      const same = a.file !== b.file && a.asset === b.asset && a.direction === b.direction && a.measure !== b.measure
      if (!same) return []
      const volume = a.measure === 'volume' ? a : b
      const { start, end, raw } = volume.figure
      const place = { file: volume.file, line: volume.line, start, end, raw, likelier: 'share', claims: [a.id, b.id] }
      return [{ ...place, ...volumeWords(volume, a === volume ? b : a) }]
    }),
  )
}

function volumeWords(claim: Claim, share: Claim | undefined): Sentences {
  const beside = share === undefined ? '' : ` (“${share.figure.raw.trim()}”)`
  const apart = /غير (?:ال)?مشروع|illicit/i.test(claim.figure.raw + claim.words)
  const en =
    `“${claim.figure.raw.trim()}” speaks of a volume, while what stands beside it speaks of a share${beside}: ` +
    'a share can fall while the volume rises, so the source is to be read before the sentence is used' +
    `${apart ? '; illicit is also wider than terrorist financing' : ''}.`
  const ar =
    `تتحدث العبارة ${isolate(`«${claim.figure.raw.trim()}»`)} عن حجم، وما يجاورها عن ` +
    `نسبة${share === undefined ? '' : ` (${isolate(share.figure.raw.trim())})`}: قد تنخفض النسبة ` +
    'والحجم يرتفع، فليُرجَع إلى المصدر قبل استعمال ' +
    `الجملة${apart ? '؛ و«غير المشروع» أوسع من تمويل الإرهاب' : ''}.`
  return { en, ar }
}

function homonymWords(raw: string, likelier: string | null, key: string): Sentences {
  const initials = ACRONYMS.get(key)
  const why =
    initials === undefined
      ? ['', '']
      : [` (both are “${initials}” in English)`, ` (اختصارهما بالإنجليزية ${isolate(initials)})`]
  const meant =
    likelier === null
      ? ['another body', 'جهة أخرى']
      : [`“${likelier}”${why[0]}`, `${isolate(`«${likelier}»`)}${why[1]}`]
  return {
    en:
      `“${raw}” does not fit its sentence and is likelier ${meant[0]}: nothing is attached to ` +
      `“${raw}”, and it is not marked as listed.`,
    ar:
      `لا يستقيم ${isolate(`«${raw}»`)} في جملته، والأرجح أن المقصود ${meant[1]}: لا يُنسب إليه شيء ` +
      'ولا يُعدّ مدرجًا في قائمة.',
  }
}

type Body = {
  readonly key: string
  readonly pattern: RegExp
  readonly isWorld: boolean
  readonly confusedWith: readonly RegExp[]
}

/** A group's people and arms: what states and banks do not have. */
const MEMBER_OF = new RegExp(
  '(?:نشطاء|نشطاي|ناشط(?:ي|ا|ين)?|مقاتل(?:ي|ا|ين)?|عناصر|عنصر|مسلح(?:ي|ا|ين)?|كتايب|الويه|' +
    'الجناح العسكري ل?|سرايا|قيادي(?: في)?|activists?|operatives?|fighters?|militants?|gunm[ae]n|' +
    String.raw`armed wing|military wing|brigades?|commanders?)(?:\s+(?:من|في|of|from|the|` +
    String.raw`for))*\s*(?:the )?[“"«]?ل?$`,
  'u',
)
const LISTED_BEFORE = new RegExp(
  String.raw`(?:ادرج\p{L}*|صنف\p{L}*|وضع\p{L}*|عاقب\p{L}*|فرض\p{L}* عقوبات علي|blacklist\p{L}*|` +
    String.raw`designat\p{L}+|sanctioned|listed)(?:\s+(?:وزاره|الخزانه|الامريكيه|الاميركيه|الولايات|المتحده|` +
    String.raw`على|علي|the|treasury|us|u\.s\.|a|an|in \d{4}))*\s*(?:the )?$`,
  'u',
)
const LISTED_AFTER = new RegExp(
  String.raw`^[^.؟!]{0,40}(?:بالقائمه السوداء|بالقايمه السوداء|القايمه السوداء|سيطره \p{L}+ علي|لسيطره|` +
    'ككيان ارهابي|كمنظمه ارهابيه)|^[^.?!]{0,70}(?:was |were |been |is )?(?:blacklist|designated|' +
    'sanctioned by|controlled by (?:hamas|isis|hezbollah|the (?:group|movement|brigades))|' +
    'because (?:hamas|isis) controls)',
  'u',
)

const EXCLUSIVE = /حصري|الوحيده|نسبه|حصه|exclusive|share of|per ?cent|%/

const BANK = new RegExp(
  String.raw`(?:ال)?(?:بنك|مصرف) (?:ال)?(?!دولي)[\u0621-\u064a]{3,14}(?: (?:ال)?[\u0621-\u064a]{3,14})?(?: ` +
    String.raw`\([a-z]{2,6}\))?|(?:[a-z]+ ){1,3}bank(?: \([a-z]{2,6}\))?`,
  'u',
)
const PRC = /لجان المقاومه الشعبيه(?: الفلسطينيه)?|popular resistance committees?/u

/** Bodies that translations put in place of others. Known confusions, and world bodies that no list names. */
const BODIES: readonly Body[] = [
  {
    key: 'china',
    isWorld: false,
    pattern: words('جمهوريه الصين الشعبيه|(?:the )?people.s republic of china'),
    confusedWith: [PRC],
  },
  { key: 'worldbank', isWorld: true, pattern: words('البنك الدولي|(?:the )?world bank'), confusedWith: [BANK] },
  {
    key: 'imf',
    isWorld: true,
    pattern: words('صندوق النقد الدولي|international monetary fund|(?:the )?imf'),
    confusedWith: [],
  },
  { key: 'un', isWorld: false, pattern: words('الامم المتحده|(?:the )?united nations'), confusedWith: [] },
  { key: 'redcross', isWorld: true, pattern: words('الصليب الاحمر(?: الدولي)?|(?:the )?red cross'), confusedWith: [] },
  { key: 'eu', isWorld: false, pattern: words('الاتحاد الاوروبي|(?:the )?european union'), confusedWith: [] },
]
const ACRONYMS: ReadonlyMap<string, string> = new Map([['china', 'PRC']])
