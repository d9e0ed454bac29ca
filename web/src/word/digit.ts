import i18next from 'i18next'

/** How figures and days are written in Arabic: chosen once, kept in this browser. English knows Latin digits alone. */
export type Digits = 'latn' | 'arab'

const DIGITS = 'athar.digits'
const HIJRI = 'athar.hijri'

export function digits(): Digits {
  return localStorage.getItem(DIGITS) === 'arab' ? 'arab' : 'latn'
}

/** Whether the day of the Umm al-Qura calendar stands beside the Gregorian one. */
export function showsHijri(): boolean {
  return localStorage.getItem(HIJRI) !== 'no'
}

export function chooseDigits(chosen: Digits): void {
  localStorage.setItem(DIGITS, chosen)
  again()
}

export function chooseHijri(shown: boolean): void {
  localStorage.setItem(HIJRI, shown ? 'yes' : 'no')
  again()
}

/** Whoever speaks is drawn again. */
function again(): void {
  void i18next.changeLanguage(i18next.language)
}

/** `1,234.5` → `١٬٢٣٤٫٥` where that is chosen. Never for addresses, txids or what is copied. */
export function inDigits(text: string): string {
  if (i18next.language !== 'ar' || digits() === 'latn') return text
  return toArabicIndic(text)
}

/** Digits with their separators (U+0660…U+0669, U+066B, U+066C): points and commas between digits alone. */
export function toArabicIndic(text: string): string {
  return text
    .replace(/(?<=\d),(?=\d)/g, '٬')
    .replace(/(?<=\d)\.(?=\d)/g, '٫')
    .replace(/%/g, '٪')
    .replace(/\d/g, digit => String.fromCharCode(0x0660 + Number(digit)))
}
