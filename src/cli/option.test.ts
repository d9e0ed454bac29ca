import assert from 'node:assert/strict'
import { test } from 'node:test'
import { table } from '../../test/sample/table.ts'
import { parse } from './option.ts'

const echo = await table[0]!.load()
const count = await table[1]!.load()

test('words become the fields of the operation', () => {
  const words = ['a', 'b', '--count', '3', '--loud', '--source-url', 'https://x', '--json', '--data', 'D']
  assert.deepEqual(parse(echo, words, 80), {
    kind: 'input',
    input: { words: ['a', 'b'], count: 3, loud: true, sourceUrl: 'https://x' },
  })
  assert.deepEqual(parse(count, ['5'], 80), { kind: 'input', input: { to: 5 } })
})

test('an option whose name is a denial reaches the operation', async () => {
  const price = await (await import('../app/table.ts')).table.find(row => row.name === 'ledger fetch')!.load()
  const given = (words: string[]) => (parse(price, words, 80) as { input: Record<string, unknown> }).input
  assert.equal(given(['T', '--from', 'http://x', '--no-egress'])['noEgress'], true)
  assert.equal(given(['T', '--from', 'http://x'])['noEgress'], undefined)
})

test('what stands after -- is never an option', () => {
  assert.deepEqual(parse(echo, ['--', '--count'], 80), { kind: 'input', input: { words: ['--count'] } })
})

test('an unknown option, a missing value and a word too many are wrong usage with a hint', () => {
  const cases: [string[], RegExp][] = [
    [['a', '--cuont', '3'], /Did you mean --count\?/],
    [['a', '--count'], /--help/],
  ]
  for (const [words, hint] of cases) {
    assert.throws(() => parse(echo, words, 80), { name: 'Command.WrongUsage', kind: 'usage', hint })
  }
  assert.throws(() => parse(count, ['5', '6'], 80), { name: 'Command.WrongUsage' })
})

test('help shows places, options with their choices and defaults, and the examples', () => {
  const parsed = parse(echo, ['--help'], 100)
  assert.equal(parsed.kind, 'help')
  const { text } = parsed as { text: string }
  for (const part of ['Usage: athar echo WORDS... [options]', '--count <N>', '[1]', '(red, green)', '--file <PATH>']) {
    assert.ok(text.includes(part), part)
  }
  assert.match(text, /Examples:\n {2}athar echo a b\n {6}answers a and b\n$/)
})
