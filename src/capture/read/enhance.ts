import type { Pixels } from './pixels.ts'

/**
 * A picture as it is given to OCR: grey, its darkest and lightest twentieth stretched to black and white, and small
 * ones at twice their size, since Tesseract reads capitals of thirty pixels best (its documentation, "Improving the
 * quality of the output"). `scale` leads back to the places of the picture itself.
 */
export function enhance({ data, width, height }: Pixels): { readonly pixels: Pixels; readonly scale: number } {
  const grey = new Uint8Array(width * height)
  const counts = new Uint32Array(256)
  for (let i = 0; i < grey.length; i++) {
    const at = 4 * i
    const shade = (data[at]! * 77 + data[at + 1]! * 150 + data[at + 2]! * 29) >> 8
    grey[i] = shade
    counts[shade]!++
  }
  const [low, high] = [shadeAt(counts, grey.length * TAIL), shadeAt(counts, grey.length * (1 - TAIL))]
  const span = Math.max(32, high - low)
  const table = Uint8Array.from({ length: 256 }, (_, shade) => Math.max(0, Math.min(255, (255 * (shade - low)) / span)))
  const scale = width * height <= SMALL_PIXELS ? 2 : 1
  const [wide, tall] = [width * scale, height * scale]
  const into = new Uint8ClampedArray(4 * wide * tall).fill(255)
  for (let y = 0; y < tall; y++) {
    for (let x = 0; x < wide; x++) {
      const shade = table[scale === 1 ? grey[y * wide + x]! : between(grey, width, height, x, y)]!
      into.fill(shade, 4 * (y * wide + x), 4 * (y * wide + x) + 3)
    }
  }
  return { pixels: { data: into, width: wide, height: tall }, scale }
}

/** The mean of the pixels around a place of the doubled picture. */
function between(grey: Uint8Array, width: number, height: number, x: number, y: number): number {
  const [left, top] = [x >> 1, y >> 1]
  const right = Math.min(width - 1, left + (x & 1))
  const bottom = Math.min(height - 1, top + (y & 1))
  return (
    (grey[top * width + left]! +
      grey[top * width + right]! +
      grey[bottom * width + left]! +
      grey[bottom * width + right]!) >>
    2
  )
}

function shadeAt(counts: Uint32Array, most: number): number {
  let seen = 0
  for (let shade = 0; shade < 256; shade++) {
    seen += counts[shade]!
    if (seen > most) return shade
  }
  return 255
}

/** Ours: letters take a twentieth or more of a poster. */
const TAIL = 0.02

/** Pixels up to which a picture is doubled. */
const SMALL_PIXELS = 2_000_000
