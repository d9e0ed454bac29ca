import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useMemo, useState } from 'react'
import type { ScreenAnswer, ScreenResult } from '../answer.ts'
import { call } from '../call.ts'
import { AddressLink, Name, Short } from '../part/code.tsx'
import { CoverageCard } from '../part/coverage.tsx'
import { download } from '../part/download.ts'
import { LongTable } from '../part/long-table.tsx'
import { FileField, useFile } from '../part/screen-file.tsx'
import { type Column, toCsv, worth } from '../part/screen-row.ts'
import { TroubleNote } from '../part/trouble.tsx'
import { useTitle } from '../word/title.ts'
import { visible } from '../word/visible.ts'
import { useWords } from '../word/words.ts'

/** Addresses that are pasted; more come as a file, which is worked on as a job that can be stopped. */
const ADDRESSES_MAX = 1000

/** Many addresses at once: a table that sorts, filters and can be taken along. */
export function ScreenView() {
  const { t } = useWords()
  useTitle(t('screen.title'))
  const [text, setText] = useState('')
  const screen = useMutation({ mutationFn: (address: string[]) => call<ScreenAnswer>('screen', { address }) })
  const file = useFile()
  const answer = file.data ?? screen.data
  const addresses = [...new Set(text.split(/[\s,;]+/).filter(word => word !== ''))]
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (addresses.length === 0 || addresses.length > ADDRESSES_MAX) return
    file.reset()
    screen.mutate(addresses)
  }
  return (
    <>
      <h1>{t('screen.title')}</h1>
      <form className="card" onSubmit={submit}>
        <p className="quiet">{t('screen.text')}</p>
        <Textarea
          label={t('screen.field')}
          value={text}
          onChange={event => setText(event.currentTarget.value)}
          rows={5}
          dir="ltr"
          spellCheck={false}
        />
        {addresses.length > ADDRESSES_MAX && <p role="alert">{t('screen.tooMany', { limit: ADDRESSES_MAX })}</p>}
        <div className="row">
          <Button type="submit" mt="sm" loading={screen.isPending}>
            {t('screen.run')}
          </Button>
          <FileField file={file} />
        </div>
      </form>
      {screen.error !== null && <TroubleNote error={screen.error} />}
      {file.error !== null && <TroubleNote error={file.error} />}
      {answer !== undefined && <Results results={answer.results} />}
    </>
  )
}

function Results({ results }: { results: readonly ScreenResult[] }) {
  const { t } = useWords()
  const [status, setStatus] = useState('')
  const [find, setFind] = useState('')
  const [by, setBy] = useState<Column>('status')
  const wanted = find.trim().toLowerCase()
  const shown = useMemo(
    () =>
      results
        .filter(one => status === '' || one.status === status)
        .filter(one => wanted === '' || textOf(one).toLowerCase().includes(wanted))
        .toSorted((a, b) => worth(a, by) - worth(b, by) || (a.address < b.address ? -1 : 1)),
    [results, status, wanted, by],
  )
  const networks = new Map(
    results.flatMap(one => (one.coverage === null ? [] : [[one.coverage.network, one.coverage]])),
  )
  return (
    <>
      <section className="card" aria-label={t('screen.title')}>
        <div className="row">
          <NativeSelect
            label={t('screen.filter')}
            value={status}
            onChange={event => setStatus(event.currentTarget.value)}
            data={[
              { value: '', label: t('screen.all') },
              ...[...new Set(results.map(one => one.status))].map(one => ({ value: one, label: t(`statuses.${one}`) })),
            ]}
          />
          <TextInput
            label={t('screen.find')}
            value={find}
            onChange={event => setFind(event.currentTarget.value)}
            dir="auto"
          />
          <Button
            variant="default"
            onClick={() => download('screening.csv', 'text/csv', toCsv(shown, results.length - shown.length))}
          >
            {t('screen.download')}
          </Button>
        </div>
        <p role="status" className="quiet">
          {t('screen.shown', { shown: shown.length, all: results.length })}
        </p>
        <Table rows={shown} by={by} sort={setBy} />
      </section>
      {[...networks.values()].map(coverage => (
        <CoverageCard key={coverage.network} coverage={coverage} />
      ))}
    </>
  )
}

function Table({ rows, by, sort }: { rows: readonly ScreenResult[]; by: Column; sort: (by: Column) => void }) {
  const { t, term } = useWords()
  const heads: readonly (readonly [Column, string, string])[] = [
    ['address', t('address.title'), '1.6fr'],
    ['status', t('address.status'), '10rem'],
    ['listed', t('screen.listed'), '1.6fr'],
    ['exposure', t('address.exposure'), '1.6fr'],
  ]
  return (
    <LongTable
      label={t('screen.field')}
      height={560}
      heads={heads.map(([column, word, width]) => ({
        ...{ key: column, width, sort: by === column ? ('ascending' as const) : ('none' as const) },
        title: (
          <button
            type="button"
            className="sort"
            title={t('screen.sort', { column: word })}
            onClick={() => sort(column)}
          >
            {word}
            {by === column && ' ▾'}
          </button>
        ),
      }))}
      count={rows.length}
      cells={i => {
        const { network, address, status, designations, exposure } = rows[i]!
        const said = exposure.map(row => `${term('category', row.category)} · ${term('relation', row.relation)}`)
        return [
          <span key="address">
            {network === null ? <Short>{address}</Short> : <AddressLink network={network} address={address} />}{' '}
            <span className="small quiet">{network !== null && term('network', network)}</span>
          </span>,
          t(`statuses.${status}`),
          <span key="listed" title={designations.map(one => visible(one.entity)).join('\n')}>
            {designations.map((listing, at) => (
              <span key={`${listing.authority}-${at}`}>
                <Name>{listing.authority}</Name>: <Name>{listing.entity}</Name>{' '}
                <span className="chip">{term('standing', listing.status)}</span>{' '}
              </span>
            ))}
          </span>,
          <span key="exposure" title={[...new Set(said)].join('\n')}>
            {[...new Set(said)].join(' · ')}
          </span>,
        ]
      }}
    />
  )
}

function textOf({ address, designations, labels, exposure }: ScreenResult): string {
  const words = [...designations.flatMap(one => [one.authority, one.entity]), ...labels.map(one => one.name)]
  return [address, ...words, ...exposure.map(one => one.category)].join(' ')
}
