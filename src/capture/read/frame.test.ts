import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { encode as encodePng } from 'fast-png'
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer'
import { readBytes } from './entry.ts'
import { pixelsOf } from './pixels.ts'

const TEXT = 'bitcoin:1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq'
const SIZE = 200
const require = createRequire(import.meta.url)

/** A QR code as grey pixels, with a white margin. */
async function codeOf(text: string): Promise<Uint8Array> {
  const path = require.resolve('zxing-wasm/writer/zxing_writer.wasm')
  await prepareZXingModule({
    overrides: { wasmBinary: new Uint8Array(readFileSync(path)).buffer },
    fireImmediately: true,
  })
  const { symbol } = await writeBarcode(text, { format: 'QRCode', scale: 1 })
  const grey = new Uint8Array(SIZE * SIZE).fill(255)
  const { width, height, data } = symbol
  const scale = Math.floor((SIZE - 40) / width)
  for (let y = 0; y < height * scale; y++) {
    for (let x = 0; x < width * scale; x++) {
      const at = Math.floor(y / scale) * width + Math.floor(x / scale)
      grey[(y + 20) * SIZE + x + 20] = data[at]!
    }
  }
  return grey
}

const rgba = (grey: Uint8Array) =>
  Uint8ClampedArray.from({ length: 4 * SIZE * SIZE }, (_, i) => (i % 4 === 3 ? 255 : grey[i >> 2]!))

async function webpOf(grey: Uint8Array): Promise<Buffer> {
  const { default: create } = await import('@jsquash/webp/codec/enc/webp_enc.js' as string)
  const wasmBinary = readFileSync(require.resolve('@jsquash/webp/codec/enc/webp_enc.wasm'))
  const { defaultOptions } = (await import('@jsquash/webp/meta.js' as string)) as { defaultOptions: object }
  const module = await create({ noInitialRun: true, wasmBinary })
  return Buffer.from(module.encode(rgba(grey), SIZE, SIZE, { ...defaultOptions, lossless: 1 }).buffer)
}

const chunk = (name: string, body: Uint8Array) => {
  const head = Buffer.alloc(8)
  head.write(name)
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)])
}

/** A moving WebP of stills: RFC 9649, section 2.7. */
function moving(stills: readonly Buffer[]): Buffer {
  const size = Buffer.from([SIZE - 1, 0, 0, SIZE - 1, 0, 0])
  const frames = stills.map(still =>
    chunk('ANMF', Buffer.concat([Buffer.alloc(6), size, Buffer.from([100, 0, 0, 0]), still.subarray(12)])),
  )
  const extended = chunk('VP8X', Buffer.concat([Buffer.from([2, 0, 0, 0]), size]))
  const content = Buffer.concat([Buffer.from('WEBP'), extended, chunk('ANIM', Buffer.alloc(6)), ...frames])
  const head = Buffer.alloc(8)
  head.write('RIFF')
  head.writeUInt32LE(content.length, 4)
  return Buffer.concat([head, content])
}

function gifOf(frames: readonly Uint8Array[]): Buffer {
  const { GifWriter } = require('omggif') as {
    GifWriter: new (into: Buffer, w: number, h: number, o: object) => Writer
  }
  type Writer = {
    addFrame(x: number, y: number, w: number, h: number, pixels: Uint8Array, o: object): void
    end(): number
  }
  const into = Buffer.alloc(1 << 20)
  const writer = new GifWriter(into, SIZE, SIZE, { loop: 0, palette: [0x00_0000, 0xff_ffff] })
  for (const grey of frames)
    writer.addFrame(
      0,
      0,
      SIZE,
      SIZE,
      grey.map(value => (value > 127 ? 1 : 0)),
      { delay: 10 },
    )
  return into.subarray(0, writer.end())
}

test('a code on one frame of a GIF, on a WebP and on one frame of a moving WebP is found, with its frame', async () => {
  const blank = new Uint8Array(SIZE * SIZE).fill(255)
  const code = await codeOf(TEXT)
  const still = await webpOf(code)
  const forms: [string, Buffer, number][] = [
    ['image/png', Buffer.from(encodePng({ width: SIZE, height: SIZE, data: code, channels: 1 })), 1],
    ['image/gif', gifOf([blank, blank, code]), 3],
    ['image/webp', still, 1],
    ['image/webp', moving([await webpOf(blank), still]), 2],
  ]
  for (const [type, bytes, frame] of forms) {
    const [entry] = [...readBytes('x', new Uint8Array(bytes))]
    assert.equal(entry!.mediaType, type)
    assert.equal(entry!.document?.text, `${TEXT}\n`, `${type}, frame ${frame}: ${entry!.notes}`)
    assert.deepEqual(
      entry!.document.regions.map(({ role, area }) => [role, area!.page]),
      [['qr', frame]],
    )
  }
})

test('each kind of picture decodes to the same pixels', async () => {
  const code = await codeOf(TEXT)
  const want = Buffer.from(rgba(code))
  const png = encodePng({ width: SIZE, height: SIZE, data: code, channels: 1 })
  for (const bytes of [png, gifOf([code]), await webpOf(code)]) {
    for await (const { data } of pixelsOf(new Uint8Array(bytes))) assert.ok(Buffer.from(data).equals(want))
  }
})
