import type { Operation } from '../app/operation.ts'
import type { Row } from '../app/table.ts'

/** Where the workbench listens unless told otherwise. Ours. */
const PORT = 8710

/** `serve` is a face, not an operation: the command line starts it, no other face offers it. */
export const serving: Operation = {
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
