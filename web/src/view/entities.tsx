import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { call } from '../call.ts'
import { Name, Short } from '../part/code.tsx'
import { Day } from '../part/figure.tsx'
import { LongTable } from '../part/long-table.tsx'
import { PageTrouble, Reading, TroubleNote } from '../part/trouble.tsx'
import { WatchThis } from '../watch/this.tsx'
import { useTitle } from '../word/title.ts'
import { visible } from '../word/visible.ts'
import { useWords } from '../word/words.ts'

type Listed = { readonly id: string; readonly kind: string; readonly caption: string; readonly links: number }

type Said = {
  readonly id: string
  readonly grade: string
  readonly source: { readonly name: string; readonly url: string | null; readonly capture: string | null }
  readonly validFrom: string | null
  readonly validTo: string | null
  readonly knownAt: string
}
type Entity = {
  readonly id: string
  readonly kind: string
  readonly caption: string
  readonly statements: readonly (Said & { property: string; value: string })[]
  readonly links: readonly (Said & { subject: string; relation: string; object: string; role: string | null })[]
}

const entitiesAsked = {
  queryKey: ['entity list'],
  queryFn: ({ signal }: { signal: AbortSignal }) => call<{ entities: Listed[] }>('entity list', {}, signal),
}

/** Who and what is recorded: people, bodies and their wings, companies, exchanges, channels, sites, accounts. */
export function Entities() {
  const { t, term } = useWords()
  useTitle(t('entity.title'))
  const list = useQuery(entitiesAsked)
  return (
    <>
      <h1>{t('entity.title')}</h1>
      {list.error !== null && <TroubleNote error={list.error} />}
      {list.isPending && <Reading />}
      {list.data?.entities.length === 0 && <p className="card">{t('entity.none')}</p>}
      {list.data !== undefined && list.data.entities.length > 0 && (
        <section className="card">
          <LongTable
            label={t('entity.title')}
            height={600}
            heads={[
              { key: 'name', title: t('case.name'), width: '2fr' },
              { key: 'kind', title: t('address.type'), width: '1fr' },
              { key: 'links', title: t('entity.links'), width: '8rem', end: true },
            ]}
            count={list.data.entities.length}
            cells={i => {
              const one = list.data.entities[i]!
              return [
                <Link key="name" to="/entities/$id" params={{ id: one.id }}>
                  <Name>{one.caption}</Name>
                </Link>,
                term('entity', one.kind),
                one.links,
              ]
            }}
          />
        </section>
      )}
    </>
  )
}

/** One entity: what is said of it and by whom, how it stands to others, with windows and grades. Never merged. */
export function EntityView() {
  const { id } = useParams({ from: '/entities/$id' })
  const { t, term } = useWords()
  const shown = useQuery({
    queryKey: ['entity show', id],
    queryFn: ({ signal }) => call<Entity>('entity show', { id }, signal),
  })
  const all = useQuery(entitiesAsked).data?.entities ?? []
  const names = new Map(all.map(one => [one.id, one.caption]))
  useTitle(visible(shown.data?.caption ?? id))
  if (shown.data === undefined)
    return shown.error === null ? <Reading /> : <PageTrouble title={t('entity.title')} error={shown.error} />
  const { caption, kind, statements, links } = shown.data
  return (
    <>
      <div className="head">
        <h1>
          <Name>{caption}</Name>
        </h1>
        <WatchThis kind="entity" target={caption} />
      </div>
      <p>
        <span className="chip">{term('entity', kind)}</span> <bdi className="quiet">{id}</bdi>
      </p>
      <section className="card" aria-label={t('entity.said')}>
        <h2>{t('entity.said')}</h2>
        {statements.map(one => (
          <article key={one.id}>
            <span className="quiet">{term('property', one.property)}</span>{' '}
            <strong>
              <Name>{one.value}</Name>
            </strong>
            <Word said={one} />
          </article>
        ))}
      </section>
      <section className="card" aria-label={t('entity.links')}>
        <h2>{t('entity.links')}</h2>
        {links.length === 0 && <p className="quiet">{t('entity.noLinks')}</p>}
        {links.map(one => (
          <article key={one.id}>
            <End id={one.subject} own={id} names={names} /> <em>{term('tie', one.relation)}</em>{' '}
            <End id={one.object} own={id} names={names} />
            {one.role !== null && (
              <>
                {' '}
                (<Name>{one.role}</Name>)
              </>
            )}
            <Word said={one} />
          </article>
        ))}
      </section>
    </>
  )
}

/** An entity, or an address in CAIP-10. */
function End({ id, own, names }: { id: string; own: string; names: ReadonlyMap<string, string> }) {
  if (id.includes(':')) {
    return (
      <Link to="/address/$network/$address" params={{ network: 'any', address: id }}>
        <Short>{id.slice(id.lastIndexOf(':') + 1)}</Short>
      </Link>
    )
  }
  const name = <Name>{names.get(id) ?? id}</Name>
  if (id === own) return name
  return (
    <Link to="/entities/$id" params={{ id }}>
      {name}
    </Link>
  )
}

/** Whose word it is, how far it was carried, and when it holds. */
function Word({ said }: { said: Said }) {
  const { t, term } = useWords()
  const { source, grade, validFrom, validTo, knownAt } = said
  return (
    <ol className="dates small">
      <li>
        <span className="chip">{term('grade', grade)}</span> <Name>{source.name}</Name>{' '}
        {source.url !== null && <bdi className="quiet">{source.url}</bdi>}
        {source.capture !== null && (
          <Link to="/captures/$sha256" params={{ sha256: source.capture }}>
            <Short>{source.capture}</Short>
          </Link>
        )}
      </li>
      {validFrom !== null && (
        <li>
          <span className="quiet">{t('entity.from')}</span> <Day at={validFrom} />
        </li>
      )}
      {validTo !== null && (
        <li>
          <span className="quiet">{t('entity.to')}</span> <Day at={validTo} />
        </li>
      )}
      <li>
        <span className="quiet">{t('address.known')}</span> <Day at={knownAt} />
      </li>
    </ol>
  )
}
