import { type Coverage, hasGaps } from '../model/coverage.ts'
import * as Canonical from '../std/canonical.ts'
import { code, type Desk, networkName, plain, time, UNKNOWN } from './desk.ts'
import type { Block, Row, Section, Table } from './document.ts'
import type { Inline } from './inline.ts'
import { group } from './words.ts'

/** Which lists were checked, in which version: without them "not listed" means nothing. */
export function screeningSection({ words, material }: Desk): Section {
  const rows = material.lists.map(
    (list): Row => ({ cells: [[{ name: list.authority }], [plain(list.version)], [code(list.sha256)]] }),
  )
  const columns = [words.say('authority'), words.say('version'), words.say('evidence.sha256')]
  const table: Table = { kind: 'table', caption: words.say('screening'), columns: columns.map(start), rows }
  const none: Block = { kind: 'notice', content: [words.say('screening.none')] }
  const says: Block = { kind: 'paragraph', content: [words.say('screening.says')] }
  return { id: 'screening', title: words.say('screening'), blocks: rows.length === 0 ? [none] : [table, says] }
}

/** What the answers could not see: coverage by network, and what no ledger shows. */
export function unseenSection({ words, material }: Desk): Section {
  const keys = ['network', 'coverage.blocks', 'coverage.tip', 'coverage.transactions', 'coverage.truncated'] as const
  const columns = [...keys, 'coverage.finality' as const, 'coverage.labels' as const].map(key => start(words.say(key)))
  const rows = material.coverage.map(one => coverageRow(one, words))
  const unread = material.coverage.filter(one => one.transactionsRead === null)
  const items: Inline[][] = [
    ...unread.map(one => words.tell('unseen.ledger', { network: networkName(one.network) })),
    ...(['unseen.addresses', 'unseen.services', 'unseen.offchain'] as const).map(key => [words.say(key)]),
  ]
  const table: Block[] = rows.length === 0 ? [] : [{ kind: 'table', caption: words.say('unseen'), columns, rows }]
  const intro: Block = { kind: 'paragraph', content: [words.say('unseen.intro')] }
  return { id: 'unseen', title: words.say('unseen'), blocks: [intro, ...table, { kind: 'list', items }] }
}

/** What was computed how: definitions, and each run as it was declared. */
export function methodsSection({ words, material, register }: Desk): Section {
  const items = (['receipts', 'trace', 'cluster', 'value'] as const).map(key => [words.say(`methods.${key}`)])
  const columns = (['operation', 'arguments', 'reason', 'declared', 'answer'] as const).map(key =>
    start(words.say(key)),
  )
  const rows = material.runs.map(({ operation, arguments: given, reason, declaredAt, sha256 }): Row => {
    const id = sha256 === null ? null : register.cite({ kind: 'run', operation, sha256 })
    const answer: Inline = id === null ? words.say('unanswered') : { link: { to: id, text: id } }
    return {
      cells: [[{ isolate: operation }], [{ code: brief(given) }], [{ name: reason }], [time(declaredAt)], [answer]],
    }
  })
  const table: Block[] = rows.length === 0 ? [] : [{ kind: 'table', caption: words.say('run'), columns, rows }]
  return { id: 'methods', title: words.say('methods'), blocks: [{ kind: 'list', items }, ...table] }
}

/** The notes as they were written, and the chain of events they stand in. */
export function notesSection({ words, material }: Desk): Section {
  const { notes, events, digest } = material.case
  const items = notes.map(({ text, user, at }): Inline[] => [{ name: text }, ' — ', { name: user }, ', ', time(at)])
  const list: Block[] = items.length === 0 ? [] : [{ kind: 'list', items }]
  const record = words.tell('record', { events: words.count(events, 'entry'), digest: { code: digest } })
  return { id: 'notes', title: words.say('notes'), blocks: [...list, { kind: 'paragraph', content: record }] }
}

/** Arguments as `key=value`, for a table: the whole is in the register and in the filed run. */
export function brief(given: Canonical.Json): string {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return Canonical.format(given)
  const shown = Object.entries(given).filter(([, value]) => value !== undefined && value !== null)
  return shown.map(([key, value]) => `${key}=${typeof value === 'string' ? value : Canonical.format(value!)}`).join(' ')
}

function coverageRow(one: Coverage, words: Desk['words']): Row {
  const number = (value: number | null) => (value === null ? UNKNOWN : group(String(value)))
  const truncated = one.truncated === null ? UNKNOWN : words.say(one.truncated ? 'yes' : 'no')
  return {
    cells: [
      [networkName(one.network)],
      [
        { isolate: `${number(one.fromHeight)} … ${number(one.toHeight)}` },
        hasGaps(one) ? words.say('coverage.gaps') : '',
      ],
      [{ isolate: number(one.tipHeight) }],
      [{ isolate: `${number(one.transactionsRead)} / ${number(one.transactionsExpected)}` }],
      [truncated],
      [one.finality === null ? UNKNOWN : words.term('finality', one.finality)],
      [{ isolate: number(one.labels) }],
    ],
  }
}

function start(label: string): { label: string; align: 'start' } {
  return { label, align: 'start' }
}
