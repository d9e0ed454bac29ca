/** Numbers with their nouns: English has two forms, Arabic six (CLDR plural rules). */
export type Countable = keyof typeof FORMS

/** The form for this number, `#` in the place of the digits. */
export function formOf(language: 'en' | 'ar', count: number, noun: Countable): string {
  const [english, arabic] = FORMS[noun]
  if (language === 'en') return count === 1 ? english[0] : english[1]
  const form = ARABIC_FORMS.indexOf(new Intl.PluralRules('ar').select(count))
  return arabic[form]!
}

const ARABIC_FORMS: readonly string[] = ['zero', 'one', 'two', 'few', 'many', 'other']

/** English: one, other. Arabic: zero, one, two, few, many, other (CLDR). */
const FORMS = {
  transaction: [
    ['# transaction', '# transactions'],
    ['لا معاملات', 'معاملة واحدة', 'معاملتان', '# معاملات', '# معاملة', '# معاملة'],
  ],
  address: [
    ['# address', '# addresses'],
    ['لا عناوين', 'عنوان واحد', 'عنوانان', '# عناوين', '# عنوانًا', '# عنوان'],
  ],
  capture: [
    ['# captured post or page', '# captured posts or pages'],
    ['لا لقطات', 'لقطة واحدة', 'لقطتان', '# لقطات', '# لقطة', '# لقطة'],
  ],
  hop: [
    ['# step', '# steps'],
    ['بلا قفزات', 'قفزة واحدة', 'قفزتان', '# قفزات', '# قفزة', '# قفزة'],
  ],
  label: [
    ['# label', '# labels'],
    ['لا وسوم', 'وسم واحد', 'وسمان', '# وسوم', '# وسمًا', '# وسم'],
  ],
  entry: [
    ['# entry', '# entries'],
    ['لا قيود', 'قيد واحد', 'قيدان', '# قيود', '# قيدًا', '# قيد'],
  ],
} as const
