import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/**
 * A folder that many test files need alike, made once in a run of the whole suite (tools/suite.mjs says where) and
 * copied for each; anew for each where one file is run alone.
 */
export async function onceInSuite(name: string, to: string, make: (folder: string) => Promise<void>): Promise<void> {
  const place = process.env['ATHAR_SUITE']
  if (place === undefined) return make(to)
  const [made, lock, draft] = [join(place, name), join(place, `${name}.lock`), join(place, `${name}.draft`)]
  while (!existsSync(made)) {
    if (!take(lock)) {
      await pause(50)
      continue
    }
    try {
      rmSync(draft, { recursive: true, force: true })
      if (!existsSync(made)) {
        await make(draft)
        renameSync(draft, made)
      }
    } finally {
      rmSync(lock, { recursive: true })
    }
  }
  cpSync(made, to, { recursive: true })
}

function take(lock: string): boolean {
  try {
    mkdirSync(lock)
    return true
  } catch {
    return false
  }
}
