import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { KINDS } from '../../test/address-kinds.ts'
import * as Address from './address.ts'
import * as Group from './address-group.ts'

/** A group judges as `address.ts` does, or leaves the line to it. */

const written = fc
  .record({
    kind: fc.constantFrom(...KINDS),
    bytes: fc.uint8Array({ minLength: 32, maxLength: 32 }),
    zeros: fc.nat(32),
    eye: fc.boolean(),
    change: fc.option(fc.record({ at: fc.nat(70), letter: fc.constantFrom(...'12aAzZqQx0OIl ') }), { freq: 2 }),
  })
  .map(({ kind: [network, type, length], bytes, zeros, eye, change }) => {
    const address = Address.fromKey(network, type, bytes.fill(0, 0, zeros).slice(0, length))
    const text = eye ? Address.format(address) : address.address
    return change === null ? text : text.slice(0, change.at) + change.letter + text.slice(change.at + 1)
  })

const text = fc.oneof({ weight: 5, arbitrary: written }, fc.string({ unit: fc.constantFrom(...'13TLbc0xqp9aF') }))

test('what a group judges is what the text says, key and networks included', () => {
  const group = Group.createAddressGroup(64)
  const seen = new Set<number>()
  const check = (lines: readonly string[]) => {
    const bytes = Buffer.from(`${lines.join('\n')}\n`)
    const end = lines.map((_, i) => Buffer.byteLength(lines.slice(0, i + 1).join('\n')))
    const from = [0, ...end.map(at => at + 1)]
    const count = lines.length
    group.check(bytes, Uint32Array.from(from), Uint32Array.from(end), count, new Uint8Array(64))
    for (const [i, line] of lines.entries()) {
      const code = group.verdict[i]!
      const parsed = Address.parse(line)
      seen.add(code)
      if (code === Group.OTHER) continue
      if (code === Group.DAMAGED)
        assert.deepEqual([parsed.ok, 'reason' in parsed && parsed.reason], [false, 'checksum'])
      else {
        assert.ok(parsed.ok, line)
        const [type, length] = Group.keys[code]!
        const payload = group.payload.slice(i * Group.ROOM, i * Group.ROOM + length)
        assert.deepEqual([type, payload, Group.networks[code]], [parsed.key.type, parsed.key.payload, parsed.networks])
        assert.ok(Group.hasCommonForm(bytes, from[i]!, end[i]!))
      }
    }
  }
  fc.assert(fc.property(fc.array(text, { minLength: 1, maxLength: 64 }), check), { numRuns: 200 })
  assert.deepEqual([...seen].sort(), [0, 1, 2, 3, 4, 5, 6, 7, 8])
})

test('a line that is skipped is left alone', () => {
  const group = Group.createAddressGroup(2)
  const bytes = Buffer.from('1BoatSLRHtKNngkdXEeobR76b53LETtpyT\n1BoatSLRHtKNngkdXEeobR76b53LETtpyT\n')
  group.check(bytes, Uint32Array.of(0, 35), Uint32Array.of(34, 69), 2, Uint8Array.of(1, 0))
  assert.deepEqual([...group.verdict], [Group.OTHER, Group.P2PKH])
})
