import { decode as decodeJpeg, encode as encodeJpeg } from 'jpeg-js'
import { type Random, seededRandom } from '../../src/std/random.ts'

/**
 * What happens to a poster on its way: saved again and again, photographed from a screen, turned a little, out of
 * focus, faded, made small. Each takes RGBA pixels and gives such; what stood on it is known.
 */
export type Picture = { readonly data: Uint8Array; readonly width: number; readonly height: number }

export type Wear = { readonly name: string; readonly of: (picture: Picture) => Picture }

export const wears: readonly Wear[] = [
  { name: 'clean', of: picture => picture },
  { name: 'JPEG 50', of: picture => saved(picture, 50) },
  { name: 'JPEG 20', of: picture => saved(picture, 20) },
  { name: 'turned 1°', of: picture => turned(picture, 1) },
  { name: 'turned 3°', of: picture => turned(picture, 3) },
  { name: 'blurred', of: picture => blurred(picture, 1) },
  { name: 'low contrast', of: picture => faded(picture, 0.25) },
  { name: 'half the size', of: picture => scaled(picture, 0.5) },
  { name: 'photo of a screen', of: picture => saved(screened(turned(scaled(picture, 0.8), 1.5)), 60) },
  { name: 'all at once', of: picture => saved(faded(blurred(turned(picture, 2), 1), 0.4), 30) },
]

function map(
  { width, height }: Picture,
  colour: (x: number, y: number, into: Uint8Array, at: number) => void,
): Picture {
  const data = new Uint8Array(4 * width * height).fill(255)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) colour(x, y, data, 4 * (y * width + x))
  return { data, width, height }
}

/** The colour at a place between pixels; white outside. */
function sample({ data, width, height }: Picture, x: number, y: number, channel: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)]
  if (left < 0 || top < 0 || left + 1 >= width || top + 1 >= height) return 255
  const [dx, dy] = [x - left, y - top]
  const value = (column: number, row: number) => data[4 * (row * width + column) + channel]!
  const upper = value(left, top) * (1 - dx) + value(left + 1, top) * dx
  return upper * (1 - dy) + (value(left, top + 1) * (1 - dx) + value(left + 1, top + 1) * dx) * dy
}

export function turned(picture: Picture, degrees: number): Picture {
  const angle = (degrees * Math.PI) / 180
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const [centreX, centreY] = [picture.width / 2, picture.height / 2]
  return map(picture, (x, y, into, at) => {
    const [fromX, fromY] = [x - centreX, y - centreY]
    for (let c = 0; c < 3; c++)
      into[at + c] = sample(picture, centreX + fromX * cos + fromY * sin, centreY - fromX * sin + fromY * cos, c)
  })
}

export function scaled(picture: Picture, by: number): Picture {
  const [width, height] = [Math.round(picture.width * by), Math.round(picture.height * by)]
  const steps = Math.max(1, Math.round(1 / by))
  return map({ ...picture, width, height }, (x, y, into, at) => {
    for (let c = 0; c < 3; c++) {
      let sum = 0
      for (let i = 0; i < steps; i++)
        for (let j = 0; j < steps; j++) sum += sample(picture, (x + i / steps) / by, (y + j / steps) / by, c)
      into[at + c] = sum / steps ** 2
    }
  })
}

export function blurred(picture: Picture, radius: number): Picture {
  return map(picture, (x, y, into, at) => {
    for (let c = 0; c < 3; c++) {
      let sum = 0
      for (let i = -radius; i <= radius; i++)
        for (let j = -radius; j <= radius; j++) sum += sample(picture, x + i, y + j, c)
      into[at + c] = sum / (2 * radius + 1) ** 2
    }
  })
}

/** Dark on light becomes grey on grey: `by` of the contrast is left. */
export function faded(picture: Picture, by: number): Picture {
  return map(picture, (_, __, into, at) => {
    for (let c = 0; c < 3; c++) into[at + c] = 150 + (picture.data[at + c]! - 150) * by
  })
}

/** Stripes of a screen, a lamp on one side, grain of a sensor. */
export function screened(picture: Picture, random: Random = seededRandom(11)): Picture {
  return map(picture, (x, y, into, at) => {
    const light = 0.75 + (0.25 * x) / picture.width + 0.06 * Math.sin(x * 1.9) + 0.06 * Math.sin(y * 2.3)
    for (let c = 0; c < 3; c++)
      into[at + c] = Math.max(0, Math.min(255, picture.data[at + c]! * light + random.below(31) - 15))
  })
}

export function saved({ data, width, height }: Picture, quality: number): Picture {
  const again = decodeJpeg(encodeJpeg({ data: Buffer.from(data), width, height }, quality).data, { useTArray: true })
  return { data: again.data, width: again.width, height: again.height }
}
