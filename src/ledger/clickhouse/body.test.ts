import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBody } from './body.ts'

const bytes = (length: number, from: number): Uint8Array => Uint8Array.from({ length }, (_, k) => from + k)

test('what is written comes out in its order, copied before the writer is told so', async () => {
  const body = createBody()
  const [large, small] = [bytes(600_000, 0), bytes(3, 7)]
  const expected = Buffer.concat([large, small, bytes(2, 1)])
  const found: Uint8Array[] = []
  const reading = (async () => {
    for await (const piece of body.stream) found.push(piece)
  })()
  assert.equal(await body.write([large, small]), true)
  large.fill(0)
  small.fill(0)
  assert.equal(await body.write([bytes(2, 1)]), true)
  body.end()
  await reading
  assert.deepEqual(Buffer.concat(found), expected)
})

test('what is broken off fails whoever reads it, also at its end; whoever waits is told', async () => {
  const body = createBody()
  const waiting = body.write([bytes(5, 1)])
  body.close()
  assert.equal(await waiting, false)
  assert.equal(await body.write([bytes(5, 1)]), false)
  body.end()
  await assert.rejects(body.stream.next(), /broken off/)
  const half = createBody()
  const first = half.write([bytes(300_000, 1), bytes(5, 1)])
  assert.equal((await half.stream.next()).value?.length, 2 ** 18)
  half.close()
  assert.equal(await first, false)
  await assert.rejects(half.stream.next(), /broken off/)
})
