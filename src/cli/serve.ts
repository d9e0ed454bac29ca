import type { Config } from '../app/config.ts'
import { check } from '../app/input.ts'
import type { Operation } from '../app/operation.ts'
import type { Row } from '../app/table.ts'
import { systemClock } from '../std/clock.ts'
import * as Option from './option.ts'
import type { Terminal } from './terminal.ts'

/** Where the workbench listens unless told otherwise. Ours. */
const PORT = 8710

/** `serve` is a face, not an operation: the command line starts it, no other face offers it. */
const serving: Operation = {
  name: 'serve',
  summary: 'Serve the workbench and the API on this machine',
  access: 'read',
  fields: {
    host: { type: 'string', says: 'Loopback address to listen on', default: '127.0.0.1' },
    port: { type: 'integer', says: 'Port; 0 takes a free one', default: PORT },
  },
  examples: [
    { command: 'athar serve', says: 'prints a link that works once: open it in a browser' },
    { command: 'athar serve --port 0 --json', says: 'a free port; link and token as JSON, for a script' },
  ],
  run: () => null,
}

export const serveRow: Row = {
  name: serving.name,
  summary: serving.summary,
  access: serving.access,
  load: async () => serving,
}

type Asked = { readonly json: boolean }

/** `athar serve …`. Ends when it is told to stop. */
export async function startServing(
  words: readonly string[],
  asked: Asked,
  config: Config,
  terminal: Terminal,
): Promise<number> {
  const parsed = Option.parse(serving, words, terminal.columns)
  if (parsed.kind === 'help') terminal.out(parsed.text)
  else await serve(parsed.input, config, terminal, asked.json)
  return 0
}

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
