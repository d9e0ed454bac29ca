import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { arabic } from './arabic.ts'
import { english } from './english.ts'
import type { Language } from './term.ts'

export type { Language } from './term.ts'

const STORED = 'athar.language'

/** What each language is called in itself. */
export const OWN_NAMES: Readonly<Record<string, string>> = { ar: 'العربية', en: 'English' }

/** The language chosen before, else the browser's: Arabic where it asks for Arabic first. */
export function initialLanguage(): Language {
  const stored = localStorage.getItem(STORED)
  if (stored === 'ar' || stored === 'en') return stored
  return navigator.language.startsWith('ar') ? 'ar' : 'en'
}

export function directionOf(language: Language): 'rtl' | 'ltr' {
  return language === 'ar' ? 'rtl' : 'ltr'
}

/** Sets language and direction of the whole page, and remembers it. */
export function choose(language: Language): void {
  localStorage.setItem(STORED, language)
  document.documentElement.lang = language
  document.documentElement.dir = directionOf(language)
  void i18next.changeLanguage(language)
}

export async function startWords(): Promise<void> {
  const language = initialLanguage()
  document.documentElement.lang = language
  document.documentElement.dir = directionOf(language)
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    interpolation: { escapeValue: false },
    resources: { en: { translation: english }, ar: { translation: arabic } },
  })
}
