import type { AddressAnswer } from '../answer.ts'
import { useWords } from '../word/words.ts'
import { AddressLink, Name, Short } from './code.tsx'
import { Time } from './figure.tsx'

/** Words in transactions of the address, with who signed them; nothing where none were read and none may be missing. */
export function MessageCard({ answer }: { answer: AddressAnswer }) {
  const { t } = useWords()
  const { messages = [], messagesUnread } = answer
  if (messages.length === 0 && messagesUnread === undefined) return null
  return (
    <section className="card">
      <h2>{t('address.messages')}</h2>
      {messages.length > 0 && <p className="quiet small">{t('address.messagesSay')}</p>}
      {messagesUnread !== undefined && <p className="quiet small">{t('address.messagesUnread')}</p>}
      {messages.map(message => (
        <Message key={`${message.txid} ${message.place}`} network={answer.network} message={message} />
      ))}
    </section>
  )
}

const BY = { yes: 'address.messageOwn', no: 'address.messageOther', 'one-of': 'address.messageOneOf' } as const

type Told = NonNullable<AddressAnswer['messages']>[number]

function Message({ network, message }: { network: string; message: Told }) {
  const { t } = useWords()
  const { text, cut, writers, own, names, time, txid } = message
  return (
    <blockquote>
      <p>
        <Name>{cut ? `${text}…` : text}</Name>
      </p>
      <p className="quiet small">
        <Time at={time} /> <Short>{txid}</Short> {t(BY[own])}{' '}
        {own !== 'yes' && writers.map(one => <AddressLink key={one} network={network} address={one} />)}
      </p>
      {names.length > 0 && (
        <p className="quiet small">
          {t('address.messageNames')}{' '}
          {names.map(one => (
            <AddressLink key={one} network="any" address={one} />
          ))}
        </p>
      )}
    </blockquote>
  )
}
