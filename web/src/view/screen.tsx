import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { ScreenAnswer, ScreenResult } from '../answer.ts'
import { call } from '../call.ts'
import { AddressLink, Name, Short } from '../part/code.tsx'
import { CoverageCard } from '../part/coverage.tsx'
import { download } from '../part/download.ts'
import { type Column, toCsv, worth } from '../part/screen-row.ts'
import { TroubleNote } from '../part/trouble.tsx'
import { useTitle } from '../word/title.ts'
import { useWords } from '../word/words.ts'

/** Addresses of one asking; each takes a walk over its contacts. */
const ADDRESSES_MAX = 1000

/** Many addresses at once: a table that sorts, filters and can be taken along. */
export function ScreenView() {
  const { t } = useWords()
  useTitle(t('screen.title'))
  const [text, setText] = useState('')
  const screen = useMutation({ mutationFn: (address: string[]) => call<ScreenAnswer>('screen', { address }) })
  const addresses = [...new Set(text.split(/[\s,;]+/).filter(word => word !== ''))]
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (addresses.length > 0 && addresses.length <= ADDRESSES_MAX) screen.mutate(addresses)
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
        <Button type="submit" mt="sm" loading={screen.isPending}>
          {t('screen.run')}
        </Button>
      </form>
      {screen.error !== null && <TroubleNote error={screen.error} />}
      {screen.data !== undefined && <Results results={screen.data.results} />}
    </>
  )
}

function Results({ results }: { results: readonly ScreenResult[] }) {
  const { t } = useWords()
  const [status, setStatus] = useState('')
  const [find, setFind] = useState('')
  const [by, setBy] = useState<Column>('status')
  const wanted = find.trim().toLowerCase()
  const shown = results
    .filter(one => status === '' || one.status === status)
    .filter(one => wanted === '' || textOf(one).toLowerCase().includes(wanted))
    .toSorted((a, b) => worth(a, by) - worth(b, by) || (a.address < b.address ? -1 : 1))
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
          <Button variant="default" onClick={() => download('screening.csv', 'text/csv', toCsv(shown))}>
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
  const heads: [Column, string][] = [
    ['address', t('address.title')],
    ['status', t('address.status')],
    ['listed', t('screen.listed')],
    ['exposure', t('address.exposure')],
  ]
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className="scroll" aria-label={t('screen.field')} tabIndex={0}>
      <table className="plain">
        <thead>
          <tr>
            {heads.map(([column, word]) => (
              <th scope="col" key={column} aria-sort={by === column ? 'ascending' : 'none'}>
                <button
                  type="button"
                  className="sort"
                  title={t('screen.sort', { column: word })}
                  onClick={() => sort(column)}
                >
                  {word}
                  {by === column && ' ▾'}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((one, i) => (
            <tr key={`${one.input}-${i}`}>
              <td>
                {one.network === null ? (
                  <Short>{one.address}</Short>
                ) : (
                  <AddressLink network={one.network} address={one.address} />
                )}
                {one.network !== null && <div className="small quiet">{term('network', one.network)}</div>}
              </td>
              <td>{t(`statuses.${one.status}`)}</td>
              <td>
                {one.designations.map((listing, at) => (
                  <div key={`${listing.authority}-${at}`}>
                    <Name>{listing.authority}</Name>: <Name>{listing.entity}</Name>{' '}
                    <span className="chip">{term('standing', listing.status)}</span>
                  </div>
                ))}
              </td>
              <td>
                {[
                  ...new Set(
                    one.exposure.map(row => `${term('category', row.category)} · ${term('relation', row.relation)}`),
                  ),
                ].map(said => (
                  <div key={said}>{said}</div>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function textOf({ address, designations, labels, exposure }: ScreenResult): string {
  const words = [...designations.flatMap(one => [one.authority, one.entity]), ...labels.map(one => one.name)]
  return [address, ...words, ...exposure.map(one => one.category)].join(' ')
}
