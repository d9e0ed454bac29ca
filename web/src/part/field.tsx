import { TextInput } from '@mantine/core'
import type { ComponentProps } from 'react'

/** Words take the direction of what is written; a code (an address, a hash) runs left to right and is not corrected. */
const KINDS = {
  words: { dir: 'auto' },
  code: { dir: 'ltr', spellCheck: false, autoComplete: 'off' },
  name: { dir: 'auto', spellCheck: false, autoComplete: 'off' },
  date: { type: 'date' },
  number: { dir: 'ltr', inputMode: 'numeric' },
} as const

type Given = Omit<ComponentProps<typeof TextInput>, 'onChange' | 'value'> & {
  label: string
  value: string
  set: (text: string) => void
  kind?: keyof typeof KINDS
}

/** One line to write in, with its label. */
export function Field({ set, kind = 'words', ...rest }: Given) {
  return <TextInput {...KINDS[kind]} {...rest} onChange={event => set(event.currentTarget.value)} />
}
