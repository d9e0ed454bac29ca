import { type Amount, formatUnits } from '../model/amount.ts'
import * as Category from '../model/category.ts'
import type { Citation } from '../model/citation.ts'
import * as Instant from '../model/instant.ts'
import { isolate } from '../std/isolate.ts'
import type { Touch } from './touch.ts'

/** Why something is said, in one sentence for each language, with where it is written. */
export type Reason = { readonly en: string; readonly ar: string; readonly citations: readonly Citation[] }

/** The subject itself is known as something. */
export function owned(touch: Touch): Reason {
  const { en, ar } = known(touch)
  return { en: `The address itself is ${en}.`, ar: `العنوان نفسه ${ar}.`, citations: touch.citations }
}

/** Another address of the same cluster is known as something. */
export function held(
  other: string,
  touch: Touch,
  transactions: readonly Extract<Citation, { kind: 'transaction' }>[],
): Reason {
  const { en, ar } = known(touch)
  return {
    en: `It pays together with ${isolate(other)}, ${en} (multi-input heuristic).`,
    ar: `يشترك في الدفع مع ${isolate(other)}، وهو ${ar} (قاعدة المدخلات المتعددة).`,
    citations: [...transactions, ...touch.citations],
  }
}

/** Value went to an address that is known as something, or came from it. `amount` null: not read. */
export function met(meeting: {
  readonly direction: 'in' | 'out'
  readonly other: string
  readonly touch: Touch
  readonly amount: Amount | null
  readonly hops: number
  readonly transactions: readonly Extract<Citation, { kind: 'transaction' }>[]
  /** Whether its listing was in force on the day of one of the payments; null where it is no listing, or not known. */
  readonly listedThen: boolean | null
}): Reason {
  const { direction, other, touch, amount, hops, transactions, listedThen } = meeting
  const { en, ar } = known(touch)
  const [place, placeAr] = [`${isolate(other)}, ${en}`, `${isolate(other)}، وهو ${ar}`]
  const [sum, sumAr] = [said(amount, 'An amount that was not read'), said(amount, 'مبلغ لم تُقرأ قيمته')]
  const out = direction === 'out'
  const english =
    hops === 1
      ? `${sum} ${out ? 'went directly to' : 'came directly from'} ${place}.`
      : `${sum} ${out ? 'reached' : 'came from'} ${place}, over ${hops} transactions.`
  const arabic =
    hops === 1
      ? `${sumAr} ${out ? 'ذهب مباشرةً إلى' : 'جاء مباشرةً من'} ${placeAr}.`
      : `${sumAr} ${out ? 'وصل إلى' : 'جاء من'} ${placeAr}، عبر ${transactionsInArabic(hops)}.`
  const then = standingWords(touch, listedThen)
  return { en: english + then.en, ar: arabic + then.ar, citations: [...transactions, ...touch.citations] }
}

/** How the listing stood on the day of the payment, where that is not how it stands now. */
function standingWords({ listing, inForce }: Touch, listedThen: boolean | null): { en: string; ar: string } {
  if (listing === null) return { en: '', ar: '' }
  if (inForce && listedThen === false) {
    return { en: ' It was not listed yet on the day of the payment.', ar: ' ولم يكن مدرجًا بعد يوم الدفع.' }
  }
  if (inForce) return { en: '', ar: '' }
  if (listedThen === true) {
    return {
      en: ' It was listed on the day of the payment, and is no longer.',
      ar: ' وكان مدرجًا يوم الدفع، ولم يعد كذلك.',
    }
  }
  const known = listedThen === false
  return {
    en: ` It is no longer listed${known ? ', and was not on the day of the payment' : ''}.`,
    ar: known ? ' ولم يعد مدرجًا، ولم يكن كذلك يوم الدفع.' : ' ولم يعد مدرجًا.',
  }
}

/** Why an incoming contact raises nothing. */
export const DUST: Reason = {
  en: 'Together it is no more than anyone may send in order to be seen, so it raises no status.',
  ar: 'المجموع لا يتجاوز ما قد يرسله أي شخص للفت النظر، فلا تتغيّر به نتيجة الفحص.',
  citations: [],
}

/** Why indirect contact raises nothing where it hangs on how others' balances are apportioned. */
export const FRAGILE: Reason = {
  en:
    'It depends on how balances on the way are apportioned, and whoever pays there can move that: had each account ' +
    'kept this value as long as its balance allowed, nothing would have arrived. So it raises no status by itself.',
  ar:
    'تتوقف هذه النتيجة على طريقة توزيع أرصدة الوسطاء، ويستطيع كل من يدفع إليهم أن يغيّرها: فلو احتفظ كل وسيط بهذه ' +
    'القيمة ما دام رصيده يسمح لما وصل منها شيء. لذلك لا تتغيّر بها وحدها نتيجة الفحص.',
  citations: [],
}

/** How the count stands in Arabic, which has a dual and two plurals. */
function transactionsInArabic(count: number): string {
  if (count === 2) return 'معاملتين'
  return count % 100 >= 3 && count % 100 <= 10 ? `${count} معاملات` : `${count} معاملة`
}

function known({ by, name, source, since, category }: Touch): { en: string; ar: string } {
  const [who, by_] = [isolate(name), isolate(source)]
  if (by === 'label')
    return {
      en: `labelled “${who}” (${Category.nameOf(category, 'en')}) by ${by_}`,
      ar: `موسوم «${who}» (${Category.nameOf(category, 'ar')}) لدى ${by_}`,
    }
  const day = since === null ? null : Instant.formatDay(since)
  return {
    en: `listed by ${by_} as “${who}”${day === null ? '' : ` since ${day}`}`,
    ar: `مدرج لدى ${by_} باسم «${who}»${day === null ? '' : ` منذ ${isolate(day)}`}`,
  }
}

function said(amount: Amount | null, otherwise: string): string {
  if (amount === null) return otherwise
  return isolate(`${formatUnits(amount.units, amount.asset.decimals)} ${amount.asset.symbol}`)
}
