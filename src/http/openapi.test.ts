import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { FastifyInstance } from 'fastify'
import { table as samples } from '../../test/sample/table.ts'
import type { Jobs } from '../app/job.ts'
import { table } from '../app/table.ts'
import { addCompat } from './compat.ts'
import { addMatch } from './match.ts'
import { describe } from './openapi.ts'
import { pathOf } from './operations.ts'

type Document = {
  openapi: string
  paths: Record<string, Record<string, Verb>>
  components: { schemas: Record<string, object> }
}
type Verb = { operationId?: string; requestBody?: { content: Record<string, { schema: object }> } }

const operations = await Promise.all([...table, ...samples].map(row => row.load()))
const document = describe(operations) as Document

test('every operation has its route, and every operationId stands once', () => {
  for (const { name } of operations) assert.ok(document.paths[pathOf(name)], name)
  const ids = Object.values(document.paths).flatMap(item => Object.values(item).flatMap(verb => verb.operationId ?? []))
  assert.equal(new Set(ids).size, ids.length)
})

test('every route in the shape of another tool is in it, with its verb', () => {
  const found: [string, string][] = []
  const verb = (name: string) => (path: string) => {
    found.push([path.replace(/:(\w+)/g, '{$1}'), name])
  }
  const recorder = { get: verb('get'), post: verb('post') } as unknown as FastifyInstance
  addCompat(recorder, {} as Jobs, 'tester')
  addMatch(recorder, {} as Jobs, 'tester')
  assert.ok(found.length >= 9, String(found.length))
  for (const [path, name] of found) assert.ok(document.paths[path]?.[name], `${name} ${path}`)
})

test('every schema in it is a schema, every reference leads somewhere', () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  ajv.addSchema({ $id: 'athar', components: document.components })
  for (const schema of Object.values(document.components.schemas)) assert.ok(ajv.validateSchema(schema))
  const text = JSON.stringify(document)
  const names = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(hit => hit[1]!)
  assert.ok(names.length > 0)
  for (const name of names) assert.ok(document.components.schemas[name], name)
})

test('a body schema takes what the operation takes and refuses the rest', () => {
  const ajv = new Ajv2020({ strict: false })
  const verb = document.paths['/api/v1/echo']!['post']!
  const validate = ajv.compile(verb.requestBody!.content['application/json']!.schema)
  assert.equal(validate({ words: ['a'], color: 'red', count: 2 }), true)
  for (const wrong of [{}, { words: 'a' }, { words: ['a'], color: 'blue' }, { words: ['a'], x: 1 }]) {
    assert.equal(validate(wrong), false, JSON.stringify(wrong))
  }
})
