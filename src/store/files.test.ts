import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openFiles, writeDurably } from './files.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-files-'))
after(() => rmSync(folder, { recursive: true, force: true }))

test('what cannot be written whole leaves nothing behind', () => {
  const inside = mkdtempSync(join(folder, 'a-'))
  mkdirSync(join(inside, 'report.html'))
  assert.throws(() => writeDurably(join(inside, 'report.html'), Uint8Array.of(1)), { code: 'EISDIR' })
  const breaksOff = function* () {
    yield Uint8Array.of(1)
    throw new Error('the list is cut off')
  }
  assert.throws(() => openFiles(inside).putPieces(breaksOff()), /cut off/)
  assert.deepEqual(readdirSync(inside), ['report.html'])
})

test('pieces are one file, filed by the digest of the whole', () => {
  const files = openFiles(mkdtempSync(join(folder, 'b-')))
  const whole = files.put(Uint8Array.of(1, 2, 3))
  assert.equal(files.putPieces([Uint8Array.of(1), Uint8Array.of(2, 3)]), whole)
  assert.deepEqual(files.get(whole), Uint8Array.of(1, 2, 3))
})
