import { cornersOf, FONT, type Mark, type Picture } from './picture.ts'

/** Draws marks on a canvas: names shaped by the browser, with the fonts of the page. */
export function paint(
  context: CanvasRenderingContext2D,
  { width, height, paper, marks }: Picture,
  scale: number,
): void {
  context.setTransform(scale, 0, 0, scale, 0, 0)
  context.fillStyle = paper
  context.fillRect(0, 0, width, height)
  for (const mark of marks) drawMark(context, mark)
}

function drawMark(context: CanvasRenderingContext2D, mark: Mark): void {
  if (mark.kind === 'line') {
    const [x1, y1, x2, y2] = mark.at
    context.setLineDash(mark.dashed ? [5, 4] : [])
    context.lineWidth = mark.width
    context.strokeStyle = mark.colour
    context.beginPath()
    context.moveTo(x1, y1)
    context.lineTo(x2, y2)
    context.stroke()
    context.setLineDash([])
  } else if (mark.kind === 'text') {
    const { direction, anchor, size, colour, text, at } = mark
    context.direction = direction
    context.font = `${size}px ${FONT}`
    context.textAlign = anchor === 'middle' ? 'center' : anchor
    context.fillStyle = colour
    context.fillText(text, ...at)
  } else {
    context.fillStyle = mark.fill
    context.strokeStyle = mark.edge
    context.lineWidth = 1
    outline(context, mark.shape, mark.at[0], mark.at[1], mark.size)
    context.fill()
    context.stroke()
  }
}

export function outline(
  context: CanvasRenderingContext2D,
  shape: Parameters<typeof cornersOf>[0],
  x: number,
  y: number,
  size: number,
): void {
  context.beginPath()
  const corners = cornersOf(shape, size)
  if (corners === null) context.arc(x, y, size, 0, 2 * Math.PI)
  else for (const [i, [a, b]] of corners.entries()) context[i === 0 ? 'moveTo' : 'lineTo'](x + a, y + b)
  context.closePath()
}

/** As PNG bytes, at most so many pixels wide. */
export async function toPng(picture: Picture): Promise<Blob> {
  await document.fonts.ready
  const scale = Math.min(2, PIXELS_MAX / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(picture.width * scale)
  canvas.height = Math.round(picture.height * scale)
  paint(canvas.getContext('2d')!, picture, scale)
  return new Promise((resolve, reject) =>
    canvas.toBlob(blob => (blob === null ? reject(new Error('No picture was made.')) : resolve(blob)), 'image/png'),
  )
}

const PIXELS_MAX = 6000
