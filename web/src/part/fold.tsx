import { type ReactNode, useState } from 'react'

/** Something that is opened when it is wanted: until then it does not exist, for the eye or for whoever listens. */
export function Fold({ word, open = false, children }: { word: string; open?: boolean; children: ReactNode }) {
  const [shown, setShown] = useState(open)
  return (
    <details open={shown} onToggle={event => setShown(event.currentTarget.open)}>
      <summary>{word}</summary>
      {shown && children}
    </details>
  )
}
