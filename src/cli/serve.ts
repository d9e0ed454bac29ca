import type { Config } from '../app/config.ts'
import { check } from '../app/input.ts'
import { systemClock } from '../std/clock.ts'
import { Failure } from '../std/failure.ts'
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
  const start = (on: number) => startServer({ directory, user, clock: systemClock, host, port: on, report })
  const server = await start(port).catch(cause => {
    // Nobody asked for this port: any other does as well.
    if (input['port'] === undefined && cause instanceof Failure && cause.name === 'Serve.PortTaken') return start(0)
    throw cause
  })
  if (json) terminal.out(`${JSON.stringify({ url: server.link(), origin: server.origin, token: server.token })}\n`)
  else terminal.out(said(server.link(), server.origin, server.token))
  const forget = onEnter(() => terminal.out(`The workbench: ${server.link()}\n`))
  await stopped()
  forget()
  await server.close()
}

function said(link: string, origin: string, token: string): string {
  return `The workbench: ${link}
  (the link works once; the browser then has a session; Enter prints a new link)
API: ${origin}/openapi.json
  Authorization: Bearer ${token}
Stop with Ctrl-C.
`
}

/** Calls back at each line typed, where a person sits at the keyboard. */
function onEnter(print: () => void): () => void {
  if (process.stdin.isTTY !== true) return () => {}
  process.stdin.on('data', print)
  return () => {
    process.stdin.off('data', print).pause()
  }
}

function stopped(): Promise<void> {
  return new Promise(resolve => {
    process.once('SIGINT', () => resolve()).once('SIGTERM', () => resolve())
  })
}
