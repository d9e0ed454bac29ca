import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from '../../std/failure.ts'
import type { Context } from '../operation.ts'

/** A file of a watched folder, and what tells cheaply whether it is still the one that was read. */
export type Lying = { readonly path: string; readonly bytes: number; readonly mark: string }

/** Files and folders that one watched folder may hold. */
export const ITEMS_MAX = 20_000

/** Bytes that the files of one watched folder may have together: 8 GiB. */
export const BYTES_MAX = 8 * 2 ** 30

/** Devices and the kernel's own trees have no end, and the whole disk is no folder of incoming posts. */
const FORBIDDEN = ['/proc', '/dev', '/sys']

/**
 * Refuses what can hold no posts: a watch that cannot fire would look calm.
 *
 * Failures: Watch.BadFolder, Watch.TooMuch.
 */
export function checkFolder(path: string, context: Pick<Context, 'signal'>): void {
  const walk = filesIn(path, context)
  while (walk.next().done !== true);
}

/**
 * Files below a folder by their paths, links not followed; yields between folders, so that who runs it can look whether
 * it is to stop.
 *
 * Failures: Watch.BadFolder, Watch.TooMuch.
 */
export function* filesIn(path: string, { signal }: Pick<Context, 'signal'>): Generator<void, Lying[]> {
  checkPlace(path)
  const found: Lying[] = []
  const open = [path]
  let [items, total] = [0, 0]
  for (let next = open.pop(); next !== undefined && !signal.aborted; next = open.pop()) {
    for (const item of itemsOf(next)) {
      if (++items > ITEMS_MAX) throw tooMuch(path, `${ITEMS_MAX.toLocaleString('en-US')} files and folders`)
      const own = join(next, item.name)
      if (item.isDirectory()) open.push(own)
      else if (item.isFile()) {
        const one = lookAt(own)
        if (one === null) continue
        found.push(one)
        total += one.bytes
        if (total > BYTES_MAX) throw tooMuch(path, `${BYTES_MAX / 2 ** 30} GiB`)
      }
    }
    yield
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1))
}

function checkPlace(path: string): void {
  if (path.includes('\0')) throw bad(path, 'is no path')
  let real: string
  try {
    real = realpathSync(path)
    if (!statSync(real).isDirectory()) throw bad(path, 'is no folder')
  } catch (cause) {
    if (cause instanceof Failure) throw cause
    throw bad(path, 'is not there or cannot be read', cause)
  }
  if (real === '/') throw bad(path, 'is the whole disk')
  const inside = FORBIDDEN.find(one => real === one || real.startsWith(`${one}/`))
  if (inside !== undefined) throw bad(path, `lies in ${inside}, which holds no posts`)
}

function itemsOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (cause) {
    throw bad(folder, 'cannot be read', cause)
  }
}

/** null: it went away meanwhile. */
function lookAt(path: string): Lying | null {
  const stat = lstatSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return null
  return { path, bytes: stat.size, mark: `${stat.size} ${stat.mtimeMs} ${stat.ctimeMs} ${stat.ino}` }
}

function bad(path: string, says: string, cause?: unknown): Failure {
  const shown = path.slice(0, 200)
  return new Failure('Watch.BadFolder', 'input', `“${shown}” ${says}, so it cannot be watched.`, {
    hint: 'Name a folder of its own into which posts are laid.',
    facts: { folder: shown, says },
    cause,
  })
}

function tooMuch(path: string, limit: string): Failure {
  const shown = path.slice(0, 200)
  return new Failure('Watch.TooMuch', 'limit', `“${shown}” holds more than ${limit}, the limit of a watched folder.`, {
    hint: 'Watch a folder of incoming posts alone, and move what was read elsewhere.',
    facts: { folder: shown, limit },
  })
}
