import { Button } from '@mantine/core'
import type { RefObject } from 'react'
import { AddressLink, Name, Short } from '../part/code.tsx'
import { Time } from '../part/figure.tsx'
import { LongTable } from '../part/long-table.tsx'
import { grouped, useWords } from '../word/words.ts'
import type { Ends } from './between.tsx'
import type { Canvas } from './canvas.ts'
import { nobodyWords } from './chosen.tsx'
import type { Line } from './line.ts'
import { saidOf } from './picture.ts'
import type { DrawnNode } from './project.ts'
import type { Choice } from './use-choice.ts'
import type { Graph } from './use-graph.ts'

type Given = { graph: Graph; choice: Choice; canvas: RefObject<Canvas | null>; ask: (ends: Ends) => void }

/** The graph without a drawing: the same nodes and edges, with the same deeds. */
export function Tables({ graph, choice, canvas, ask }: Given) {
  const { t, term } = useWords()
  const { nodes } = graph.drawn
  const byId = new Map(nodes.map(node => [node.id, node]))
  const pick = (node: DrawnNode) => {
    choice.choose(node.id, false)
    canvas.current?.reveal(node.id)
  }
  return (
    <>
      <details className="card">
        <summary>
          {t('graph.nodes')} ({grouped(nodes.length)})
        </summary>
        <LongTable
          label={t('graph.nodes')}
          heads={[
            { key: 'who', title: t('graph.who'), width: '2.2fr' },
            { key: 'what', title: t('graph.what'), width: '1.2fr' },
            { key: 'hops', title: t('trace.hopsShort'), width: '5rem', end: true },
            { key: 'left', title: '+', width: '5rem', end: true },
            { key: 'do', title: t('graph.chosen'), width: '7rem' },
          ]}
          count={nodes.length}
          cells={i => {
            const node = nodes[i]!
            return [
              <Who key="who" node={node} />,
              node.category === null ? t(`graph.kinds.${node.kind}`) : term('category', node.category),
              node.isRoot ? t('graph.rootName') : node.hops === null ? t('unknown') : grouped(node.hops),
              grouped(node.left.in + node.left.out),
              <Button key="do" variant="default" size="compact-xs" onClick={() => pick(node)}>
                {t('graph.chosen')}
              </Button>,
            ]
          }}
        />
      </details>
      <Edges graph={graph} byId={byId} ask={ask} />
    </>
  )
}

type EdgesGiven = { graph: Graph; byId: ReadonlyMap<string, DrawnNode>; ask: (ends: Ends) => void }

function Edges({ graph, byId, ask }: EdgesGiven) {
  const { t } = useWords()
  const { edges } = graph.drawn
  return (
    <details className="card">
      <summary>
        {t('graph.edges')} ({grouped(edges.length)})
      </summary>
      <LongTable
        least={64}
        label={t('graph.edges')}
        heads={[
          { key: 'payer', title: t('graph.payer'), width: '1.5fr' },
          { key: 'payee', title: t('graph.payee'), width: '1.5fr' },
          { key: 'amount', title: t('graph.amount'), width: '1.4fr', end: true },
          { key: 'count', title: t('address.transactions'), width: '6rem', end: true },
          { key: 'first', title: t('address.first'), width: '10.5rem' },
          { key: 'last', title: t('address.last'), width: '10.5rem' },
          { key: 'do', title: t('graph.between'), width: '8rem' },
        ]}
        count={edges.length}
        cells={i => {
          const line = edges[i]!
          return [
            <Who key="payer" node={byId.get(line.from)!} />,
            <Who key="payee" node={byId.get(line.to)!} />,
            <bdi key="amount" className="number" dir="ltr">
              {line.amounts.length === 0 ? t('graph.notKnown') : saidOf(line)}
            </bdi>,
            grouped(line.count),
            line.first === null ? t('unknown') : <Time key="first" at={line.first} />,
            line.last === null ? t('unknown') : <Time key="last" at={line.last} />,
            <Ask key="do" line={line} ends={endsOf(graph, byId, line)} ask={ask} />,
          ]
        }}
      />
    </details>
  )
}

/** What to ask of an edge between two addresses, or between their clusters; of others nothing can be asked. */
export function endsOf({ scene }: Graph, byId: ReadonlyMap<string, DrawnNode>, { from, to }: Ways): Ends | null {
  const [a, b] = [from, to].map(id => scene.nodes[byId.get(id)?.members[0] ?? ''])
  if (a?.kind !== 'address' || b?.kind !== 'address') return null
  return { network: a.network, from: a.name, to: b.name, by: scene.view === 'entity' ? 'cluster' : 'address' }
}

type Ways = { readonly from: string; readonly to: string }

/** One transaction is told by itself; a sum is asked what it is made of. */
function Ask({ line, ends, ask }: { line: Line; ends: Ends | null; ask: (ends: Ends) => void }) {
  const { t } = useWords()
  const [only] = line.txids
  if (line.txids.length === 1 && line.count === 1) return <Short>{only!}</Short>
  if (ends === null) return t('none')
  const name = t('graph.betweenThis', { from: ends.from, to: ends.to })
  return (
    <Button variant="default" size="compact-xs" aria-label={name} onClick={() => ask(ends)}>
      {t('graph.show')}
    </Button>
  )
}

function Who({ node }: { node: DrawnNode }) {
  const { t } = useWords()
  if (node.kind === 'nobody') return nobodyWords(t, node.title)
  if (node.kind === 'address' && !node.named) return <AddressLink network={node.network} address={node.title} />
  return node.named ? <Name>{node.title}</Name> : <Short>{node.title}</Short>
}
