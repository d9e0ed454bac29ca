/**
 * Sentences with the claims in them, written for this project in Arabic and English; no sentence is taken from an
 * article. Each claim: kind, value (or null), unit, measure, qualifier, and a legal state where there is one.
 */
export type Labelled = { readonly text: string; readonly claims: readonly Row[] }

type Row = readonly [
  kind: string,
  value: string | null,
  unit: string | null,
  measure: string | null,
  qualifier: string | null,
  state?: string,
]

const money = (value: string, unit: string, measure: string | null, qualifier: string | null = null): Row => {
  return ['figure', value, unit, measure, qualifier]
}
const taken = (value: string, unit: string, state: string, qualifier: string | null = null): Row => {
  return ['figure', value, unit, 'taken', qualifier, state]
}

export const arabic: readonly Labelled[] = [
  { text: 'تلقت حملة «الربيع» ١٢٫٥ بيتكوين في عام ٢٠٢١.', claims: [money('12.5', 'BTC', 'received')] },
  {
    text: 'جمعت الجماعة نحو ٣ ملايين دولار عبر العملات الرقمية.',
    claims: [money('3000000', 'USD', 'raised', 'about')],
  },
  { text: 'أرسل متبرعون أكثر من 80 ألف دولار إلى العنوان.', claims: [money('80000', 'USD', 'sent', 'more than')] },
  { text: 'بلغ حجم المعاملات في المحفظة 900 بيتكوين حتى نهاية عام 2020.', claims: [money('900', 'BTC', 'turnover')] },
  { text: 'لا يزال رصيد المحفظة 4.2 بيتكوين.', claims: [money('4.2', 'BTC', 'balance')] },
  {
    text: 'صادرت السلطات الألمانية ما يقرب من خمسة ملايين يورو.',
    claims: [taken('5000000', 'EUR', 'forfeited', 'almost')],
  },
  { text: 'جمدت الشركة 45 محفظة مرتبطة بالتنظيم.', claims: [taken('45', 'wallet', 'restrained')] },
  { text: 'أغلقت المنصة سبعة حسابات تابعة للحملة.', claims: [taken('7', 'account', 'closed')] },
  {
    text: 'تحفظت النيابة على حسابين وثلاثة مواقع.',
    claims: [taken('2', 'account', 'restrained'), taken('3', 'site', 'restrained')],
  },
  { text: 'أوقفت الشرطة 14 شخصًا في العملية.', claims: [taken('14', 'person', 'arrested')] },
  { text: 'أدانت المحكمة ثلاثة أشخاص بتمويل الإرهاب.', claims: [taken('3', 'person', 'convicted')] },
  { text: 'استحوذت شبكة ترون على %60 من تمويل الإرهاب عام 2023.', claims: [money('0.6', 'ratio', 'share')] },
  { text: 'تسيطر المجموعة على مليوني دولار من عملة تيثر.', claims: [money('2000000', 'USD', 'balance')] },
  { text: 'ضبطت الأجهزة مليونًا ونصف المليون دولار.', claims: [taken('1500000', 'USD', 'restrained')] },
  { text: 'تلقى العنوان 250 ألف USDT خلال العام الماضي.', claims: [money('250000', 'USDT', 'received')] },
  {
    text: 'نفذت المحفظة آلاف المعاملات خلال ثلاث سنوات.',
    claims: [['unquantified', null, 'transaction', 'count', null]],
  },
  { text: 'تجني الجماعة ملايين الدولارات كل عام.', claims: [['unquantified', null, 'USD', 'raised', null]] },
  { text: 'رفض المتحدث الكشف عن حجم التبرعات.', claims: [['no-figure', null, null, null, null]] },
  { text: 'لم يذكر البيان قيمة الأموال المحولة.', claims: [['no-figure', null, null, null, null]] },
  { text: 'من المستحيل تتبع هذه التحويلات.', claims: [['narrative', null, null, null, null]] },
  { text: 'تبقى المعاملات مجهولة المصدر والوجهة.', claims: [['narrative', null, null, null, null]] },
  {
    text: 'لا تشمل العقوبات الدولية العملات المشفرة وهي غير خاضعة للعقوبات.',
    claims: [['legal', null, null, null, null]],
  },
  { text: 'صنفت الحكومة الحركة منظمة إرهابية في عام 2015.', claims: [['legal', null, null, null, null]] },
  {
    text: 'انخفض عدد الزيارات في الصيف، ثم ارتفع عدد متابعي القناة بنحو 40 ألف متابع.',
    claims: [['figure', '40000', 'follower', 'change', 'about']],
  },
  {
    text: 'استلمت الحملة ٣٠٠ بيتكوين (٩ ملايين دولار وقت كتابة التقرير).',
    claims: [money('300', 'BTC', 'received'), money('9000000', 'USD', 'received')],
  },
  {
    text: 'حولت البورصة ما لا يقل عن 600 ألف دولار إلى العناوين.',
    claims: [money('600000', 'USD', 'sent', 'at least')],
  },
  { text: 'تمت التحويلات بدفعات قدرها 5000 دولار.', claims: [money('5000', 'USD', 'step')] },
  {
    text: 'وصل إلى العنوان ما لا يتجاوز 100 ألف دولار، وقد تلقاها على مدار ستة أشهر.',
    claims: [money('100000', 'USD', 'received', 'up to')],
  },
  {
    text: 'قال التقرير إن حجم التمويل المرتبط بالبيتكوين انخفض هذا العام.',
    claims: [['trend', null, null, 'volume', null]],
  },
  { text: 'تتبع المحققون حركة الأموال حتى المنصة.', claims: [['narrative', null, null, null, null]] },
  { text: 'تأسست المنظمة في عام 1987 وتعمل في ثلاث دول.', claims: [['figure', '3', 'country', 'count', null]] },
  { text: 'انعقد المؤتمر يوم 12 مارس 2022 في المدينة.', claims: [] },
  { text: 'يقع المقر في شارع 17 قرب الميدان.', claims: [] },
  { text: 'قرأت الصفحة 42 من الكتاب ثم عدت إلى البيت.', claims: [] },
  { text: 'تدعو الجماعة أنصارها إلى التبرع بالعملات الرقمية.', claims: [] },
]

export const english: readonly Labelled[] = [
  { text: 'The address received 120.5 BTC in 2021.', claims: [money('120.5', 'BTC', 'received')] },
  {
    text: 'The campaign raised almost $1.4 million in bitcoin.',
    claims: [money('1400000', 'USD', 'raised', 'almost')],
  },
  { text: 'Supporters sent more than $80,000 to the wallet.', claims: [money('80000', 'USD', 'sent', 'more than')] },
  {
    text: 'Total transaction volume of the wallet reached 3,100 BTC by December 2019.',
    claims: [money('3100', 'BTC', 'turnover')],
  },
  { text: 'The wallet still holds 4.2 BTC.', claims: [money('4.2', 'BTC', 'balance')] },
  { text: 'Prosecutors forfeited about five million euros.', claims: [taken('5000000', 'EUR', 'forfeited', 'about')] },
  { text: 'The issuer froze 45 wallets linked to the group.', claims: [taken('45', 'wallet', 'restrained')] },
  { text: 'The platform closed seven accounts of the campaign.', claims: [taken('7', 'account', 'closed')] },
  {
    text: 'Agents seized 300 cryptocurrency accounts, four websites and four Facebook pages.',
    claims: [taken('300', 'account', 'restrained'), taken('4', 'site', 'restrained'), taken('4', 'page', 'restrained')],
  },
  { text: 'Police arrested 14 people in the operation.', claims: [taken('14', 'person', 'arrested')] },
  { text: 'The court convicted three defendants.', claims: [taken('3', 'person', 'convicted')] },
  { text: 'Tron carried 60% of terrorist financing in 2023.', claims: [money('0.6', 'ratio', 'share')] },
  { text: 'The group controls up to $2 million in USDT.', claims: [money('2000000', 'USD', 'balance', 'up to')] },
  { text: 'The exchange processed nearly $82 million.', claims: [money('82000000', 'USD', 'turnover', 'almost')] },
  { text: 'The address took in 250,000 USDT over six months.', claims: [money('250000', 'USDT', 'received')] },
  {
    text: 'The wallet made thousands of transactions over three years.',
    claims: [['unquantified', null, 'transaction', 'count', null]],
  },
  {
    text: 'The group collects millions of dollars every year.',
    claims: [['unquantified', null, 'USD', 'raised', null]],
  },
  { text: 'The spokesman declined to disclose the amount.', claims: [['no-figure', null, null, null, null]] },
  { text: 'Officials did not say how much was collected.', claims: [['no-figure', null, null, null, null]] },
  { text: 'Such transfers are impossible to trace.', claims: [['narrative', null, null, null, null]] },
  { text: 'The transactions are anonymous, the magazine wrote.', claims: [['narrative', null, null, null, null]] },
  { text: 'Cryptocurrency is not subject to sanctions.', claims: [['legal', null, null, null, null]] },
  { text: 'The Treasury designated the company in 2019.', claims: [['legal', null, null, null, null]] },
  {
    text: 'The number of followers rose by about 40,000 followers in May.',
    claims: [['figure', '40000', 'follower', 'change', 'about']],
  },
  {
    text: 'The campaign received 300 BTC (worth about $9 million at the time of writing).',
    claims: [money('300', 'BTC', 'received'), money('9000000', 'USD', 'received', 'about')],
  },
  { text: 'At least $600,000 was sent from the exchange.', claims: [money('600000', 'USD', 'sent', 'at least')] },
  { text: 'Payments came in increments of $5,000.', claims: [money('5000', 'USD', 'step')] },
  {
    text: 'The share of bitcoin in illicit volume has fallen sharply.',
    claims: [['trend', null, null, 'share', null]],
  },
  { text: 'Investigators traced the funds to an exchange.', claims: [['narrative', null, null, null, null]] },
  {
    text: 'Some 150 accounts were used in laundering and were confiscated.',
    claims: [taken('150', 'account', 'forfeited', 'about')],
  },
  { text: 'Fewer than 20 donors gave anything.', claims: [['figure', '20', 'donor', 'count', 'less than']] },
  { text: 'The conference took place on 12 March 2022.', claims: [] },
  { text: 'He lives at 17 Harbour Street, on the 3rd floor.', claims: [] },
  { text: 'Supporters are asked to give what they can.', claims: [] },
  { text: 'The law of 2001 has 24 articles.', claims: [] },
]
