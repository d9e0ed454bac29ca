import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fixedClock } from '../std/clock.ts'
import { sha256Hex } from '../std/digest.ts'
import { openWriter, type Store } from '../store/store.ts'
import { list, open, readBytes, type Source, seal, show, verify } from './capture.ts'

const SOURCE: Source = {
  sourceUrl: 'https://t.me/s/x/1',
  postedAt: 1_600_000_000,
  campaign: 'winter',
  collector: 'tester',
}
const clock = fixedClock(1_700_000_000)

function withStore(work: (store: Store, directory: string) => void): void {
  const directory = mkdtempSync(join(tmpdir(), 'athar-capture-'))
  const store = openWriter(directory)
  try {
    work(store, directory)
  } finally {
    store.close()
    rmSync(directory, { recursive: true })
  }
}

const entryOf = (path: string, text: string) => [...readBytes(path, Buffer.from(text))][0]!
const quiet = () => {}

test('bytes are sealed once; another place is a second origin; the same place again changes nothing', () => {
  withStore(store => {
    const first = seal(store, entryOf('post.txt', 'تبرعوا'), SOURCE, clock)
    assert.equal(first.isNew, true)
    assert.equal(first.capture.sha256, sha256Hex(Buffer.from('تبرعوا')))
    assert.deepEqual(Buffer.from(open(store, first.capture.sha256)).toString(), 'تبرعوا')
    assert.equal(seal(store, entryOf('post.txt', 'تبرعوا'), SOURCE, clock).capture.origins.length, 1)
    const copy = seal(store, entryOf('copy.txt', 'تبرعوا'), { ...SOURCE, sourceUrl: null }, clock)
    assert.equal(copy.isNew, false)
    assert.deepEqual(
      copy.capture.origins.map(({ path, sourceUrl, campaign }) => [path, sourceUrl, campaign]),
      [
        ['post.txt', 'https://t.me/s/x/1', 'winter'],
        ['copy.txt', null, 'winter'],
      ],
    )
    assert.deepEqual(
      copy.capture.custody.map(({ action }) => action),
      ['sealed', 'received'],
    )
    assert.equal(list(store).length, 1)
    assert.equal(list(store, 'summer').length, 0)
    assert.equal(show(store, first.capture.sha256.slice(0, 8)).sha256, first.capture.sha256)
    assert.throws(() => show(store, 'ffffffff'), { name: 'Capture.Unknown' })
  })
})

test('ground is append-only', () => {
  withStore(store => {
    seal(store, entryOf('post.txt', 'x'), SOURCE, clock)
    for (const table of ['capture', 'capture_origin', 'custody']) {
      assert.throws(() => store.database.exec(`DELETE FROM ${table}`), /append-only/)
      assert.throws(() => store.database.exec(`UPDATE ${table} SET sha256 = 'x'`), /append-only/)
    }
  })
})

test('verify names the altered file, row and custody entry, and is content otherwise', () => {
  withStore(store => {
    const a = seal(store, entryOf('a.txt', 'one'), SOURCE, clock).capture.sha256
    const b = seal(store, entryOf('b.txt', 'two'), SOURCE, clock).capture.sha256
    const before = verify(store, null, quiet)
    assert.deepEqual([before.ok, before.checked], [true, { captures: 2, bytes: 6, custody: 2 }])

    const { file } = { ...store.database.prepare('SELECT file FROM capture_seal WHERE sha256 = ?').get(b) } as {
      file: string
    }
    const path = store.vault.pathOf(file)
    const bytes = readFileSync(path)
    bytes[bytes.length - 2]! ^= 1
    writeFileSync(path, bytes)
    store.database.exec('DROP TRIGGER custody_no_update; DROP TRIGGER capture_origin_no_update')
    store.database.exec(
      `UPDATE custody SET at = at + 1 WHERE seq = 1; UPDATE capture_origin SET campaign = 'other' WHERE id = 2`,
    )
    const after = verify(store, null, quiet)
    assert.equal(after.ok, false)
    assert.deepEqual(
      after.failures.map(({ node, what }) => [node, what]),
      [
        ['custody/1', 'entry altered'],
        [`captures/${a}/sealedAt`, 'row'],
        [`captures/${b}/file`, 'file'],
        [`captures/${b}/origins/0`, 'row'],
      ],
    )
  })
})

test('verify names entries that were taken out, and captures that are gone', () => {
  withStore(store => {
    for (const text of ['one', 'two', 'three']) seal(store, entryOf(`${text}.txt`, text), SOURCE, clock)
    store.database.exec(
      `DROP TRIGGER custody_no_delete; DROP TRIGGER capture_no_delete; DROP TRIGGER capture_origin_no_delete;
       DROP TRIGGER capture_seal_no_delete; DELETE FROM capture_seal WHERE sha256 = '${sha256Hex('three')}'`,
    )
    const gone = sha256Hex('three')
    store.database.exec(`DELETE FROM custody WHERE seq = 2; DELETE FROM capture_origin WHERE sha256 = '${gone}'`)
    store.database.exec(`DELETE FROM capture WHERE sha256 = '${gone}'`)
    const { failures } = verify(store, null, quiet)
    assert.deepEqual(
      failures.map(({ node, what }) => `${node.replace(/[0-9a-f]{64}/, '…')} ${what}`),
      ['custody/3 entry missing', 'custody/3 capture', 'captures/…/origins/0 row'],
    )
  })
})
