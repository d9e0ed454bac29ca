import { isolate } from '../../../src/std/isolate.ts'
import { inDigits } from './digit.ts'
import type { Language } from './term.ts'
import { visible } from './visible.ts'

/**
 * What the program says in one language only (notes, what is not certain, who states a threshold), in the language of
 * the page. A sentence that nobody has put into Arabic stays as it is, isolated and with every mark that turns text
 * made visible: some of it was written outside.
 */
export function said(language: Language, text: string): string {
  if (language === 'en') return isolate(visible(text))
  return text.split('; ').map(inArabic).join('؛ ')
}

function inArabic(text: string): string {
  for (const [form, arabic] of SENTENCES) {
    const found = form.exec(text)
    if (found !== null)
      return arabic.replace(/\$(\d)/g, (_, i: string) => isolate(inDigits(visible(found[Number(i)] ?? ''))))
  }
  return isolate(visible(text))
}

/** Forms of whole sentences; `$1` is what the first group caught. */
export const SENTENCES: readonly (readonly [RegExp, string])[] = [
  // Who states a threshold.
  [/^the analyst’s own watch$/, 'مراقبة المحلل نفسه'],
  [/^ours$/, 'اقتراح من البرنامج'],
  [/^numbers ours$/, 'والأرقام اقتراح من البرنامج'],
  [/^words ours$/, 'والعبارات اقتراح من البرنامج'],
  [/^FinCEN alert on Hamas, October 2023$/, 'تنبيه FinCEN بشأن حماس، أكتوبر 2023'],
  [/^\$500: 75 % of payments \(TRM\)$/, '500 دولار: 75% من الدفعات (شركة TRM)'],
  [/^TRM$/, 'شركة TRM للتحليل'],
  [/^FATF 2020$/, 'مجموعة العمل المالي (فاتف) 2020'],
  [/^FATF 2020: 24 hours$/, 'مجموعة العمل المالي (فاتف) 2020: 24 ساعة'],
  [/^FATF 2020: dormant accounts$/, 'مجموعة العمل المالي (فاتف) 2020: الحسابات الراكدة'],
  [/^DOJ 2025$/, 'وزارة العدل الأمريكية، 2025'],
  [/^published analysis of the 2019 campaign: 4 characters$/, 'تحليل منشور لحملة 2019: أربعة أحرف'],
  [/^poisoners’ end ours$/, 'وما يخص مقلّدي العناوين اقتراح من البرنامج'],
  [/^the days are of public record$/, 'والأيام معلومة للعموم'],
  [/^by itself it separates nothing$/, 'وهي وحدها لا تفرّق شيئًا'],
  [/^issuers’ events$/, 'أحداث يعلنها المُصدِرون'],
  [/^orders of seizure$/, 'أوامر الحجز'],
  [/^a post in a watched folder$/, 'منشور في مجلد مراقَب'],
  [
    /^a published case: steps of about \$10,000 in USDT on Tron$/,
    'قضية منشورة: درجات من نحو 10,000 دولار بـ USDT على ترون',
  ],
  [/^published analysis, (\d+)$/, 'تحليل منشور، $1'],
  // What is not certain, and why an alert was taken back.
  [/^a post proves that it shows an address, not whose it is$/, 'المنشور يثبت أنه يعرض عنوانًا، لا لمن هو'],
  [
    /^a reorganisation took its transaction.* out of the chain$/,
    'أخرجت إعادةُ تنظيم للسلسلة معاملتَه أو ما يقوم عليه منها',
  ],
  [/^some senders are unknown$/, 'بعض المرسلين غير معروفين'],
  [/^without prices payments are counted, not their value$/, 'بلا أسعار تُعدّ الدفعات لا قيمتها'],
  [/^not mined yet: its sender may still replace it$/, 'لم تدخل كتلة بعد: ولا يزال بوسع مرسلها استبدالها'],
  [/^not mined yet: it may never be mined$/, 'لم تدخل كتلة بعد: وقد لا تدخل أبدًا'],
  [/^its transaction was replaced by (\S+) before it was mined$/, 'استُبدلت معاملته بالمعاملة $1 قبل أن تدخل كتلة'],
  [
    /^its transaction was mined, and did not do what was seen while it waited$/,
    'دخلت معاملته كتلة ولم تفعل ما رُئي وهي تنتظر',
  ],
  [
    /^its transaction waits no longer, and no block has it: it was replaced or dropped$/,
    'لم تعد معاملته تنتظر ولا كتلة فيها: استُبدلت أو أُسقطت',
  ],
  [/^a reason that was not there when it was closed$/, 'سبب لم يكن قائمًا حين أُغلق'],
  [
    /^energy that is bought is lent too: .*$/,
    'الطاقة المشتراة تُعار أيضًا: وبائعها إن لم يكن موسومًا ولم يُرَ أنه يخدم كثيرين يبدو مثله',
  ],
  [/^an activation is paid once, .*$/, 'التفعيل يُدفع مرة واحدة، ويدفعه من ينشئ الحساب: فلا يدل على صلة بأحد'],
  [
    /^words alone, written by who signed it: somebody must read them$/,
    'كلمات فحسب، كتبها من وقّع المعاملة: لا بد أن يقرأها أحد',
  ],
  [/^words alone, written by who signed it$/, 'كلمات فحسب، كتبها من وقّع المعاملة'],
  [
    /^of several who signed its inputs any may have: somebody must read them$/,
    'وقد يكون كاتبها أيًّا من موقّعي مدخلاتها: لا بد أن يقرأها أحد',
  ],
  [
    /^written by who pays, and by nobody who is paid: .*$/,
    'كتبها الدافع لا المدفوع له: كلمات فحسب، لا بد أن يقرأها أحد',
  ],
  [
    /^by itself it separates nothing: .*$/,
    'لا تفرّق هذه القاعدة وحدها شيئًا: فنحو عنوان من كل أربعة عشر لم يقع له شيء يُظهر مثل ذلك',
  ],
  [
    /^(\S+) was mined, which spends the same as its transaction: a double spend$/,
    'دخلت كتلةً المعاملةُ $1، وهي تنفق ما تنفقه معاملته: إنفاق مزدوج',
  ],
  [/^no receipt of the old address was read: .*$/, 'لم يُقرأ للعنوان القديم وارد: فلا يُعرف أسكن أم لا'],
  [/^the old address was paid only just now: .*$/, 'دُفع إلى العنوان القديم للتو: فلا يُعرف بعد أيسكن أم لا'],
  [/^no evidence$/, 'وليست دليلًا'],
  [/^Taken back: a slip of the hand\.$/, 'استُرجع: خطأ غير مقصود.'],
  [/^words alone: somebody must read the post$/, 'كلمات فحسب: لا بد أن يقرأ أحدٌ المنشور'],
  // Notes of receipts.
  [/^(\d+) of the addresses do not appear in what was read: (.*)$/, 'لا تظهر فيما قُرئ من العناوين: $1 ($2)'],
  [
    /^date of publication not known for (\d+) addresses: .*$/,
    'عناوين لا يُعرف تاريخ نشرها: $1، فلم يُستبعد من واردها شيء بوصفه سابقًا للنشر',
  ],
  [/^(\d+) transfers of fake tokens .* are not inflow$/, 'تحويلات رموز مزيفة (بعقد آخر) لا تُعد واردًا: $1'],
  [/^(\d+) transfers of zero value are not inflow$/, 'تحويلات بلا قيمة لا تُعد واردًا: $1'],
  [/^(\d+) failed transfers are not inflow$/, 'تحويلات فاشلة لا تُعد واردًا: $1'],
  [/^(\d+) approvals are not inflow$/, 'أذون إنفاق لا تُعد واردًا: $1'],
  [
    /^claimed donation address: one publisher shows it and nothing confirms it, .*$/,
    'عنوان تبرعات بحسب ادعاء: يعرضه ناشر واحد ولا شيء يؤكده، فالحد الأدنى صفر',
  ],
  // Notes of bursts.
  [/^the control is the rest of what was read, .*$/, 'المقارنة ببقية ما قُرئ، وقد يكون ما قُرئ منتقى'],
  [
    /^no engagement series and no event was given: nothing is said of a cause$/,
    'لم تُعطَ سلسلة تفاعل ولا حدث: فلا يُقال شيء عن السبب',
  ],
  // Notes of what can still be stopped.
  [/^(\d+) of the addresses do not appear in what was read$/, 'لا تظهر فيما قُرئ من العناوين: $1'],
  [
    /^(\d+) of the addresses are services: what lies there is their customers’$/,
    'من العناوين خدمات: $1، وما فيها لعملائها',
  ],
  [
    /^(\d+) payments out of the set have an unknown value: more may lie there, or less$/,
    'دفعات صادرة مجهولة القيمة: $1، فقد يكون المستقر أكثر أو أقل',
  ],
  [/^(\d+) transfers of fake tokens .*$/, 'تحويلات رموز مزيفة (رمز معروف على عقد آخر) لا قيمة لها: $1'],
  [
    /^(\d+) payments went to addresses that forward to one service alone: .*$/,
    'دفعات إلى عناوين لا تمرّر إلا إلى خدمة واحدة: $1، استنتاجًا لا تصريحًا من أحد',
  ],
  [
    /^of (\d+) assets fewer than 5 payments out are known: no habit is read from them$/,
    'عملات لا يُعرف منها إلا أقل من خمس دفعات صادرة: $1، فلا عادة تُقرأ منها',
  ],
  [
    /^unconfirmed payments are not in the ledger: what is under way now is not seen$/,
    'الدفعات غير المؤكدة ليست في السجل: ما يجري الآن لا يُرى',
  ],
  [/^the ledger of (\S+) was not read: nothing is said of its addresses$/, 'لم يُقرأ سجل $1: لا يُقال شيء عن عناوينه'],
  // Notes of traces and neighbours.
  [
    /^Internal transfers of (\S+) were not read for all blocks: (\S+) that contracts paid is missing\.$/,
    'لم تُقرأ التحويلات الداخلية على $1 في كل الكتل: وما دفعته العقود من $2 غير محسوب.',
  ],
  [/^The ledger of (\S+) was not read: .*$/, 'لم يُقرأ سجل $1'],
  [/^(\S+) is nowhere in what was read of (\S+)\.$/, 'لا يظهر $1 فيما قُرئ من $2.'],
  [
    /^The origin received nothing in what was read of (\S+) in the declared window\.$/,
    'لم يتلقَّ المنشأ شيئًا فيما قُرئ من $1 في الفترة المعلنة.',
  ],
  [
    /^(\d+) outpoints lead into transactions with inputs that were not read: .*$/,
    'مخرجات تقود إلى معاملات لم تُقرأ مدخلاتها: $1، وتقف قيمتها هناك.',
  ],
]
