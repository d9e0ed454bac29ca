import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { readFile } from '../app/read/file.ts'
import { toHex } from '../std/bytes.ts'
import { Failure } from '../std/failure.ts'
import { secretBytes } from '../std/random.ts'
import { headersOf, inertPolicy, pagePolicy } from './header.ts'
import type { Sessions } from './session.ts'

/**
 * The workbench: its built files, reports that can run nothing, and its page for every other address that a person may
 * open. The page's scripts and
 * styles are files; a component library's style elements carry the nonce that is put in place of NONCE.
 */
export async function addPages(app: FastifyInstance, directory: string, sessions: () => Sessions): Promise<void> {
  const root = findRoot()
  app.get('/', async (request, reply) => {
    const { token } = request.query as { token?: string }
    if (typeof token !== 'string') return sendPage(reply, root)
    return reply.header('set-cookie', sessions().enter(token)).redirect('/', 303)
  })
  app.get<{ Params: { sha256: string } }>('/api/v1/files/report/:sha256', async (request, reply) => {
    const bytes = readFile(directory, request.params.sha256)
    return reply.headers(headersOf(inertPolicy)).type('text/html; charset=utf-8').send(Buffer.from(bytes))
  })
  app.setNotFoundHandler(async (request, reply) => {
    if (!isPage(request)) throw notFound(request)
    return sendPage(reply, root)
  })
  if (root === null) return
  await app.register(fastifyStatic, {
    root,
    index: false,
    dotfiles: 'ignore',
    decorateReply: false,
    // The build lays brotli beside scripts and styles.
    preCompressed: true,
    setHeaders: (reply, path) => {
      for (const [name, value] of Object.entries(headersOf(pagePolicy(null)))) reply.header(name, value)
      reply.header('cache-control', path.includes('/assets/') ? 'private, max-age=31536000, immutable' : 'no-cache')
    },
  })
}

/** What stands in the built page for the nonce (`html.cspNonce` of Vite). */
export const NONCE = '__CSP_NONCE__'

/** web/dist in the repository; web beside this folder where the program is installed. */
function findRoot(): string | null {
  const here = import.meta.dirname
  const places = [resolve(here, '../../web/dist'), resolve(here, '../web')]
  return places.find(place => existsSync(join(place, 'index.html'))) ?? null
}

function sendPage(reply: FastifyReply, root: string | null): FastifyReply {
  const nonce = toHex(secretBytes(16))
  const html = root === null ? NOT_BUILT : readFileSync(join(root, 'index.html'), 'utf8')
  return reply
    .headers(headersOf(pagePolicy(nonce)))
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(html.replaceAll(NONCE, nonce))
}

/** Whether a browser asks for a page, and not for a file or for data. */
export function isPage(request: FastifyRequest): boolean {
  if (request.method !== 'GET' || request.url.startsWith('/api/')) return false
  const path = request.url.split('?')[0]!
  return !/\.[a-z0-9]{1,8}$/i.test(path) && String(request.headers.accept ?? '').includes('text/html')
}

/** What a browser without a session is shown. */
export const LOCKED = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Athar</title>
<h1>Athar</h1><p>Open the newest link that <code>athar serve</code> printed: each works once, and opens a session.</p>
<p lang="ar" dir="rtl">افتح أحدث رابط طبعه الأمر <code>athar serve</code>: يعمل كل رابط مرة واحدة، ويفتح جلسة.</p>
</html>
`

const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Athar</title>
<h1>Athar</h1><p>The workbench has not been built: run <code>npm start</code> once.
The API answers: <a href="/openapi.json">/openapi.json</a>.</p></html>
`

function notFound(request: FastifyRequest): Failure {
  const path = request.url.split('?')[0]!.slice(0, 120)
  return new Failure('Request.NotFound', 'missing', `There is nothing at ${request.method} ${path}.`, {
    hint: 'GET /openapi.json describes each route.',
    facts: { method: request.method, path },
  })
}
