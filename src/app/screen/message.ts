import { type Columns, notesOf, notesUnread, type WrittenNote } from '../../ledger/ledger.ts'
import { find } from '../../mention/mention.ts'
import type { Address } from '../../model/address.ts'
import * as Instant from '../../model/instant.ts'
import type { Store } from '../../store/store.ts'

/** Words in transactions of an address, as answers tell them. */
export type Messages = {
  /** Only where any were read: the newest, with who signed. Anybody may write anything to any address. */
  readonly messages?: readonly MessageAnswer[]
  /** Only where the ledger was read, in whole or in part, without them. */
  readonly messagesUnread?: string
}

export type MessageAnswer = Omit<WrittenNote, 'time'> & {
  readonly time: string
  /** Addresses that the words name, plain. */
  readonly names: readonly string[]
}

/** Messages told of one address at most. */
const MESSAGES_MAX = 50

export function messagesOf(
  store: Store,
  { network, address }: Address,
  columns: Columns | undefined,
  { asOf, knownAt }: { readonly asOf: number; readonly knownAt: number },
): Messages {
  const found = notesOf(store, network, columns, address, { limit: MESSAGES_MAX, time: asOf, known: knownAt })
  const unread = notesUnread(store, network)
  return {
    ...(found.length === 0 ? {} : { messages: found.map(answerOf) }),
    ...(unread === null ? {} : { messagesUnread: unread }),
  }
}

function answerOf({ time, ...note }: WrittenNote): MessageAnswer {
  const names = find(note.text).mentions.flatMap(one =>
    one.kind === 'address' && one.certainty === 'found' ? [one.address] : [],
  )
  return { ...note, time: Instant.format(time), names: [...new Set(names)] }
}
