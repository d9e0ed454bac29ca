import { inDigits } from './digit.ts'
import type { Language } from './term.ts'
import { grouped } from './words.ts'

/** Why a cluster raised an alarm or drew a link: the program's own sentence in English, the same in Arabic. */
export type AlarmSaid = { kind: string; because: string; threshold: number | null; counts: readonly number[] }
export type LinkSaid = { kind: string; because: string; txids: readonly string[] }

export function alarmWhy(language: Language, { kind, because, threshold, counts }: AlarmSaid): string {
  if (language === 'en') return because
  const limit = threshold === null ? '' : grouped(threshold)
  const [a = '', b = ''] = counts.map(grouped)
  return ALARMS[kind]?.(a, b, limit) ?? because
}

export function linkWhy(language: Language, { kind, because, txids }: LinkSaid): string {
  if (language === 'en') return because
  const said = LINKS[kind]
  return said === undefined ? because : `${said} (عدد المعاملات التي يستند إليها: ${inDigits(String(txids.length))})`
}

const ALARMS: Readonly<Record<string, (a: string, b: string, limit: string) => string>> = {
  merge: (a, b, limit) =>
    `ضمّت مجموعتين كبيرتين من ${a} و${b} من العناوين (الكبيرة: ${limit}): ` +
    'ودمج واحد خاطئ كهذا يجعل الحائزَين حائزًا واحدًا.',
  'batch-payout': (a, _, limit) =>
    `تدفع إلى ${a} من العناوين دفعة واحدة (الحد: ${limit}). ` +
    'هكذا تدفع منصة تداول أو شركة دفع، فقد تكون المجموعة عملًا تجاريًا.',
  'pool-payout': (a, _, limit) =>
    `تدفع إلى ${a} من العناوين دفعة واحدة (الحد: ${limit})، وتنفق عملات حديثة التعدين: ` +
    'هكذا يدفع مجمّع تعدين، فقد تكون المجموعة عملًا تجاريًا.',
  'dual-funding-possible': () =>
    'عدة دافعين بصيغة segwit ومخرج P2WSH واحد: دفع إلى توقيع متعدد، أو قناة Lightning موّلها حائزان معًا. ' +
    'ولا يُفرَّق بينهما قبل إنفاق المخرج.',
  'whirlpool-tx0': () => 'بشكل معاملة Whirlpool Tx0: يقسّم الحائز عملةً ليخلطها.',
  'unnecessary-input': () =>
    'كان يمكن الدفع من دون أصغر مدخل: إما PayJoin يدفع فيها المستفيد أيضًا، وإما محفظة ترتّب عملاتها. ' +
    'ولا تُميَّز PayJoin من المعاملات العادية.',
}

const LINKS: Readonly<Record<string, string>> = {
  'deposit-address-of': 'عنوان إيداع استُدلّ عليه: كل ما دفعه وصل إلى تلك الخدمة خلال يوم.',
  'pays-deposit-address': 'يدفع إلى عنوان إيداع استُدلّ عليه، وتعرف الخدمة صاحب الحساب.',
  'sponsored-by': 'كل عملة أصلية وصلته جاءت من هذا العنوان، ثم أنفق بعدها.',
  sponsors: 'كل عملة أصلية وصلت العنوان الآخر جاءت من هذا العنوان، ثم أنفق ذاك بعدها.',
}
