import { ask, type Outcome } from './desk.ts'
import { append, type Document, draft, NO_BYTES } from './document.ts'
import { PAGES_MAX } from './limit.ts'
import { languageData } from './ocr-data.ts'
import { OCR_SECONDS_MAX } from './ocr-limit.ts'
import { linesOf, runsOf } from './page-line.ts'
import type { PageText, PdfText } from './pdf-page.ts'
import { appendLine, type Read } from './picture.ts'

/** The text of a PDF, page by page and line by line as it is read, with its place; then the codes of its pictures. */
export function readPdf(bytes: Uint8Array): Read {
  const languages = languageData()
  const outcome: Outcome<PdfText> = ask(
    { kind: 'pdf', bytes, languages },
    languages === null ? undefined : OCR_SECONDS_MAX,
  )
  if (!outcome.ok) return { document: null, notes: [`The PDF was not read: ${outcome.why}.`] }
  const { title, pages, pageCount } = outcome.value
  const into = draft()
  for (const [index, page] of pages.entries()) readPage(page, index + 1, into)
  if (pageCount > pages.length) {
    into.notes.push(`${pages.length} of its ${pageCount} pages were read; the limit is ${PAGES_MAX} pages.`)
  }
  if (into.length === 0) into.notes.push('No text and no QR code was found in it: its pages may be pictures of text.')
  const { regions, messages, notes } = into
  const document: Document = {
    ...{ text: into.parts.join(''), title, declaredLanguage: null, ...NO_BYTES },
    ...{ regions, messages, notes },
  }
  return { document, notes: [] }
}

function readPage({ height, pieces, codes, lines }: PageText, page: number, into: ReturnType<typeof draft>): void {
  for (const line of linesOf(pieces)) {
    for (const { text, x, y, w, h } of runsOf(line)) {
      const start = append(into, text)
      const area = { page, x: round(x), y: round(height - y - h), w: round(w), h: round(h) }
      into.regions.push({ start, end: into.length, role: 'page', area })
    }
    append(into, '\n')
  }
  for (const { text, x, y, w, h } of codes) {
    const start = append(into, text)
    into.regions.push({ start, end: into.length, role: 'qr', area: { page, x, y, w, h } })
    append(into, '\n')
  }
  for (const line of lines) appendLine(into, { ...line, frame: page })
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
