import { useMemo } from 'react'
import { useWords } from '../word/words.ts'
import { titleOf } from './picture.ts'
import type { Drawn } from './project.ts'

/** The node under the keyboard in one sentence, for whoever listens. */
export function useSpoken({ nodes, edges }: Drawn, focus: string | null): string {
  const { t, term } = useWords()
  return useMemo(() => {
    const node = nodes.find(one => one.id === focus)
    if (node === undefined) return ''
    const kind = node.category === null ? t(`graph.kinds.${node.kind}`) : term('category', node.category)
    return t('graph.walked', {
      ...{ name: titleOf(node), kind, left: node.left.in + node.left.out },
      in: edges.filter(line => line.to === node.id).length,
      out: edges.filter(line => line.from === node.id).length,
    })
  }, [nodes, edges, focus, t, term])
}
