import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { SearchAnswer, SearchResult } from '../answer.ts'
import { call } from '../call.ts'
import { useWords } from '../word/words.ts'
import { placeOf, ResultRow } from './result.tsx'

const SHOWN_MAX = 8
const PAUSE_MILLISECONDS = 250

export function useSearch(text: string) {
  return useQuery({
    queryKey: ['search', text],
    queryFn: ({ signal }) => call<SearchAnswer>('search', { text }, signal),
    enabled: text.trim().length > 1,
    placeholderData: keepPreviousData,
  })
}

/** One field for everything. `/` jumps to it, arrows choose among the first results, Enter opens. */
export function Search() {
  const { t } = useWords()
  const [text, setText] = useState('')
  const [asked] = useDebouncedValue(text, PAUSE_MILLISECONDS)
  const [open, setOpen] = useState(false)
  const [chosen, setChosen] = useState(-1)
  const field = useSlash()
  const navigate = useNavigate()
  const found = useSearch(open ? asked : '')
  const results = open && text.trim().length > 1 ? (found.data?.results ?? []).slice(0, SHOWN_MAX) : []
  const go = (to: string) => {
    setOpen(false)
    setChosen(-1)
    void navigate({ to })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const place = results[chosen] === undefined ? null : placeOf(results[chosen])
    if (place !== null) go(place)
    else if (text.trim() !== '') go(`/search?q=${encodeURIComponent(text.trim())}`)
  }
  const steer = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (event.key === 'Escape') setOpen(false)
    if (step === 0 || results.length === 0) return
    event.preventDefault()
    setChosen((chosen + step + results.length + 1) % (results.length + 1))
  }
  const active = results[chosen] === undefined ? undefined : `found-${chosen}`
  return (
    <search onBlur={event => !event.currentTarget.contains(event.relatedTarget) && setOpen(false)}>
      <form onSubmit={submit}>
        <TextInput
          ref={field}
          type="search"
          role="combobox"
          aria-expanded={results.length > 0}
          aria-controls="found"
          aria-activedescendant={active}
          aria-autocomplete="list"
          aria-label={t('search.label')}
          placeholder={t('search.placeholder')}
          value={text}
          onChange={event => {
            setText(event.currentTarget.value)
            setOpen(true)
            setChosen(-1)
          }}
          onFocus={() => setOpen(true)}
          onKeyDown={steer}
          dir="auto"
          spellCheck={false}
          autoComplete="off"
        />
      </form>
      <Options results={results} chosen={chosen} open={go} />
    </search>
  )
}

function Options({
  results,
  chosen,
  open,
}: {
  results: readonly SearchResult[]
  chosen: number
  open: (to: string) => void
}) {
  const { t } = useWords()
  return (
    <div id="found" role="listbox" aria-label={t('search.title')} className="found" hidden={results.length === 0}>
      {results.map((result, i) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field above steers the list by keyboard (combobox pattern)
        // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the field (aria-activedescendant)
        <div
          key={`${result.kind}-${result.title}-${i}`}
          id={`found-${i}`}
          role="option"
          aria-selected={i === chosen}
          onMouseDown={event => event.preventDefault()}
          onClick={() => {
            const place = placeOf(result)
            if (place !== null) open(place)
          }}
        >
          <ResultRow result={result} />
        </div>
      ))}
    </div>
  )
}

/** The field that `/` leads to, unless something is being typed. */
function useSlash() {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const jump = (event: globalThis.KeyboardEvent) => {
      if (event.key !== '/' || isTyping(event.target)) return
      event.preventDefault()
      field.current?.focus()
      field.current?.select()
    }
    document.addEventListener('keydown', jump)
    return () => document.removeEventListener('keydown', jump)
  }, [])
  return field
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}
