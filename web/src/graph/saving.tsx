import { Button, useComputedColorScheme } from '@mantine/core'
import { type RefObject, useRef } from 'react'
import { download } from '../part/download.ts'
import { useWords } from '../word/words.ts'
import type { Canvas } from './canvas.ts'
import { save } from './file.ts'
import { LINK_MAX, toHash } from './link.ts'
import { toPng } from './paint.ts'
import { readPalette } from './palette.ts'
import { pictureOf, toSvg } from './picture.ts'
import type { Drawn } from './project.ts'
import { toCsv, toGraphml } from './take-along.ts'
import type { Graph } from './use-graph.ts'

/** Keeps and shares the graph. Each thing taken along says what it leaves out. */
export function Saving({ graph, canvas }: { graph: Graph; canvas: RefObject<Canvas | null> }) {
  const { t, language } = useWords()
  useComputedColorScheme('light')
  const says = useCaption(graph)
  const field = useRef<HTMLInputElement>(null)
  const placed = (): Drawn => {
    const places = canvas.current?.places()
    const nodes = graph.drawn.nodes.map(node => ({ ...node, place: { ...node.place, ...places?.get(node.id) } }))
    return { ...graph.drawn, nodes }
  }
  const picture = () => pictureOf(placed(), readPalette(), says, language === 'ar')
  const now = () => `${new Date().toISOString().slice(0, 19)}Z`
  const link = async () => {
    const url = new URL(location.href)
    url.hash = await toHash(save(graph.scene, now()))
    if (url.href.length > LINK_MAX) return graph.tell({ kind: 'linkLong' })
    history.replaceState(history.state, '', url)
    await navigator.clipboard?.writeText(url.href).catch(() => {})
    graph.tell({ kind: 'linkCopied' })
  }
  const deeds: readonly (readonly [string, () => unknown])[] = [
    [t('graph.file'), () => download('graph.athar.json', 'application/json', save(graph.scene, now()))],
    [t('graph.link'), link],
    ['PNG', async () => download('graph.png', 'image/png', await toPng(picture()))],
    ['SVG', () => download('graph.svg', 'image/svg+xml', toSvg(picture(), t('graph.title'), language))],
    ['CSV', () => download('graph.csv', 'text/csv', toCsv(graph.drawn))],
    ['GraphML', () => download('graph.graphml', 'application/xml', toGraphml(placed(), says.join(' ')))],
  ]
  return (
    <fieldset className="graph-tools">
      <legend className="quiet small">{t('graph.save')}</legend>
      {deeds.map(([name, act]) => (
        <Button key={name} variant="default" size="compact-md" onClick={() => void act()}>
          {name}
        </Button>
      ))}
      <Button variant="default" size="compact-md" onClick={() => field.current?.click()}>
        {t('graph.load')}
      </Button>
      <input
        ref={field}
        type="file"
        hidden
        accept=".json,application/json"
        data-testid="graph-file"
        onChange={event => {
          void event.currentTarget.files?.[0]?.text().then(graph.openText)
          event.currentTarget.value = ''
        }}
      />
    </fieldset>
  )
}

/** What stands under each picture: what is left out, what was read, and by which method. */
function useCaption({ drawn, scene, coverage }: Graph): readonly string[] {
  const { t, term, count } = useWords()
  const read = coverage?.transactionsRead
  const method = scene.method === 'envelope' ? t('graph.envelope') : term('method', scene.method)
  const traced = Object.values(scene.edges).some(edge => edge.amount?.methods != null)
  const said = read == null ? t('unknown') : count('transactionsRead', read)
  return [
    t('graph.caption', { left: drawn.left, hidden: drawn.hidden, coverage: said }),
    ...(traced ? [t('graph.captionMethod', { method })] : []),
  ]
}
