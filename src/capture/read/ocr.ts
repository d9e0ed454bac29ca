import { encode } from 'fast-png'
import { createWorker, OEM, type Worker } from 'tesseract.js'
import { elapsedMilliseconds } from '../../std/clock.ts'
import { enhance } from './enhance.ts'
import type { LanguageData } from './ocr-data.ts'
import { OCR_AGAIN_PIXELS_MAX, OCR_AGAIN_SECONDS_MAX, OCR_FRAMES_MAX, OCR_PIXELS_MAX } from './ocr-limit.ts'
import { type Pixels, pixelsOf } from './pixels.ts'

/** A line of words that was read from a picture: frame (from 1), box in pixels, certainty from 0 to 100. */
export type Line = {
  readonly text: string
  readonly frame: number
  readonly confidence: number
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

/**
 * The words of a PNG, JPEG, GIF or WebP, line by line from the top. Runs on the desk's thread. Tesseract's program and
 * its data are read from this machine: given a folder it asks no network.
 */
export async function readLines(bytes: Uint8Array, data: LanguageData): Promise<Line[]> {
  const lines: Line[] = []
  const seen = new Set<string>()
  let frame = 0
  for await (const pixels of pixelsOf(bytes)) {
    if (++frame > OCR_FRAMES_MAX) break
    for (const line of await linesOfPixels(pixels, data, frame)) {
      if (seen.has(line.text)) continue
      seen.add(line.text)
      lines.push(line)
    }
  }
  return lines
}

/**
 * The same for pixels: as they are, then once more upright, larger and with more contrast, for lines that an address
 * could stand in. A line that both looks read alike is told once.
 */
export async function linesOfPixels(given: Pixels, from: LanguageData, frame = 1): Promise<Line[]> {
  const area = given.width * given.height
  if (area > OCR_PIXELS_MAX) return []
  const started = elapsedMilliseconds()
  const first = await look(given, 1, false, from, frame)
  const isSlow = elapsedMilliseconds() - started > 1000 * OCR_AGAIN_SECONDS_MAX
  if (isSlow || area > OCR_AGAIN_PIXELS_MAX) return first
  const { pixels, scale } = enhance(given)
  const again = await look(pixels, scale, true, from, frame)
  const known = new Set(first.map(line => line.text))
  return [...first, ...again.filter(({ text }) => LONG_RUN.test(text) && !known.has(text))]
}

async function look(
  pixels: Pixels,
  scale: number,
  rotateAuto: boolean,
  from: LanguageData,
  frame: number,
): Promise<Line[]> {
  const picture = Buffer.from(encode({ ...pixels, channels: 4, depth: 8 }))
  const worker = await workerFor(from)
  const { data: page } = await worker.recognize(picture, { rotateAuto }, { text: false, blocks: true })
  const lines = (page.blocks ?? []).flatMap(block => block.paragraphs.flatMap(paragraph => paragraph.lines))
  return lines.flatMap(({ text, confidence, bbox: { x0, y0, x1, y1 } }) => {
    const plain = text.replace(MARKS, '').trim()
    if (plain === '' || confidence < CONFIDENCE_MIN) return []
    const place = placeOf({ x: x0, y: y0, w: x1 - x0, h: y1 - y0 }, page.rotateRadians ?? 0, pixels, scale)
    return [{ text: plain, frame, confidence: Math.round(confidence), ...place }]
  })
}

/** What no word is: twenty letters and digits without a space, a digit among them. */
const LONG_RUN = /(?=[^\s]*\d)[^\s\p{Script=Arabic}]{20}/u

type Box = Pick<Line, 'x' | 'y' | 'w' | 'h'>

/** A box of the picture that was turned upright and enlarged, in the picture as it is: its middle turned back. */
function placeOf({ x, y, w, h }: Box, radians: number, { width, height }: Pixels, scale: number): Box {
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)]
  const [fromX, fromY] = [x + w / 2 - width / 2, y + h / 2 - height / 2]
  const left = width / 2 + fromX * cos + fromY * sin - w / 2
  const top = height / 2 - fromX * sin + fromY * cos - h / 2
  const within = (value: number, most: number) => Math.max(0, Math.min(most, Math.round(value / scale)))
  const [x0, y0] = [within(left, width / scale), within(top, height / scale)]
  return { x: x0, y: y0, w: within(w, width - x0 * scale), h: within(h, height - y0 * scale) }
}

let opened: { readonly key: string; readonly worker: Promise<Worker> } | undefined

function workerFor({ folder, languages }: LanguageData): Promise<Worker> {
  const key = `${folder} ${languages}`
  if (opened?.key === key) return opened.worker
  const worker = createWorker([...languages], OEM.LSTM_ONLY, {
    ...{ langPath: folder, gzip: false, cacheMethod: 'none', errorHandler: () => {} },
  })
  opened = { key, worker }
  return worker
}

/** Direction marks that Tesseract puts around each line. */
const MARKS = /[\u200e\u200f\u202a-\u202e]/g

/** Lines below are noise of the ground more often than words; ours. */
const CONFIDENCE_MIN = 30
