import { pixelsOf, shrink } from './pixels.ts'

/**
 * Perceptual hashes of a picture's first frame, 16 bytes: dHash (is each of 9 × 8 cells darker than its right
 * neighbour), then pHash (signs of the 8 × 8 lowest frequencies of a 32 × 32 picture against their median). Undefined
 * of
 * a picture of one colour. Runs on the desk's thread.
 */
export async function hashesOf(bytes: Uint8Array): Promise<Uint8Array | undefined> {
  for await (const pixels of pixelsOf(bytes)) {
    const small = shrink(pixels, 32)
    if (Math.max(...small) - Math.min(...small) < 8) return undefined
    const mark = new Uint8Array(16)
    const cells = shrink(pixels, 9)
    for (let y = 0; y < 8; y++) {
      for (let x = 0; x < 8; x++) if (cells[y * 9 + x]! < cells[y * 9 + x + 1]!) mark[y]! |= 1 << x
    }
    const low = lowFrequencies(small)
    const median = low.toSorted((a, b) => a - b)[32]!
    for (let i = 0; i < 64; i++) if (low[i]! > median) mark[8 + (i >> 3)]! |= 1 << (i & 7)
    return mark
  }
  return undefined
}

/** The 8 × 8 first coefficients of the discrete cosine transform, the constant one set to 0. */
function lowFrequencies(picture: Float64Array): Float64Array {
  const low = new Float64Array(64)
  for (let v = 0; v < 8; v++) {
    for (let u = 0; u < 8; u++) {
      let sum = 0
      for (let y = 0; y < 32; y++) for (let x = 0; x < 32; x++) sum += picture[y * 32 + x]! * COS[u]![x]! * COS[v]![y]!
      low[v * 8 + u] = sum
    }
  }
  low[0] = 0
  return low
}

const COS = Array.from({ length: 8 }, (_, k) =>
  Float64Array.from({ length: 32 }, (_, n) => Math.cos((Math.PI * (2 * n + 1) * k) / 64)),
)
