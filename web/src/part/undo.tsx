import { Button } from '@mantine/core'
import { useRef } from 'react'
import { useWords } from '../word/words.ts'
import { TroubleNote } from './trouble.tsx'

/** What stands in the record where something was taken back at once; the page says it in its own language. */
export const SLIP = 'Taken back: a slip of the hand.'

type Given = {
  /** What the button says, where another of the page would be called the same. */
  word?: string
  /** What was done last, or null. */
  said: string | null
  /** Takes it back; null: it cannot be. */
  undo: (() => void) | null
  pending: boolean
  error: Error | null
}

/** What was done last, told aloud, with the way back. */
export function UndoBar({ word, said, undo, pending, error }: Given) {
  const { t } = useWords()
  const told = useRef<HTMLSpanElement>(null)
  return (
    <div className="undo">
      <span role="status" tabIndex={-1} ref={told}>
        {said}
      </span>
      {undo !== null && (
        <Button
          variant="default"
          size="compact-sm"
          loading={pending}
          onClick={() => {
            // The button goes with what it takes back: the focus stays where the outcome is told.
            told.current?.focus()
            undo()
          }}
        >
          {word ?? t('alert.undo')}
        </Button>
      )}
      {error !== null && <TroubleNote error={error} />}
    </div>
  )
}
