import { encode } from 'fast-png'
import { createWorker, OEM, type Worker } from 'tesseract.js'
import type { LanguageData } from './ocr-data.ts'
import { OCR_FRAMES_MAX, OCR_PIXELS_MAX } from './ocr-limit.ts'
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
  if (bytes[0] === 0x89 || bytes[0] === 0xff) return read(bytes, 1, data)
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

/** The same for pixels. */
export function linesOfPixels({ data, width, height }: Pixels, from: LanguageData, frame = 1): Promise<Line[]> {
  if (width * height > OCR_PIXELS_MAX) return Promise.resolve([])
  return read(encode({ data, width, height, channels: 4, depth: 8 }), frame, from)
}

async function read(picture: Uint8Array, frame: number, data: LanguageData): Promise<Line[]> {
  const worker = await workerFor(data)
  const { data: page } = await worker.recognize(Buffer.from(picture), {}, { text: false, blocks: true })
  const lines = (page.blocks ?? []).flatMap(block => block.paragraphs.flatMap(paragraph => paragraph.lines))
  return lines.flatMap(({ text, confidence, bbox: { x0, y0, x1, y1 } }) => {
    const plain = text.replace(MARKS, '').trim()
    if (plain === '' || confidence < CONFIDENCE_MIN) return []
    return [{ text: plain, frame, confidence: Math.round(confidence), x: x0, y: y0, w: x1 - x0, h: y1 - y0 }]
  })
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
