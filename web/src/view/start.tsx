import { Button, Textarea } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MentionAnswer } from '../answer.ts'
import { call } from '../call.ts'
import { AddressLink, Code } from '../part/code.tsx'
import { TroubleNote } from '../part/trouble.tsx'

/** The first screen: one field for whatever the analyst was handed, and what is loaded. */
export function Start() {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const navigate = useNavigate()
  const find = useMutation({
    mutationFn: (text: string) => call<MentionAnswer>('mention find', { text: [text] }),
    onSuccess: answer => {
      const only = onlyAddress(answer, text)
      if (only !== undefined) void navigate({ to: '/address/$network/$address', params: only })
    },
  })
  const look = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() !== '') find.mutate(text)
  }
  return (
    <>
      <section className="card">
        <h1>{t('start.title')}</h1>
        <p className="quiet">{t('start.text')}</p>
        <form onSubmit={look}>
          <Textarea
            aria-label={t('start.title')}
            value={text}
            onChange={event => setText(event.currentTarget.value)}
            rows={5}
            dir="auto"
            spellCheck={false}
          />
          <Button type="submit" mt="sm" loading={find.isPending}>
            {t('start.look')}
          </Button>
        </form>
      </section>
      {find.error !== null && <TroubleNote error={find.error} />}
      {find.data !== undefined && <Found answer={find.data} />}
      <Loaded />
    </>
  )
}

function Found({ answer }: { answer: MentionAnswer }) {
  const { t } = useTranslation()
  const mentions = answer.files.flatMap(file => file.mentions)
  const rejected = answer.files.flatMap(file => file.rejected)
  return (
    <section className="card" aria-live="polite">
      <h2>{t('mentions.title')}</h2>
      {mentions.length === 0 && <p>{t('mentions.none')}</p>}
      <ul>
        {mentions.map(mention => (
          <li key={`${mention.start}-${mention.kind}`}>
            <span className="chip">{mention.kind}</span>{' '}
            {mention.kind === 'address' ? (
              <AddressLink network={mention.network ?? 'any'} address={mention.address ?? mention.raw} />
            ) : (
              <bdi dir="auto">{mention.raw}</bdi>
            )}
          </li>
        ))}
      </ul>
      {rejected.length > 0 && (
        <details>
          <summary>
            {t('mentions.rejected')} ({rejected.length})
          </summary>
          <ul>
            {rejected.map(one => (
              <li key={one.start}>
                <Code>{one.raw}</Code> <span className="quiet">{one.reason}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

type LedgerStatus = { ledgers: { network: string; blocks?: number; transactions: number; synthetic?: boolean }[] }
type ListStatus = { lists: { authority: string; version: string; stale?: boolean }[] }

function Loaded() {
  const { t } = useTranslation()
  const ledgers = useQuery({ queryKey: ['ledger status'], queryFn: () => call<LedgerStatus>('ledger status', {}) })
  const lists = useQuery({ queryKey: ['list status'], queryFn: () => call<ListStatus>('list status', {}) })
  if (ledgers.data === undefined || lists.data === undefined) return null
  const nothing = ledgers.data.ledgers.length === 0 && lists.data.lists.length === 0
  return (
    <section className="card">
      <h2>{nothing ? t('start.empty') : t('start.status')}</h2>
      {nothing && <p>{t('start.teach')}</p>}
      <dl className="facts">
        <dt>{t('start.lists')}</dt>
        <dd>
          {lists.data.lists.length === 0 && t('start.none')}
          {lists.data.lists.map(list => (
            <div key={list.authority}>
              <bdi>{list.authority}</bdi> <span className="quiet">{list.version}</span>
            </div>
          ))}
        </dd>
        <dt>{t('start.ledgers')}</dt>
        <dd>
          {ledgers.data.ledgers.length === 0 && t('start.none')}
          {ledgers.data.ledgers.map(ledger => (
            <div key={ledger.network}>
              <bdi>{ledger.network}</bdi>{' '}
              <span className="quiet">{t('address.read', { count: ledger.transactions })}</span>
            </div>
          ))}
        </dd>
      </dl>
    </section>
  )
}

/** Where the text is one address and nothing else, its page opens at once. */
function onlyAddress(answer: MentionAnswer, text: string): { network: string; address: string } | undefined {
  const found = answer.files.flatMap(file => file.mentions).filter(mention => mention.kind === 'address')
  const first = found[0]
  if (found.length !== 1 || first === undefined || first.raw !== text.trim()) return undefined
  return { network: first.network ?? 'any', address: first.address ?? first.raw }
}
