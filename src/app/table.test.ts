import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { serveRow } from '../cli/serve-row.ts'
import { planned, table } from './table.ts'
import { VERSION } from './version.ts'

const rows = [...table, serveRow]

test('each light row says what its operation says', async () => {
  for (const row of rows) {
    const { name, summary, access } = await row.load()
    assert.deepEqual({ name, summary, access }, { name: row.name, summary: row.summary, access: row.access })
  }
})

test('names are one or two words, each once, and none is both there and planned', () => {
  const names = rows.map(row => row.name)
  assert.equal(new Set(names).size, names.length)
  for (const name of names) assert.match(name, /^[a-z]+( [a-z]+)?$/)
  assert.deepEqual(
    names.filter(name => planned.includes(name)),
    [],
  )
})

test('each operation explains itself by its summary, examples that call it, and fields', async () => {
  for (const row of rows) {
    const operation = await row.load()
    assert.match(operation.summary, /^[A-Z].*[^.]$/, operation.name)
    assert.ok(operation.examples.length > 0, `${operation.name} has no example`)
    for (const { command } of operation.examples) {
      assert.ok(
        command.split(/[|;] */).some(part => part.trim().startsWith(`athar ${operation.name}`)),
        command,
      )
    }
    for (const [name, field] of Object.entries(operation.fields))
      assert.ok(field.says.length > 3, `${row.name} ${name}`)
  }
})

test('places come in order: required before optional, one list at most, the last', async () => {
  for (const row of rows) {
    const places = Object.values((await row.load()).fields).filter(field => field.positional === true)
    const lists = places.findIndex(field => field.type === 'strings')
    assert.ok(lists === -1 || lists === places.length - 1, row.name)
    const optional = places.findIndex(field => field.required !== true)
    assert.ok(optional === -1 || places.slice(optional).every(field => field.required !== true), row.name)
  }
})

test('the version is that of package.json', () => {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'))
  assert.equal(VERSION, manifest.version)
})
