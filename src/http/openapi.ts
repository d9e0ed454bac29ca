import type { FastifyInstance } from 'fastify'
import type { Field, Fields, Operation } from '../app/operation.ts'
import type { Row } from '../app/table.ts'
import { VERSION } from '../app/version.ts'
import { ADDRESS as ALERTS } from './alert-stream.ts'
import { COMPAT } from './compat-openapi.ts'
import { ADDRESS } from './jobs.ts'
import { pathOf } from './operations.ts'

/** `/openapi.json`: OpenAPI 3.1, made from the table when it is first asked for. */
export function addOpenApi(app: FastifyInstance, rows: readonly Row[]): void {
  let text: string | null = null
  app.get('/openapi.json', async (_request, reply) => {
    text ??= JSON.stringify(describe(await Promise.all(rows.map(row => row.load()))))
    return reply.type('application/json').send(text)
  })
}

/** The document for these operations. */
export function describe(operations: readonly Operation[]): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Athar',
      version: VERSION,
      description: 'Finds, traces and documents crypto fundraising for sanctioned terrorist groups.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }, { session: [] }],
    paths: {
      ...Object.fromEntries(operations.map(operation => [pathOf(operation.name), pathItem(operation)])),
      ...JOBS,
      ...COMPAT,
    },
    components: {
      schemas: SCHEMAS,
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'athar-PORT' },
      },
    },
  }
}

function pathItem(operation: Operation): object {
  const shared = {
    summary: operation.summary,
    description: operation.examples.map(({ command, says }) => `\`${command}\`: ${says}`).join('\n\n'),
    tags: [operation.name.split(' ')[0]!],
  }
  const id = operation.name.replaceAll(' ', '-')
  const post = { ...shared, operationId: id, requestBody: bodyOf(operation.fields), responses: responsesOf(operation) }
  if (operation.access !== 'read') return { post }
  const parameters = Object.entries(operation.fields).map(([name, field]) => ({
    name,
    in: 'query',
    required: field.required === true,
    description: saysOf(field),
    schema: schemaOf(field),
  }))
  return { post, get: { ...shared, operationId: `${id}-get`, parameters, responses: responsesOf(operation) } }
}

function bodyOf(fields: Fields): object {
  const required = Object.keys(fields).filter(name => fields[name]!.required === true)
  const properties = Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, { ...schemaOf(field), description: saysOf(field) }]),
  )
  const schema = {
    type: 'object',
    properties,
    additionalProperties: false,
    ...(required.length > 0 ? { required } : {}),
  }
  return { required: required.length > 0, content: { 'application/json': { schema } } }
}

function responsesOf(operation: Operation): object {
  return {
    200: { description: 'The answer.', content: { 'application/json': { schema: operation.answer ?? {} } } },
    202: {
      description: 'It takes longer: the job, also under Location.',
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Job' } } },
    },
    default: {
      description: 'A failure (RFC 9457).',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  }
}

function saysOf(field: Field): string {
  return field.path === true ? `${field.says} (\`upload:ID\`, see PUT /api/v1/uploads)` : field.says
}

function schemaOf(field: Field): object {
  const usual = field.default === undefined ? {} : { default: field.default }
  const choices = field.choices === undefined ? {} : { enum: field.choices }
  if (field.type === 'strings') return { type: 'array', items: { type: 'string', ...choices }, ...usual }
  return { type: field.type, ...choices, ...usual }
}

const SCHEMAS = {
  Problem: {
    type: 'object',
    required: ['type', 'title', 'status', 'detail', 'name', 'kind'],
    properties: {
      type: { type: 'string' },
      name: { type: 'string' },
      kind: { type: 'string' },
      title: { type: 'string' },
      status: { type: 'integer' },
      detail: { type: 'string' },
      hint: { type: ['string', 'null'] },
      facts: { type: 'object' },
    },
  },
  Job: {
    type: 'object',
    required: ['job', 'operation', 'status', 'createdAt'],
    properties: {
      job: { type: 'string' },
      operation: { type: 'string' },
      user: { type: 'string' },
      status: { enum: ['queued', 'running', 'done', 'failed', 'cancelled'] },
      createdAt: { type: 'string', format: 'date-time' },
      startedAt: { type: ['string', 'null'] },
      endedAt: { type: ['string', 'null'] },
      progress: { type: ['object', 'null'] },
      events: { type: 'string' },
      error: { anyOf: [{ $ref: '#/components/schemas/Problem' }, { type: 'null' }] },
      answer: {},
    },
  },
  Upload: {
    type: 'object',
    required: ['id', 'name', 'bytes', 'sha256'],
    properties: {
      id: { type: 'string' },
      name: { type: 'string' },
      bytes: { type: 'integer' },
      sha256: { type: 'string' },
    },
  },
}

const ID = { name: 'id', in: 'path', required: true, schema: { type: 'string' } }

function json(description: string, schema: object): object {
  return { description, content: { 'application/json': { schema } } }
}

const JOB = { $ref: '#/components/schemas/Job' }

const JOBS = {
  [ADDRESS]: {
    get: {
      operationId: 'jobs',
      summary: 'List jobs',
      responses: {
        200: json('The jobs.', { type: 'object', properties: { jobs: { type: 'array', items: JOB } } }),
      },
    },
  },
  [`${ADDRESS}/{id}`]: {
    parameters: [ID],
    get: { operationId: 'job', summary: 'Show a job', responses: { 200: json('The job.', JOB) } },
    delete: { operationId: 'job-cancel', summary: 'Cancel a job', responses: { 202: json('The job.', JOB) } },
  },
  [`${ADDRESS}/{id}/events`]: {
    parameters: [ID],
    get: {
      operationId: 'job-events',
      summary: 'Follow a job',
      responses: {
        200: { description: 'progress, then done, failed or cancelled.', content: { 'text/event-stream': {} } },
      },
    },
  },
  [ALERTS]: {
    get: {
      operationId: 'alert-events',
      summary: 'Follow alerts',
      parameters: [{ name: 'after', in: 'query', schema: { type: 'integer' } }],
      responses: {
        200: {
          description: 'alerts as they are raised, each with its number as id.',
          content: { 'text/event-stream': {} },
        },
      },
    },
  },
  '/api/v1/uploads': {
    put: {
      operationId: 'upload',
      summary: 'Send a file',
      parameters: [{ name: 'name', in: 'query', schema: { type: 'string' } }],
      requestBody: { content: { 'application/octet-stream': { schema: {} } } },
      responses: { 201: json('Its id.', { $ref: '#/components/schemas/Upload' }) },
    },
  },
}
