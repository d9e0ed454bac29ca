import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { Shell } from './view/shell.tsx'

const root = createRootRoute({ component: Shell })

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

const reports = createRoute({
  getParentRoute: () => root,
  path: '/reports',
  component: lazyRouteComponent(() => import('./view/reports.tsx'), 'Reports'),
})

export const router = createRouter({ routeTree: root.addChildren([start, address, reports]), defaultPreload: 'intent' })

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
