import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import anyAscii from 'any-ascii'
import { type Kind, PACKED, type Pair, read } from '../../test/corpus/name-pairs.ts'
import { effortOf } from '../../test/effort.ts'
import { skipWithout } from '../../test/shared.ts'
import * as Name from './name.ts'
import { compare } from './name-compare.ts'
import { build } from './name-index.ts'
import { jaroWinkler } from './name-jaro.ts'
import { THRESHOLD } from './name-match.ts'

const KINDS: readonly Kind[] = [
  ...(['arabic-person', 'arabic-body', 'cyrillic-person', 'cyrillic-body'] as const),
  ...(['latin-person', 'latin-body', 'weak-person', 'weak-body'] as const),
]

/** What a baseline is given: Latin letters by any-ascii, one case, no punctuation. */
function plain(text: string): string {
  return anyAscii(text)
    .toLowerCase()
    .replace(/[^a-z0-9 ]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

const sorted = (text: string) => plain(text).split(' ').sort().join(' ')

type Scored = { readonly pair: Pair; readonly score: number }

function count(scored: readonly Scored[], threshold: number) {
  let [right, wrong, missed] = [0, 0, 0]
  for (const { pair, score } of scored) {
    if (pair.same && score >= threshold) right++
    else if (pair.same) missed++
    else if (score >= threshold) wrong++
  }
  return { precision: right + wrong === 0 ? null : right / (right + wrong), recall: right / (right + missed) }
}

type Measured = { readonly threshold: number; readonly scored: readonly Scored[] }

/** The lowest threshold, in steps of 0.005, from which on 19 of 20 matches of the training half are right. */
function learn(scored: readonly Scored[]): number {
  const training = scored.filter(one => one.pair.part === 'training')
  for (let step = 80; step <= 200; step++) {
    const { precision } = count(training, step / 200)
    if (precision !== null && precision >= 0.95) return step / 200
  }
  return 1
}

const percent = (share: number | null) => (share === null ? '–' : `${(share * 100).toFixed(1)}`)

test('pairs from OFAC’s own aliases: precision and recall on the half that nothing was chosen on', {
  skip: skipWithout(PACKED),
}, context => {
  const corpus = read()
  if (corpus === null) return context.skip('SKIPPED: bzip2 is not on this machine')
  const { names, pairs } = corpus
  const index = build(names)
  const methods = {
    athar: (pair: Pair) => compare(Name.from(pair.query), Name.from(pair.candidate), index.weigh).score,
    'Jaro–Winkler': (pair: Pair) => jaroWinkler(plain(pair.query), plain(pair.candidate)),
    'token sort': (pair: Pair) => jaroWinkler(sorted(pair.query), sorted(pair.candidate)),
  }
  const results = Object.entries(methods).map(([name, method]) => {
    const scored = pairs.map(pair => ({ pair, score: method(pair) }))
    const learnt = learn(scored)
    const threshold = name === 'athar' ? THRESHOLD : learnt
    const of = (part: Pair['part']) => scored.filter(one => one.pair.part === part)
    return { name, learnt, threshold, scored: of('test'), untouched: of('untouched') }
  })
  const rowsOf = (kinds: readonly (Kind | null)[], results: readonly Measured[]) =>
    kinds.map(kind => {
      const own = (scored: readonly Scored[]) => scored.filter(one => kind === null || one.pair.kind === kind)
      const cells = results.map(({ scored, threshold }) => {
        const { precision, recall } = count(own(scored), threshold)
        return `${percent(precision)} / ${percent(recall)}`
      })
      const size = own(results[0]!.scored).length
      return `| ${kind ?? 'all'} | ${size} | ${cells.join(' | ')} |`
    })
  const thresholds = results.map(({ learnt }) => learnt.toFixed(3)).join(' | ')
  const table = [...rowsOf([...KINDS, null], results), `| threshold learnt | | ${thresholds} |`].join('\n')
  const unseen = results.map(one => ({ ...one, scored: one.untouched }))
  const untouched = rowsOf([...KINDS.filter(kind => !kind.startsWith('arabic')), null], unseen).join('\n')
  const page = readFileSync(join(import.meta.dirname, '../../docs/methods/names.md'), 'utf8')
  for (const one of [table, untouched]) assert.ok(page.includes(one), `docs/methods/names.md does not say\n${one}`)
  const [own, ...baselines] = results.map(({ scored, threshold }) => count(scored, threshold))
  assert.ok(results[0]!.learnt <= THRESHOLD && results[0]!.learnt > THRESHOLD - 0.1, 'the default is what was learnt')
  assert.ok(own!.precision! >= 0.95)
  for (const baseline of baselines)
    assert.ok(own!.recall > 2.5 * baseline.recall && own!.precision! > baseline.precision!)
  const found = pairs.filter(({ same, kind }) => same && kind === 'arabic-person').slice(0, 200)
  const times = found.map(({ query }) => effortOf(() => index.search(Name.from(query), { limit: 5, least: 0.5 })))
  const median = times.sort((a, b) => a - b)[100]!
  context.diagnostic(`${names.length} names, a search ${median.toFixed(2)} ms in the median\n${table}`)
  assert.ok(median < 20, `${median} ms`)
})
