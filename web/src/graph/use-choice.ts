import { useCallback, useMemo, useState } from 'react'

type Chosen = {
  readonly selected: ReadonlySet<string>
  /** Several are being gathered: walking on no longer lets go of what is chosen. */
  readonly held: boolean
}

const NONE: Chosen = { selected: new Set(), held: false }

/** What is chosen in a graph, and where the keyboard stands. No part of the scene: choosing is no step. */
export function useChoice() {
  const [{ selected }, setChosen] = useState<Chosen>(NONE)
  const [focus, setFocus] = useState<string | null>(null)
  /** `more`: adds to what is chosen, or takes it out. */
  const choose = useCallback((id: string | null, more: boolean) => {
    setFocus(id)
    setChosen(before => {
      if (id === null) return NONE
      return more ? gathered(before, id) : { selected: new Set([id]), held: false }
    })
  }, [])
  /** To another node by an arrow key: it is where the keys act, and not yet chosen among several. */
  const walk = useCallback((id: string) => {
    setFocus(id)
    setChosen(before => (before.held ? before : { selected: new Set([id]), held: false }))
  }, [])
  return useMemo(() => ({ selected, focus, choose, walk }), [selected, focus, choose, walk])
}

/** The first time keeps what is chosen already; from then on each is added or taken out. */
function gathered({ selected, held }: Chosen, id: string): Chosen {
  const after = new Set(selected)
  if (held && after.has(id)) after.delete(id)
  else after.add(id)
  return { selected: after, held: after.size > 0 }
}

export type Choice = ReturnType<typeof useChoice>
