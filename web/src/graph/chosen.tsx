import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type RefObject, useState } from 'react'
import { AddressLink, Code, Copy, Name } from '../part/code.tsx'
import { Field } from '../part/field.tsx'
import { useWords } from '../word/words.ts'
import type { Canvas } from './canvas.ts'
import { Colours, Grouping } from './mark.tsx'
import type { DrawnNode } from './project.ts'
import type { Direction, Node } from './scene.ts'
import type { Choice } from './use-choice.ts'
import type { Graph } from './use-graph.ts'

type Given = { graph: Graph; choice: Choice; canvas: RefObject<Canvas | null> }

/** What is chosen: what is known of it, and what can be done with it. */
export function Chosen({ graph, choice, canvas }: Given) {
  const { t } = useWords()
  const nodes = graph.drawn.nodes.filter(node => choice.selected.has(node.id))
  const [only] = nodes
  return (
    <section className="card" aria-label={t('graph.chosen')}>
      <h2>{t('graph.chosen')}</h2>
      {nodes.length === 0 && <p className="quiet">{t('graph.none')}</p>}
      {nodes.length === 1 && only !== undefined && <One key={only.id} node={only} graph={graph} />}
      {nodes.length > 1 && <p>{t('graph.several', { n: nodes.length })}</p>}
      {nodes.length > 0 && <Deeds nodes={nodes} graph={graph} choice={choice} canvas={canvas} />}
    </section>
  )
}

function One({ node, graph }: { node: DrawnNode; graph: Graph }) {
  const { t, term } = useWords()
  const member = graph.scene.nodes[node.members[0] ?? '']
  return (
    <>
      <p>
        <span className="chip">
          {node.category === null ? t(`graph.kinds.${node.kind}`) : term('category', node.category)}
        </span>{' '}
        {node.stoppedBecause !== null && <span className="chip">{term('stop', node.stoppedBecause)}</span>}
      </p>
      {node.named && (
        <p>
          <strong>
            <Name>{node.title}</Name>
          </strong>
        </p>
      )}
      {member?.kind === 'address' && (
        <p>
          <AddressLink network={member.network} address={member.name} whole /> <Copy text={member.name} />
        </p>
      )}
      {node.kind === 'transaction' && (
        <p>
          <Code>{node.title}</Code> <Copy text={node.title} />
        </p>
      )}
      {node.kind === 'nobody' && <p>{nobodyWords(t, node.title)}</p>}
      {node.addresses > 1 && <p className="quiet">{t('graph.cluster', { n: node.addresses })}</p>}
      {member?.kind === 'address' && (
        <div className="row">
          <Expand node={member} direction="in" graph={graph} />
          <Expand node={member} direction="out" graph={graph} />
          <Link to="/trace" search={{ origin: member.name }}>
            {t('address.traceIt')}
          </Link>
        </div>
      )}
      {member !== undefined && <Note node={member} graph={graph} />}
    </>
  )
}

/** Why nobody is named. */
export function nobodyWords(t: ReturnType<typeof useWords>['t'], name: string): string {
  return name === 'mined' || name === 'no-address' ? t(`graph.nobody.${name}`) : t('graph.nobody.unread')
}

function Expand({ node, direction, graph }: { node: Node; direction: Direction; graph: Graph }) {
  const { t } = useWords()
  const known = node.more[direction]
  const done = known !== null && known.cursor === null
  const which = direction === 'in' ? 'In' : 'Out'
  const words =
    known === null ? t(`graph.expand${which}`) : t(done ? `graph.all${which}` : `graph.more${which}`, { n: known.left })
  return (
    <Button
      variant="default"
      size="compact-sm"
      disabled={done}
      loading={graph.busy}
      onClick={() => graph.expand(node.id, direction)}
    >
      {words}
    </Button>
  )
}

function Note({ node, graph }: { node: Node; graph: Graph }) {
  const { t } = useWords()
  const [text, setText] = useState(node.note)
  const keep = () => text !== node.note && graph.act({ kind: 'note', id: node.id, note: text })
  return (
    <Field
      label={t('graph.note')}
      size="xs"
      mt="xs"
      value={text}
      onBlur={keep}
      onKeyDown={event => event.key === 'Enter' && keep()}
      set={setText}
    />
  )
}

function Deeds({ nodes, graph, choice, canvas }: Given & { nodes: readonly DrawnNode[] }) {
  const { t } = useWords()
  const { act } = graph
  const ids = nodes.flatMap(node => [...node.members])
  const pinned = nodes.every(node => node.place.pinned)
  const pin = () => act({ kind: 'pin', at: placesOf(nodes, canvas.current, !pinned) })
  const remove = () => {
    act({ kind: 'remove', ids })
    choice.choose(null, false)
  }
  const two = nodes.map(node => graph.scene.nodes[node.members[0] ?? ''])
  const canPath = nodes.length === 2 && two.every(node => node?.kind === 'address')
  return (
    <>
      <div className="row" style={{ marginBlock: '0.5rem' }}>
        <Button variant="default" size="compact-sm" onClick={() => act({ kind: 'collapse', ids })}>
          {t('graph.collapse')}
        </Button>
        <Button variant="default" size="compact-sm" onClick={pin}>
          {pinned ? t('graph.unpin') : t('graph.pin')}
        </Button>
        <Button variant="default" size="compact-sm" onClick={remove}>
          {t('graph.remove')}
        </Button>
        {canPath && (
          <Button
            variant="default"
            size="compact-sm"
            loading={graph.busy}
            onClick={() => graph.path(two[0]!.name, two[1]!.name, two[0]!.network)}
          >
            {t('graph.path')}
          </Button>
        )}
      </div>
      <Colours ids={ids} graph={graph} />
      <Grouping nodes={nodes} ids={ids} graph={graph} />
    </>
  )
}

/** Where nodes lie now, pinned or not. */
export function placesOf(nodes: readonly DrawnNode[], canvas: Canvas | null, pinned: boolean) {
  const places = canvas?.places()
  return Object.fromEntries(nodes.map(({ id, place }) => [id, { ...(places?.get(id) ?? place), pinned }]))
}
