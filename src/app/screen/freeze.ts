import * as Attribution from '../../attribution/attribution.ts'
import * as Instants from '../../model/instant.ts'
import type { NetworkId } from '../../model/network.ts'
import { isolate } from '../../std/isolate.ts'
import type { Context } from '../operation.ts'

/**
 * Whether value at an address is held: by an issuer's freeze, or by a seizure order in force. `not-checked`: no freezes
 * of an issuer on that network are loaded, and no order names it. `asked`: submitted, not in
 * force.
 */
export type Frozen = {
  readonly status: 'frozen' | 'asked' | 'destroyed' | 'lifted' | 'not-frozen' | 'not-checked'
  /** Who froze what, and the last step of it. */
  readonly holds: readonly Hold[]
  readonly reason: string
  readonly because: { readonly en: string; readonly ar: string }
}

export type Hold = {
  readonly by: string
  readonly asset: string | null
  readonly stage: Attribution.Freeze['stage'] | 'order'
  readonly at: string | null
  /** The event's transaction, or the order's number. */
  readonly reference: string | null
}

export function frozenOf(
  network: NetworkId | null,
  address: string,
  designations: readonly Attribution.Designation[],
  context: Context,
): Frozen {
  const now = context.clock()
  const freezes = Attribution.freezesOf(context.store, address, now, now).filter(one => one.network === network)
  const orders = designations.filter(one => one.authority === 'NBCTF' && Attribution.standingOf(one, now) === 'listed')
  const holds = [...freezes.map(fromFreeze), ...orders.map(fromOrder)]
  const stages = holds.map(({ stage }) => stage)
  if (stages.includes('effective') || stages.includes('order')) return said('frozen', holds)
  if (stages.includes('destroyed')) return said('destroyed', holds)
  if (stages.includes('submitted')) return said('asked', holds)
  if (stages.includes('removed')) return said('lifted', holds)
  return said(network !== null && hasFreezes(network, context) ? 'not-frozen' : 'not-checked', [])
}

function fromFreeze({ issuer, asset, stage, stages }: Attribution.Freeze): Hold {
  const { at, txid } = stages.at(-1)!
  return { by: issuer, asset, stage, at: at === null ? null : Instants.format(at), reference: txid }
}

function fromOrder({ authority, entry, listedAt, asset }: Attribution.Designation): Hold {
  const at = listedAt === null ? null : Instants.format(listedAt)
  return { by: authority, asset: asset ?? null, stage: 'order', at, reference: entry ?? null }
}

/** Whether an issuer's freezes on that network were ever loaded. */
function hasFreezes(network: NetworkId, context: Context): boolean {
  const lists = Attribution.status(context.store, context.clock())
  return lists.some(({ list }) => list.startsWith('freezes of ') && list.endsWith(` on ${network}`))
}

const WORDS: Readonly<Record<Frozen['status'], readonly [en: string, ar: string]>> = {
  frozen: ['Held', 'محتجز'],
  asked: ['A freeze was submitted to the issuer’s signers and is not in force', 'طُلب تجميده من المُصدِر ولم يسرِ بعد'],
  destroyed: ['The frozen funds were destroyed', 'أُتلفت الأموال المجمّدة'],
  lifted: ['A freeze was lifted', 'رُفع التجميد عنه'],
  'not-frozen': ['No freeze of it in the issuers’ events that were read', 'لا تجميد له في أحداث المُصدِرين المقروءة'],
  'not-checked': [
    'Not checked: no issuer’s freezes on this network are loaded',
    'لم يُفحص: لم تُحمَّل أحداث تجميد لأي مُصدِر على هذه الشبكة',
  ],
}

function said(status: Frozen['status'], holds: readonly Hold[]): Frozen {
  const [en, ar] = WORDS[status]
  const who = holds
    .map(({ by, at }) => `${isolate(by)}${at === null ? '' : ` (${isolate(at.slice(0, 10))})`}`)
    .join(', ')
  const because = { en: `${en}${who === '' ? '' : `: ${who}`}.`, ar: `${ar}${who === '' ? '' : `: ${who}`}.` }
  return { status, holds, reason: because.en, because }
}
