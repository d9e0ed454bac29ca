import { TextInput } from '@mantine/core'
import type { ChangeEvent, ComponentProps } from 'react'

/** Words take the direction of what is written; a code (an address, a hash) runs left to right and is not corrected. */
const KINDS = {
  words: { dir: 'auto' },
  code: { dir: 'ltr', spellCheck: false, autoComplete: 'off' },
  name: { dir: 'auto', spellCheck: false, autoComplete: 'off' },
  date: { type: 'date' },
  number: { dir: 'ltr', inputMode: 'numeric' },
  decimal: { dir: 'ltr', inputMode: 'decimal', autoComplete: 'off' },
} as const

type Given = Omit<ComponentProps<typeof TextInput>, 'onChange' | 'value'> & {
  label: string
  value: string
  set: (text: string) => void
  kind?: keyof typeof KINDS
}

/** Words that explain stand below: so labels, and what is written, are each on one line across a form. */
const ORDER: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error']

/** One line to write in, with its label. */
export function Field({ set, kind = 'words', ...rest }: Given) {
  const change = (event: ChangeEvent<HTMLInputElement>) => set(event.currentTarget.value)
  return <TextInput {...KINDS[kind]} inputWrapperOrder={ORDER} {...rest} onChange={change} />
}
