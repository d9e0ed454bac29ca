import { Button, NativeSelect } from '@mantine/core'
import type { RefObject } from 'react'
import { useWords } from '../word/words.ts'
import type { Canvas } from './canvas.ts'
import { VIEWS, type View } from './scene.ts'
import type { Graph } from './use-graph.ts'

const METHODS = ['envelope', 'haircut', 'fifo', 'lifo', 'tiho', 'poison']

/** What holds for the whole graph: back and forth, view, method, layout. */
export function Tools({ graph, canvas }: { graph: Graph; canvas: RefObject<Canvas | null> }) {
  const { t, term } = useWords()
  const { past, scene, act, move } = graph
  const traced = Object.values(scene.edges).some(edge => edge.amount?.methods != null)
  return (
    <div className="graph-tools" role="toolbar" aria-label={t('graph.title')}>
      <Button
        variant="default"
        size="compact-md"
        disabled={past.before.length === 0}
        onClick={() => move({ kind: 'undo' })}
      >
        {t('graph.undo')}
      </Button>
      <Button
        variant="default"
        size="compact-md"
        disabled={past.after.length === 0}
        onClick={() => move({ kind: 'redo' })}
      >
        {t('graph.redo')}
      </Button>
      <NativeSelect
        label={t('graph.view')}
        size="xs"
        value={scene.view}
        onChange={event => act({ kind: 'view', view: event.currentTarget.value as View })}
        data={VIEWS.map(view => ({
          value: view,
          label: t(`graph.view${view === 'address' ? 'Address' : view === 'entity' ? 'Entity' : 'Transaction'}`),
        }))}
      />
      {traced && (
        <NativeSelect
          label={t('graph.method')}
          size="xs"
          value={scene.method}
          onChange={event => act({ kind: 'method', method: event.currentTarget.value })}
          data={METHODS.map(method => ({
            value: method,
            label: method === 'envelope' ? t('graph.envelope') : term('method', method),
          }))}
        />
      )}
      <NativeSelect
        label={t('graph.layout')}
        size="xs"
        value={scene.layout}
        onChange={event => act({ kind: 'layout', layout: event.currentTarget.value as 'flow' | 'web' })}
        data={[
          { value: 'flow', label: t('graph.layoutFlow') },
          { value: 'web', label: t('graph.layoutWeb') },
        ]}
      />
      <Button variant="default" size="compact-md" onClick={() => canvas.current?.arrange()}>
        {t('graph.arrange')}
      </Button>
      <Button variant="default" size="compact-md" onClick={graph.anew}>
        {t('graph.anew')}
      </Button>
      <Sight canvas={canvas} />
    </div>
  )
}

/** What part of it is in sight. */
function Sight({ canvas }: { canvas: RefObject<Canvas | null> }) {
  const { t } = useWords()
  return (
    <>
      <Button variant="default" size="compact-md" onClick={() => canvas.current?.fit()}>
        {t('graph.fit')}
      </Button>
      <Button variant="default" size="compact-md" onClick={() => canvas.current?.zoom(0.7)}>
        {t('graph.closer')}
      </Button>
      <Button variant="default" size="compact-md" onClick={() => canvas.current?.zoom(1.4)}>
        {t('graph.farther')}
      </Button>
    </>
  )
}
