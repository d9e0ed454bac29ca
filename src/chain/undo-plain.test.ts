import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import * as Rules from './block-rules.ts'
import * as Undo from './undo.ts'
import { encode } from './undo-plain.ts'

const output = fc.tuple(fc.bigInt(0n, 2n ** 63n - 1n), fc.uint8Array({ maxLength: 300 }))

test('what is written is read again', () => {
  fc.assert(
    fc.property(fc.array(output, { minLength: 1, maxLength: 5 }), outputs => {
      const collector = Undo.createCollector(outputs.length)
      for (const [units, script] of outputs) collector.add(units, script)
      const bytes = encode(collector.done())
      const spender = { inputCounts: [outputs.length], previous: new Uint8Array(32) }
      const parsed = Undo.parse(bytes, spender, Rules.of('bitcoin'))
      assert(parsed.ok)
      const { units, script, scriptEnd, scripts } = parsed.spent
      const again = outputs.map((_, row) => [units[row], scripts.slice(script[row], scriptEnd[row])])
      assert.deepEqual(
        again,
        outputs.map(([value, bytes]) => [value, Uint8Array.from(bytes)]),
      )
    }),
  )
})
