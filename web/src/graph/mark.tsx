import { Button } from '@mantine/core'
import { useState } from 'react'
import { Name } from '../part/code.tsx'
import { Field } from '../part/field.tsx'
import { useWords } from '../word/words.ts'
import type { DrawnNode } from './project.ts'
import { COLOURS } from './scene.ts'
import type { Graph } from './use-graph.ts'

/** A colour of one's own. */
export function Colours({ ids, graph }: { ids: readonly string[]; graph: Graph }) {
  const { t } = useWords()
  return (
    <fieldset className="graph-swatches">
      <legend className="quiet small">{t('graph.colour')}</legend>
      {COLOURS.map(colour => (
        <Button
          key={colour}
          variant="default"
          size="compact-xs"
          onClick={() => graph.act({ kind: 'colour', ids, colour })}
        >
          {t(`graph.colours.${colour}`)}
        </Button>
      ))}
      <Button variant="default" size="compact-xs" onClick={() => graph.act({ kind: 'colour', ids, colour: null })}>
        {t('graph.noColour')}
      </Button>
    </fieldset>
  )
}

/** Several taken as one under a name, folded or not. */
export function Grouping({ nodes, ids, graph }: { nodes: readonly DrawnNode[]; ids: readonly string[]; graph: Graph }) {
  const { t } = useWords()
  const [name, setName] = useState('')
  const group = nodes.length > 0 && nodes.every(node => node.group === nodes[0]!.group) ? nodes[0]!.group : null
  const { act, scene } = graph
  if (group !== null && scene.groups[group] !== undefined) {
    const { folded, name } = scene.groups[group]
    return (
      <p className="row">
        <Name>{name}</Name>
        <Button variant="default" size="compact-sm" onClick={() => act({ kind: 'fold', group, folded: !folded })}>
          {folded ? t('graph.unfold') : t('graph.fold')}
        </Button>
        <Button variant="default" size="compact-sm" onClick={() => act({ kind: 'ungroup', group })}>
          {t('graph.ungroup')}
        </Button>
      </p>
    )
  }
  if (nodes.length < 2) return null
  const make = () => {
    const fresh = `g${Object.keys(scene.groups).length + 1}-${ids.length}`
    act({ kind: 'group', ids, group: fresh, name: name.trim() === '' ? fresh : name.trim() })
  }
  return (
    <div className="row">
      <Field label={t('graph.groupName')} size="xs" value={name} set={setName} />
      <Button variant="default" size="compact-sm" onClick={make}>
        {t('graph.group')}
      </Button>
    </div>
  )
}
