import type { AddressAnswer } from '../answer.ts'
import { useWords } from '../word/words.ts'
import { Name, Short } from './code.tsx'
import { Day } from './figure.tsx'

/** Who says what the address is, with how much confidence and where it is written. */
export function LabelCard({ labels }: { labels: AddressAnswer['labels'] }) {
  const { t, term } = useWords()
  return (
    <section className="card">
      <h2>{t('address.labels')}</h2>
      {labels.length === 0 && <p className="quiet">{t('address.noLabels')}</p>}
      {labels.map((label, i) => (
        <article key={`${label.source}-${i}`}>
          <strong>
            <Name>{label.name}</Name>
          </strong>{' '}
          <span className="chip">{term('category', label.category)}</span>
          <dl className="facts small">
            <dt>{t('address.confidence')}</dt>
            <dd>
              {term('confidence', label.confidence.id)} <bdi dir="ltr">({label.confidence.level}/100)</bdi>
            </dd>
            <dt>{t('address.source')}</dt>
            <dd>
              <Name>{label.source}</Name>
              <Cited citations={label.citations} />
            </dd>
          </dl>
          <Disputed disputes={label.disputes} />
        </article>
      ))}
    </section>
  )
}

/** What a named person says against it, beside it: never left out, never in its place. */
function Disputed({ disputes }: { disputes: AddressAnswer['labels'][number]['disputes'] }) {
  const { t } = useWords()
  return (disputes ?? []).map(one => (
    <p key={one.id} className="small">
      {t('address.disputed')} <Name>{one.capacity === null ? one.by : `${one.by} (${one.capacity})`}</Name>
      {': '}
      <q>
        <Name>{one.words}</Name>
      </q>
    </p>
  ))
}

/** The version and digest of the list that an entry stands in. */
function Cited({ citations }: { citations: AddressAnswer['labels'][number]['citations'] }) {
  const { t } = useWords()
  return citations.map(citation =>
    citation.kind === 'list' ? (
      <div key={`${citation.sha256}-${citation.entry}`} className="quiet small">
        {t('lists.version')} <bdi dir="ltr">{citation.version}</bdi> · {t('capture.digest')}{' '}
        <Short>{citation.sha256}</Short>
      </div>
    ) : null,
  )
}

/** Listings by authorities on their date line. With no list loaded: not checked, which is another answer. */
export function DesignationCard({ answer }: { answer: AddressAnswer }) {
  const { t } = useWords()
  const none = answer.coverage.lists.length === 0 ? t('address.listsNone') : t('address.noDesignations')
  return (
    <section className="card">
      <h2>{t('address.designations')}</h2>
      {answer.designations.length === 0 && <p className="quiet">{none}</p>}
      {answer.designations.map((one, i) => (
        <article key={`${one.authority}-${i}`}>
          <strong>
            <Name>{one.authority}</Name>
          </strong>
          {': '}
          <Name>{one.entity}</Name> <span className="quiet">{one.program.join(', ')}</span>
          <ol className="dates">
            <Dated word={t('address.listed')} at={one.listedAt} />
            <Dated word={t('address.known')} at={one.knownAt} />
            <Dated word={t('address.removed')} at={one.removedAt} />
            <Dated word={t('address.expires')} at={one.expiresAt} />
          </ol>
          <Cited citations={[one.citation]} />
          <Disputed disputes={one.disputes} />
        </article>
      ))}
    </section>
  )
}

function Dated({ word, at }: { word: string; at: string | null }) {
  if (at === null) return null
  return (
    <li>
      <span className="quiet">{word}</span> <Day at={at} />
    </li>
  )
}
