import type { IncomingHttpHeaders } from 'node:http'
import { Failure } from '../std/failure.ts'

/**
 * What every request must show, before anything else is looked at: that it was meant for this server and did not come
 * from another site.
 *
 * Host keeps out DNS rebinding (a name of the attacker's that resolves to 127.0.0.1), Origin and Sec-Fetch-Site keep
 * out requests that another page makes. `same-site` is refused too: another port of localhost is the same site.
 *
 * Failures: Request.ForeignHost, Request.ForeignOrigin.
 */
export function checkSource(headers: IncomingHttpHeaders, port: number): void {
  const { host, origin } = headers
  if (host === undefined || !hosts(port).includes(host.toLowerCase())) throw foreignHost(host)
  if (origin !== undefined && origin !== `http://${host.toLowerCase()}`) throw foreignOrigin('Origin', origin)
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    throw foreignOrigin('Sec-Fetch-Site', String(site))
}

/** A change asked for with a cookie must prove that it comes from our own page: browsers always send one of the two. */
export function checkOwnPage(headers: IncomingHttpHeaders): void {
  if (headers.origin !== undefined || headers['sec-fetch-site'] === 'same-origin') return
  throw foreignOrigin('Origin', 'none')
}

function hosts(port: number): readonly string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]
}

function foreignHost(host: string | undefined): Failure {
  return new Failure('Request.ForeignHost', 'denied', `This server does not answer to the host "${short(host)}".`, {
    hint: 'Use the address that `athar serve` printed.',
    facts: { host: short(host) },
  })
}

function foreignOrigin(header: string, value: string): Failure {
  return new Failure(
    'Request.ForeignOrigin',
    'denied',
    `The request comes from another site (${header}: ${short(value)}).`,
    {
      hint: 'Open the workbench by the address that `athar serve` printed; scripts send no Origin, but a bearer token.',
      facts: { header, value: short(value) },
    },
  )
}

function short(text: string | undefined): string {
  return text === undefined ? '' : text.slice(0, 80)
}
