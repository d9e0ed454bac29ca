import { useCallback, useMemo, useState } from 'react'

/** What is chosen in a graph, and where the keyboard stands. No part of the scene: choosing is no step. */
export function useChoice() {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [focus, setFocus] = useState<string | null>(null)
  /** `more`: adds to what is chosen, or takes it out. */
  const choose = useCallback((id: string | null, more: boolean) => {
    setFocus(id)
    setSelected(before => {
      if (id === null) return new Set()
      if (!more) return new Set([id])
      const after = new Set(before)
      if (!after.delete(id)) after.add(id)
      return after
    })
  }, [])
  /** To another node by an arrow key: it is where the keys act, and not yet chosen among several. */
  const walk = useCallback((id: string) => {
    setFocus(id)
    setSelected(before => (before.size > 1 ? before : new Set([id])))
  }, [])
  return useMemo(() => ({ selected, focus, choose, walk }), [selected, focus, choose, walk])
}

export type Choice = ReturnType<typeof useChoice>
