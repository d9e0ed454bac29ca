import * as Attribution from '../../attribution/attribution.ts'
import type * as Campaign from '../../campaign/campaign.ts'
import * as Capture from '../../capture/capture.ts'
import * as Address from '../../chain/address.ts'
import * as Instant from '../../model/instant.ts'
import type { Context, Operation } from '../operation.ts'
import { type CheckInput, check, sourcesOf } from './check.ts'

/** Keeps the figures of texts as claims of those who said them: never as facts, and never as labels. */
export const claimStore: Operation = {
  name: 'claim store',
  summary: 'Keep the figures that a text publishes as claims of those who said them',
  access: 'write',
  fields: {
    medium: { type: 'string', says: 'Where it was published: article, report, post…', default: 'article' },
    url: { type: 'string', says: 'Where it can be read' },
    published: { type: 'string', says: 'When it was published; default: what its content shows' },
    capture: { type: 'strings', says: 'SHA-256 or address of a captured page' },
    file: { type: 'strings', says: 'Files (text, HTML, PDF)', positional: true, path: true },
  },
  examples: [{ command: 'athar claim store article.txt --medium article', says: 'every figure of an article' }],
  list: 'claims',
  run: async (input: StoreInput, context: Context) => {
    const asked = { ...input, asset: 'BTC' }
    const answer = await check(asked, context)
    const digests = new Map(sourcesOf(asked, context).map(({ source, sha256 }) => [source.file, sha256]))
    const claims = answer.claims.filter(one => one.kind !== 'trend')
    return context.store.transaction(() => ({
      claims: claims.map(one => {
        const content = contentOf(one, input, sealedOf(digests.get(one.file) ?? null, context))
        return { ...Attribution.addClaim(context.store, content, context.clock(), context.user), claim: one.id }
      }),
    }))
  },
}

type StoreInput = Omit<CheckInput, 'asset'> & { readonly medium: string; readonly url?: string }

/** The digest where these bytes are sealed; a claim cites captures only. */
function sealedOf(sha256: string | null, { store }: Context): string | null {
  return sha256 !== null && Capture.list(store).some(one => one.sha256 === sha256) ? sha256 : null
}

function contentOf(claim: Campaign.PublishedClaim, input: StoreInput, sha256: string | null): Attribution.ClaimContent {
  const { start, end, words, date, figure, kind, measure, speaker } = claim
  return {
    subject: subjectOf(claim),
    predicate: kind === 'figure' && (measure === 'received' || measure === 'raised') ? 'received' : 'said',
    object: figure.raw.trim(),
    ...{ category: null, role: null, grade: 'reported', confidence: 'unknown' },
    speaker: speaker ?? claim.medium,
    medium: input.medium,
    saidAt: date.value?.length === 10 ? (Instant.parse(date.value) ?? null) : null,
    words,
    url: input.url ?? null,
    capture: sha256 === null ? null : { sha256, start, end },
    ...{ validFrom: null, validTo: null },
  }
}

function subjectOf({ scope, medium }: Campaign.PublishedClaim): Attribution.Subject {
  const { subject } = scope
  const parsed = subject?.kind === 'address' ? Address.parse(subject.key) : undefined
  if (parsed?.ok === true) return { kind: 'address', network: parsed.networks[0]!, address: parsed.address.address }
  return {
    kind: subject?.kind === 'campaign' ? 'campaign' : 'entity',
    name: subject?.name ?? scope.actor?.name ?? medium,
  }
}
