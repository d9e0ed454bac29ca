import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Where the language data for reading words in pictures lies (Tesseract's `*.traineddata`). Reading words is optional:
 * without the data, or where it is switched off, pictures are searched for QR codes only. Nothing is ever downloaded.
 */
export type LanguageData = { readonly folder: string; readonly languages: readonly string[] }

/** The data in a folder, or in the usual ones where none is named; null where there is none. */
export function findLanguageData(configured: string | null): LanguageData | null {
  for (const folder of configured === null ? FOLDERS : [configured]) {
    const languages = LANGUAGES.filter(language => existsSync(join(folder, `${language}.traineddata`)))
    if (languages.length > 0) return { folder, languages }
  }
  return null
}

/** Names of all data files of a folder, for `doctor`. */
export function languagesIn(folder: string): string[] {
  try {
    return readdirSync(folder).flatMap(name => /^([a-z_]{3,12})\.traineddata$/i.exec(name)?.[1] ?? [])
  } catch {
    return []
  }
}

/** Sets the data for this thread; null switches the reading of words off, as it is until somebody asks for it. */
export function setLanguageData(data: LanguageData | null): void {
  inUse = data
}

export function languageData(): LanguageData | null {
  return inUse
}

let inUse: LanguageData | null = null

/** Latin letters and digits, Arabic: more languages at once make each slower and worse. */
const LANGUAGES = ['eng', 'ara'] as const

/** Debian and Ubuntu, Fedora and Arch, Homebrew. */
const FOLDERS = [
  '/usr/share/tesseract-ocr/5/tessdata',
  '/usr/share/tesseract-ocr/4.00/tessdata',
  '/usr/share/tesseract/tessdata',
  '/usr/share/tessdata',
  '/opt/homebrew/share/tessdata',
]
