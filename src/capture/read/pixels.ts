import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { runInNewContext } from 'node:vm'
import { decode as decodePng } from 'fast-png'
import { decode as decodeJpeg } from 'jpeg-js'
import { FRAMES_MAX, PIXELS_MAX } from './limit.ts'
import { framesOf } from './webp-frame.ts'

/** One picture, or one frame of a moving one, as four bytes a pixel (red, green, blue, alpha). */
export type Pixels = {
  readonly data: Uint8ClampedArray<ArrayBuffer>
  readonly width: number
  readonly height: number
}

/**
 * The frames of a PNG, JPEG, GIF or WebP, one after another, at most FRAMES_MAX and PIXELS_MAX pixels in all. Runs on
 * the
 * desk's thread: the decoders are foreign. Throws what they throw.
 */
export async function* pixelsOf(bytes: Uint8Array): AsyncGenerator<Pixels> {
  if (bytes[0] === 0x89) yield fromPng(bytes)
  else if (bytes[0] === 0xff) yield fromJpeg(bytes)
  else if (bytes[0] === 0x47) yield* fromGif(bytes)
  else if (bytes[0] === 0x52) yield* fromWebp(bytes)
}

/** A small likeness of it, for what needs no detail: white behind what is transparent. */
export function shrink({ data, width, height }: Pixels, to: number): Float64Array {
  const sums = new Float64Array(to * to)
  const counts = new Float64Array(to * to)
  for (let y = 0; y < height; y++) {
    const row = Math.min(to - 1, Math.floor((y * to) / height)) * to
    for (let x = 0; x < width; x++) {
      const at = 4 * (y * width + x)
      const alpha = data[at + 3]! / 255
      // Rec. 601 luma.
      const luma = 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!
      const cell = row + Math.min(to - 1, Math.floor((x * to) / width))
      sums[cell]! += luma * alpha + 255 * (1 - alpha)
      counts[cell]!++
    }
  }
  return sums.map((sum, i) => (counts[i] === 0 ? 255 : sum / counts[i]!))
}

function fromPng(bytes: Uint8Array): Pixels {
  const { data, width, height, channels, depth, palette, transparency } = decodePng(bytes)
  demand(width, height)
  const into = new Uint8ClampedArray(4 * width * height)
  const scale = depth === 16 ? 1 / 257 : depth === 8 ? 1 : 255 / (2 ** depth - 1)
  const perRow = Math.ceil((width * channels * depth) / 8)
  const sample = (y: number, k: number): number => {
    if (depth >= 8) return data[y * width * channels + k]!
    const byte = data[y * perRow + ((k * depth) >> 3)]!
    return (byte >> (8 - depth - ((k * depth) & 7))) & ((1 << depth) - 1)
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = 4 * (y * width + x)
      if (palette !== undefined) {
        const index = sample(y, x)
        const color = palette[index] ?? [0, 0, 0]
        into.set([color[0]!, color[1]!, color[2]!, color[3] ?? transparency?.[index] ?? 255], at)
        continue
      }
      const first = sample(y, x * channels) * scale
      const isGrey = channels <= 2
      const green = isGrey ? first : sample(y, x * channels + 1) * scale
      const blue = isGrey ? first : sample(y, x * channels + 2) * scale
      const alpha = channels === 2 || channels === 4 ? sample(y, x * channels + channels - 1) * scale : 255
      into.set([first, green, blue, alpha], at)
    }
  }
  return { data: into, width, height }
}

function fromJpeg(bytes: Uint8Array): Pixels {
  const options = { useTArray: true, maxResolutionInMP: PIXELS_MAX / 1e6, maxMemoryUsageInMB: 900 } as const
  const { data, width, height } = decodeJpeg(bytes, { ...options, tolerantDecoding: true })
  return { data: new Uint8ClampedArray(data), width, height }
}

type GifReader = {
  readonly width: number
  readonly height: number
  numFrames(): number
  frameInfo(index: number): { readonly width: number; readonly height: number }
  decodeAndBlitFrameRGBA(index: number, into: Uint8ClampedArray): void
}

/**
 * Each frame over those before it, as it is seen. A frame names a size of its own, up to 65,535 each way whatever the
 * picture's: all together cost no more pixels than one picture may have.
 */
function* fromGif(bytes: Uint8Array): Generator<Pixels> {
  const { GifReader: Reader } = createRequire(import.meta.url)('omggif') as {
    GifReader: new (bytes: Uint8Array) => GifReader
  }
  const reader = new Reader(bytes)
  const { width, height } = reader
  demand(width, height)
  const most = Math.max(1, Math.min(FRAMES_MAX, Math.floor(PIXELS_MAX / (width * height))))
  const canvas = new Uint8ClampedArray(4 * width * height)
  let left = PIXELS_MAX
  for (let i = 0; i < Math.min(reader.numFrames(), most); i++) {
    const frame = reader.frameInfo(i)
    left -= frame.width * frame.height
    if (left < 0) return
    try {
      runWithin(() => reader.decodeAndBlitFrameRGBA(i, canvas))
    } catch (cause) {
      if (i === 0) throw cause
      return
    }
    yield { data: canvas.slice(), width, height }
  }
}

/** Of a damaged frame omggif's table can lead into itself, for ever: the engine itself breaks it off. */
function runWithin(work: () => void): void {
  runInNewContext('work()', { work }, { timeout: FRAME_MILLISECONDS })
}

const FRAME_MILLISECONDS = 2000

type WebpModule = { decode(bytes: Uint8Array): { data: Uint8ClampedArray; width: number; height: number } | null }

let webp: Promise<WebpModule> | undefined

/** The decoder's WebAssembly is read from disk: its own default would fetch it. */
function openWebp(): Promise<WebpModule> {
  const require = createRequire(import.meta.url)
  const path = require.resolve('@jsquash/webp/codec/dec/webp_dec.wasm')
  webp ??= (async () => {
    const { default: create } = (await import('@jsquash/webp/codec/dec/webp_dec.js')) as unknown as {
      default: (options: object) => Promise<WebpModule>
    }
    return create({ noInitialRun: true, wasmBinary: readFileSync(path) })
  })()
  return webp
}

async function* fromWebp(bytes: Uint8Array): AsyncGenerator<Pixels> {
  const module = await openWebp()
  let left = PIXELS_MAX
  for (const frame of framesOf(bytes, FRAMES_MAX)) {
    const image = module.decode(frame)
    if (image === null) continue
    left -= image.width * image.height
    if (left < 0) return
    yield { data: new Uint8ClampedArray(image.data), width: image.width, height: image.height }
  }
}

function demand(width: number, height: number): void {
  if (width * height > PIXELS_MAX || width * height === 0) throw new RangeError(`${width} × ${height} pixels`)
}
