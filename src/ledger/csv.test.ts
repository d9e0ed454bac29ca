import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { Failure } from '../std/failure.ts'
import { bytesOf, type CsvRow, RECORD_LENGTH_MAX, readCsv } from './csv.ts'

const cell = fc.stringMatching(/^[ab ,"\n\r٣é]{0,6}$/)

test('reads what csv-parse reads, in whatever pieces it comes', () => {
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 }), fc.nat(30), (rows, cut) => {
      const quote = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
      const text = rows.map(cells => cells.map(quote).join(',')).join('\r\n')
      const bytes = new TextEncoder().encode(text)
      const pieces = [bytes.subarray(0, cut), bytes.subarray(cut)]
      const expected = parse(text, { relax_column_count: true, record_delimiter: '\r\n' }) as string[][]
      assert.deepEqual(
        [...readCsv(pieces)].map(row => [...row.cells]),
        expected,
      )
    }),
  )
})

test('lines are counted as an editor counts them', () => {
  const rows = read('﻿a,b\r\n\r\n"x\ny",2\n3,4')
  assert.deepEqual(rows, [
    { line: 1, cells: ['a', 'b'] },
    { line: 3, cells: ['x\ny', '2'] },
    { line: 5, cells: ['3', '4'] },
  ])
})

test('an open quote, a row without end and bytes that are no text are refused by name', () => {
  assert.equal(
    nameOf(() => read('a\n"b\nc')),
    'Csv.OpenQuote',
  )
  assert.equal(
    nameOf(() => read(`a,${'b'.repeat(RECORD_LENGTH_MAX)}`)),
    'Csv.RecordTooLong',
  )
  assert.equal(
    nameOf(() => [...readCsv([Uint8Array.of(0x61, 0xff)])]),
    'Csv.NotText',
  )
})

function read(text: string): CsvRow[] {
  return [...readCsv(bytesOf(text))]
}

function nameOf(work: () => unknown): string {
  try {
    work()
  } catch (thrown) {
    if (thrown instanceof Failure) return thrown.name
    throw thrown
  }
  return 'nothing was thrown'
}
