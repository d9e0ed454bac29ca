import { code, type Desk, plain, time } from './desk.ts'
import type { Row, Section, Table } from './document.ts'
import { type Evidence, ranges } from './evidence.ts'
import type { Figure } from './figure.ts'
import type { Inline } from './inline.ts'
import { brief } from './section-method.ts'
import type { Key } from './words.ts'

/** Every figure with what it takes to compute it again. Composed last: it lists what the other sections made. */
export function registerSection({ words, register }: Desk): Section {
  const keys = ['figure', 'operation', 'method', 'evidence', 'digest'] as const
  const rows = register.figures.map(
    (figure): Row => ({
      id: figureAnchor(figure),
      cells: [
        [{ name: figure.label }, ' ', { figure }],
        operationOf(figure),
        [{ isolate: `${figure.method.name} ${figure.method.version}` }],
        evidenceLinks(figure),
        [{ code: figure.digest.slice(0, 16) }],
      ],
    }),
  )
  const columns = keys.map(key => ({ label: words.say(key), align: 'start' as const }))
  const table: Table = { kind: 'table', caption: words.say('register'), columns, rows }
  return { id: 'register', title: words.say('register'), blocks: [table] }
}

/** All evidence, by kind. */
export function evidenceSection({ words, register }: Desk): Section {
  const tables = KINDS.flatMap(({ kind, columns, cells }): Table[] => {
    const own = register.evidence.filter(entry => entry.citation.kind === kind)
    if (own.length === 0) return []
    const labels = ['evidence.id' as const, ...columns]
    return [
      {
        ...{ kind: 'table', caption: words.say(`evidence.${kind}`) },
        columns: labels.map(key => ({ label: words.say(key), align: 'start' as const })),
        rows: own.map(entry => ({ id: entry.id, cells: [[{ isolate: entry.id }], ...cells(entry)] })),
      },
    ]
  })
  return { id: 'evidence', title: words.say('evidence'), blocks: tables }
}

/** The anchor of a figure's row in the register. */
export function figureAnchor(figure: Pick<Figure, 'digest'>): string {
  return `f-${figure.digest.slice(0, 12)}`
}

/** The operation; its arguments stand with the run among the methods, where the figure rests on a filed one. */
function operationOf({ operation, arguments: given, evidence }: Figure): Inline[] {
  const filed = evidence.some(id => id.startsWith('R'))
  return filed ? [{ isolate: operation }] : [{ isolate: operation }, ' ', { code: brief(given) }]
}

function evidenceLinks(figure: Figure): Inline[] {
  return ranges(figure.evidence).flatMap(({ from, to }, i): Inline[] => {
    const link: Inline = { link: { to: from, text: from === to ? from : `${from}–${to}` } }
    return i === 0 ? [link] : [' ', link]
  })
}

type Kind = {
  readonly kind: Evidence['citation']['kind']
  readonly columns: readonly Key[]
  readonly cells: (entry: Evidence) => readonly (readonly Inline[])[]
}

const KINDS: readonly Kind[] = [
  {
    kind: 'capture',
    columns: ['evidence.sha256', 'evidence.span', 'capture.source'],
    cells: ({ citation, detail }) => {
      if (citation.kind !== 'capture') return []
      const member = citation.member === undefined ? '' : `${citation.member} `
      const span = `${member}${citation.start}–${citation.end}`
      return [[code(citation.sha256)], [plain(span)], [plain(detail['source'] ?? null)]]
    },
  },
  {
    kind: 'list',
    columns: ['authority', 'version', 'entry', 'evidence.sha256'],
    cells: ({ citation }) => {
      if (citation.kind !== 'list') return []
      const { authority, version, entry, sha256 } = citation
      return [[{ name: authority }], [plain(version)], [plain(entry)], [code(sha256)]]
    },
  },
  {
    kind: 'price',
    columns: ['evidence.asset', 'evidence.days', 'evidence.sha256'],
    cells: ({ citation }) =>
      citation.kind === 'price' ? [[plain(citation.asset)], [plain(citation.day)], [code(citation.sha256)]] : [],
  },
  {
    kind: 'run',
    columns: ['operation', 'evidence.sha256'],
    cells: ({ citation }) => (citation.kind === 'run' ? [[plain(citation.operation)], [code(citation.sha256)]] : []),
  },
  {
    kind: 'transaction',
    columns: ['evidence.txid', 'network', 'evidence.height', 'evidence.time'],
    cells: ({ citation, detail }) => {
      if (citation.kind !== 'transaction') return []
      const { txid, network } = citation
      return [[code(txid)], [plain(network)], [plain(detail['height'] ?? null)], [time(detail['time'] ?? null)]]
    },
  },
]
