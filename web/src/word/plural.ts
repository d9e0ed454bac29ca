/**
 * Numbers with their nouns, by the plural rules of CLDR: English has two forms, Arabic six. `{{n}}` is the number as
 * it is shown, `count` the one that chooses.
 */
export const englishCounts = {
  transactions_one: '{{n}} transaction',
  transactions_other: '{{n}} transactions',
  transactionsRead_one: '{{n}} transaction read',
  transactionsRead_other: '{{n}} transactions read',
  addresses_one: '{{n}} address',
  addresses_other: '{{n}} addresses',
  captures_one: 'in {{n}} capture',
  captures_other: 'in {{n}} captures',
  labels_one: '{{n}} label on this network',
  labels_other: '{{n}} labels on this network',
  linked_one: 'Linked by {{n}} transaction',
  linked_other: 'Linked by {{n}} transactions',
  more_one: 'and {{n}} more',
  more_other: 'and {{n}} more',
  results_one: '{{n}} result',
  results_other: '{{n}} results',
  hops_one: '{{n}} hop',
  hops_other: '{{n}} hops',
  mentions_one: '{{n}} mention',
  mentions_other: '{{n}} mentions',
  files_one: '{{n}} file',
  files_other: '{{n}} files',
  bytes_one: '{{n}} byte',
  bytes_other: '{{n}} bytes',
  entries_one: '{{n}} entry',
  entries_other: '{{n}} entries',
  daysActive_one: 'Active on {{n}} day',
  daysActive_other: 'Active on {{n}} days',
  days_one: '{{n}} day old',
  days_other: '{{n}} days old',
  dayCount_one: '{{n}} day',
  dayCount_other: '{{n}} days',
  hourCount_one: '{{n}} hour',
  hourCount_other: '{{n}} hours',
  minuteCount_one: '{{n}} minute',
  minuteCount_other: '{{n}} minutes',
  newAlerts_one: '{{n}} new alert has come',
  newAlerts_other: '{{n}} new alerts have come',
}

type Stem<K> = K extends `${infer S}_other` ? S : never

/** What an Arabic translation must hold: each noun in each of the six forms. */
export type ArabicCounts = Readonly<
  Record<`${Stem<keyof typeof englishCounts>}_${'zero' | 'one' | 'two' | 'few' | 'many' | 'other'}`, string>
>

export const arabicCounts: ArabicCounts = {
  ...forms('dayCount', ['أقل من يوم', 'يوم واحد', 'يومان', '{{n}} أيام', '{{n}} يومًا', '{{n}} يوم']),
  ...forms('hourCount', ['أقل من ساعة', 'ساعة واحدة', 'ساعتان', '{{n}} ساعات', '{{n}} ساعة', '{{n}} ساعة']),
  ...forms('minuteCount', ['أقل من دقيقة', 'دقيقة واحدة', 'دقيقتان', '{{n}} دقائق', '{{n}} دقيقة', '{{n}} دقيقة']),
  ...forms('newAlerts', [
    ...(['لا تنبيه جديدًا', 'وصل تنبيه جديد', 'وصل تنبيهان جديدان'] as const),
    ...(['وصلت {{n}} تنبيهات جديدة', 'وصل {{n}} تنبيهًا جديدًا', 'وصل {{n}} تنبيه جديد'] as const),
  ]),
  ...forms('transactions', [
    ...(['لا معاملات', 'معاملة واحدة', 'معاملتان'] as const),
    ...(['{{n}} معاملات', '{{n}} معاملة', '{{n}} معاملة'] as const),
  ]),
  ...forms('transactionsRead', [
    ...(['لم تُقرأ معاملة', 'قُرئت معاملة واحدة', 'قُرئت معاملتان'] as const),
    ...(['قُرئت {{n}} معاملات', 'قُرئت {{n}} معاملة', 'قُرئت {{n}} معاملة'] as const),
  ]),
  ...forms('addresses', ['لا عناوين', 'عنوان واحد', 'عنوانان', '{{n}} عناوين', '{{n}} عنوانًا', '{{n}} عنوان']),
  ...forms('captures', [
    ...(['ليس في اللقطات', 'في لقطة واحدة', 'في لقطتين'] as const),
    ...(['في {{n}} لقطات', 'في {{n}} لقطة', 'في {{n}} لقطة'] as const),
  ]),
  ...forms('labels', [
    ...(['لا وسوم على هذه الشبكة', 'وسم واحد على هذه الشبكة', 'وسمان على هذه الشبكة'] as const),
    ...(['{{n}} وسوم على هذه الشبكة', '{{n}} وسمًا على هذه الشبكة', '{{n}} وسم على هذه الشبكة'] as const),
  ]),
  ...forms('linked', [
    ...(['لا معاملة تربطهما', 'تربطهما معاملة واحدة', 'تربطهما معاملتان'] as const),
    ...(['تربطهما {{n}} معاملات', 'تربطهما {{n}} معاملة', 'تربطهما {{n}} معاملة'] as const),
  ]),
  ...forms('more', ['ولا غيرها', 'وواحد غيرها', 'واثنان غيرها', 'و{{n}} غيرها', 'و{{n}} غيرها', 'و{{n}} غيرها']),
  ...forms('results', ['لا نتائج', 'نتيجة واحدة', 'نتيجتان', '{{n}} نتائج', '{{n}} نتيجة', '{{n}} نتيجة']),
  ...forms('hops', ['بلا قفزات', 'قفزة واحدة', 'قفزتان', '{{n}} قفزات', '{{n}} قفزة', '{{n}} قفزة']),
  ...forms('mentions', [
    ...(['لا مواضع ذِكر', 'موضع ذِكر واحد', 'موضعا ذِكر'] as const),
    ...(['{{n}} مواضع ذِكر', '{{n}} موضع ذِكر', '{{n}} موضع ذِكر'] as const),
  ]),
  ...forms('files', ['لا ملفات', 'ملف واحد', 'ملفان', '{{n}} ملفات', '{{n}} ملفًا', '{{n}} ملف']),
  ...forms('bytes', ['لا بايتات', 'بايت واحد', 'بايتان', '{{n}} بايتات', '{{n}} بايتًا', '{{n}} بايت']),
  ...forms('entries', ['لا قيود', 'قيد واحد', 'قيدان', '{{n}} قيود', '{{n}} قيدًا', '{{n}} قيد']),
  ...forms('daysActive', [
    ...(['لا أيام نشاط', 'نشط في يوم واحد', 'نشط في يومين'] as const),
    ...(['نشط في {{n}} أيام', 'نشط في {{n}} يومًا', 'نشط في {{n}} يوم'] as const),
  ]),
  ...forms('days', ['من اليوم', 'منذ يوم', 'منذ يومين', 'منذ {{n}} أيام', 'منذ {{n}} يومًا', 'منذ {{n}} يوم']),
}

type Six = readonly [string, string, string, string, string, string]

function forms<S extends string>(stem: S, [zero, one, two, few, many, other]: Six) {
  return {
    [`${stem}_zero`]: zero,
    [`${stem}_one`]: one,
    [`${stem}_two`]: two,
    [`${stem}_few`]: few,
    [`${stem}_many`]: many,
    [`${stem}_other`]: other,
  } as Record<`${S}_${'zero' | 'one' | 'two' | 'few' | 'many' | 'other'}`, string>
}
