import { Field } from '../part/field.tsx'
import '../graph/graph.css'
import { Button } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useMemo, useRef, useState } from 'react'
import { Between, type Ends } from '../graph/between.tsx'
import type { Canvas } from '../graph/canvas.ts'
import { Chosen, placesOf } from '../graph/chosen.tsx'
import { Filters, Legend } from '../graph/filters.tsx'
import { Frame, type Keys } from '../graph/frame.tsx'
import { Saving } from '../graph/saving.tsx'
import { Tables } from '../graph/tables.tsx'
import { Tools } from '../graph/tools.tsx'
import { type Choice, useChoice } from '../graph/use-choice.ts'
import { type Graph, type GraphAsked, useGraph } from '../graph/use-graph.ts'
import { CoverageCard } from '../part/coverage.tsx'
import { Reading, TroubleNote } from '../part/trouble.tsx'
import { said as noted } from '../word/note.ts'
import { useTitle } from '../word/title.ts'
import { useWords } from '../word/words.ts'

/** `/graph?at=ADDRESS`, `/graph?trace=ORIGIN`, `/graph?at=A&to=B`, or a whole graph behind `#graph=`. */
export function GraphView() {
  const { t } = useWords()
  const asked = useSearch({ from: '/graph' })
  useTitle(`${t('graph.title')} ${asked.trace ?? asked.at ?? ''}`.trim())
  const key = JSON.stringify(asked)
  // The same question is the same object, so that it is asked once.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const same = useMemo(() => asked, [key])
  return (
    <>
      <h1 title={t('graph.text')}>{t('graph.title')}</h1>
      <Ask key={key} asked={asked} />
      <Workplace key={`${key} place`} asked={same} />
    </>
  )
}

function Ask({ asked }: { asked: GraphAsked }) {
  const { t } = useWords()
  const [at, setAt] = useState(asked.at ?? '')
  const [to, setTo] = useState(asked.to ?? '')
  const navigate = useNavigate()
  const draw = (event: FormEvent) => {
    event.preventDefault()
    if (at.trim() === '') return
    void navigate({ to: '/graph', search: { at: at.trim(), ...(to.trim() === '' ? {} : { to: to.trim() }) } })
  }
  const shut = asked.at !== undefined || asked.trace !== undefined
  return (
    <details className="graph-ask" open={!shut}>
      <summary>{t('graph.start')}</summary>
      <form className="row" onSubmit={draw}>
        <Field label={t('graph.first')} value={at} set={setAt} kind="code" />
        <Field label={t('graph.second')} value={to} set={setTo} kind="code" />
        <Button type="submit">{t('graph.go')}</Button>
      </form>
    </details>
  )
}

function Workplace({ asked }: { asked: GraphAsked }) {
  const graph = useGraph(asked)
  const choice = useChoice()
  const canvas = useRef<Canvas | null>(null)
  const [ends, setEnds] = useState<Ends | null>(null)
  const keys = keysOf(graph, choice, canvas.current)
  useHotkeys([
    ['mod+Z', () => graph.move({ kind: 'undo' })],
    ['mod+shift+Z', () => graph.move({ kind: 'redo' })],
    ['mod+Y', () => graph.move({ kind: 'redo' })],
  ])
  return (
    <>
      {graph.error !== null && <TroubleNote error={graph.error} />}
      <Tools graph={graph} canvas={canvas} />
      <Status graph={graph} />
      <div className="graph-grid">
        <div>
          <Frame graph={graph} choice={choice} canvas={canvas} keys={keys} />
          <Saving graph={graph} canvas={canvas} />
          <Tables graph={graph} choice={choice} canvas={canvas} ask={setEnds} />
          {ends !== null && <Between ends={ends} close={() => setEnds(null)} />}
        </div>
        <div className="graph-side">
          <Chosen graph={graph} choice={choice} canvas={canvas} />
          <Filters graph={graph} />
          <Legend />
          {graph.coverage !== null && <CoverageCard coverage={graph.coverage} />}
        </div>
      </div>
    </>
  )
}

function keysOf(graph: Graph, choice: Choice, canvas: Canvas | null): Keys {
  const { drawn, act, scene } = graph
  const chosen = () => drawn.nodes.filter(node => choice.selected.has(node.id))
  return {
    expand: id => {
      const member = drawn.nodes.find(node => node.id === id)?.members[0]
      const node = member === undefined ? undefined : scene.nodes[member]
      if (node === undefined) return
      void graph.expand(node.id, 'out').then(() => graph.expand(node.id, 'in'))
    },
    remove: () => act({ kind: 'remove', ids: chosen().flatMap(node => [...node.members]) }),
    pin: () => {
      const nodes = chosen()
      act({ kind: 'pin', at: placesOf(nodes, canvas, !nodes.every(node => node.place.pinned)) })
    },
  }
}

/** How much is drawn, and what is not: always in sight. */
function Status({ graph }: { graph: Graph }) {
  const { t, count, language } = useWords()
  const { drawn, busy, said, notes } = graph
  return (
    <div role="status" className="graph-status small" data-testid="graph-status">
      {busy && <Reading />}
      <span>{count('addresses', drawn.nodes.filter(node => node.kind !== 'transaction').length)}</span>
      {drawn.left > 0 && <strong>{t('graph.left', { n: drawn.left })}</strong>}
      {drawn.hidden > 0 && <strong>{t('graph.hidden', { n: drawn.hidden })}</strong>}
      {said !== null && (
        <span className="chip warn">
          {said.kind === 'saved'
            ? t('graph.saved', { at: said.at })
            : t(`graph.${said.kind}`, { n: 'n' in said ? said.n : 0 })}
        </span>
      )}
      {notes.map(note => (
        <span key={note}>{noted(language, note)}</span>
      ))}
    </div>
  )
}
