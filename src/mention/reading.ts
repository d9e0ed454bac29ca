import { languageOf } from './language.ts'
import { spanAt } from './span.ts'
import { viewOf } from './view.ts'

/**
 * What of a text is to be read: its lines without the frame of the page (sharing, comments, notices) and without lines
 * that stood there before. Nothing is removed from the text itself: the spans say what was left out and why.
 */
export type Reading = {
  readonly language: string | null
  readonly title: string | null
  readonly left: readonly LeftOut[]
}

export type LeftOut = { readonly start: number; readonly end: number; readonly why: 'boilerplate' | 'repeated' }

/** `declared` is what the file itself says; without it the first line read, and the script, decide. */
export function readingOf(text: string, declared: { title: string | null; language: string | null }): Reading {
  const left: LeftOut[] = []
  const seen = new Set<string>()
  let title: string | null = null
  for (const { start, end } of linesOf(text)) {
    if (start === end) continue
    const line = viewOf(text.slice(start, end)).text.trim()
    if (line === '') continue
    if (isBoilerplate(line)) left.push({ start, end, why: 'boilerplate' })
    else if (seen.has(line) && line.length >= REPEAT_LENGTH_MIN) left.push({ start, end, why: 'repeated' })
    else title ??= isTitle(line) ? text.slice(start, end).trim() : null
    if (seen.size < SEEN_MAX) seen.add(line)
  }
  return { language: languageOf(text) ?? declared.language, title: declared.title ?? title, left }
}

/** The text without what is left out. */
export function readingText(text: string, left: readonly LeftOut[]): string {
  let read = ''
  let from = 0
  for (const { start, end } of left) {
    read += text.slice(from, start)
    from = text[end] === '\n' ? end + 1 : end
  }
  return read + text.slice(from)
}

/** Whether a position stands in what was left out as the page's frame. */
export function isInFrame(reading: Reading, at: number): boolean {
  return spanAt(reading.left, at)?.why === 'boilerplate'
}

function* linesOf(text: string): Generator<{ start: number; end: number }> {
  let start = 0
  while (start <= text.length) {
    const next = text.indexOf('\n', start)
    const end = next < 0 ? text.length : next
    yield { start, end: end > start && text[end - 1] === '\r' ? end - 1 : end }
    if (next < 0) return
    start = next + 1
  }
}

/** Words of a frame, where the whole line is little more than they are. */
function isBoilerplate(line: string): boolean {
  if (line.length > FRAME_LENGTH_MAX) return false
  return FRAME.test(line) || /^(?:ad|ads|advertisement|اعلان)(?: (?:ad|a|b))*$/i.test(line)
}

function isTitle(line: string): boolean {
  return line.length <= TITLE_LENGTH_MAX && /\p{L}{2}.*\s.*\p{L}{2}/u.test(line) && !/\d{4}$|[A-Za-z0-9]{25}/.test(line)
}

const FRAME_LENGTH_MAX = 140
const TITLE_LENGTH_MAX = 160

/** Short lines (a name, a number) may stand twice on purpose. */
const REPEAT_LENGTH_MIN = 15
const SEEN_MAX = 1_000_000

const FRAME = new RegExp(
  [
    ...[
      '^انت تقرا الان',
      '^(?:اقرا|اقرا ايضا) ?(?:المزيد|ايضا)?:?$',
      '^شارك(?:ها| هذا المقال| المقال| الخبر| عبر)?',
      '^مشاركه$',
    ],
    ...['^اضف (?:تعليق|تعليقك|تعليقا)', 'لن يتم نشر عنوان بريدك', 'الحقول (?:المطلوبه|الالزاميه)', '^ادخل كلمات البحث'],
    ...[
      '^المزيد من',
      '^طباعه$',
      '^تعليقات?$',
      '^اترك (?:تعليقا|ردا)',
      '^تابعنا',
      '^اشترك',
      '^يحتوي هذا القسم علي المقالات',
    ],
    ...['^جميع الحقوق محفوظه', '^مواضيع ذات صله', '^اخبار ذات صله', '^الوسوم', '^نسخ الرابط', '^حفظ$', '^ارسال$'],
    ...[
      'enable javascript',
      '^read more$',
      '^share(?: this| on| via)?\\b.{0,30}$',
      '^leave a (?:comment|reply)',
      '^subscribe',
    ],
    ...[
      '^related (?:articles|posts|nodes)',
      '^all rights reserved',
      '^copyright',
      '^cookie',
      'accept (?:all )?cookies',
    ],
    ...['^advertisement', '^print$', '^follow us', '^sign up', '^log ?in$', '^comments?$', '^tags?:?$', '^skip to'],
  ].join('|'),
  'i',
)
