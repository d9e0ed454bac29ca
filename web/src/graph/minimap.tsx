import { type PointerEvent, type RefObject, useEffect, useRef } from 'react'
import { useWords } from '../word/words.ts'
import type { Canvas } from './canvas.ts'
import type { DrawnNode } from './project.ts'

const WIDTH = 168
const HEIGHT = 112
const MARGIN = 8

/**
 * All nodes as dots, and what part of them is in sight, where not all are. A click moves there; the keyboard has the
 * arrow keys.
 */
export function Minimap(given: { canvas: RefObject<Canvas | null>; turn: number; nodes: readonly DrawnNode[] }) {
  const { canvas, turn, nodes } = given
  const { t } = useWords()
  const map = useRef<HTMLCanvasElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` counts the pictures that were drawn
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      if (canvas.current !== null && map.current !== null) draw(map.current, canvas.current)
    })
    return () => cancelAnimationFrame(frame)
  }, [canvas, turn, nodes])
  const go = (event: PointerEvent<HTMLCanvasElement>) => {
    if (canvas.current === null) return
    const box = event.currentTarget.getBoundingClientRect()
    moveTo(canvas.current, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height)
  }
  return (
    <div aria-hidden="true">
      <canvas
        className="graph-map"
        ref={map}
        width={WIDTH}
        height={HEIGHT}
        title={t('graph.map')}
        onPointerDown={go}
        onPointerMove={event => event.buttons === 1 && go(event)}
      />
    </div>
  )
}

/** Places of the graph in those of the map. */
function fit(canvas: Canvas) {
  const { x, y } = canvas.sigma().getBBox()
  const [left, top] = [x[0], y[1]]
  const scale = Math.min((WIDTH - 2 * MARGIN) / (x[1] - x[0] || 1), (HEIGHT - 2 * MARGIN) / (y[1] - y[0] || 1))
  const across = (WIDTH - (x[1] - x[0]) * scale) / 2
  const down = (HEIGHT - (y[1] - y[0]) * scale) / 2
  return {
    to: (px: number, py: number) => [across + (px - left) * scale, down + (top - py) * scale] as const,
    from: (mx: number, my: number) => ({ x: left + (mx - across) / scale, y: top - (my - down) / scale }),
  }
}

function draw(map: HTMLCanvasElement, canvas: Canvas): void {
  const context = map.getContext('2d')!
  const style = getComputedStyle(map)
  const sigma = canvas.sigma()
  const { to } = fit(canvas)
  context.clearRect(0, 0, WIDTH, HEIGHT)
  sigma.getGraph().forEachNode((_, { x, y, color }) => {
    const [mx, my] = to(x, y)
    context.fillStyle = color
    context.fillRect(mx - 1, my - 1, 2, 2)
  })
  const { width, height } = sigma.getDimensions()
  const a = sigma.viewportToGraph({ x: 0, y: 0 })
  const b = sigma.viewportToGraph({ x: width, y: height })
  // Where all is in sight it would say nothing, and would stand before names.
  const { x, y } = sigma.getBBox()
  map.hidden = a.x <= x[0] && b.x >= x[1] && a.y >= y[1] && b.y <= y[0]
  const [x1, y1] = to(a.x, a.y)
  const [x2, y2] = to(b.x, b.y)
  context.strokeStyle = style.color
  context.lineWidth = 1.5
  context.strokeRect(x1, y1, x2 - x1, y2 - y1)
}

function moveTo(canvas: Canvas, across: number, down: number): void {
  const sigma = canvas.sigma()
  const spot = fit(canvas).from(across * WIDTH, down * HEIGHT)
  const at = sigma.viewportToFramedGraph(sigma.graphToViewport(spot))
  sigma.getCamera().setState({ x: at.x, y: at.y })
}
