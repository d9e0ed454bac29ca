import { save } from './file.ts'
import type { Scene } from './scene.ts'

/**
 * What was worked on in this tab, by the question it began with: a reload, a way back or a server that went away takes
 * nothing. It ends with the tab; other tabs have their own.
 */
const PREFIX = 'athar.graph '

/** Characters of one graph: a browser keeps some five million for a page. */
const CHARACTERS_MAX = 2_000_000

export function keep(question: string, scene: Scene, at: string): void {
  const text = save(scene, at)
  try {
    if (text.length > CHARACTERS_MAX) throw new RangeError('too long to be kept')
    sessionStorage.setItem(PREFIX + question, text)
  } catch {
    forget(question)
  }
}

export function kept(question: string): string | null {
  return sessionStorage.getItem(PREFIX + question)
}

export function forget(question: string): void {
  sessionStorage.removeItem(PREFIX + question)
}
