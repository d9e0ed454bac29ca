import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { pixelsOf } from './pixels.ts'

/** A QR code of a picture: what it says, on which frame of a moving one (from 1), and the box around it in pixels. */
export type Code = {
  readonly text: string
  readonly frame: number
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

/**
 * The QR codes of a PNG, JPEG, BMP, or of each frame of a GIF or WebP, also rotated and inverted, from the top down; a
 * code that several frames show counts once. Runs on the desk's thread. The decoder's WebAssembly is read from disk:
 * its own default would fetch it.
 */
export async function readCodes(bytes: Uint8Array): Promise<Code[]> {
  if (bytes[0] !== 0x47 && bytes[0] !== 0x52) return search(bytes, 1)
  const found = new Map<string, Code>()
  let frame = 0
  for await (const { data, width, height } of pixelsOf(bytes)) {
    frame++
    for (const code of await search({ data, width, height, colorSpace: 'srgb' }, frame)) {
      if (!found.has(code.text)) found.set(code.text, code)
    }
  }
  return [...found.values()]
}

/** The same for pixels, four bytes each (red, green, blue, alpha). */
export function codesOfPixels(data: Uint8ClampedArray<ArrayBuffer>, width: number, height: number): Promise<Code[]> {
  return search({ data, width, height, colorSpace: 'srgb' }, 1)
}

async function search(bytes: Parameters<typeof readBarcodes>[0], frame: number): Promise<Code[]> {
  await prepare()
  const found = await readBarcodes(bytes, {
    ...{ formats: ['QRCode'], tryHarder: true, tryRotate: true, tryInvert: true, tryDownscale: true },
    ...{ maxNumberOfSymbols: CODES_MAX, textMode: 'Plain' },
  })
  return found
    .filter(one => one.isValid && one.text !== '')
    .map(({ text, position }) => ({ text, frame, ...boxOf(Object.values(position) as Corner[]) }))
    .sort((a, b) => a.y - b.y || a.x - b.x)
}

type Corner = { readonly x: number; readonly y: number }

function boxOf(corners: readonly Corner[]): Omit<Code, 'text' | 'frame'> {
  const [xs, ys] = [corners.map(corner => corner.x), corners.map(corner => corner.y)]
  const [x, y] = [Math.min(...xs), Math.min(...ys)]
  return { x, y, w: Math.max(...xs) - x, h: Math.max(...ys) - y }
}

let prepared: Promise<unknown> | undefined

function prepare(): Promise<unknown> {
  const path = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
  const bytes = () => new Uint8Array(readFileSync(path)).buffer
  prepared ??= prepareZXingModule({ overrides: { wasmBinary: bytes() }, fireImmediately: true })
  return prepared
}

/** Codes of one picture. */
const CODES_MAX = 64
