import assert from 'node:assert/strict'
import { test } from 'node:test'
import { arabic, english, type Labelled } from '../../test/corpus/claims.ts'
import { readClaims } from './claim-read.ts'

// How well claims are read, on sentences written for it: precision and recall of the whole row (kind, value, unit,
// measure, word of degree, legal state). docs/methods/fact-check.md tells the figures.

for (const [name, sentences] of [
  ['Arabic', arabic],
  ['English', english],
] as const) {
  test(`claims of ${name} sentences: precision and recall of whole rows at least 0.9`, () => {
    const { precision, recall, missed, extra } = score(sentences)
    assert.ok(precision >= 0.9 && recall >= 0.9, JSON.stringify({ precision, recall, missed, extra }, null, 1))
  })
}

function score(sentences: readonly Labelled[]) {
  let [hits, found, wanted] = [0, 0, 0]
  const missed: string[] = []
  const extra: string[] = []
  for (const { text, claims } of sentences) {
    const rows = claims.map(row => JSON.stringify([...row, ...(row.length === 5 ? [null] : [])]))
    const read = readClaims({ text, file: null, title: 't', language: null, published: null, bytesOf: () => null })
    const own = read.claims.map(one => {
      return JSON.stringify([one.kind, one.quantity?.value ?? null, one.unit, one.measure, one.qualifier, one.state])
    })
    const left = [...rows]
    for (const row of own) {
      const at = left.indexOf(row)
      if (at >= 0) left.splice(at, 1)
      else extra.push(`${text} → ${row}`)
    }
    hits += rows.length - left.length
    missed.push(...left.map(row => `${text} ← ${row}`))
    found += own.length
    wanted += rows.length
  }
  return { precision: hits / found, recall: hits / wanted, missed, extra }
}
