import * as Attribution from '../../attribution/attribution.ts'
import type * as Campaign from '../../campaign/campaign.ts'
import type { Context } from '../operation.ts'

/**
 * What the regimes say, beside a claim about law: rules that are public record, with their source, and what the lists
 * of this data directory hold now. Facts to set beside the claim, not a ruling on it.
 */
export function factsIn(context: Context | null): (claim: Campaign.PublishedClaim) => Campaign.Fact[] {
  if (context === null) return claim => (claim.topic === 'not-sanctioned' ? [...RULES] : [])
  const { store, clock } = context
  let lists: Campaign.Fact[] | undefined
  const parties = new Map<string, Campaign.Fact[]>()
  return claim => {
    lists ??= Attribution.status(store, clock())
      .filter(list => list.kind === 'designations')
      .map(listFact)
    const subject = claim.scope.subject ?? claim.scope.actor
    const key = subject === null || subject.kind !== 'organisation' ? null : subject.key
    if (key !== null && !parties.has(key)) parties.set(key, namedFacts(key, { store, clock }))
    return [...(claim.topic === 'not-sanctioned' ? RULES : []), ...lists, ...(key === null ? [] : parties.get(key)!)]
  }
}

function listFact(list: Attribution.ListStatus): Campaign.Fact {
  const { authority, version, addresses, publishedAt } = list
  const day = publishedAt.slice(0, 10)
  return {
    source: `${authority} ${version}`,
    en: `The list of ${authority} of ${day} names ${addresses} crypto addresses.`,
    ar: `قائمة ${authority} بتاريخ ${day} تسمّي ${addresses} من عناوين العملات المشفرة.`,
  }
}

/** Listed parties whose name has the subject's words: at most three, each as its list has it. */
function namedFacts(key: string, { store, clock }: Pick<Context, 'store' | 'clock'>): Campaign.Fact[] {
  const word = Object.hasOwn(NAMES, key) ? NAMES[key] : undefined
  if (word === undefined) return []
  const found: Campaign.Fact[] = []
  for (const party of Attribution.parties(store, clock())) {
    const name = party.names.find(one => word.test(one.text))?.text
    if (name === undefined) continue
    const programmes = party.program.join(', ')
    found.push({
      source: `${party.authority} ${party.version}`,
      en: `${party.authority} lists “${name}”${programmes === '' ? '' : ` (${programmes})`}.`,
      ar: `تدرج ${party.authority} ⁨«${name}»⁩${programmes === '' ? '' : ` (⁨${programmes}⁩)`}.`,
    })
    if (found.length >= PARTIES_MAX) break
  }
  return found
}

const PARTIES_MAX = 3

const NAMES: Readonly<Record<string, RegExp>> = {
  hamas: /^(?:HAMAS|ISLAMIC RESISTANCE MOVEMENT)$/i,
  qassam: /QASSAM/i,
  isis: /^(?:ISLAMIC STATE OF IRAQ AND (?:THE LEVANT|AL-SHAM)|ISIS|ISIL|DAESH)$/i,
  isisk: /KHORASAN/i,
  alqaeda: /^AL[- ]QA'?[EI]?DA$/i,
  pij: /^PALESTINIAN? ISLAMIC JIHAD/i,
  pijwing: /AL[- ]QUDS BRIGADES/i,
  hezbollah: /^H[EI][ZS]B[AO]LLAH$/i,
  nasser: /NASSER SALAH/i,
  prc: /^POPULAR RESISTANCE COMMITTEES$/i,
  houthi: /^ANSARALLAH$|HOUTHI/i,
  taliban: /^TALIBAN$/i,
}

/** Public record. Dates: of publication. */
const RULES: readonly Campaign.Fact[] = [
  {
    source: 'OFAC FAQ 560, 2018-03-19',
    en: 'OFAC: obligations are the same whether a transaction is in digital currency or in traditional currency.',
    ar: 'مكتب ⁨OFAC⁩: الالتزامات واحدة سواء أكانت المعاملة بعملة رقمية أم بعملة تقليدية.',
  },
  {
    source: 'OFAC, 2018-11-28',
    en: 'OFAC has named digital currency addresses in its list since 28 November 2018.',
    ar: 'يسمّي مكتب ⁨OFAC⁩ عناوين عملات رقمية في قائمته منذ 28 نوفمبر 2018.',
  },
  {
    source: 'UN Security Council resolution 1373 (2001), paragraph 1(c)',
    en:
      'States shall freeze “funds and other financial assets or economic resources” of those who co' +
      'mmit terrorist acts.',
    ar: 'على الدول تجميد «الأموال وأي أصول مالية أو موارد اقتصادية» لمن يرتكبون أعمالًا إرهابية.',
  },
]
