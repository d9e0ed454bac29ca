import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { stringify } from 'yaml'
import { shared, skipWithout } from '../../test/shared.ts'
import * as Attribution from './attribution.ts'
import * as FlatYaml from './flat-yaml.ts'
import * as Yaml from './yaml.ts'

test('the plain shape is read as texts', () => {
  const text = '---\ntitle: A pack: no\n'
  assert.equal(FlatYaml.parse(text), undefined, 'a colon and a blank is declined')
  const pack =
    "title: T\nsource: https://x.org/#a\ntags:\n- address: '0x01'\n  label: it''s\n- address: 0x02\n  label: 'it''s'\n"
  assert.deepEqual(structuredClone(FlatYaml.parse(pack)), {
    ...{ title: 'T', source: 'https://x.org/#a' },
    tags: [
      { address: '0x01', label: "it''s" },
      { address: '0x02', label: "it's" },
    ],
  })
})

test('what is not plain is declined', () => {
  const around = (line: string) => `title: T\ntags:\n- address: a\n${line}\n`
  for (const line of [
    ...[
      '  label: &a b',
      '  label: *a',
      '  label: [a]',
      '  label: {a: b}',
      '  label: |',
      '  label: >-',
      '  label: a # b',
    ],
    ...['  label: "a\\n"', "  label: 'a", '  label: a: b', '  label:', '   label: a', '  address: again', '# comment'],
    ...['  concepts:\n  - exchange', '  label: a\n    b', 'other: after', ' - address: b', '...', '  label: !!str a'],
    ...['  label: - a', '  label: ~', '  label: a:', '  label: @a', '  label: a\tb', '\tlabel: a', '- just text'],
  ]) {
    assert.equal(FlatYaml.parse(around(line)), undefined, line)
  }
})

test('whatever it accepts, the parser reads alike', () => {
  const word = fc.oneof(
    fc.string(),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('null', '1e3', "'", '- a', 'a: b', '0x1'),
  )
  const tag = fc.record({ address: word, label: word })
  let accepted = 0
  fc.assert(
    fc.property(fc.record({ title: word, tags: fc.array(tag, { minLength: 1, maxLength: 3 }) }), pack => {
      const lines = pack.tags.map(one => `- address: ${one.address}\n  label: ${one.label}\n`)
      const raw = `title: ${pack.title}\ntags:\n${lines.join('')}`
      for (const text of [stringify(pack, { lineWidth: 0 }), raw]) {
        const flat = FlatYaml.parse(text)
        if (flat === undefined) continue
        accepted++
        assert.deepEqual(structuredClone(flat), Yaml.read(text, 'x'), JSON.stringify(text))
      }
    }),
    { numRuns: 1500 },
  )
  assert.ok(accepted > 100, String(accepted))
})

test('on the real packs it equals the parser', { skip: skipWithout('data/tagpacks') }, context => {
  let [accepted, declined] = [0, 0]
  for (const path of Attribution.filesOf(Attribution.formatFrom('tagpack'), shared('data/tagpacks'))) {
    const text = readFileSync(path, 'utf8')
    const flat = FlatYaml.parse(text)
    if (flat === undefined) declined++
    else accepted++
    if (flat === undefined || statSync(path).size > 200_000) continue
    assert.deepEqual(structuredClone(flat), Yaml.read(text, path), path)
  }
  context.diagnostic(`${accepted} accepted, ${declined} declined`)
  assert.ok(accepted > 50)
})
