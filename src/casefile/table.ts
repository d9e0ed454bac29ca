import { toHex } from '../std/bytes.ts'
import * as Canonical from '../std/canonical.ts'
import type { Store } from '../store/store.ts'
import type { Body, Event } from './event.ts'

/** Events of a case in order; empty where there is no such case. */
export function eventsOf(store: Store, name: string): Event[] {
  const rows = store.database.prepare(`${SELECT} WHERE case_name = ? ORDER BY sequence`).all(name)
  return rows.map(row => fromRow(row as unknown as Row))
}

/** Appends one event. The key refuses a second event of the same sequence: two writers cannot fork a case. */
export function append(store: Store, event: Event): void {
  const { case: name, sequence, body, user, at, previous, digest } = event
  store.database
    .prepare(
      `INSERT INTO case_event (case_name, sequence, kind, body, user, at, previous, digest)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(name, sequence, body.kind, Canonical.format(body), user, at, previous, digest)
}

export function names(store: Store): string[] {
  const rows = store.database.prepare('SELECT DISTINCT case_name AS name FROM case_event ORDER BY case_name').all()
  return rows.map(row => (row as { name: string }).name)
}

const SELECT = 'SELECT case_name, sequence, body, user, at, previous, digest, signature, signer FROM case_event'

type Row = {
  case_name: string
  sequence: number
  body: string
  user: string
  at: number
  previous: string
  digest: string
  signature: Uint8Array | null
  signer: string | null
}

function fromRow(row: Row): Event {
  const { case_name, sequence, body, user, at, previous, digest, signature, signer } = row
  return {
    ...{ case: case_name, sequence, body: JSON.parse(body) as Body, user, at, previous, digest },
    signature: signature === null ? null : { bytes: toHex(signature), signer: signer ?? '' },
  }
}
