import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
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

export const router = createRouter({
  routeTree: root.addChildren([start, address, cases, oneCase]),
  defaultPreload: 'intent',
  defaultErrorComponent: Broken,
  defaultNotFoundComponent: Lost,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
