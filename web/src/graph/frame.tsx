import { useComputedColorScheme } from '@mantine/core'
import { useReducedMotion } from '@mantine/hooks'
import { type KeyboardEvent, type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { digits } from '../word/digit.ts'
import { useWords } from '../word/words.ts'
import type { Arrow } from './ahead.ts'
import { type Canvas, openCanvas } from './canvas.ts'
import { Minimap } from './minimap.tsx'
import { readPalette } from './palette.ts'
import { useSpoken } from './spoken.ts'
import type { Choice } from './use-choice.ts'
import type { Graph } from './use-graph.ts'

/** What keys do; the same as the buttons. */
export type Keys = {
  readonly expand: (id: string) => void
  readonly remove: () => void
  readonly pin: () => void
}

/** The drawing itself, with its keyboard and its small map. Without WebGL it says so: the tables hold the same. */
export function Frame(given: { graph: Graph; choice: Choice; canvas: RefObject<Canvas | null>; keys: Keys }) {
  const { graph, choice, canvas, keys } = given
  const { t } = useWords()
  const place = useRef<HTMLDivElement>(null)
  const over = useRef<HTMLCanvasElement>(null)
  const [turn, setTurn] = useState(0)
  const [able, setAble] = useState(true)
  const hand = useRef({ graph, choice, keys })
  hand.current = { graph, choice, keys }
  useEffect(() => {
    try {
      canvas.current = openCanvas(place.current!, over.current!, {
        select: (id, more) => hand.current.choice.choose(id, more),
        expand: id => hand.current.keys.expand(id),
        pin: at => hand.current.graph.act({ kind: 'pin', at }),
        placed: at => hand.current.graph.move({ kind: 'place', at }),
        moved: () => setTurn(turn => turn + 1),
      })
    } catch {
      setAble(false)
    }
    return () => {
      canvas.current?.close()
      canvas.current = null
    }
  }, [canvas])
  useShown(graph, choice, canvas)
  const spoken = useSpoken(graph.drawn, choice.focus)
  return (
    <div className="graph-frame" data-nodes={graph.drawn.nodes.length} data-edges={graph.drawn.edges.length}>
      {!able && <p className="quiet">{t('graph.noWebgl')}</p>}
      <div
        className="graph-canvas"
        ref={place}
        role="application"
        aria-label={t('graph.canvas')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the drawing is walked with the arrow keys
        tabIndex={0}
        onKeyDown={event => press(event, hand.current, canvas.current)}
      />
      <div aria-hidden="true">
        <canvas className="graph-over" ref={over} />
      </div>
      {able && <Minimap canvas={canvas} turn={turn} nodes={graph.drawn.nodes} />}
      <p className="away" aria-live="polite" data-testid="spoken">
        {spoken}
      </p>
    </div>
  )
}

/** Draws again whenever the scene, what is chosen, the light or the language changes. */
function useShown({ drawn, scene }: Graph, { selected, focus }: Choice, canvas: RefObject<Canvas | null>): void {
  const { language } = useWords()
  const scheme = useComputedColorScheme('light')
  const still = useReducedMotion()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the palette is read from the page when the light changes
  const palette = useMemo(readPalette, [scheme])
  const { layout } = scene
  const written = digits()
  useEffect(() => {
    const look = { palette, selected, focus, turned: language === 'ar', layout, still, digits: written }
    canvas.current?.show(drawn, look)
  }, [canvas, drawn, palette, selected, focus, language, layout, still, written])
}

const ARROWS: readonly string[] = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']

type Hand = { readonly graph: Graph; readonly choice: Choice; readonly keys: Keys }

function press(event: KeyboardEvent, { choice, keys }: Hand, canvas: Canvas | null): void {
  const { key } = event
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const { focus } = choice
  if (ARROWS.includes(key)) {
    const id = canvas?.next(focus, key as Arrow) ?? null
    if (id !== null) {
      choice.walk(id)
      canvas?.reveal(id)
    }
  } else if (key === 'Enter' && focus !== null) keys.expand(focus)
  else if (key === ' ' && focus !== null) choice.choose(focus, true)
  else if (key === 'Escape') choice.choose(null, false)
  else if (key === 'Delete' || key === 'Backspace') keys.remove()
  else if (key === 'p' || key === 'P') keys.pin()
  else if (key === '+') canvas?.zoom(0.7)
  else if (key === '-') canvas?.zoom(1.4)
  else return
  event.preventDefault()
  event.stopPropagation()
}
