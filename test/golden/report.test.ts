import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { compose, toCsv, toHtml } from '../../src/report/report.ts'
import { material } from '../report-material.ts'

const golden = (name: string): string => readFileSync(join(import.meta.dirname, name), 'utf8')

test('the report of the small material is the committed one; node tools/golden.ts writes it anew', () => {
  assert.equal(toHtml(compose(material, 'en')), golden('report.en.html'))
  assert.equal(toHtml(compose(material, 'ar')), golden('report.ar.html'))
  assert.equal(toCsv(compose(material, 'en')), golden('report.en.csv'))
})
