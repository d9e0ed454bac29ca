import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

/**
 * Real blocks, lists and articles that lie beside the repository and are not part of it (licences differ). Tests that
 * read them skip, and say so, where they are absent.
 */
export function shared(path: string): string {
  return join(ROOT, path)
}

/** For node:test's `skip`: false where the file is there, else a text that says what is missing. */
export function skipWithout(...paths: string[]): string | false {
  const missing = paths.filter(path => !existsSync(shared(path)))
  return missing.length === 0 ? false : `SKIPPED, no real data: ${missing.join(', ')} is not in ${ROOT}`
}

const ROOT = resolve(import.meta.dirname, '../../shared')
