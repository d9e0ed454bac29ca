import type { Config } from '../app/config.ts'
import { check } from '../app/input.ts'
import { systemClock } from '../std/clock.ts'
import { serving } from './serve-row.ts'
import type { Terminal } from './terminal.ts'

/** Serves until SIGINT or SIGTERM. */
export async function serve(
  input: Record<string, unknown>,
  config: Config,
  terminal: Terminal,
  json: boolean,
): Promise<void> {
  const { host, port } = check(serving, input) as { host: string; port: number }
  const { startServer } = await import('../http/http.ts')
  const report = (cause: unknown) =>
    terminal.note(`athar: defect: ${cause instanceof Error ? cause.stack : String(cause)}\n`)
  const { directory, user } = config
  const server = await startServer({ directory, user, clock: systemClock, host, port, report })
  if (json) terminal.out(`${JSON.stringify({ url: server.link(), origin: server.origin, token: server.token })}\n`)
  else terminal.out(said(server.link(), server.origin, server.token))
  await stopped()
  await server.close()
}

function said(link: string, origin: string, token: string): string {
  return `The workbench: ${link}
  (the link works once; the browser then has a session)
API: ${origin}/openapi.json
  Authorization: Bearer ${token}
Stop with Ctrl-C.
`
}

function stopped(): Promise<void> {
  return new Promise(resolve => {
    process.once('SIGINT', () => resolve()).once('SIGTERM', () => resolve())
  })
}
