import { findLanguageData, type LanguageData, setLanguageData } from '../../capture/capture.ts'
import { languageFolder } from '../config.ts'

/** The language data that this machine has for words in pictures; null where there is none or it is switched off. */
export function wordsData(folder: string | null = languageFolder()): LanguageData | null {
  return folder === 'none' ? null : findLanguageData(folder)
}

/** Says for the reads that follow on this thread whether words of pictures are read. */
export function readWords(off: boolean): void {
  setLanguageData(off ? null : wordsData())
}
