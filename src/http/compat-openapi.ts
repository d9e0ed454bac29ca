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

export const COMPAT: Readonly<Record<string, object>> = {
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
