import type { Page } from '../../source/page.ts'
import * as Source from '../../source/page.ts'
import { openEgressLog } from '../../store/egress.ts'
import { outside } from '../config.ts'
import type { Context, Fields } from '../operation.ts'
import { outsideFields } from '../outside.ts'

/** Inputs of what fetches pages. */
export const pageFields = {
  ...outsideFields,
  allowPrivate: { type: 'boolean', default: false, says: 'Addresses may be of a private network, or of this machine' },
  ignoreRobots: { type: 'boolean', default: false, says: 'Read pages that their robots.txt asks programs not to read' },
  userAgent: { type: 'string', says: 'How the program names itself to the other side; else ATHAR_USER_AGENT' },
  seconds: { type: 'integer', default: Source.PAGE_SECONDS_MAX, says: 'Most seconds for one page' },
} as const satisfies Fields

export type PageInput = {
  readonly noEgress?: boolean
  readonly proxy?: string
  readonly allowPrivate?: boolean
  readonly ignoreRobots?: boolean
  readonly userAgent?: string
  readonly seconds?: number
}

/** Fetches one page; every query is logged, also the one that failed. */
export async function fetchPage(url: string, input: PageInput, operation: string, context: Context): Promise<Page> {
  const { forbidden, proxy, userAgent } = outside()
  const { store, clock, signal, user } = context
  const log = openEgressLog(store.directory)
  try {
    return await Source.fetchPage(url, {
      ...{ clock, signal, forbidden: input.noEgress === true || forbidden, proxy: input.proxy ?? proxy },
      ...{ allowPrivate: input.allowPrivate === true, ignoreRobots: input.ignoreRobots === true },
      ...{ userAgent: input.userAgent ?? userAgent ?? Source.USER_AGENT, bytesMax: Source.PAGE_BYTES_MAX },
      secondsMax: Math.max(1, Math.min(600, input.seconds ?? Source.PAGE_SECONDS_MAX)),
      record: query => log.append({ ...query, user, operation }),
    })
  } finally {
    log.close()
  }
}

/** What was seen on the way, for the record of the capture. */
export function detailOf({ url, steps, notes }: Page): Readonly<Record<string, unknown>> {
  return { container: 'page', finalUrl: url, steps, notes }
}
