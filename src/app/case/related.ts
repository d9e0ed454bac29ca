import * as Campaign from '../../campaign/campaign.ts'
import * as CaseFile from '../../casefile/casefile.ts'
import type { Store } from '../../store/store.ts'
import type { Context, Operation } from '../operation.ts'

/** Cases that speak of the same things: what one desk found, another may be looking for. */
export type RelatedAnswer = {
  readonly name: string
  readonly related: readonly {
    readonly name: string
    readonly title: string
    readonly status: CaseFile.Status
    readonly shared: readonly Shared[]
    /** Shared things that `shared` leaves out. */
    readonly left: number
  }[]
}

type Shared = { readonly what: CaseFile.EvidenceKind; readonly value: string; readonly network: string | null }

/** Shared things that are named for each case. */
const SHOWN_MAX = 50

export const caseRelated: Operation = {
  name: 'case related',
  summary: 'List other cases that share addresses, campaigns or captures with a case',
  access: 'read',
  fields: { name: { type: 'string', says: 'The case', positional: true, required: true } },
  examples: [{ command: 'athar case related 2026-17', says: 'most shared first' }],
  list: 'related',
  run: ({ name }: { name: string }, { store }: Context): RelatedAnswer => {
    const own = thingsOf(store, CaseFile.read(store, name))
    const related = CaseFile.names(store)
      .filter(other => other !== name)
      .map(other => CaseFile.read(store, other))
      .map(file => {
        const shared = [...thingsOf(store, file)].filter(([key]) => own.has(key)).map(([, thing]) => thing)
        const { title, status } = file
        return { name: file.name, title, status, shared, left: Math.max(0, shared.length - SHOWN_MAX) }
      })
      .filter(one => one.shared.length > 0)
      .sort((a, b) => b.shared.length - a.shared.length || (a.name < b.name ? -1 : 1))
    return { name, related: related.map(one => ({ ...one, shared: one.shared.slice(0, SHOWN_MAX) })) }
  },
}

/** What a case is about: its evidence, and the addresses of its campaigns. */
function thingsOf(store: Store, { evidence }: CaseFile.CaseFile): Map<string, Shared> {
  const things = new Map<string, Shared>()
  const put = (what: Shared['what'], value: string, network: string | null) =>
    things.set(`${what} ${network} ${value}`, { what, value, network })
  for (const { what, value, network } of evidence) {
    put(what, value, network)
    if (what !== 'campaign') continue
    for (const address of Campaign.from(store, value).addresses) {
      put('address', address.address, address.network)
    }
  }
  return things
}
