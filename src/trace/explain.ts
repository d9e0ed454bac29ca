import { formatUnits } from '../model/amount.ts'
import { isolate } from '../std/isolate.ts'
import type { Direction } from './declaration.ts'
import type { Reached, Stop } from './outcome.ts'

/** One sentence in each language of the product. */
export type Because = { readonly en: string; readonly ar: string }

/** Why a row of a trace ends where it does, in one sentence. Addresses are isolated, so that Arabic reads right. */
export function because(row: Reached, direction: Direction): Because {
  const amount = `${formatUnits(row.amount.units, row.amount.asset.decimals)} ${row.amount.asset.symbol}`
  const forward = direction === 'forward'
  const reason = REASONS[row.stoppedBecause]
  const named = row.label === null ? '' : `, labelled ${row.label.name} (${row.label.category})`
  const namedArabic = row.label === null ? '' : `، الموسوم ${isolate(row.label.name)}`
  const [place, placeArabic] = placeOf(row)
  const [lies, liesArabic] = forward ? ['reached', 'وصل إلى'] : ['came from', 'جاء من']
  return {
    en: `${amount} ${lies} ${place}${named}, ${count(row.hops)} from the origin; ${reason.en}.`,
    ar: `${isolate(amount)} ${liesArabic} ${placeArabic}${namedArabic}، ${countArabic(row.hops)}؛ ${reason.ar}.`,
  }
}

/** An address; or who it is where there is none: a sender that nothing tells, or a script that pays nobody. */
function placeOf(row: Reached): [string, string] {
  if (row.address !== null) return [row.address, isolate(row.address)]
  return row.stoppedBecause === 'unread' ? ['an unknown sender', 'مُرسِل غير معروف'] : ['no address', 'غير عنوان']
}

const REASONS: Readonly<Record<Stop, Because>> = {
  followed: { en: 'it was followed further', ar: 'وقد استمر تتبّعه' },
  mixer: { en: 'the trace stops there because a mixer breaks the thread', ar: 'ويتوقف التتبّع لأن الخلّاط يقطع الأثر' },
  service: {
    en: 'the trace stops there because a custodial service pools its customers’ money',
    ar: 'ويتوقف التتبّع لأن خدمة الوصاية تجمع أموال عملائها معًا',
  },
  contract: {
    en: 'the trace stops there because nothing is followed through that contract on this network',
    ar: 'ويتوقف التتبّع لأن العقد لا يُتتبّع عبره في هذه الشبكة',
  },
  burned: { en: 'it was destroyed there', ar: 'وقد أُتلف هناك' },
  coinbase: { en: 'it was newly mined there', ar: 'وقد عُدّن هناك حديثًا' },
  unspent: { en: 'it was not spent in what was read', ar: 'ولم يُنفق فيما قُرئ من السجل' },
  horizon: { en: 'the declared number of hops ends there', ar: 'وهناك ينتهي عدد القفزات المعلن' },
  time: { en: 'it moved outside the declared window of time', ar: 'وقد تحرك خارج المدة المعلنة' },
  min: { en: 'the amount is below the declared least', ar: 'وهو دون المبلغ الأدنى المعلن' },
  unread: {
    en: 'the trace stops there because not all of what paid in was read',
    ar: 'ويتوقف التتبّع لأن بعض ما دُفع إليه لم يُقرأ',
  },
  limit: { en: 'the limit of inputs and outputs was hit there', ar: 'وهناك بلغ التتبّع حد القراءة المعلن' },
}

function count(hops: number): string {
  return hops === 1 ? '1 transaction' : `${hops} transactions`
}

function countArabic(hops: number): string {
  if (hops === 0) return 'عند المنشأ نفسه'
  if (hops === 1) return 'على بُعد معاملة واحدة من المنشأ'
  if (hops === 2) return 'على بُعد معاملتين من المنشأ'
  const few = hops % 100 >= 3 && hops % 100 <= 10
  return few ? `على بُعد ${hops} معاملات من المنشأ` : `على بُعد ${hops} معاملة من المنشأ`
}
