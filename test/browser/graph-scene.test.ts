import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Act, NODES_MAX, reduce } from '../../web/src/graph/act.ts'
import { ahead } from '../../web/src/graph/ahead.ts'
import { open, save } from '../../web/src/graph/file.ts'
import { fromFlow, fromNeighbours, root } from '../../web/src/graph/gather.ts'
import { lookOf, tones } from '../../web/src/graph/look.ts'
import { begin, perform, place, redo, undo } from '../../web/src/graph/past.ts'
import { type Palette, pictureOf, toSvg } from '../../web/src/graph/picture.ts'
import { project } from '../../web/src/graph/project.ts'
import { COLOURS, type Edge, EMPTY, edgeId, freshNode, type Node, type Scene } from '../../web/src/graph/scene.ts'
import { toCsv, toGraphml } from '../../web/src/graph/take-along.ts'
import { effortOf } from '../effort.ts'

const node = (name: string, part: Partial<Node> = {}): Node =>
  freshNode({ id: name, kind: 'address', network: 'bitcoin', name, ...part })

const edge = (from: string, to: string, units: number, part: Partial<Edge> = {}): Edge => {
  const amount = { asset: 'BTC', contract: null, decimals: 8, methods: null }
  return {
    ...{ id: edgeId(from, to, part.txid ?? 'BTC'), from, to, count: 1, txid: null },
    ...{ first: '2024-01-01T00:00:00Z', last: '2024-01-02T00:00:00Z' },
    amount: { ...amount, least: String(units), most: String(units) },
    ...part,
  }
}

const scene = (nodes: Node[], edges: Edge[]): Scene => reduce(EMPTY, { kind: 'add', nodes, edges })

const label = (name: string, category: string) => ({ name, category, source: 's' }) as Node['label']

/** A — B — C, and B — D. */
const tree = scene(
  [node('A', { isRoot: true }), node('B'), node('C'), node('D', { label: label('Exchange X', 'exchange') })],
  [edge('A', 'B', 500), edge('B', 'C', 300), edge('B', 'D', 200)],
)
const ids = (one: Scene) =>
  project(one)
    .nodes.map(({ id }) => id)
    .sort()
    .join(' ')

test('collapsing takes what hangs on a node alone, never a root or what the analyst touched', () => {
  assert.equal(ids(reduce(tree, { kind: 'collapse', ids: ['B'] })), 'A B')
  const noted = reduce(tree, { kind: 'note', id: 'C', note: 'look' })
  assert.equal(ids(reduce(noted, { kind: 'collapse', ids: ['B'] })), 'A B C')
  const pinned = reduce(tree, { kind: 'pin', at: { D: { x: 1, y: 1, pinned: true } } })
  assert.equal(ids(reduce(pinned, { kind: 'collapse', ids: ['B'] })), 'A B D')
})

test('what is known keeps its colour and note when it is found again, and learns its label', () => {
  const coloured = reduce(tree, { kind: 'colour', ids: ['C'], colour: 'red' })
  const again = reduce(coloured, { kind: 'add', nodes: [node('C', { label: label('Pool', 'mixer') })], edges: [] })
  assert.deepEqual([again.nodes['C']!.colour, again.nodes['C']!.label!.name], ['red', 'Pool'])
})

test('filters hide and count: by hops, category, amount, time and asset; a root stays', () => {
  const by = (filter: Partial<Scene['filter']>) => {
    const drawn = project(reduce(tree, { kind: 'filter', filter }))
    return [
      drawn.nodes
        .map(({ id }) => id)
        .sort()
        .join(' '),
      drawn.hidden,
    ]
  }
  assert.deepEqual(by({ hops: 1 }), ['A B', 2])
  assert.deepEqual(by({ without: ['exchange'] }), ['A B C', 1])
  assert.deepEqual(by({ least: '0.000003' }), ['A B C', 1])
  assert.deepEqual(by({ from: '2024-02-01' }), ['A', 3])
  assert.deepEqual(by({ asset: 'USDT' }), ['A', 3])
  assert.deepEqual(by({ least: 'nonsense' }), ['A B C D', 0])
})

test('entities merge by label, else by cluster; sums are exact and several assets stay apart', () => {
  const cluster = { name: 'P', size: 3 }
  const merged = project(
    reduce(
      scene(
        [
          node('A', { isRoot: true }),
          node('P', { cluster }),
          node('Q', { cluster }),
          node('X', { label: label('Y', 'exchange') }),
        ],
        [edge('A', 'P', 1), edge('A', 'Q', 2), edge('P', 'X', 7), edge('P', 'Q', 9)],
      ),
      { kind: 'view', view: 'entity' },
    ),
  )
  assert.deepEqual(
    merged.edges.map(({ from, to, amounts }) => [from, to, amounts.map(one => one.most)]),
    [
      ['A', 'c:bitcoin:P', [3n]],
      ['c:bitcoin:P', 'e:Y', [7n]],
    ],
  )
  assert.equal(merged.nodes.find(({ id }) => id === 'c:bitcoin:P')!.addresses, 3)
})

test('a transaction with one payer is its edges; with several it stays; its own view splits what is one', () => {
  const txid = 'f'.repeat(64)
  const middle = freshNode({ id: `t:bitcoin:${txid}`, kind: 'transaction', network: 'bitcoin', name: txid })
  const one = (id: string) => ({ txid: id })
  const several = scene(
    [node('A'), node('B'), node('C'), middle],
    [edge('A', middle.id, 5, one(txid)), edge('B', middle.id, 5, one(txid)), edge(middle.id, 'C', 9, one(txid))],
  )
  assert.equal(ids(several), `A B C ${middle.id}`)
  const grouped = reduce(reduce(several, { kind: 'group', ids: ['A', 'B'], group: 'g1', name: 'two' }), {
    ...{ kind: 'fold', group: 'g1', folded: true },
  })
  assert.deepEqual(
    project(grouped).edges.map(line => [line.from, line.to, line.amounts[0]!.most]),
    [['g:g1', 'C', 9n]],
  )
  const split = project(
    reduce(scene([node('A'), node('B')], [edge('A', 'B', 5, one(txid))]), { kind: 'view', view: 'transaction' }),
  )
  assert.deepEqual(
    split.edges.map(line => [line.from, line.to]),
    [
      ['A', middle.id],
      [middle.id, 'B'],
    ],
  )
})

test('methods of a trace: what no value took is not drawn; the envelope is the least and most that conserve', () => {
  const methods = { poison: '9', haircut: '4', fifo: '0', lifo: '7', tiho: '5' }
  const amount = { asset: 'BTC', contract: null, decimals: 8, least: '0', most: '0', methods }
  const traced = scene([node('A', { isRoot: true }), node('B')], [{ ...edge('A', 'B', 1), amount }])
  const by = (method: string) =>
    project(reduce(traced, { kind: 'method', method })).edges.map(line => [
      line.amounts[0]!.least,
      line.amounts[0]!.most,
    ])
  assert.deepEqual([by('haircut'), by('fifo'), by('poison'), by('envelope')], [[[4n, 4n]], [], [[9n, 9n]], [[0n, 7n]]])
})

test('undo and redo give each scene back; where nodes lie is no step', () => {
  const acts = fc.oneof(
    fc.record({ kind: fc.constant('colour'), ids: fc.subarray(['A', 'B', 'C']), colour: fc.constantFrom(...COLOURS) }),
    fc.record({ kind: fc.constant('note'), id: fc.constantFrom('A', 'B'), note: fc.string() }),
    fc.record({ kind: fc.constant('remove'), ids: fc.subarray(['A', 'B', 'C', 'D']) }),
    fc.record({ kind: fc.constant('view'), view: fc.constantFrom('address', 'entity', 'transaction') }),
    fc.record({ kind: fc.constant('filter'), filter: fc.record({ hops: fc.nat(3) }) }),
  ) as fc.Arbitrary<Act>
  fc.assert(
    fc.property(fc.array(acts, { maxLength: 12 }), list => {
      const past = list.reduce(perform, begin(tree))
      let back = past
      for (let i = 0; i < past.before.length; i++) back = undo(back)
      assert.equal(back.now, tree)
      for (let i = 0; i < past.before.length; i++) back = redo(back)
      assert.equal(back.now, past.now)
    }),
  )
  const moved = place(begin(tree), new Map([['A', { x: 5, y: 6 }]]))
  assert.deepEqual([moved.before.length, moved.now.places['A']], [0, { x: 5, y: 6, pinned: false }])
})

test('a saved graph comes back equal; what is no graph, or not whole, is refused part by part', () => {
  const rich = [
    { kind: 'group', ids: ['C'], group: 'g1', name: 'مجموعة' },
    { kind: 'note', id: 'B', note: '<img src=x onerror=1>' },
    { kind: 'pin', at: { A: { x: 1, y: 2, pinned: true } } },
  ].reduce((one, act) => reduce(one, act as Act), tree)
  const opened = open(save(rich, '2026-01-01T00:00:00Z'))!
  assert.deepEqual([opened.scene, opened.refused, opened.savedAt], [rich, 0, '2026-01-01T00:00:00Z'])
  for (const text of ['', 'null', '[]', '{"format":"other"}', '{"format":"athar-graph","version":2,"scene":{}}'])
    assert.equal(open(text), undefined, text)
  const hostile = JSON.parse(save(rich, ''))
  hostile.scene.nodes['X'] = { kind: 'script', network: 'bitcoin', name: 'x' }
  hostile.scene.nodes['Y'] = { kind: 'address', network: '"><script>', name: 'x' }
  hostile.scene.edges['Z'] = { from: 'A', to: 'nowhere', amount: null, count: 1 }
  hostile.scene.edges['W'] = { from: 'A', to: 'B', amount: { least: '1', most: '1e999' } }
  const read = open(JSON.stringify(hostile).replace('"X":', '"__proto__":{"kind":"address"},"X":'))!
  assert.deepEqual([read.scene, read.refused], [rich, 5])
  fc.assert(
    fc.property(
      fc.jsonValue(),
      value => void open(JSON.stringify({ format: 'athar-graph', version: 1, scene: value })),
    ),
  )
})

test('answers become nodes and edges; a page says how many it left out', () => {
  const usd = null
  const amount = { asset: 'BTC', network: 'bitcoin', amount: '5', decimals: 8, value: '0.00000005', usd }
  const centre = root('bitcoin', 'A').nodes[0]!
  const answer = {
    ...{ address: 'A', network: 'bitcoin', direction: 'out', by: 'address', asked: 1, cluster: null },
    neighbours: [
      {
        ...{ address: 'B', nobody: null, direction: 'out', cluster: null, transactions: 2, label: null },
        ...{ first: '2024-01-01T00:00:00Z', last: '2024-01-02T00:00:00Z', amounts: [{ least: amount, most: amount }] },
      },
    ],
    ...{ total: 9, left: 8, cursor: '1', notes: [] },
  } as unknown as Parameters<typeof fromNeighbours>[0]
  const { nodes, edges } = fromNeighbours(answer, centre)
  const drawn = project(scene([...nodes], [...edges]))
  assert.deepEqual([drawn.left, drawn.nodes.length, drawn.edges[0]!.count], [8, 2, 2])
  const csv = toCsv(drawn)
  assert.match(csv, /^not-shown,A,,,,bitcoin,,,,,8,,,,"neighbours come in pages[^\r]*"\r$/m)
  assert.match(csv, /^edge,A,,B,,bitcoin,BTC,,0\.00000005,0\.00000005,2,/m)
  const graphml = toGraphml(drawn, 'says <this> & that')
  assert.match(graphml, /<desc>says &lt;this&gt; &amp; that<\/desc>/)
  assert.match(graphml, /<data key="node-notShownOut">8<\/data>/)
})

test('a flow: one payer straight to its payees, several through their transaction', () => {
  const side = (address: string, units: string) => ({
    address,
    amounts: { fifo: { asset: 'BTC', network: 'bitcoin', amount: units, decimals: 8, value: '', usd: null } },
  })
  const party = (address: string, isOrigin = false) => ({
    address,
    isOrigin,
    label: null,
    cluster: null,
    stoppedBecause: null,
  })
  const step = { time: '2024-01-01T00:00:00Z', height: 1 }
  const answer = {
    ...{ origin: ['A'], network: 'bitcoin', direction: 'forward', declared: {}, methods: ['fifo'], total: 2, left: 0 },
    parties: [party('A', true), party('B'), party('C')],
    steps: [
      { ...step, txid: '1'.repeat(64), hops: 1, paid: [side('A', '9')], got: [side('B', '5'), side('C', '4')] },
      { ...step, txid: '2'.repeat(64), hops: 2, paid: [side('B', '5'), side('C', '4')], got: [side('D', '9')] },
    ],
    ...{ notes: [], run: 1 },
  } as unknown as Parameters<typeof fromFlow>[0]
  const { nodes, edges } = fromFlow(answer)
  const drawn = project(reduce(scene([...nodes], [...edges]), { kind: 'method', method: 'fifo' }))
  assert.deepEqual(drawn.edges.map(({ from, to }) => `${from.slice(0, 12)}>${to.slice(0, 12)}`).sort(), [
    'a:bitcoin:A>a:bitcoin:B',
    'a:bitcoin:A>a:bitcoin:C',
    'a:bitcoin:B>t:bitcoin:22',
    'a:bitcoin:C>t:bitcoin:22',
    't:bitcoin:22>a:bitcoin:D',
  ])
})

test('a picture holds names inert, isolated and whole; colour never stands alone', () => {
  const palette = new Proxy({}, { get: () => '#123456' }) as Palette
  const hostile = scene(
    [node('A', { isRoot: true, label: label('<script>\u202eمنصة', 'exchange') }), node('B')],
    [edge('A', 'B', 1)],
  )
  const svg = toSvg(pictureOf(project(hostile), palette, ['3 more not shown'], true), 'title', 'ar')
  assert.ok(!svg.includes('<script>') && !svg.includes('\u202e'))
  assert.match(svg, /⟦U\+202E⟧منصة/)
  assert.match(svg, /3 more not shown/)
  const looks = tones.filter(tone => tone !== 'nobody' && tone !== 'transaction' && tone !== 'plain')
  assert.equal(looks.length, 5)
  const signs = (['exchange', 'mixer', 'sanctioned', 'bridge', 'government'] as const).map(category => {
    const { shape, sign } = lookOf({ kind: 'address', category })
    return `${shape} ${sign}`
  })
  assert.equal(new Set(signs).size, 5)
})

test('arrow keys walk to the nearest in a cone, else to what lies on that side', () => {
  const spots = [
    { id: 'a', x: 0, y: 0 },
    { id: 'b', x: 10, y: 1 },
    { id: 'c', x: 5, y: 40 },
    { id: 'd', x: 30, y: 0 },
  ]
  assert.deepEqual(
    (['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp'] as const).map(arrow => ahead(spots, spots[0]!, arrow)?.id),
    ['b', 'c', undefined, undefined],
  )
})

test('a scene has a limit, and 5,000 nodes are projected at once', () => {
  const many = Array.from({ length: 5000 }, (_, i) => node(`N${i}`, { isRoot: i === 0 }))
  const links = many.slice(1).map((one, i) => edge(`N${Math.floor(i / 3)}`, one.id, i + 1))
  const big = scene(many, links)
  let drawn = project(scene([], []))
  const effort = effortOf(() => {
    drawn = project(big)
  })
  assert.deepEqual([drawn.nodes.length, drawn.edges.length], [5000, 4999])
  assert.ok(effort < 500, `${effort} ms`)
  const over = Array.from({ length: NODES_MAX + 5 }, (_, i) => node(`M${i}`))
  assert.equal(Object.keys(scene(over, []).nodes).length, NODES_MAX)
})
