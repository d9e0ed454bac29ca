import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react'
import type { Coverage } from '../../../src/model/coverage.ts'
import type { Act } from './act.ts'
import { around, type Found, flowOf, neighboursOf, pathOf } from './ask.ts'
import { open } from './file.ts'
import { forget, keep, kept } from './kept.ts'
import { fromHash } from './link.ts'
import { begin, type Past, perform, place, redo, undo } from './past.ts'
import { type Drawn, placed, project } from './project.ts'
import { type Direction, EMPTY, type Scene } from './scene.ts'

/** What a link to a graph says. */
export type GraphAsked = {
  readonly at?: string
  readonly to?: string
  readonly network?: string
  readonly trace?: string
  readonly direction?: 'backward'
  readonly hops?: number
  readonly view?: 'entity'
}

type Move =
  | { readonly kind: 'act'; readonly act: Act }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' }
  | { readonly kind: 'begin'; readonly scene: Scene }
  | { readonly kind: 'place'; readonly at: ReadonlyMap<string, { x: number; y: number }> }

function step(past: Past, move: Move): Past {
  if (move.kind === 'act') return perform(past, move.act)
  if (move.kind === 'undo') return undo(past)
  if (move.kind === 'redo') return redo(past)
  return move.kind === 'begin' ? begin(move.scene) : place(past, move.at)
}

type State = {
  readonly busy: boolean
  readonly error: Error | null
  readonly coverage: Coverage | null
  readonly notes: readonly string[]
  /** What to say of the last answer: nothing there, no path, steps left, a file that was opened. */
  readonly said: Said | null
}

export type Said =
  | { readonly kind: 'nothing' | 'noPath' | 'notGraph' | 'linkCopied' | 'linkLong' | 'restored' }
  | { readonly kind: 'stepsLeft' | 'refused'; readonly n: number }
  | { readonly kind: 'saved'; readonly at: string }

const QUIET: State = { busy: false, error: null, coverage: null, notes: [], said: null }

/** Transactions of a trace that are drawn. */
const STEPS = 300

/** The graph of a link: its scene with its past, and the questions that make it grow. */
export function useGraph(asked: GraphAsked) {
  const [past, move] = useReducer(step, EMPTY, begin)
  const [state, setState] = useState<State>(QUIET)
  const [turn, setTurn] = useState(0)
  const question = JSON.stringify(asked)
  const drawn = useDrawn(past.now)
  const scene = useRef(past.now)
  scene.current = past.now
  const act = useCallback((act: Act) => move({ kind: 'act', act }), [])
  const tell = useCallback((said: Said | null) => setState(state => ({ ...state, said })), [])

  /** Asks, shows that it asks, and adds what was found as one step. */
  const grow = useCallback(
    async (question: () => Promise<Found | null>, none: Said, base?: Scene) => {
      setState(state => ({ ...state, busy: true, error: null, said: null }))
      try {
        const found = await question()
        if (found === null) return setState(state => ({ ...state, busy: false }))
        const add: Act = { kind: 'add', nodes: found.nodes, edges: found.edges }
        if (base !== undefined) move({ kind: 'begin', scene: perform(begin(base), add).now })
        else act(add)
        const said: Said | null = found.isEmpty ? none : found.left > 0 ? { kind: 'stepsLeft', n: found.left } : null
        setState({ busy: false, error: null, coverage: found.coverage, notes: found.notes, said })
      } catch (cause) {
        if (cause instanceof DOMException && cause.name === 'AbortError') return
        setState(state => ({ ...state, busy: false, error: cause as Error }))
      }
    },
    [act],
  )

  const openText = useCallback(
    (text: string) => {
      const opened = open(text)
      if (opened === undefined) return tell({ kind: 'notGraph' })
      move({ kind: 'begin', scene: opened.scene })
      const refused: Said = { kind: 'refused', n: opened.refused }
      tell(opened.refused > 0 ? refused : { kind: 'saved', at: opened.savedAt })
    },
    [tell],
  )

  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` asks the same question again
  useEffect(() => {
    const control = new AbortController()
    const before = kept(question)
    if (before !== null && !location.hash.startsWith('#graph=')) {
      openText(before)
      tell({ kind: 'restored' })
    } else void start(asked, grow, openText, control.signal)
    return () => control.abort()
  }, [asked, grow, openText, tell, question, turn])
  useKeeping(past, question)
  /** Forgets what was done here and asks the question again. */
  const anew = useCallback(() => {
    forget(question)
    move({ kind: 'begin', scene: EMPTY })
    setTurn(turn => turn + 1)
  }, [question])

  const { expand, path } = useQuestions(grow, scene)
  return { past, scene: past.now, drawn, ...state, act, move, tell, expand, path, openText, anew }
}

/** What can be asked of the graph as it stands. */
function useQuestions(grow: Grow, scene: { readonly current: Scene }) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: `scene` is a reference, always to the newest
  const expand = useCallback(
    async (id: string, direction: Direction) => {
      const { nodes, view } = scene.current
      const node = nodes[id]
      if (node?.kind !== 'address') return
      const signal = AbortSignal.timeout(120_000)
      await grow(() => neighboursOf(node, { direction, view, signal }), { kind: 'nothing' })
    },
    [grow],
  )
  const path = useCallback(
    (a: string, b: string, network: string) =>
      grow(() => pathOf(a, b, network, AbortSignal.timeout(120_000)), { kind: 'noPath' }),
    [grow],
  )
  return { expand, path }
}

/** Keeps what was done here in this tab, a little after each step. */
function useKeeping(past: Past, question: string): void {
  useEffect(() => {
    if (past.before.length === 0) return
    const timer = setTimeout(() => keep(question, past.now, `${new Date().toISOString().slice(0, 19)}Z`), 400)
    return () => clearTimeout(timer)
  }, [past, question])
}

/** Where nodes lie changes often and little: the rest is drawn up anew only when it changes itself. */
function useDrawn(scene: Scene): Drawn {
  const { nodes, edges, groups, view, method, filter, places } = scene
  const pins = Object.keys(places)
    .filter(id => places[id]!.pinned)
    .join(' ')
  // biome-ignore lint/correctness/useExhaustiveDependencies: all of the scene but where what is not pinned lies
  const drawn = useMemo(() => project(scene), [nodes, edges, groups, view, method, filter, pins])
  return useMemo(() => placed(drawn, places), [drawn, places])
}

export type Graph = ReturnType<typeof useGraph>

type Grow = (question: () => Promise<Found | null>, none: Said, base?: Scene) => Promise<void>

async function start(
  asked: GraphAsked,
  grow: Grow,
  openText: (text: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const shared = await fromHash(location.hash)
  if (signal.aborted) return
  if (shared !== undefined) return openText(shared)
  const { at, to, trace, network, direction, hops, view = 'address' } = asked
  const base: Scene = { ...EMPTY, view }
  if (trace !== undefined) {
    const question = { origin: trace.split(/[\s,]+/).filter(Boolean), limit: STEPS, hops: hops ?? null }
    const flow: Scene = { ...base, layout: 'flow' }
    return grow(() => flowOf({ ...question, direction: direction ?? 'forward' }, signal), { kind: 'nothing' }, flow)
  }
  if (at !== undefined && to !== undefined) {
    return grow(() => pathOf(at, to, network, signal), { kind: 'noPath' }, { ...base, layout: 'flow' })
  }
  if (at !== undefined) return grow(() => around(at, network, view, signal), { kind: 'nothing' }, base)
}
