import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strToU8, zipSync } from 'fflate'
import { seededRandom } from '../../std/random.ts'
import { readBytes } from '../capture.ts'

const ADDRESS = '1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq'

const MAIL = [
  'From: =?utf-8?B?2KPYrdmF2K8=?= <a@example.org>',
  'Subject: =?utf-8?Q?=D8=AA=D8=A8=D8=B1=D8=B9?=',
  'MIME-Version: 1.0',
  'Content-Type: multipart/alternative; boundary="b1"',
  '',
  'for old readers',
  '--b1',
  'Content-Type: text/plain; charset=windows-1256',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  `=C3=CD=E3=CF ${ADDRESS.slice(0, 20)}=`,
  ADDRESS.slice(20),
  '--b1',
  'Content-Type: text/html; charset=utf-8',
  'Content-Transfer-Encoding: base64',
  '',
  Buffer.from(`<p>عنوان ${ADDRESS}</p>`).toString('base64'),
  '--b1--',
  '',
].join('\r\n')

const texts = (name: string, bytes: Uint8Array) =>
  [...readBytes(name, bytes)].map(entry => [entry.path, entry.mediaType, entry.document?.text ?? null])

test('a mail: its header for people, then its parts, decoded', () => {
  assert.deepEqual(texts('a.eml', strToU8(MAIL)), [
    ['a.eml', 'message/rfc822', null],
    ['a.eml!/header.txt', 'text/plain', 'from: أحمد <a@example.org>\nsubject: تبرع\n'],
    ['a.eml!/1-text.txt', 'text/plain', `أحمد ${ADDRESS}`],
    ['a.eml!/2-text.html', 'text/html', `عنوان ${ADDRESS}`],
  ])
})

test('a mailbox: each mail by its number', () => {
  const mails = ['10', '11'].map(hour => `From a@example.org Sat Nov 21 ${hour}:00:00 2026\n${MAIL}\n`)
  const box = mails.join('')
  const paths = texts('box', strToU8(box)).map(([path]) => path)
  assert.deepEqual(paths.slice(1, 3), ['box!/1/header.txt', 'box!/1/1-text.txt'])
  assert.ok(paths.some(path => path!.startsWith('box!/2/')))
})

test('a text that quotes a header is a text', () => {
  assert.equal(texts('a.txt', strToU8(`From: me\nSend to ${ADDRESS}`))[0]![1], 'text/plain')
  assert.equal(texts('b.txt', strToU8(`Bitcoin: ${ADDRESS}\nTron: none`)).length, 1)
})

test('a Word document: its paragraphs are lines', () => {
  const run = (text: string) => `<w:r><w:t>${text}</w:t></w:r>`
  const first = `<w:p>${run(ADDRESS.slice(0, 9))}${run(ADDRESS.slice(9))}</w:p>`
  const xml = `<?xml version="1.0"?><w:document><w:body>${first}<w:p>${run('end')}</w:p></w:body></w:document>`
  const found = texts('a.docx', zipSync({ 'word/document.xml': strToU8(xml) }))
  assert.deepEqual(found[1], ['a.docx!/word/document.xml', 'text/xml', `${ADDRESS}\nend`])
})

test('whatever is changed in a mail: no throw', () => {
  const random = seededRandom(5)
  const whole = strToU8(MAIL)
  for (let i = 0; i < 200; i++) {
    const broken = Uint8Array.from(whole)
    for (let change = 0; change < 10; change++) broken[random.below(broken.length)] = random.below(256)
    for (const entry of readBytes('c.eml', broken.subarray(0, 1 + random.below(broken.length)))) {
      assert.ok(entry.failure === null || entry.failure.name.length > 0)
    }
  }
  const opening = 'Content-Type: multipart/mixed; boundary=b\n\n'
  const nested = `MIME-Version: 1.0\n${opening}${`--b\n${opening}`.repeat(5000)}`
  assert.ok([...readBytes('d.eml', strToU8(nested))].length > 0)
})
