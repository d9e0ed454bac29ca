import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { ask } from '../../test/sample/request.ts'
import { module, table } from '../../test/sample/table.ts'
import { systemClock } from '../std/clock.ts'
import { openFiles } from '../store/files.ts'
import { startServer } from './http.ts'

const directory = mkdtempSync(join(tmpdir(), 'athar-http-'))
const defects: unknown[] = []
const server = await startServer({
  ...{ directory, user: 'tester', clock: systemClock, host: '127.0.0.1', port: 0 },
  ...{ table: { module, rows: table }, report: cause => defects.push(cause) },
})
const { origin, token } = server
const bearer = { authorization: `Bearer ${token}` }
const json = { ...bearer, 'content-type': 'application/json' }

after(async () => {
  await server.close()
  rmSync(directory, { recursive: true })
})

function post(path: string, input: unknown, headers: Record<string, string> = json) {
  return ask(origin, path, { method: 'POST', headers, body: JSON.stringify(input) })
}

async function enter(): Promise<string> {
  const { searchParams } = new URL(server.link())
  const answer = await ask(origin, `/?token=${searchParams.get('token')}`)
  return answer.headers['set-cookie']![0]!.split(';')[0]!
}

test('an operation is a route: POST with its fields, GET where it only reads', async () => {
  const posted = await post('/api/v1/echo', { words: ['a', 'b'], count: 2 })
  assert.deepEqual([posted.status, JSON.parse(posted.text)], [200, { words: ['a', 'b'], count: 2 }])
  const got = await ask(origin, '/api/v1/echo?words=a&words=b&count=2', { headers: bearer })
  assert.deepEqual([got.status, JSON.parse(got.text)], [200, { words: ['a', 'b'], count: 2 }])
  assert.equal((await ask(origin, '/api/v1/slow/count?to=1', { headers: bearer })).status, 404)
})

test('failures are problems of RFC 9457 with the failure’s name, hint and facts', async () => {
  const refused = await post('/api/v1/refuse', {})
  assert.equal(refused.headers['content-type'], 'application/problem+json')
  assert.deepEqual(JSON.parse(refused.text), {
    type: 'urn:athar:error:Sample.Refused',
    title: 'Sample.Refused',
    name: 'Sample.Refused',
    kind: 'input',
    status: 422,
    detail: 'The value "x" is refused.',
    hint: 'Send y.',
    facts: { value: 'x' },
  })
  const statuses = await Promise.all([
    post('/api/v1/echo', { wrods: [] }),
    post('/api/v1/nothing', {}),
    ask(origin, '/api/v1/echo', { method: 'POST', headers: json, body: '{' }),
    ask(origin, '/api/v1/echo', { method: 'POST', headers: bearer, body: 'a' }),
    ask(origin, '/api/v1/echo', { method: 'POST', headers: json, body: '{"__proto__":{"a":1}}' }),
  ])
  assert.deepEqual(
    statuses.map(({ status }) => status),
    [400, 404, 400, 415, 400],
  )
})

test('a defect tells the log everything and the client nothing', async () => {
  const answer = await post('/api/v1/broken', {})
  assert.equal(answer.status, 500)
  assert.doesNotMatch(answer.text, /secret/)
  assert.match(String((defects.at(-1) as Error).message), /secret/)
})

test('another host, another site, another port of this machine: refused before anything is looked at', async () => {
  const { port } = server
  const strange: [Record<string, string>, number][] = [
    [{ host: 'evil.example' }, 421],
    [{ host: `evil.example:${port}` }, 421],
    [{ host: `127.0.0.1.evil.example:${port}` }, 421],
    [{ host: '127.0.0.1' }, 421],
    [{ host: `127.0.0.1:${port + 1}` }, 421],
    [{ origin: 'http://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: `http://127.0.0.1:${port + 1}` }, 403],
    [{ origin: `https://127.0.0.1:${port}` }, 403],
    [{ origin: `http://localhost:${port}` }, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
  ]
  for (const [headers, status] of strange) {
    for (const path of ['/', '/healthz', '/openapi.json', '/api/v1/echo?words=a']) {
      const answer = await ask(origin, path, { headers: { ...bearer, ...headers } })
      assert.equal(answer.status, status, `${path} ${JSON.stringify(headers)}`)
    }
  }
  const own = { ...bearer, origin, 'sec-fetch-site': 'same-origin' }
  assert.equal((await ask(origin, '/api/v1/echo?words=a', { headers: own })).status, 200)
})

test('without a session or token: nothing but health and the description', async () => {
  for (const path of ['/', '/api/v1/echo?words=a', '/api/v1/jobs', '/metrics', '/address/x', '/index.html']) {
    assert.equal((await ask(origin, path)).status, 401, path)
  }
  for (const path of ['/healthz', '/readyz', '/openapi.json']) assert.equal((await ask(origin, path)).status, 200, path)
  const wrong = await ask(origin, '/api/v1/jobs', { headers: { authorization: `Bearer ${'0'.repeat(64)}` } })
  assert.equal(wrong.status, 401)
  assert.equal(wrong.headers['www-authenticate'], 'Bearer')
  const page = await ask(origin, '/', { headers: { accept: 'text/html' } })
  assert.match(page.text, /athar serve/)
})

test('the printed link works once and becomes a cookie that scripts cannot read', async () => {
  const { searchParams } = new URL(server.link())
  const path = `/?token=${searchParams.get('token')}`
  const first = await ask(origin, path)
  assert.equal(first.status, 303)
  assert.equal(first.headers.location, '/')
  assert.match(first.headers['set-cookie']![0]!, /; HttpOnly; SameSite=Strict/)
  assert.equal((await ask(origin, path)).status, 401)
  assert.notEqual(server.link(), `${origin}${path}`)
  const cookie = first.headers['set-cookie']![0]!.split(';')[0]!
  assert.equal((await ask(origin, '/api/v1/jobs', { headers: { cookie } })).status, 200)
})

test('a change by cookie must come from our own page', async () => {
  const cookie = await enter()
  const blind = { cookie, 'content-type': 'application/json' }
  assert.equal((await post('/api/v1/slow/count', { to: 1 }, blind)).status, 403)
  assert.equal((await post('/api/v1/slow/count', { to: 1 }, { ...blind, origin })).status, 200)
  assert.equal((await post('/api/v1/slow/count', { to: 1 }, { ...blind, 'sec-fetch-site': 'same-origin' })).status, 200)
})

test('every answer carries the headers that keep a browser safe', async () => {
  const page = await ask(origin, '/', { headers: { ...bearer, accept: 'text/html' } })
  const policy = String(page.headers['content-security-policy'])
  for (const part of ["default-src 'none'", "script-src 'self';", "object-src 'none'", "frame-ancestors 'none'"]) {
    assert.ok(policy.includes(part), part)
  }
  assert.doesNotMatch(policy, /unsafe/)
  for (const path of ['/', '/healthz', '/nothing', '/api/v1/echo', '/api/v1/jobs']) {
    const { headers } = await ask(origin, path, { headers: bearer })
    assert.equal(headers['x-content-type-options'], 'nosniff', path)
    assert.equal(headers['referrer-policy'], 'no-referrer', path)
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin', path)
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin', path)
    assert.ok(headers['content-security-policy'], path)
  }
})

test('paths lead nowhere but to the workbench’s own files', async () => {
  const sneaky = ['/../package.json', '/..%2fpackage.json', '/%2e%2e/package.json', '/assets/..%5c..%5cpackage.json']
  for (const path of [...sneaky, '/.git/config', '//etc/passwd', '/etc/passwd%00.html']) {
    const answer = await ask(origin, path, { headers: bearer })
    assert.ok([400, 403, 404].includes(answer.status), `${path} gave ${answer.status}`)
    assert.doesNotMatch(answer.text, /"devDependencies"|root:/)
  }
})

test('a stored report is served so that nothing in it can run', async () => {
  const sha256 = openFiles(join(directory, 'files')).put(Buffer.from('<script>alert(1)</script>'))
  const answer = await ask(origin, `/api/v1/files/report/${sha256}`, { headers: bearer })
  assert.equal(answer.status, 200)
  const policy = String(answer.headers['content-security-policy'])
  assert.match(policy, /^sandbox allow-popups; default-src 'none'/)
  assert.doesNotMatch(policy, /script-src|allow-scripts|allow-same-origin/)
  assert.equal((await ask(origin, '/api/v1/files/report/..%2f..%2fathar.db', { headers: bearer })).status, 400)
})

test('a body over the limit is refused, an upload over its own too', async () => {
  const large = JSON.stringify({ words: ['x'.repeat(1_100_000)] })
  assert.equal((await ask(origin, '/api/v1/echo', { method: 'POST', headers: json, body: large })).status, 413)
  const headers = { ...bearer, 'content-length': String(600 * 2 ** 20) }
  const answer = await ask(origin, '/api/v1/uploads', { method: 'PUT', headers }).catch(() => ({ status: 413 }))
  assert.equal(answer.status, 413)
})

test('files are uploaded, and a path over HTTP is refused', async () => {
  assert.equal(
    JSON.parse((await post('/api/v1/echo', { words: ['a'], file: '/etc/passwd' })).text).name,
    'Upload.Required',
  )
  const sent = await ask(origin, '/api/v1/uploads?name=..%2Fpost%20one.txt', {
    ...{ method: 'PUT', headers: { ...bearer, 'content-type': 'text/plain' }, body: 'hello' },
  })
  assert.equal(sent.status, 201)
  const { id, name, bytes, sha256 } = JSON.parse(sent.text)
  assert.deepEqual({ name, bytes }, { name: 'post one.txt', bytes: 5 })
  // printf hello | sha256sum
  assert.equal(sha256, '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824')
  const used = JSON.parse((await post('/api/v1/echo', { words: ['a'], file: id })).text)
  assert.equal(used.file, 'post one.txt')
  assert.equal(JSON.parse((await post('/api/v1/echo', { words: ['a'], file: 'upload:x' })).text).name, 'Upload.Unknown')
})

test('another host is refused until users exist; a taken port is named', async () => {
  const options = { directory, user: 'tester', clock: systemClock, port: 0, report: () => {} }
  await assert.rejects(startServer({ ...options, host: '0.0.0.0' }), { name: 'Serve.HostRefused', kind: 'denied' })
  const taken = startServer({ ...options, host: '127.0.0.1', port: server.port })
  await assert.rejects(taken, { name: 'Serve.PortTaken', kind: 'busy' })
})

test('an upload that is broken off is no defect; an address that cannot be decoded is a problem too', async () => {
  const { port } = new URL(origin)
  const told = defects.length
  const socket = connect(Number(port), '127.0.0.1')
  const lines = ['PUT /api/v1/uploads?name=x HTTP/1.1', `Host: 127.0.0.1:${port}`]
  const head = [...lines, `Authorization: ${bearer.authorization}`, ''].join('\r\n')
  await new Promise<void>(resolve => socket.write(`${head}Content-Length: 1000\r\n\r\nbytes`, () => resolve()))
  // Let the server begin to receive, then go; the next answer comes after it has noticed.
  await new Promise(resolve => setTimeout(resolve, 100))
  socket.destroy()
  await new Promise(resolve => setTimeout(resolve, 200))
  assert.equal(defects.length, told)
  const bad = await ask(origin, '/%ff', { headers: bearer })
  assert.equal(bad.headers['content-type'], 'application/problem+json')
  assert.deepEqual([bad.status, JSON.parse(bad.text).name], [400, 'Request.Malformed'])
  assert.match(String(bad.headers['content-security-policy']), /default-src 'none'/)
})
