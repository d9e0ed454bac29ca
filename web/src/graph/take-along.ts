import { quoted } from '../part/csv.ts'
import { decimal } from '../part/trace-answer.ts'
import type { Line } from './line.ts'
import type { Drawn, DrawnNode } from './project.ts'

/**
 * The drawn graph as CSV (RFC 4180): a row for each asset of each edge. What was left out has rows of its own, so that
 * a table taken along does not look whole when it is not.
 */
export function toCsv(drawn: Drawn): string {
  const nodes = new Map(drawn.nodes.map(node => [node.id, node]))
  const head = ['kind', 'from', 'from_label', 'to', 'to_label', 'network', 'asset', 'contract', 'least', 'most']
  const rows: string[][] = [[...head, 'transactions', 'first', 'last', 'txids', 'why_left_out']]
  for (const line of drawn.edges) rows.push(...edgeRows(line, nodes))
  for (const { title, left, network } of drawn.nodes) {
    if (left.in > 0) rows.push(leftRow(['', title], network, left.in))
    if (left.out > 0) rows.push(leftRow([title, ''], network, left.out))
  }
  if (drawn.hidden > 0) rows.push(['hidden-by-filter', ...Array(9).fill(''), String(drawn.hidden), '', '', '', HIDDEN])
  return rows.map(fields => `${fields.map(quoted).join(',')}\r\n`).join('')
}

function edgeRows(line: Line, nodes: ReadonlyMap<string, DrawnNode>): string[][] {
  const [from, to] = [nodes.get(line.from)!, nodes.get(line.to)!]
  const ends = [plainName(from), labelOf(from), plainName(to), labelOf(to), from.network]
  const rest = [String(line.count), line.first ?? '', line.last ?? '', line.txids.join(' '), '']
  if (line.amounts.length === 0) return [['edge', ...ends, '', '', 'not known', 'not known', ...rest]]
  return line.amounts.map(({ asset, contract, decimals, least, most }) => [
    ...['edge', ...ends, asset, contract ?? '', decimal(least, decimals), decimal(most, decimals)],
    ...rest,
  ])
}

function leftRow([from, to]: readonly [string, string], network: string, left: number): string[] {
  return ['not-shown', from, '', to, '', network, '', '', '', '', String(left), '', '', '', PAGED]
}

const PAGED = 'neighbours come in pages, the largest first: these pages were not asked for'
const HIDDEN = 'addresses hidden by the filters of the graph'

/** GraphML 1.0 (http://graphml.graphdrawing.org), with what was left out in the description and on each node. */
export function toGraphml(drawn: Drawn, says: string): string {
  const keys = [
    ...['name', 'label', 'category', 'note', 'kind', 'network'].map(key => keyOf('node', key, 'string')),
    ...['notShownIn', 'notShownOut', 'addresses'].map(key => keyOf('node', key, 'long')),
    ...['x', 'y'].map(key => keyOf('node', key, 'double')),
    ...['amounts', 'first', 'last', 'txids'].map(key => keyOf('edge', key, 'string')),
    keyOf('edge', 'transactions', 'long'),
  ]
  const nodes = drawn.nodes.map(node => {
    const { id, category, note, kind, network, left, addresses, place } = node
    const data = { name: plainName(node), label: labelOf(node), category: category ?? '', note, kind, network }
    const counts = { notShownIn: left.in, notShownOut: left.out, addresses, x: place.x, y: place.y }
    return `<node id="${escaped(id)}">${dataOf('node', { ...data, ...counts })}</node>`
  })
  const edges = drawn.edges.map(({ id, from, to, amounts, count, first, last, txids }) => {
    const said = amounts.map(({ asset, decimals, least, most }) => {
      const [low, high] = [decimal(least, decimals), decimal(most, decimals)]
      return `${low === high ? high : `${low}..${high}`} ${asset}`
    })
    const data = { amounts: said.join('; '), first: first ?? '', last: last ?? '', txids: txids.join(' ') }
    const ends = `source="${escaped(from)}" target="${escaped(to)}"`
    return `<edge id="${escaped(id)}" ${ends}>${dataOf('edge', { ...data, transactions: count })}</edge>`
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...keys,
    `<graph edgedefault="directed"><desc>${escaped(says)}</desc>`,
    ...[...nodes, ...edges],
    '</graph></graphml>\n',
  ].join('\n')
}

function keyOf(what: string, name: string, type: string): string {
  return `<key id="${what}-${name}" for="${what}" attr.name="${name}" attr.type="${type}"/>`
}

function dataOf(what: string, values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== '')
    .map(([key, value]) => `<data key="${what}-${key}">${escaped(String(value))}</data>`)
    .join('')
}

/** Pure ASCII where it is an address or a txid. */
function plainName(node: DrawnNode): string {
  return node.named ? (node.id.split(':').at(-1) ?? node.title) : node.title
}

function labelOf(node: DrawnNode): string {
  return node.named ? node.title : ''
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** For XML 1.0: marks that it cannot hold are left out. */
export function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"']/g, one => ENTITIES[one]!)
}
