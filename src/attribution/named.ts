import { isOpen } from '../std/folded.ts'
import type { Store } from '../store/store.ts'
import * as Table from './table.ts'

/**
 * Addresses in lists and claims whose entry holds words like these: candidates for a search by name, which compares
 * the names themselves. Letters that may be written otherwise match any; at most `limit`.
 */
export function addressesNamed(
  store: Store,
  words: string,
  limit: number,
): { address: string; network: string | null }[] {
  return Table.addressesLike(store, patternOf(words), limit)
}

/** A LIKE pattern with `\` as its escape. */
function patternOf(words: string): string {
  const places = [...words.trim()].map(letter => {
    if (isOpen(letter)) return '_'
    return '%_\\'.includes(letter) ? `\\${letter}` : letter
  })
  return `%${places.join('')}%`
}
