import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { ScreenAnswer } from '../answer.ts'
import { type Progress, upload, work } from '../call.ts'
import { useWords } from '../word/words.ts'
import { Whole } from './figure.tsx'

/** A file of addresses: sent, then screened as a job whose progress is told and which can be stopped. */
export function useFile() {
  const [progress, setProgress] = useState<Progress | null>(null)
  const stop = useRef<AbortController | null>(null)
  const job = useMutation({
    mutationFn: async (file: File) => {
      stop.current = new AbortController()
      const { signal } = stop.current
      const id = await upload(file, () => {}, signal)
      return work<ScreenAnswer>('screen', { file: id }, setProgress, signal)
    },
    onSettled: () => setProgress(null),
  })
  return { ...job, progress, stop: () => stop.current?.abort() }
}

/** Chooses a file, tells how far it is, and stops it. */
export function FileField({ file }: { file: ReturnType<typeof useFile> }) {
  const { t } = useWords()
  const field = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button variant="default" mt="sm" loading={file.isPending} onClick={() => field.current?.click()}>
        {t('screen.file')}
      </Button>
      {file.isPending && (
        <Button variant="default" mt="sm" onClick={file.stop}>
          {t('drop.cancel')}
        </Button>
      )}
      {file.progress !== null && (
        <span role="status">
          {t('drop.working')} <Whole value={file.progress.done} />
        </span>
      )}
      <input
        ref={field}
        type="file"
        hidden
        accept=".txt,.csv,text/plain,text/csv"
        data-testid="screen-file"
        onChange={event => {
          const [chosen] = event.currentTarget.files ?? []
          if (chosen !== undefined) file.mutate(chosen)
          event.currentTarget.value = ''
        }}
      />
    </>
  )
}
