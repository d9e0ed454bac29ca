import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useWords } from '../word/words.ts'
import { FileRow } from './drop-row.tsx'
import { Field } from './field.tsx'
import { type Choice, FORMATS, guess, KINDS, type Kind, load, NETWORKS, onChoose, type State } from './load.ts'

/** Files dropped anywhere on the window, or chosen by keyboard: asked what they are, then sent and worked on. */
export function Drop() {
  const { t } = useWords()
  const [files, setFiles] = useState<readonly File[]>([])
  const over = useDropping(setFiles)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => onChoose(() => input.current?.click()), [])
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('drop.choose')}
        data-testid="files"
        onChange={event => {
          setFiles([...(event.currentTarget.files ?? [])])
          event.currentTarget.value = ''
        }}
      />
      {over && <div className="over">{t('drop.here')}</div>}
      {files.length > 0 && <Loading key={files.map(one => one.name).join()} files={files} close={() => setFiles([])} />}
    </>
  )
}

/** Whether files hover over the window. */
function useDropping(take: (files: readonly File[]) => void): boolean {
  const [over, setOver] = useState(false)
  useEffect(() => {
    const carries = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true
    const hover = (event: DragEvent) => {
      if (!carries(event)) return
      event.preventDefault()
      setOver(true)
    }
    const leave = (event: DragEvent) => event.relatedTarget === null && setOver(false)
    const drop = (event: DragEvent) => {
      if (!carries(event)) return
      event.preventDefault()
      setOver(false)
      take([...(event.dataTransfer?.files ?? [])])
    }
    window.addEventListener('dragover', hover)
    window.addEventListener('dragleave', leave)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragover', hover)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('drop', drop)
    }
  }, [take])
  return over
}

const FRESH = { stage: 'waiting', sent: 0, progress: null, error: null, answer: null } as const

function Loading({ files, close }: { files: readonly File[]; close: () => void }) {
  const { t, count } = useWords()
  const dialog = useRef<HTMLDialogElement>(null)
  const stop = useRef(new AbortController())
  const queries = useQueryClient()
  const [begun, setBegun] = useState(false)
  const [states, setStates] = useState<readonly State[]>(files.map(file => ({ ...FRESH, file })))
  const [choice, setChoice] = useState<Choice>({
    ...{ kind: guess(files), network: 'bitcoin', format: 'addresses', authority: '', published: '', asset: '' },
  })
  useEffect(() => dialog.current?.showModal(), [])
  const ended = states.every(({ stage }) => stage === 'done' || stage === 'failed' || stage === 'cancelled')
  const run = async () => {
    setBegun(true)
    for (const [i, file] of files.entries()) {
      const tell = (change: Partial<State>) =>
        setStates(all => all.map((one, at) => (at === i ? { ...one, ...change } : one)))
      await load(file, choice, stop.current.signal, tell)
    }
    void queries.invalidateQueries()
  }
  const leave = () => {
    stop.current.abort()
    close()
  }
  return (
    <dialog ref={dialog} className="loading" aria-label={t('drop.title')} onClose={leave}>
      <h2>
        {t('drop.title')} · {count('files', files.length)}
      </h2>
      {!begun && <Choices choice={choice} change={setChoice} />}
      <ul className="lines" aria-live="polite">
        {states.slice(0, 100).map((state, i) => (
          <FileRow key={`${state.file.name}-${i}`} state={state} />
        ))}
      </ul>
      <div className="row">
        {!begun && <Button onClick={() => void run()}>{t('drop.start')}</Button>}
        {begun && !ended && (
          <Button variant="default" onClick={() => stop.current.abort()}>
            {t('drop.cancel')}
          </Button>
        )}
        {(!begun || ended) && (
          <Button variant="default" onClick={leave}>
            {t('drop.close')}
          </Button>
        )}
      </div>
    </dialog>
  )
}

function Choices({ choice, change }: { choice: Choice; change: (choice: Choice) => void }) {
  const { t, term } = useWords()
  return (
    <div className="row">
      <NativeSelect
        label={t('drop.what')}
        value={choice.kind}
        onChange={event => change({ ...choice, kind: event.currentTarget.value as Kind })}
        data={KINDS.map(kind => ({ value: kind, label: t(`drop.${kind}`) }))}
      />
      {choice.kind === 'blocks' && (
        <NativeSelect
          label={t('drop.network')}
          value={choice.network}
          onChange={event => change({ ...choice, network: event.currentTarget.value })}
          data={NETWORKS.map(network => ({ value: network, label: term('network', network) }))}
        />
      )}
      {choice.kind === 'prices' && (
        <TextInput
          label={t('graph.asset')}
          value={choice.asset}
          onChange={event => change({ ...choice, asset: event.currentTarget.value })}
          dir="ltr"
        />
      )}
      {choice.kind === 'list' && (
        <>
          <NativeSelect
            label={t('drop.format')}
            value={choice.format}
            onChange={event => change({ ...choice, format: event.currentTarget.value })}
            data={FORMATS}
          />
          <Field
            label={t('drop.authority')}
            value={choice.authority}
            set={text => change({ ...choice, authority: text })}
          />
          <Field
            label={t('drop.published')}
            value={choice.published}
            set={text => change({ ...choice, published: text })}
            kind="date"
          />
        </>
      )}
    </div>
  )
}
