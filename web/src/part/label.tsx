import { useTranslation } from 'react-i18next'
import type { AddressAnswer } from '../answer.ts'
import { Time } from './figure.tsx'

/** Who says what the address is, with how much confidence and where it is written. */
export function LabelCard({ labels }: { labels: AddressAnswer['labels'] }) {
  const { t } = useTranslation()
  return (
    <section className="card">
      <h2>{t('address.labels')}</h2>
      {labels.length === 0 && <p className="quiet">{t('address.noLabels')}</p>}
      {labels.map((label, i) => (
        <article key={`${label.source}-${i}`}>
          <strong>
            <bdi>{label.name}</bdi>
          </strong>{' '}
          <span className="chip">{label.category}</span>
          <p className="quiet">
            {t('address.confidence')}: <bdi>{label.confidence.id}</bdi> ({label.confidence.level}) ·{' '}
            {t('address.source')}: <bdi dir="auto">{label.source}</bdi>
          </p>
        </article>
      ))}
    </section>
  )
}

/** Listings by authorities on their date line. With no list loaded: not checked, which is another answer. */
export function DesignationCard({ answer }: { answer: AddressAnswer }) {
  const { t } = useTranslation()
  const none = answer.coverage.lists.length === 0 ? t('address.listsNone') : t('address.noDesignations')
  return (
    <section className="card">
      <h2>{t('address.designations')}</h2>
      {answer.designations.length === 0 && <p className="quiet">{none}</p>}
      {answer.designations.map((one, i) => (
        <article key={`${one.authority}-${i}`}>
          <strong>
            <bdi>{one.authority}</bdi>
          </strong>{' '}
          <bdi dir="auto">{one.entity}</bdi> <span className="quiet">{one.program.join(', ')}</span>
          <dl className="facts">
            <Dated word={t('address.listed')} at={one.listedAt} />
            <Dated word={t('address.removed')} at={one.removedAt} />
            <Dated word={t('address.expires')} at={one.expiresAt} />
            <Dated word={t('address.known')} at={one.knownAt} />
          </dl>
        </article>
      ))}
    </section>
  )
}

function Dated({ word, at }: { word: string; at: string | null }) {
  if (at === null) return null
  return (
    <>
      <dt>{word}</dt>
      <dd>
        <Time at={at} />
      </dd>
    </>
  )
}
