import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { parse as parseAlerts } from './alert/asked.ts'
import type { GraphAsked } from './graph/use-graph.ts'
import { Broken, Lost } from './view/lost.tsx'
import { Shell } from './view/shell.tsx'

const root = createRootRoute({ component: Shell, notFoundComponent: Lost })

const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('./view/start.tsx'), 'Start'),
})

/** `/address/bitcoin/1La…`: every view has its own link. */
const address = createRoute({
  getParentRoute: () => root,
  path: '/address/$network/$address',
  component: lazyRouteComponent(() => import('./view/address.tsx'), 'AddressView'),
})

/** `/cases`: the cases with their reports; a case has a page of its own. */
const cases = createRoute({
  getParentRoute: () => root,
  path: '/cases',
  component: lazyRouteComponent(() => import('./view/cases.tsx'), 'Cases'),
})

const oneCase = createRoute({
  getParentRoute: () => root,
  path: '/cases/$name',
  component: lazyRouteComponent(() => import('./view/case.tsx'), 'CaseView'),
})

/** `/search?q=…` */
const search = createRoute({
  getParentRoute: () => root,
  path: '/search',
  validateSearch: (given: Record<string, unknown>) => ({ q: textOf(given['q']) }),
  component: lazyRouteComponent(() => import('./view/search.tsx'), 'SearchView'),
})

const captures = createRoute({
  getParentRoute: () => root,
  path: '/captures',
  component: lazyRouteComponent(() => import('./view/captures.tsx'), 'Captures'),
})

const capture = createRoute({
  getParentRoute: () => root,
  path: '/captures/$sha256',
  component: lazyRouteComponent(() => import('./view/capture.tsx'), 'CaptureView'),
})

const campaigns = createRoute({
  getParentRoute: () => root,
  path: '/campaigns',
  component: lazyRouteComponent(() => import('./view/campaigns.tsx'), 'Campaigns'),
})

const campaign = createRoute({
  getParentRoute: () => root,
  path: '/campaigns/$name',
  component: lazyRouteComponent(() => import('./view/campaign.tsx'), 'CampaignView'),
})

/** What a link to a trace says. */
export type TraceAsked = { origin: string; direction?: 'backward'; hops?: number; why?: string }

/** `/trace?origin=…&direction=backward&hops=3`: a trace can be sent as a link. */
const trace = createRoute({
  getParentRoute: () => root,
  path: '/trace',
  validateSearch: (given: Record<string, unknown>): TraceAsked => ({
    origin: textOf(given['origin']),
    ...(textOf(given['why']) === '' ? {} : { why: textOf(given['why']) }),
    ...(given['direction'] === 'backward' ? { direction: 'backward' as const } : {}),
    ...(Number.isInteger(given['hops']) ? { hops: given['hops'] as number } : {}),
  }),
  component: lazyRouteComponent(() => import('./view/trace.tsx'), 'TraceView'),
})

/** `/graph?at=…`, `/graph?trace=…`, `/graph?at=…&to=…`: a graph can be sent as a link. */
const graph = createRoute({
  getParentRoute: () => root,
  path: '/graph',
  validateSearch: (given: Record<string, unknown>): GraphAsked => ({
    ...textFields(given, ['at', 'to', 'network', 'trace']),
    ...(given['direction'] === 'backward' ? { direction: 'backward' as const } : {}),
    ...(Number.isInteger(given['hops']) ? { hops: given['hops'] as number } : {}),
    ...(given['view'] === 'entity' ? { view: 'entity' as const } : {}),
  }),
  component: lazyRouteComponent(() => import('./view/graph.tsx'), 'GraphView'),
})

/** `/alerts?state=closed&rule=burst`: what rules found, what is watched, and the rules themselves. */
const alerts = createRoute({
  getParentRoute: () => root,
  path: '/alerts',
  validateSearch: parseAlerts,
  component: lazyRouteComponent(() => import('./view/alerts.tsx'), 'Alerts'),
})

const screen = createRoute({
  getParentRoute: () => root,
  path: '/screen',
  component: lazyRouteComponent(() => import('./view/screen.tsx'), 'ScreenView'),
})

const lists = createRoute({
  getParentRoute: () => root,
  path: '/lists',
  component: lazyRouteComponent(() => import('./view/lists.tsx'), 'Lists'),
})

const entities = createRoute({
  getParentRoute: () => root,
  path: '/entities',
  component: lazyRouteComponent(() => import('./view/entities.tsx'), 'Entities'),
})

const entity = createRoute({
  getParentRoute: () => root,
  path: '/entities/$id',
  component: lazyRouteComponent(() => import('./view/entities.tsx'), 'EntityView'),
})

const all = [
  ...[start, address, search, captures, capture, campaigns, campaign, trace],
  ...[graph, screen, alerts, lists, entities, entity, cases, oneCase],
]

export const router = createRouter({
  routeTree: root.addChildren(all),
  defaultPreload: 'intent',
  defaultErrorComponent: Broken,
  defaultNotFoundComponent: Lost,
  scrollRestoration: true,
})

/** A query of digits alone is read as a number by the router. */
function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function textFields<K extends string>(given: Record<string, unknown>, names: readonly K[]): Partial<Record<K, string>> {
  const found: Partial<Record<K, string>> = {}
  for (const name of names) if (textOf(given[name]) !== '') found[name] = textOf(given[name])
  return found
}

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
