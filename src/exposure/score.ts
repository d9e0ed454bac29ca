import * as Category from '../model/category.ts'
import type { Exposure } from './measure.ts'
import { isRisk, type Policy, type Rule } from './policy.ts'
import type { ListingStatus } from './status.ts'

/** What the rules of a policy make of an answer. A score never travels without its rules. */
export type Risk = {
  /** The highest of the rules that fired; never their sum. Null: none fired. 0: some fired, and scored nothing. */
  readonly score: number | null
  readonly rules: readonly Fired[]
}

export type Fired = {
  readonly id: string
  readonly version: string
  /** Null where the address itself is listed. */
  readonly category: Category.Category | null
  /** The share from which the rule fires, or the listing that it asks for. */
  readonly threshold: number | string
  /** What was found; null: contact whose amount was not read. */
  readonly value: number | string | null
  readonly score: number
  readonly because: { readonly en: string; readonly ar: string }
  readonly source: string
}

export function riskOf(policy: Policy, listing: ListingStatus, exposures: readonly Exposure[]): Risk {
  const rules = policy.rules.flatMap(rule => firedBy(rule, policy, listing, exposures))
  return { score: rules.length === 0 ? null : Math.max(...rules.map(({ score }) => score)), rules }
}

function firedBy(rule: Rule, policy: Policy, listing: ListingStatus, exposures: readonly Exposure[]): Fired[] {
  const { id, version, relation, source } = rule
  if (relation === 'listing' || relation === 'former-listing') {
    const fits = relation === 'listing' ? listing === 'listed' : listing === 'formerly-listed' || listing === 'expired'
    const [threshold, because] = [relation === 'listing' ? 'listed' : 'formerly-listed', LISTINGS[listing]]
    if (!fits || because === undefined) return []
    return [{ id, version, category: null, threshold, value: listing, score: rule.score, because, source }]
  }
  const found = exposures.filter(one => fits(rule, policy, one))
  const byCategory = Map.groupBy(found, one => one.category)
  return [...byCategory].map(([category, rows]) => {
    const largest = rows.reduce((a, b) => ((firm(b) ?? -1) > (firm(a) ?? -1) ? b : a))
    const weight = policy.categories.find(one => one.category === category)?.weight ?? 100
    return {
      ...{ id, version, category, threshold: rule.share, value: firm(largest) },
      ...{ score: Math.round((rule.score * weight) / 100), because: sentence(rule, largest), source },
    }
  })
}

/** An incoming contact that anybody could have planted fires no rule of a category that raises a status. */
function fits(rule: Rule, policy: Policy, one: Exposure): boolean {
  if (one.relation !== rule.relation) return false
  if (rule.direction !== 'any' && one.direction !== rule.direction) return false
  if (one.relation === 'ownership' && !one.beyondListing) return false
  const wanted = rule.categories.length === 0 ? isRisk(policy, one.category) : rule.categories.includes(one.category)
  if (!wanted || (isRisk(policy, one.category) && !one.raises)) return false
  const share = firm(one)
  return share === null ? rule.share === 0 : rule.share === 0 || share >= rule.share
}

/** The share that a rule looks at: over account chains the one that nobody else's payments can raise. */
function firm({ share, least }: Exposure): number | null {
  return least ?? share
}

const LISTINGS: Readonly<Partial<Record<ListingStatus, { readonly en: string; readonly ar: string }>>> = {
  listed: { en: 'The address itself is listed.', ar: 'العنوان نفسه مدرج في قائمة.' },
  'formerly-listed': { en: 'The address was listed, and is no longer.', ar: 'كان العنوان مدرجًا ثم رُفع.' },
  expired: { en: 'The listing of the address has lapsed.', ar: 'انقضى إدراج العنوان في القائمة.' },
}

const WORDS = {
  ownership: { en: 'Ownership', ar: 'ملكية' },
  direct: { en: 'Direct contact', ar: 'تعامل مباشر' },
  indirect: { en: 'Indirect contact', ar: 'تعامل غير مباشر' },
} as const

function sentence(rule: Rule, exposure: Exposure): { en: string; ar: string } {
  const { category, relation, direction } = exposure
  const share = firm(exposure)
  const [en, ar] = [Category.nameOf(category, 'en'), Category.nameOf(category, 'ar')]
  const way = direction === 'out' ? { en: 'outgoing', ar: 'صادر' } : { en: 'incoming', ar: 'وارد' }
  if (relation === 'ownership') {
    return { en: `The address, or its cluster, is known as ${en}.`, ar: `العنوان أو مجموعته معروف بأنه: ${ar}.` }
  }
  const words = WORDS[relation]
  const least = percent(rule.share)
  if (share === null) {
    return {
      en: `${words.en} (${way.en}) with ${en}, of an amount that was not read; the rule asks for any.`,
      ar: `${words.ar} (${way.ar}) مع ${ar} بمبلغ لم تُقرأ قيمته؛ والقاعدة تكتفي بأي مبلغ.`,
    }
  }
  const [any, anyAr] = rule.share === 0 ? ['any', 'أي مبلغ'] : [least, `\u2068${least}\u2069`]
  return {
    en: `${words.en} (${way.en}) with ${en}: ${percent(share)}, and the rule asks for ${any}.`,
    ar: `${words.ar} (${way.ar}) مع ${ar}: \u2068${percent(share)}\u2069، والقاعدة تطلب ${anyAr}.`,
  }
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`
}
