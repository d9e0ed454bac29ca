import { DirectedGraph } from 'graphology'
import Sigma from 'sigma'
import { EdgeArrowProgram } from 'sigma/rendering'
import type { Digits } from '../word/digit.ts'
import { type Arrow, ahead, type Spot } from './ahead.ts'
import { type Arranger, createArranger } from './arranger.ts'
import { lookOf, sizeOf } from './look.ts'
import { drawAmount, drawHover, drawLabel, drawOver, type Over } from './over.ts'
import { FONT, fillOf, isFragile, type Palette, saidOf, titleOf, widthOf } from './picture.ts'
import type { Drawn, DrawnNode } from './project.ts'
import { createRoom } from './room.ts'
import type { Place } from './scene.ts'
import { shapePrograms } from './shape-program.ts'

/** What a canvas is told, and what it tells. All that is true of the graph is in the scene; this draws it. */
export type Hand = {
  readonly select: (id: string | null, more: boolean) => void
  readonly expand: (id: string) => void
  readonly pin: (at: Record<string, Place>) => void
  readonly placed: (at: ReadonlyMap<string, { x: number; y: number }>) => void
  readonly moved: () => void
}

export type Canvas = {
  show(drawn: Drawn, look: Look): void
  arrange(): void
  fit(): void
  zoom(factor: number): void
  /** The node that lies next from another, by an arrow key. */
  next(id: string | null, arrow: Arrow): string | null
  /** Brings a node into sight. */
  reveal(id: string): void
  places(): Map<string, { x: number; y: number }>
  sigma(): Sigma
  close(): void
}

export type Look = {
  readonly palette: Palette
  readonly selected: ReadonlySet<string>
  readonly focus: string | null
  readonly turned: boolean
  readonly layout: 'flow' | 'web'
  readonly still: boolean
  /** How figures are written: when that changes, they are written anew. */
  readonly digits: Digits
}

/** Edges up to which each bears its amount; beyond it only those of what is chosen, and of very many none. */
const AMOUNTS_MAX = 14
const LINES_MAX = 1500

export function openCanvas(container: HTMLElement, over: HTMLCanvasElement, hand: Hand): Canvas {
  const graph = new DirectedGraph()
  const state: State = { drawn: new Map(), look: null, dragging: null, shown: null }
  const room = createRoom()
  const sigma = new Sigma(graph, container, {
    ...{ nodeProgramClasses: shapePrograms(), defaultNodeType: 'circle', defaultEdgeType: 'arrow' },
    edgeProgramClasses: { arrow: EdgeArrowProgram },
    ...{ labelFont: FONT, labelSize: 12, labelRenderedSizeThreshold: 5, labelDensity: 1.2, labelGridCellSize: 110 },
    ...{ edgeLabelFont: FONT, edgeLabelSize: 11, minEdgeThickness: 1, zIndex: false, hideEdgesOnMove: false },
    ...{ enableCameraRotation: false, allowInvalidContainer: true, stagePadding: 48, doubleClickZoomingRatio: 1 },
    defaultDrawNodeLabel: (context, data, settings) => drawLabel(context, data, settings, state.look, room),
    defaultDrawEdgeLabel: (context, edge, from, to, { edgeLabelSize }) =>
      drawAmount(context, edge, [from, to], edgeLabelSize, state.look, room),
    defaultDrawNodeHover: (context, data, settings) => drawHover(context, data, settings, state.look),
  })
  const arranger = createArranger(graph, {
    isHeld: id => state.dragging === id || state.drawn.get(id)?.place.pinned === true,
    began: () => container.setAttribute('data-layout', 'moving'),
    done(at) {
      container.setAttribute('data-layout', 'still')
      hand.placed(at)
    },
  })
  listen(sigma, graph, state, hand)
  sigma.on('beforeRender', () => room.clear())
  sigma.on('afterRender', () => {
    if (state.look === null) return
    const shown: Over = { sigma, canvas: over, nodes: state.drawn, look: state.look }
    drawOver(shown)
    hand.moved()
  })
  return {
    show: (drawn, look) => show(sigma, graph, arranger, state, drawn, look),
    arrange: () => arrange(graph, arranger, state),
    fit: () => void sigma.getCamera().animate({ x: 0.5, y: 0.5, ratio: 1 }, { duration: speed(state.look) }),
    zoom: factor => {
      const camera = sigma.getCamera()
      void camera.animate({ ratio: camera.ratio * factor }, { duration: speed(state.look) })
    },
    next: (id, arrow) => next(sigma, graph, id, arrow),
    reveal: id => reveal(sigma, graph, id, speed(state.look)),
    places: () => new Map(graph.mapNodes((id, { x, y }) => [id, { x, y }])),
    sigma: () => sigma,
    close() {
      arranger.close()
      sigma.kill()
    },
  }
}

type State = { drawn: Map<string, DrawnNode>; look: Look | null; dragging: string | null; shown: Shown | null }

type Shown = { readonly edges: Drawn['edges']; readonly look: Look }

function speed(look: Look | null): number {
  return look?.still === true ? 0 : 250
}

function show(sigma: Sigma, graph: DirectedGraph, arranger: Arranger, state: State, drawn: Drawn, look: Look): void {
  performance.mark('graph-show')
  const turned = state.look !== null && (state.look.layout !== look.layout || state.look.turned !== look.turned)
  state.drawn = new Map(drawn.nodes.map(node => [node.id, node]))
  state.look = look
  const same = isSame(state.shown, drawn, look)
  if (!same) {
    const lines = new Set(drawn.edges.map(line => line.id))
    graph.forEachEdge(id => void (lines.has(id) || graph.dropEdge(id)))
  }
  graph.forEachNode(id => void (state.drawn.has(id) || graph.dropNode(id)))
  const fresh = showNodes(graph, drawn, look)
  if (!same) showLines(graph, drawn, look)
  state.shown = { edges: drawn.edges, look }
  const { ink } = look.palette
  sigma.setSettings({
    ...{ labelColor: { color: ink }, edgeLabelColor: { color: ink }, renderEdgeLabels: graph.size <= LINES_MAX },
    stagePadding: look.layout === 'flow' ? 130 : 60,
  })
  // Sigma measures once: without this a graph that came all at once is seen after the next turn of the camera.
  sigma.refresh()
  performance.measure('graph-drawn', 'graph-show')
  if (turned || fresh > 0) arrange(graph, arranger, state)
}

/** Attributes are changed in place and told once, by the refresh: thousands of events would each be a task. */
function showNodes(graph: DirectedGraph, { nodes }: Drawn, look: Look): number {
  let fresh = 0
  for (const node of nodes) {
    const attributes = { ...nodeAttributes(node, look), ...(node.placed ? placeOf(node) : {}) }
    if (graph.hasNode(node.id)) Object.assign(graph.getNodeAttributes(node.id), attributes)
    else graph.addNode(node.id, { ...attributes, ...placeOf(node) })
    if (!node.placed) fresh++
  }
  return fresh
}

function showLines(graph: DirectedGraph, { edges }: Drawn, look: Look): void {
  const amounts = edges.length <= AMOUNTS_MAX
  for (const line of edges) {
    const fragile = isFragile(line)
    const color = fragile ? look.palette.fragile : look.palette.edge
    const near = amounts || chosen(look, line.from) || chosen(look, line.to)
    const label = near ? `\u2066${saidOf(line)}\u2069` : null
    const attributes = { size: widthOf(line), color, label, forceLabel: near }
    if (graph.hasEdge(line.id)) Object.assign(graph.getEdgeAttributes(line.id), attributes)
    else graph.addDirectedEdgeWithKey(line.id, line.from, line.to, attributes)
  }
}

/** Whether the lines look as they did: the same list, in the same light, with the same chosen. */
function isSame(shown: Shown | null, { edges }: Drawn, { palette, selected, focus, digits }: Look): boolean {
  if (shown?.edges !== edges || shown.look.digits !== digits) return false
  return shown.look.palette === palette && shown.look.selected === selected && shown.look.focus === focus
}

function chosen({ selected, focus }: Look, id: string): boolean {
  return focus === id || selected.has(id)
}

function arrange(graph: DirectedGraph, arranger: Arranger, { look }: State): void {
  if (look !== null && graph.order > 1) arranger.run({ kind: look.layout, turned: look.turned, moving: !look.still })
}

function placeOf({ place }: DrawnNode): { x: number; y: number } {
  return { x: place.x, y: place.y }
}

function nodeAttributes(node: DrawnNode, { palette, selected, focus }: Look): object {
  const look = lookOf(node)
  const near = node.isRoot || selected.has(node.id) || focus === node.id
  return {
    ...{
      type: look.shape,
      color: fillOf(node, look, palette),
      label: node.kind === 'transaction' ? '' : titleOf(node),
    },
    ...{ size: sizeOf(node), forceLabel: near || (node.category !== null && node.kind === 'entity') },
  }
}

function listen(sigma: Sigma, graph: DirectedGraph, state: State, hand: Hand): void {
  let moved = false
  sigma.on('clickNode', ({ node, event }) => {
    const { ctrlKey, shiftKey, metaKey } = event.original as MouseEvent
    if (!moved) hand.select(node, ctrlKey || shiftKey || metaKey)
  })
  sigma.on('doubleClickNode', ({ node, preventSigmaDefault }) => {
    preventSigmaDefault()
    hand.expand(node)
  })
  sigma.on('clickStage', () => hand.select(null, false))
  sigma.on('downNode', ({ node }) => {
    state.dragging = node
    moved = false
  })
  sigma.on('moveBody', ({ event }) => {
    if (state.dragging === null) return
    if (!sigma.getCustomBBox()) sigma.setCustomBBox(sigma.getBBox())
    const { x, y } = sigma.viewportToGraph(event)
    graph.mergeNodeAttributes(state.dragging, { x, y })
    moved = true
    event.preventSigmaDefault()
    event.original.preventDefault()
  })
  const drop = () => {
    const id = state.dragging
    state.dragging = null
    sigma.setCustomBBox(null)
    if (id === null || !moved || !graph.hasNode(id)) return
    const { x, y } = graph.getNodeAttributes(id)
    hand.pin({ [id]: { x, y, pinned: true } })
  }
  sigma.on('upNode', drop)
  sigma.on('upStage', drop)
}

function next(sigma: Sigma, graph: DirectedGraph, id: string | null, arrow: Arrow): string | null {
  const spots: Spot[] = graph.mapNodes((one, { x, y }) => ({ id: one, ...sigma.graphToViewport({ x, y }) }))
  const from = spots.find(spot => spot.id === id)
  if (from === undefined) return spots[0]?.id ?? null
  return ahead(spots, from, arrow)?.id ?? null
}

function reveal(sigma: Sigma, graph: DirectedGraph, id: string, duration: number): void {
  if (!graph.hasNode(id)) return
  const { x, y } = graph.getNodeAttributes(id)
  const at = sigma.graphToViewport({ x, y })
  const { width, height } = sigma.getDimensions()
  if (at.x > 40 && at.y > 40 && at.x < width - 40 && at.y < height - 40) return
  const data = sigma.getNodeDisplayData(id)
  if (data !== undefined) void sigma.getCamera().animate({ x: data.x, y: data.y }, { duration })
}
