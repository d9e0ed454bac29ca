import { getDocumentProxy } from 'unpdf'
import { PAGES_MAX, PIECES_MAX, PIXELS_MAX } from './limit.ts'
import type { Line } from './ocr.ts'
import type { LanguageData } from './ocr-data.ts'
import { OCR_PAGES_MAX } from './ocr-limit.ts'
import type { Piece } from './page-line.ts'
import { drawnPixels, type PageBox } from './pdf-drawn.ts'
import { type Code, codesOfPixels } from './qr.ts'

/** The pages of a PDF as they are painted: pieces of text (points, `y` upwards) and the QR codes of its pictures. */
export type PageText = {
  readonly width: number
  readonly height: number
  readonly pieces: readonly Piece[]
  readonly codes: readonly Code[]
  /** Words of its pictures, where the page has none of its own and language data was given. */
  readonly lines: readonly Line[]
}
export type PdfText = { readonly title: string | null; readonly pages: readonly PageText[]; readonly pageCount: number }

/** Runs on the desk's thread. Scripts, forms and attachments of the file are not run, filled or opened. */
export async function readPages(bytes: Uint8Array, languages: LanguageData | null): Promise<PdfText> {
  const pdf = await getDocumentProxy(bytes, { stopAtErrors: false, useSystemFonts: false, verbosity: 0 })
  const pages: PageText[] = []
  let left = PIECES_MAX
  let scans = 0
  for (let number = 1; number <= Math.min(pdf.numPages, PAGES_MAX) && left > 0; number++) {
    const page = await pdf.getPage(number)
    const [x0, y0, x1, y1] = page.view as [number, number, number, number]
    const { items } = await page.getTextContent()
    const pieces = items.slice(0, left).flatMap(item => ('str' in item ? [pieceOf(item, x0, y0)] : []))
    left -= pieces.length
    const isScan = languages !== null && scans < OCR_PAGES_MAX && pieces.every(piece => piece.text.trim() === '')
    const { codes, lines } = await picturesOf(page as never, isScan ? languages : null).catch(() => NONE)
    const box = { x: x0, y: y0, width: x1 - x0, height: y1 - y0 }
    const drawn = await drawnOf(page as never, box).catch(() => [])
    if (lines.length > 0) scans++
    pages.push({ width: x1 - x0, height: y1 - y0, pieces, codes: [...codes, ...drawn], lines })
    page.cleanup()
  }
  const { info } = (await pdf.getMetadata().catch(() => ({ info: {} }))) as { info: Record<string, unknown> }
  const title = typeof info['Title'] === 'string' && info['Title'] !== '' ? info['Title'].slice(0, 300) : null
  return { title, pages, pageCount: pdf.numPages }
}

type Item = { str: string; transform: number[]; width: number; height: number }

function pieceOf({ str, transform, width, height }: Item, x0: number, y0: number): Piece {
  return { text: str, x: (transform[4] ?? 0) - x0, y: (transform[5] ?? 0) - y0, w: width, h: height }
}

/** What is used of PDF.js's page. Its picture kinds: 1 one bit a pixel, 2 RGB, 3 RGBA. */
type Page = {
  getOperatorList(): Promise<{ fnArray: number[]; argsArray: unknown[][] }>
  readonly objs: { get(name: string, then: (value: unknown) => void): void }
  readonly commonObjs: { get(name: string, then: (value: unknown) => void): void }
}
type Picture = { readonly width: number; readonly height: number; readonly kind: number; readonly data?: Uint8Array }

/** Codes and, where languages are given, words of a page's pictures; their boxes are in pixels of the picture. */
async function picturesOf(page: Page, languages: LanguageData | null): Promise<Pick<PageText, 'codes' | 'lines'>> {
  const { fnArray, argsArray } = await page.getOperatorList()
  const codes: Code[] = []
  const lines: Line[] = []
  const seen = new Set<string>()
  for (let i = 0; i < fnArray.length && seen.size < PICTURES_MAX; i++) {
    const name = argsArray[i]?.[0]
    if (fnArray[i] !== PAINT_IMAGE || typeof name !== 'string' || seen.has(name)) continue
    seen.add(name)
    const store = name.startsWith('g_') ? page.commonObjs : page.objs
    const picture = (await new Promise<unknown>(resolve => store.get(name, resolve))) as Picture | null
    const pixels = picture === null ? null : toPixels(picture)
    if (pixels === null) continue
    const { width, height } = picture!
    codes.push(...(await codesOfPixels(pixels, width, height)))
    if (languages === null) continue
    const { linesOfPixels } = await import('./ocr.ts')
    lines.push(...(await linesOfPixels({ data: pixels, width, height }, languages)))
  }
  return { codes, lines }
}

/** Codes that the page draws as shapes; their boxes are in points, as those of text. */
async function drawnOf(page: Page, box: PageBox): Promise<Code[]> {
  const pixels = drawnPixels(await page.getOperatorList(), box)
  if (pixels === undefined) return []
  const { data, width, height, scale } = pixels
  const codes = await codesOfPixels(data, width, height)
  return codes.map(({ x, y, w, h, ...code }) => {
    return { ...code, x: points(x, scale), y: points(y, scale), w: points(w, scale), h: points(h, scale) }
  })
}

function points(pixels: number, scale: number): number {
  return Math.round((100 * pixels) / scale) / 100
}

const NONE = { codes: [], lines: [] }

function toPixels({ width, height, kind, data }: Picture): Uint8ClampedArray<ArrayBuffer> | null {
  if (data === undefined || width * height > PIXELS_MAX || width < 20 || height < 20) return null
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255)
  const row = (width + 7) >> 3
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const index = y * width + x
      for (let c = 0; c < 3; c++) {
        if (kind === 1) pixels[at + c] = (data[y * row + (x >> 3)]! >> (7 - (x & 7))) & 1 ? 255 : 0
        else pixels[at + c] = data[index * (kind === 2 ? 3 : 4) + c]!
      }
    }
  }
  return pixels
}

/** PDF.js's OPS.paintImageXObject. */
const PAINT_IMAGE = 85

/** Different pictures of one page that are searched. */
const PICTURES_MAX = 40
