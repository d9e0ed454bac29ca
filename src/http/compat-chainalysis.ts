import type { FastifyInstance } from 'fastify'
import type { ScreenResult } from '../app/screen/result.ts'
import { type Ask, send } from './compat-ask.ts'
import { asideOf, headersOf, invalid, screened } from './compat-screen.ts'

/**
 * `GET /api/v1/address/{address}`, the shape of Chainalysis' free sanctions API: `identifications`, one for each
 * designation in force; empty where there is none. Empty is not clean: `athar` says what was asked.
 */
export function addChainalysis(app: FastifyInstance, ask: Ask): void {
  app.get<{ Params: { address: string } }>('/api/v1/address/:address', async (request, reply) => {
    const [result] = await screened(ask, [request.params.address])
    if (result!.status === 'invalid') throw invalid(result!)
    const aside = asideOf(result!)
    return send(
      reply,
      { identifications: result!.designations.filter(isInForce).map(identification), athar: aside },
      headersOf(aside),
    )
  })
}

type Designation = ScreenResult['designations'][number]

function isInForce({ status }: Designation): boolean {
  return status === 'listed'
}

function identification({ authority, entity, program, listedAt, address, entry, citation }: Designation): object {
  const programmes = program.length === 0 ? '' : ` (${program.join(', ')})`
  const id = entry === undefined ? '' : `, entry ${entry}`
  const since = listedAt === null ? '' : ` since ${listedAt.slice(0, 10)}`
  return {
    category: 'sanctions',
    name: `SANCTIONS: ${authority} ${entity}`.trim(),
    description: `${address} is listed by ${authority} under “${entity}”${programmes}${since}${id}.`,
    url: URLS.get(authority) ?? null,
    athar: { authority, program, entity, listedAt, citation },
  }
}

/** Where the authorities publish their lists. */
const URLS: ReadonlyMap<string, string> = new Map([
  ['OFAC', 'https://sanctionssearch.ofac.treas.gov/'],
  ['UN', 'https://main.un.org/securitycouncil/en/content/un-sc-consolidated-list'],
  ['EU', 'https://www.sanctionsmap.eu/'],
  ['UK', 'https://www.gov.uk/government/publications/the-uk-sanctions-list'],
  ['NBCTF', 'https://nbctf.mod.gov.il/en/Pages/seizures.aspx'],
])
