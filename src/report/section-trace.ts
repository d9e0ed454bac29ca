import { amountValue, assetKey, citeRun, code, type Desk, plain } from './desk.ts'
import type { Block, Row, Section } from './document.ts'
import type { Figure } from './figure.ts'
import { type Flow, type Link, type Node, ordered } from './flow.ts'
import type { Inline } from './inline.ts'
import type { CrossingMaterial, CrossingSide, Destination, TraceMaterial } from './material.ts'
import type { Key } from './words.ts'

/** Each trace as it was declared, its picture, and the table of where value lies, with the range over the methods. */
export function traceSection(desk: Desk): Section {
  const { words, material } = desk
  const blocks = material.traces.flatMap((trace, i) => traceBlocks(desk, trace, i))
  const none: Block[] = blocks.length === 0 ? [{ kind: 'paragraph', content: [words.say('trace.none')] }] : []
  return { id: 'trace', title: words.say('trace'), blocks: [...none, ...blocks] }
}

/** Least and most that reached a destination; the same figure where the methods agree. */
export function reachedFigures(desk: Desk, trace: Walk, at: Destination): { min: Figure; max: Figure } {
  const { words, register } = desk
  const { operation, arguments: given, method } = trace.run
  const listed = at.list === null ? [] : [register.cite({ kind: 'list', ...at.list })]
  const passed = at.txids.map(txid => register.cite({ kind: 'transaction', network: trace.network, txid }))
  const evidence = [...citeRun(desk, trace.run), ...listed, ...new Set(passed)]
  const where = at.address ?? at.name ?? 'none'
  const place = `trace/${trace.under ?? ''}${trace.network}/${where}/${at.stop}/${at.max.asset}`
  const shown = at.name ?? (at.address === null ? words.term('stop', at.stop) : short(at.address))
  const make = (end: 'min' | 'max', label: string) =>
    register.figure({
      id: `${place}/${end}`,
      label,
      value: amountValue(at[end]),
      operation,
      arguments: given,
      method,
      evidence,
    })
  return { min: make('min', `${shown} — ${words.say('least')}`), max: make('max', `${shown} — ${words.say('most')}`) }
}

function traceBlocks(desk: Desk, trace: TraceMaterial, index: number): Block[] {
  const { words } = desk
  const { methods, hops, min, reason } = trace.declared
  const said = words.tell('trace.intro', {
    methods: { isolate: methods.join(', ') },
    hops: hops === null ? words.say('trace.unlimited') : words.count(hops, 'hop'),
    min: min === null ? words.say('trace.everyUnit') : plain(min),
    reason: { name: reason },
  })
  const conserved = words.say(trace.conserved ? 'trace.conserved' : 'trace.notConserved')
  return [
    { kind: 'heading', id: `trace-${index + 1}`, text: titleOf(desk, trace) },
    { kind: 'paragraph', content: said },
    { kind: 'figures', figures: totals(desk, trace) },
    ...flows(desk, trace),
    destinations(desk, trace, titleOf(desk, trace)),
    { kind: trace.conserved ? 'paragraph' : 'notice', content: [conserved] },
    ...crossingBlocks(desk, trace),
  ]
}

/** What is needed of a walk to show where it led; `under` tells figures of one network apart. */
type Walk = Pick<TraceMaterial, 'run' | 'network' | 'destinations'> & { readonly under?: string }

/** What left over bridges, and where it lies on the networks to which that is proven. */
function crossingBlocks(desk: Desk, trace: TraceMaterial): Block[] {
  const { words } = desk
  const { crossings = [], onward = [] } = trace
  if (crossings.length === 0) return []
  const there = onward.flatMap((part, at): Block[] => {
    const title = words.say('onward.title').replace('{network}', part.network)
    const walk = { run: trace.run, network: part.network, destinations: part.destinations, under: `onward-${at + 1}/` }
    const sums = words.say(part.conserved ? 'trace.conserved' : 'trace.notConserved')
    return [destinations(desk, walk, title), { kind: part.conserved ? 'paragraph' : 'notice', content: [sums] }]
  })
  return [
    { kind: 'paragraph', content: [words.say('crossings.says')] },
    crossingTable(desk, trace, crossings),
    ...there,
  ]
}

function crossingTable(desk: Desk, trace: TraceMaterial, crossings: readonly CrossingMaterial[]): Block {
  const { words } = desk
  const side = (one: CrossingSide, label: string, id: string): Figure => {
    const { operation, arguments: given, method } = trace.run
    const evidence = [
      ...citeRun(desk, trace.run),
      desk.register.cite({ kind: 'transaction', network: one.network, txid: one.txid }),
    ]
    return desk.register.figure({
      id,
      label,
      value: amountValue(one.amount),
      operation,
      arguments: given,
      method,
      evidence,
    })
  }
  const rows = crossings.map(({ name, grade, id, paid, released, destination }, at): Row => {
    const place = `trace/${trace.network}/crossing/${paid.txid}/${at + 1}`
    const to = released ?? destination
    return {
      cells: [
        [code(paid.address)],
        [{ figure: side(paid, words.say('crossing.paid'), `${place}/paid`) }],
        id === null ? [{ name }] : [{ name }, ' ', code(id)],
        [words.term('crossing', grade)],
        [plain(to?.network ?? null)],
        [code(to?.address ?? null)],
        released === null
          ? [plain(null)]
          : [{ figure: side(released, words.say('crossing.released'), `${place}/released`) }],
      ],
    }
  })
  const heads = [
    'crossing.from',
    'crossing.paid',
    'crossing.by',
    'crossing.grade',
    'network',
    'crossing.to',
    'crossing.released',
  ]
  const columns = (heads as Key[]).map(key => ({ label: words.say(key), align: 'start' as const }))
  return { kind: 'table', caption: words.say('crossings'), columns, rows }
}

function titleOf({ words }: Desk, { network }: TraceMaterial): string {
  return `${words.say('trace')} · ${network}`
}

function totals(desk: Desk, trace: TraceMaterial): Figure[] {
  const { words, register } = desk
  const { operation, arguments: given, method } = trace.run
  return trace.total.map(amount =>
    register.figure({
      ...{ id: `trace/${trace.network}/origin/${assetKey(amount)}`, label: words.say('origin.value') },
      ...{ value: amountValue(amount), operation, arguments: given, method, evidence: citeRun(desk, trace.run) },
    }),
  )
}

function destinations(desk: Desk, trace: Walk, caption: string): Block {
  const { words } = desk
  const rows = trace.destinations.map((at): Row => {
    const { min, max } = reachedFigures(desk, trace, at)
    return {
      cells: [
        [placeOf(desk, at)],
        [at.category === null ? '' : words.term('category', at.category)],
        [words.term('stop', at.stop)],
        [plain(String(at.hops))],
        [{ figure: min }],
        [{ figure: max }],
        [words.say(at.robust ? 'robust.yes' : 'robust.no')],
      ],
    }
  })
  const start = (label: string) => ({ label, align: 'start' as const })
  const end = (label: string) => ({ label, align: 'end' as const })
  return {
    kind: 'table',
    caption,
    columns: [
      ...[start(words.say('destination')), start(words.say('category')), start(words.say('stopped'))],
      ...[end(words.say('hops')), end(words.say('least')), end(words.say('most')), start(words.say('robust'))],
    ],
    rows,
  }
}

function placeOf({ words }: Desk, at: Destination): Inline {
  if (at.name !== null) return { name: at.name }
  return at.address === null ? words.say('flow.other') : code(at.address)
}

/** One picture per asset that reached a named place. Where no links were traced, origin and ends are joined. */
function flows(desk: Desk, trace: TraceMaterial): Block[] {
  return trace.total.flatMap(amount => {
    const own = trace.destinations.filter(at => at.max.asset === amount.asset && BigInt(at.min.amount) > 0n)
    if (!own.some(at => at.name !== null)) return []
    const links = trace.links.filter(link => link.asset === amount.asset)
    return [{ kind: 'flow' as const, flow: flowOf(desk, amount.asset, amount.decimals, own, links) }]
  })
}

function flowOf(
  desk: Desk,
  asset: string,
  decimals: number,
  own: readonly Destination[],
  told: TraceMaterial['links'],
): Flow {
  const { words } = desk
  const ends = new Map(own.map(at => [keyOf(at), at]))
  const sums = new Map<string, Link>()
  const join = (from: string, to: string, units: bigint) => {
    const known = sums.get(`${from} ${to}`)
    sums.set(`${from} ${to}`, { from, to, units: units + (known?.units ?? 0n) })
  }
  if (told.length === 0) for (const at of own) join(ORIGIN, keyOf(at), BigInt(at.min.amount))
  const small = smallOf(told, ends)
  for (const { from, to, units } of told)
    join(small.has(from) ? SMALL : from, small.has(to) ? SMALL : to, BigInt(units))
  const links = [...sums.values()].filter(link => link.units > 0n)
  const ids = new Set(links.flatMap(link => [link.from, link.to]))
  const last = links.some(link => link.from !== ORIGIN) ? 2 : 1
  const nodes = [...ids].map((id): Node => {
    if (id === ORIGIN) return { id, layer: 0, label: words.say('flow.origin'), detail: '', kind: 'origin' }
    const at = ends.get(id)
    if (id === SMALL) return { id, layer: 1, label: words.say('flow.other'), detail: '', kind: 'between' }
    if (at === undefined) return { id, layer: 1, label: short(id), detail: '', kind: 'between' }
    return { id, layer: last, ...labelOf(desk, at) }
  })
  const title = words.say('flow.title').replace('{asset}', asset)
  return ordered({ title, says: words.say('flow.says'), asset, decimals, nodes, links })
}

/** Addresses in between through which less than one part in twenty went: drawn as one. */
function smallOf(told: TraceMaterial['links'], ends: ReadonlyMap<string, unknown>): Set<string> {
  const through = new Map<string, bigint>()
  let all = 0n
  for (const { from, to, units } of told) {
    if (from !== ORIGIN) continue
    all += BigInt(units)
    if (!ends.has(to)) through.set(to, (through.get(to) ?? 0n) + BigInt(units))
  }
  const small = [...through].filter(([, units]) => units * 20n < all).map(([id]) => id)
  return new Set(small.length > 1 ? small : [])
}

const SMALL = 'small'

/** Name of the origin in links. */
export const ORIGIN = 'origin'

/** Name of a destination in links. */
export function keyOf(at: Pick<Destination, 'name' | 'address' | 'stop'>): string {
  return at.name ?? (at.stop === 'unspent' ? 'unspent' : (at.address ?? at.stop))
}

function labelOf({ words }: Desk, at: Destination): Pick<Node, 'label' | 'detail' | 'kind'> {
  if (at.stop === 'unspent') return { label: words.say('flow.unspent'), detail: '', kind: 'unspent' }
  const detail = at.category === null ? words.term('stop', at.stop) : words.term('category', at.category)
  const kind = KINDS.find(known => known === at.category) ?? (at.stop === 'service' ? 'service' : 'other')
  return { label: at.name ?? short(at.address ?? at.stop), detail, kind }
}

const KINDS: readonly Node['kind'][] = ['exchange', 'mixer']

/** The ends of an address: enough to find it in the table. */
function short(address: string): string {
  return address.length <= 16 ? address : `${address.slice(0, 8)}…${address.slice(-6)}`
}
