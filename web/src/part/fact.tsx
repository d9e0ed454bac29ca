import type { ReactNode } from 'react'

/** One line of a list of facts: its word, and what is so. */
export function Fact({ word, children }: { word: string; children: ReactNode }) {
  return (
    <div className="fact">
      <dt>{word}</dt>
      <dd>{children}</dd>
    </div>
  )
}
