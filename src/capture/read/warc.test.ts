import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { WARCRecord, WARCSerializer } from 'warcio'
import { formatHeader, padding } from '../../std/tar.ts'
import { type Entry, readBytes } from './entry.ts'

const ADDRESS = '1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq'
const PAGE = `<html><body><p>تبرعوا ${ADDRESS}</p></body></html>`
const URL = 'https://example.org/donate?x=1'

const read = (bytes: Uint8Array, name: string): Entry[] => [...readBytes(name, new Uint8Array(bytes))]
const told = (entries: readonly Entry[]) => entries.map(one => one.failure?.name ?? one.mediaType)

/** A web archive as warcio writes it: one answer, with both digests. */
async function written(gzip: boolean, headers: Record<string, string> = {}, body: Uint8Array = Buffer.from(PAGE)) {
  const record = await WARCRecord.create(
    {
      ...{ url: URL, date: '2023-10-07T12:00:00Z', type: 'response', warcVersion: 'WARC/1.1' },
      ...{ warcHeaders: {}, httpHeaders: { 'Content-Type': 'text/html', ...headers }, statusline: 'HTTP/1.1 200 OK' },
    },
    (async function* () {
      yield body
    })(),
  )
  return new Uint8Array(await WARCSerializer.serialize(record, { gzip }))
}

test('WARC as warcio writes it, plain and gzip: page, address, time, headers, digests checked', async () => {
  for (const gzip of [false, true]) {
    const [self, page] = read(await written(gzip), 'a.warc')
    assert.equal(self!.mediaType, gzip ? 'application/warc+gzip' : 'application/warc')
    assert.equal(page!.path, 'a.warc!/0001-example.org_donate_x_1')
    assert.equal(page!.document!.text, `تبرعوا ${ADDRESS}`)
    assert.equal(page!.container!.sha256, self!.sha256)
    assert.deepEqual([page!.seen!.url, page!.seen!.at], [URL, Date.UTC(2023, 9, 7, 12) / 1000])
    const { status, headers, digests } = page!.seen!.detail as {
      status: number
      headers: Record<string, string>
      digests: { field: string; state: string }[]
    }
    assert.deepEqual([status, headers['content-type']], [200, 'text/html'])
    assert.deepEqual(
      digests.map(one => [one.field, one.state]),
      [
        ['WARC-Block-Digest', 'right'],
        ['WARC-Payload-Digest', 'right'],
      ],
    )
    assert.equal(page!.failure, null)
  }
})

test('a page of which one byte was altered is named, and sealed all the same', async () => {
  const bytes = Buffer.from(await written(false))
  bytes[bytes.indexOf('<body>') + 1]! ^= 1
  const [, page] = read(bytes, 'a.warc')
  assert.equal(page!.failure?.name, 'Warc.Digest')
  assert.ok(page!.bytes!.length > 0 && page!.notes.includes('WARC-Block-Digest: the bytes are others.'))
})

test('old digests in Base32, chunks and packed content, as crawlers store them', async () => {
  const packed = gzipSync(PAGE)
  const chunked = Buffer.concat([
    Buffer.from(`${packed.length.toString(16)}\r\n`),
    packed,
    Buffer.from('\r\n0\r\n\r\n'),
  ])
  const http = Buffer.concat([
    Buffer.from('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n'),
    chunked,
  ])
  const sha1 = base32(createHash('sha1').update(chunked).digest())
  const head =
    `WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: <${URL}>\r\nWARC-Date:` +
    ` 2012-01-02T03:04:05Z\r\nWARC-Payload-Digest: sha1:${sha1}\r\nContent-Type:` +
    ` application/http;msgtype=response\r\nContent-Length: ${http.length}\r\n\r\n`
  const info = 'WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n'
  const warc = Buffer.concat([Buffer.from(info), Buffer.from(head), http, Buffer.from('\r\n\r\n')])
  const [self, page] = read(warc, 'old.warc')
  assert.equal(page!.document!.text, `تبرعوا ${ADDRESS}`)
  assert.deepEqual([page!.failure, page!.notes.at(-1)], [null, 'WARC-Payload-Digest: checked.'])
  assert.ok(self!.notes.includes('1 records hold no page (requests, metadata, revisits).'))
  const cut = read(warc.subarray(0, warc.length - 40), 'cut.warc')
  assert.ok(cut[0]!.notes.some(note => /^From byte \d+ on it is no whole WARC record/.test(note)))
})

function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map(byte => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? [])
    .map(five => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('')
}

async function wacz(alter: (files: Record<string, Uint8Array>) => void = () => {}): Promise<Uint8Array> {
  const files: Record<string, Uint8Array> = {
    'archive/data.warc.gz': await written(true),
    'pages/pages.jsonl': strToU8('{"format":"json-pages-1.0","id":"pages","title":"All Pages"}\n'),
  }
  const hashOf = (bytes: Uint8Array) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`
  const resources = Object.entries(files).map(([path, bytes]) => ({ path, hash: hashOf(bytes), bytes: bytes.length }))
  files['datapackage.json'] = strToU8(JSON.stringify({ profile: 'data-package', wacz_version: '1.1.1', resources }))
  const digest = { path: 'datapackage.json', hash: hashOf(files['datapackage.json']) }
  files['datapackage-digest.json'] = strToU8(JSON.stringify(digest))
  alter(files)
  return zipSync(files, { level: 0 })
}

test('WACZ: its manifest and the digest of each resource are checked, the archives in it read', async () => {
  const whole = read(await wacz(), 'site.wacz')
  assert.deepEqual(whole[0]!.notes, ['WACZ of 2 resources, each with its digest.', 'datapackage-digest.json: checked.'])
  const page = whole.find(entry => entry.path === 'site.wacz!/archive/data.warc.gz!/0001-example.org_donate_x_1')
  assert.ok(page!.document!.text.includes(ADDRESS) && page!.seen!.url === URL)
  assert.deepEqual(whole.map(entry => entry.failure).filter(Boolean), [])

  const other = read(
    await wacz(files => {
      files['pages/pages.jsonl'] = strToU8('{"format":"json-pages-1.0","id":"other"}\n')
    }),
    'site.wacz',
  )
  assert.deepEqual(
    told(other).filter(name => name === 'Wacz.Digest'),
    ['Wacz.Digest'],
  )
  const forged = read(
    await wacz(files => {
      files['datapackage.json'] = strToU8('{"resources":[]}')
    }),
    'site.wacz',
  )
  assert.ok(forged[0]!.notes.includes('datapackage-digest.json: datapackage.json is not what it says.'))
})

test('gzip and tar: members by their place, bombs and damage by name', () => {
  const name = `${'long/'.repeat(30)}post.txt`
  const tar = Buffer.concat(
    [['post.txt', ADDRESS] as const, [name, 'second'] as const].flatMap(([path, text]) => [
      formatHeader(path, text.length)!,
      Buffer.from(text),
      Buffer.alloc(padding(text.length)),
    ]),
  )
  const whole = Buffer.concat([tar, Buffer.alloc(1024)])
  for (const bytes of [whole, gzipSync(whole)]) {
    const entries = read(bytes, 'export.tar.gz')
    assert.deepEqual(
      entries.slice(1).map(entry => [entry.path, entry.document!.text]),
      [
        ['export.tar.gz!/post.txt', ADDRESS],
        [`export.tar.gz!/${name}`, 'second'],
      ],
    )
  }
  const [, inner] = read(gzipSync(ADDRESS), 'post.txt.gz')
  assert.deepEqual([inner!.path, inner!.document!.text], ['post.txt.gz!/post.txt', ADDRESS])
  assert.deepEqual(told(read(gzipSync(Buffer.alloc(64 * 2 ** 20)), 'bomb.gz')), ['Archive.TooLarge'])
  assert.deepEqual(told(read(gzipSync(ADDRESS).subarray(0, 20), 'cut.gz')), ['Archive.Damaged'])
})

test('whatever is altered in a web archive, a WACZ, a gzip or a tar: no throw', async () => {
  const forms = [await written(false), await written(true), await wacz(), gzipSync(ADDRESS)]
  fc.assert(
    fc.property(
      fc.constantFrom(...forms),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 8 }),
      (bytes, edits) => {
        const changed = Buffer.from(bytes)
        for (const [at, byte] of edits) changed[at % changed.length] = byte
        for (const entry of read(changed, 'x')) assert.ok(entry.path.startsWith('x'))
      },
    ),
    { numRuns: 400 },
  )
})
