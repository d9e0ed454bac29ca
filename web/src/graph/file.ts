import { NODES_MAX, NOTE_MAX } from './act.ts'
import {
  COLOURS,
  type Colour,
  type Edge,
  EMPTY,
  type Group,
  type Node,
  type Place,
  type Scene,
  VIEWS,
} from './scene.ts'

/**
 * A scene as text, for a file or a link. What comes back may be anybody's: each part is checked, what does not fit is
 * left out and counted, and nothing of it is ever markup or code.
 */
export type Opened = { readonly scene: Scene; readonly savedAt: string; readonly refused: number }

const FORMAT = 'athar-graph'
const VERSION = 1

/** Characters of a text that is read at all. */
export const TEXT_MAX = 32 * 1024 * 1024

export function save(scene: Scene, savedAt: string): string {
  return JSON.stringify({ format: FORMAT, version: VERSION, savedAt, scene })
}

/** Undefined: not a saved graph. */
export function open(text: string): Opened | undefined {
  if (text.length > TEXT_MAX) return undefined
  const given = parsed(text)
  if (!isRecord(given) || given['format'] !== FORMAT || given['version'] !== VERSION) return undefined
  const scene = given['scene']
  if (!isRecord(scene)) return undefined
  const count = { refused: 0 }
  const nodes = kept(scene['nodes'], nodeOf, count)
  const edges = kept(scene['edges'], edgeOf, count)
  for (const [id, { from, to }] of Object.entries(edges)) {
    if (nodes[from] === undefined || nodes[to] === undefined) {
      delete edges[id]
      count.refused++
    }
  }
  const groups = kept(scene['groups'], groupOf, count)
  for (const node of Object.values(nodes)) {
    if (node.group !== null && groups[node.group] === undefined) nodes[node.id] = { ...node, group: null }
  }
  return {
    savedAt: textOf(given['savedAt'], 40),
    refused: count.refused,
    scene: {
      ...{ nodes, edges, groups, places: kept(scene['places'], placeOf, count) },
      view: VIEWS.find(one => one === scene['view']) ?? 'address',
      method: /^[a-z]{1,20}$/.test(textOf(scene['method'], 20)) ? textOf(scene['method'], 20) : EMPTY.method,
      layout: scene['layout'] === 'flow' ? 'flow' : 'web',
      filter: filterOf(scene['filter']),
    },
  }
}

type Bag = Readonly<Record<string, unknown>>

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Bag {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Keys that would reach into every object are no ids. */
const BAD_KEY = /^(__proto__|constructor|prototype)$/

function kept<T>(value: unknown, read: (id: string, bag: Bag) => T | undefined, count: { refused: number }) {
  const found: Record<string, T> = {}
  if (!isRecord(value)) return found
  for (const [id, bag] of Object.entries(value).slice(0, 4 * NODES_MAX)) {
    const item = id.length > 400 || BAD_KEY.test(id) || !isRecord(bag) ? undefined : read(id, bag)
    if (item === undefined) count.refused++
    else found[id] = item
  }
  return found
}

function nodeOf(id: string, bag: Bag): Node | undefined {
  const kind = (['address', 'transaction', 'nobody'] as const).find(one => one === bag['kind'])
  const [network, name] = [textOf(bag['network'], 40), textOf(bag['name'], 200)]
  if (kind === undefined || !/^[a-z0-9-]+$/.test(network) || !/^[A-Za-z0-9:-]+$/.test(name)) return undefined
  const label = isRecord(bag['label']) ? bag['label'] : null
  const cluster = isRecord(bag['cluster']) ? bag['cluster'] : null
  const more = isRecord(bag['more']) ? bag['more'] : {}
  return {
    ...{ id, kind, network, name, isRoot: bag['isRoot'] === true },
    label:
      label === null
        ? null
        : ({
            name: textOf(label['name'], 300),
            category: wordOf(label['category']),
            source: textOf(label['source'], 500),
          } as Node['label']),
    cluster: cluster === null ? null : { name: textOf(cluster['name'], 200), size: wholeOf(cluster['size']) },
    stoppedBecause: bag['stoppedBecause'] === null ? null : wordOf(bag['stoppedBecause']) || null,
    ...{ x: numberOf(bag['x']), y: numberOf(bag['y']), colour: colourOf(bag['colour']) },
    ...{
      note: textOf(bag['note'], NOTE_MAX),
      group: typeof bag['group'] === 'string' ? textOf(bag['group'], 80) : null,
    },
    more: { in: moreOf(more['in']), out: moreOf(more['out']) },
  }
}

function edgeOf(id: string, bag: Bag): Edge | undefined {
  const amount = isRecord(bag['amount']) ? bag['amount'] : null
  const methods = amount !== null && isRecord(amount['methods']) ? amount['methods'] : null
  const txid = textOf(bag['txid'], 80)
  if (amount !== null && ![amount['least'], amount['most'], ...Object.values(methods ?? {})].every(isUnits)) return
  return {
    ...{ id, from: textOf(bag['from'], 400), to: textOf(bag['to'], 400), count: wholeOf(bag['count']) },
    ...{ first: timeOf(bag['first']), last: timeOf(bag['last']), txid: /^[0-9a-fx]{64,66}$/.test(txid) ? txid : null },
    amount:
      amount === null
        ? null
        : {
            asset: textOf(amount['asset'], 40),
            contract: typeof amount['contract'] === 'string' ? textOf(amount['contract'], 80) : null,
            decimals: Math.min(wholeOf(amount['decimals']), 255),
            ...{ least: String(amount['least']), most: String(amount['most']) },
            methods: methods === null ? null : (methods as Record<string, string>),
          },
  }
}

function groupOf(id: string, bag: Bag): Group | undefined {
  return id.length > 80 ? undefined : { id, name: textOf(bag['name'], 80), folded: bag['folded'] === true }
}

function placeOf(_: string, bag: Bag): Place | undefined {
  return { x: numberOf(bag['x']), y: numberOf(bag['y']), pinned: bag['pinned'] === true }
}

function filterOf(value: unknown): Scene['filter'] {
  const bag = isRecord(value) ? value : {}
  const { hops, without } = bag
  return {
    ...{ from: dayOf(bag['from']), to: dayOf(bag['to']), asset: textOf(bag['asset'], 40) },
    least: textOf(bag['least'], 60),
    hops: typeof hops === 'number' && Number.isInteger(hops) && hops >= 0 ? hops : null,
    without: Array.isArray(without) ? without.filter(one => typeof one === 'string').slice(0, 100) : [],
  }
}

function moreOf(value: unknown): Node['more']['in'] {
  if (!isRecord(value)) return null
  const cursor = textOf(value['cursor'], 20)
  return { left: wholeOf(value['left']), cursor: /^\d+$/.test(cursor) ? cursor : null }
}

function colourOf(value: unknown): Colour | null {
  return COLOURS.find(one => one === value) ?? null
}

function textOf(value: unknown, most: number): string {
  return typeof value === 'string' ? value.slice(0, most) : ''
}

function wordOf(value: unknown): string {
  return /^[a-z-]{1,40}$/.test(textOf(value, 41)) ? textOf(value, 40) : 'other'
}

function wholeOf(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : 0
}

function numberOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < 1e9 ? value : 0
}

function isUnits(value: unknown): boolean {
  return typeof value === 'string' && /^\d{1,80}$/.test(value)
}

function timeOf(value: unknown): string | null {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(textOf(value, 30)) ? textOf(value, 30) : null
}

function dayOf(value: unknown): string {
  return /^\d{4}-\d\d-\d\d$/.test(textOf(value, 11)) ? textOf(value, 10) : ''
}
