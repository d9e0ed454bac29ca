/** The routes in the shapes of other tools, for `/openapi.json`; docs/compatibility.md says what stands beside them. */
const PROBLEM = {
  description: 'A failure (RFC 9457).',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
}

function answer(description: string, schema: object): object {
  return { description, content: { 'application/json': { schema } } }
}

function inPath(name: string): object {
  return { name, in: 'path', required: true, schema: { type: 'string' } }
}

function inQuery(name: string, schema: object, required = false): object {
  return { name, in: 'query', required, schema }
}

const SUBJECT = [inPath('currency'), inPath('address')]
const PAGES = [inQuery('page', { type: 'string' }), inQuery('pagesize', { type: 'integer', maximum: 100 })]
const DIRECTION = { enum: ['in', 'out'] }
const BASE = '/{currency}/addresses/{address}'

function graphSense(id: string, summary: string, parameters: readonly object[]): object {
  const responses = { 200: answer('As in GraphSense REST 1.15.', { type: 'object' }), default: PROBLEM }
  return {
    get: { operationId: id, summary, tags: ['compatibility'], parameters: [...SUBJECT, ...parameters], responses },
  }
}

const NUMBER_IN_WORDS = { type: 'string', pattern: '^[01](\\.\\d+)?$' }

const QUERY = {
  type: 'object',
  required: ['properties'],
  properties: {
    id: { type: 'string' },
    schema: { type: 'string' },
    properties: { type: 'object', additionalProperties: { type: ['array', 'string', 'number'] } },
  },
}

const MATCHES = {
  type: 'object',
  required: ['responses', 'limit'],
  properties: {
    responses: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        required: ['status', 'results', 'total', 'query'],
        properties: {
          status: { type: 'integer' },
          results: { type: 'array', items: { type: 'object' } },
          total: { type: 'object', required: ['value', 'relation'] },
          query: { type: 'object' },
        },
      },
    },
    limit: { type: 'integer' },
  },
}

/** Routes of yente (OpenSanctions). */
const YENTE: Readonly<Record<string, object>> = {
  '/match/{dataset}': {
    post: {
      operationId: 'compat-match',
      summary: 'Hold names against the lists, in the shape of yente’s matching',
      tags: ['compatibility'],
      parameters: [
        inPath('dataset'),
        inQuery('threshold', NUMBER_IN_WORDS),
        inQuery('cutoff', NUMBER_IN_WORDS),
        inQuery('limit', { type: 'integer' }),
        inQuery('algorithm', { type: 'string' }),
        inQuery('fuzzy', { type: 'string', description: 'Changes nothing here.' }),
      ],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: {
              type: 'object',
              required: ['queries'],
              properties: { queries: { type: 'object', additionalProperties: QUERY, maxProperties: 100 } },
            },
          },
        },
      },
      responses: { 200: answer('Candidates of each query, the best first.', MATCHES), default: PROBLEM },
    },
  },
  '/algorithms': {
    get: {
      operationId: 'compat-algorithms',
      summary: 'Name the ways of comparing names, in the shape of yente',
      tags: ['compatibility'],
      responses: { 200: answer('There is one, under several names.', { type: 'object' }), default: PROBLEM },
    },
  },
  '/catalog': {
    get: {
      operationId: 'compat-catalog',
      summary: 'Name the lists that are loaded, in the shape of yente',
      tags: ['compatibility'],
      responses: { 200: answer('Datasets with their versions.', { type: 'object' }), default: PROBLEM },
    },
  },
}

export const COMPAT: Readonly<Record<string, object>> = {
  ...YENTE,
  '/api/v1/address/{address}': {
    get: {
      operationId: 'compat-sanctions',
      summary: 'Say whether an address is listed, in the shape of Chainalysis’ sanctions API',
      tags: ['compatibility'],
      parameters: [inPath('address')],
      responses: {
        200: answer('Designations in force; `athar` says what was not checked.', {
          type: 'object',
          required: ['identifications', 'athar'],
          properties: { identifications: { type: 'array', items: { type: 'object' } }, athar: { type: 'object' } },
        }),
        default: PROBLEM,
      },
    },
  },
  '/public/v2/screening/addresses': {
    post: {
      operationId: 'compat-screening',
      summary: 'Screen addresses, in the shape of TRM’s wallet screening',
      tags: ['compatibility'],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: {
              type: 'array',
              maxItems: 1000,
              items: {
                type: 'object',
                required: ['address', 'chain'],
                properties: { address: { type: 'string' }, chain: { type: 'string' }, accountExternalId: {} },
              },
            },
          },
        },
      },
      responses: {
        201: answer('One row an address, in order.', { type: 'array', items: { type: 'object' } }),
        default: PROBLEM,
      },
    },
  },
  [BASE]: graphSense('compat-address', 'Show an address, in the shape of GraphSense', []),
  [`${BASE}/txs`]: graphSense('compat-txs', 'List transactions of an address, in the shape of GraphSense', [
    ...PAGES,
    inQuery('direction', DIRECTION),
    inQuery('order', { enum: ['asc', 'desc'] }),
    inQuery('min_height', { type: 'integer' }),
    inQuery('max_height', { type: 'integer' }),
  ]),
  [`${BASE}/neighbors`]: graphSense('compat-neighbors', 'List neighbours of an address, in the shape of GraphSense', [
    ...PAGES,
    inQuery('direction', DIRECTION, true),
  ]),
  [`${BASE}/tags`]: graphSense('compat-tags', 'List labels of an address, in the shape of GraphSense', []),
}
