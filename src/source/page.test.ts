import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createSocket } from 'node:net'
import { after, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { sha256Hex } from '../std/digest.ts'
import { Failure } from '../std/failure.ts'
import type { Query } from './client.ts'
import { fetchPage, type Manners } from './page.ts'
import { isLocalName, isPublic } from './page-address.ts'
import { isAllowed } from './page-robots.ts'

type Handle = (request: IncomingMessage, response: ServerResponse) => void

const closers: (() => void)[] = []
after(() => {
  for (const close of closers) close()
})

/** A server on loopback; it has no robots.txt unless `handle` gives one. */
async function serve(handle: Handle): Promise<string> {
  const server = createServer((request, response) => {
    if (request.url !== '/robots.txt') return handle(request, response)
    response.statusCode = 404
    response.end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const log: Query[] = []

function manners(more: Partial<Manners> = {}): Manners {
  return {
    ...{ clock: () => 7, signal: new AbortController().signal, forbidden: false, proxy: null, allowPrivate: true },
    ...{ record: (query: Query) => void log.push(query), userAgent: 'Athar/test', ignoreRobots: false },
    ...{ bytesMax: 1_000_000, secondsMax: 5 },
    ...more,
  }
}

async function failureOf(url: string, more: Partial<Manners> = {}): Promise<string> {
  try {
    await fetchPage(url, manners(more))
    return 'fetched'
  } catch (cause) {
    assert.ok(cause instanceof Failure, String(cause))
    return cause.name
  }
}

test('a page through a redirection: each step with headers, address and digest; every query is logged', async () => {
  const origin = await serve((request, response) => {
    if (request.url === '/a') return response.writeHead(302, { location: '/b?x=1' }).end('moved')
    response.setHeader('content-type', 'text/html')
    response.end(`agent ${request.headers['user-agent']}`)
  })
  log.length = 0
  const page = await fetchPage(`${origin}/a`, manners())
  assert.equal(Buffer.from(page.body).toString(), 'agent Athar/test')
  assert.deepEqual(
    [page.url, page.steps.map(one => [one.status, one.ip, one.certificate])],
    [
      `${origin}/b?x=1`,
      [
        [302, '127.0.0.1', null],
        [200, '127.0.0.1', null],
      ],
    ],
  )
  assert.equal(page.steps[1]!.sha256, sha256Hex('agent Athar/test'))
  assert.ok(page.steps[0]!.headers.some(([name, value]) => name === 'location' && value === '/b?x=1'))
  assert.deepEqual(
    log.map(one => [one.url.slice(origin.length), one.status]),
    [
      ['/robots.txt', 404],
      ['/a', 302],
      ['/robots.txt', 404],
      ['/b?x=1', 200],
    ],
  )
})

test('private addresses are refused, by number, by name, by what a name resolves to, and after', async () => {
  const origin = await serve((_, response) =>
    response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end(),
  )
  const strict = { allowPrivate: false }
  assert.equal(await failureOf(origin, strict), 'Page.Private')
  for (const url of [
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://0x7f.1/',
    'http://2130706433/',
    'http://10.0.0.1/',
  ]) {
    assert.equal(await failureOf(url, strict), 'Page.Private', url)
  }
  for (const host of ['localhost', 'printer.local', 'db.internal']) {
    assert.equal(await failureOf(`http://${host}/`, strict), 'Page.Private', host)
  }
  const resolve = async () => ['93.184.216.34', '169.254.169.254']
  assert.equal(await failureOf('http://rebind.example/', { ...strict, resolve }), 'Page.Private')
  // Also through a proxy, which would resolve for us: nothing reaches it.
  assert.equal(await failureOf('http://127.0.0.1:1/', { ...strict, proxy: 'http://127.0.0.1:9' }), 'Page.Private')
})

test('a name is resolved once and the connection goes to that address, whatever the name says later', async () => {
  const origin = await serve((request, response) => response.end(`host ${request.headers.host}`))
  const { port } = new URL(origin)
  let asked = 0
  const resolve = async () => {
    asked++
    return ['127.0.0.1']
  }
  const page = await fetchPage(`http://no-such-name.example:${port}/`, manners({ resolve, ignoreRobots: true }))
  assert.deepEqual([Buffer.from(page.body).toString(), asked], [`host no-such-name.example:${port}`, 1])
})

test('a redirection from a public address to a private one is refused at its own step', async () => {
  const targets = ['169.254.169.254/latest/meta-data', '10.0.0.1', '[::1]', '0xa.1', 'localhost', 'inside.example']
  const origin = await serve(({ url }, response) => {
    const target = targets[Number(url?.slice(1))]
    if (target === undefined) response.end('reached')
    else response.writeHead(302, { location: `http://${target}/` }).end()
  })
  const { port } = new URL(origin)
  // The server on loopback stands for a public one, and only by this number.
  const strict = {
    ...{ allowPrivate: false, ignoreRobots: true, isPublic: (ip: string) => ip === '127.0.0.1' || isPublic(ip) },
    resolve: async (host: string) => (host === 'first.example' ? ['127.0.0.1'] : ['192.168.7.7']),
  }
  const page = await fetchPage(`http://first.example:${port}/end`, manners(strict))
  assert.equal(Buffer.from(page.body).toString(), 'reached')
  for (const [i, target] of targets.entries()) {
    log.length = 0
    assert.equal(await failureOf(`http://first.example:${port}/${i}`, strict), 'Page.Private', target)
    assert.deepEqual(
      log.map(one => one.status),
      [302],
      'nothing was asked of it',
    )
  }
})

test('hostile servers: bombs, endless and slow answers, wrong lengths, circles', async () => {
  const bomb = gzipSync(Buffer.alloc(50_000_000))
  const origin = await serve((request, response) => {
    if (request.url === '/bomb') response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
    else if (request.url === '/endless') {
      const pour = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536))) {}
      }
      response.on('drain', pour)
      pour()
    } else if (request.url === '/drip') {
      response.write('x')
      const timer = setInterval(() => response.write('x'), 50)
      response.on('close', () => clearInterval(timer))
    } else if (request.url === '/circle') response.writeHead(302, { location: '/circle' }).end()
    else if (request.url?.startsWith('/on'))
      response.writeHead(302, { location: `/on${request.url.length}${request.url}` }).end()
    else if (request.url === '/file') response.writeHead(302, { location: 'file:///etc/passwd' }).end()
  })
  assert.equal(await failureOf(`${origin}/bomb`), 'Page.TooLarge')
  assert.equal(await failureOf(`${origin}/endless`), 'Page.TooLarge')
  assert.equal(await failureOf(`${origin}/drip`, { secondsMax: 1 }), 'Page.TooSlow')
  assert.equal(await failureOf(`${origin}/circle`), 'Page.Redirects')
  assert.equal(await failureOf(`${origin}/on`), 'Page.Redirects')
  assert.equal(await failureOf(`${origin}/file`), 'Page.NotAnAddress')
  assert.equal(await failureOf('ftp://example.org/'), 'Page.NotAnAddress')
  assert.equal(await failureOf('https://user:word@example.org/'), 'Page.NotAnAddress')

  const liar = createSocket(socket => {
    socket.on('error', () => {})
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort'))
  })
  await new Promise<void>(resolve => liar.listen(0, '127.0.0.1', resolve))
  closers.push(() => liar.close())
  const place = `http://127.0.0.1:${(liar.address() as AddressInfo).port}/`
  assert.equal(await failureOf(place, { ignoreRobots: true }), 'Page.CutOff')
})

test('nothing is asked where egress is forbidden, and robots.txt is obeyed unless told otherwise', async () => {
  log.length = 0
  assert.equal(await failureOf('http://127.0.0.1:1/', { forbidden: true }), 'Source.NoEgress')
  assert.deepEqual(log, [])
  const server = createServer((request, response) => {
    response.end(request.url === '/robots.txt' ? 'User-agent: *\nDisallow: /private\n' : 'page')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => server.close())
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  assert.equal(await failureOf(`${origin}/private/1`), 'Page.Robots')
  assert.equal(await failureOf(`${origin}/open`), 'fetched')
  assert.equal(await failureOf(`${origin}/private/1`, { ignoreRobots: true }), 'fetched')
})

test('an HTTP proxy carries the question, and the page says so', async () => {
  const seen: string[] = []
  const proxy = createServer((request, response) => {
    seen.push(request.url!)
    response.end('by the proxy')
  })
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve))
  closers.push(() => proxy.close())
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
  const page = await fetchPage(
    'http://far.example/x',
    manners({ proxy: address, allowPrivate: false, ignoreRobots: true }),
  )
  assert.equal(Buffer.from(page.body).toString(), 'by the proxy')
  assert.deepEqual([seen, page.steps[0]!.ip], [['http://far.example/x'], null])
  assert.deepEqual(page.notes, ['It came through a proxy, which resolved the name.'])
})

test('which addresses are public, and which names are local', () => {
  const closed = ['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.255.0.1', '169.254.169.254', '172.31.9.9', '192.168.0.1']
  const alsoClosed = ['198.18.0.1', '224.0.0.1', '255.255.255.255', '::', '::1', '::ffff:8.8.8.8', 'fe80::1%eth0']
  const more = ['fc00::1', 'fd12::1', 'fec0::1', 'ff02::1', '64:ff9b::7f00:1', '2002:7f00:1::', '2001:db8::1', 'x', '']
  for (const address of [...closed, ...alsoClosed, ...more]) assert.equal(isPublic(address), false, address)
  for (const address of ['8.8.8.8', '172.32.0.1', '193.0.0.1', '2606:4700:4700::1111']) {
    assert.equal(isPublic(address), true, address)
  }
  assert.deepEqual(['localhost', 'a.LOCAL', 'example.org'].map(isLocalName), [true, true, false])
})

test('robots.txt: own group before *, longest rule wins, patterns', () => {
  const robots = 'User-agent: athar\nDisallow: /a\nAllow: /a/b\n\nUser-agent: *\nDisallow: /\n'
  assert.deepEqual(
    ['/a', '/a/b', '/c'].map(path => isAllowed(robots, 'Athar/1', path)),
    [false, true, true],
  )
  assert.equal(isAllowed(robots, 'Other', '/c'), false)
  assert.equal(isAllowed('User-agent: *\nDisallow: /*.php$', 'x', '/a.php'), false)
  assert.equal(isAllowed('User-agent: *\nDisallow: /*.php$', 'x', '/a.php5'), true)
  assert.equal(isAllowed(`User-agent: *\nDisallow: /${'*a'.repeat(1000)}$`, 'x', `/${'a'.repeat(900)}`), true)
})
