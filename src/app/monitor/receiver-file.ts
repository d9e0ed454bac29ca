import { closeSync, openSync, readSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve, sep } from 'node:path'

/**
 * Why alerts must not be appended to a file, or null: it lies among Athar's own, its folder is missing, or it is there
 * and holds something else than lines of JSON. Asked when the receiver is added and before each delivery.
 */
export function problemOf(target: string, directory: string): string | null {
  if (/\p{Cc}/u.test(target)) return 'the name of a file has no control characters'
  const place = placeOf(target)
  if (place === null) return `the folder of ${target} is not there`
  const own = real(directory) ?? resolve(directory)
  if (place === own || place.startsWith(own + sep)) return `${target} lies in the data directory, which is Athar’s own`
  const stat = statSync(place, { throwIfNoEntry: false })
  if (stat === undefined) return null
  if (stat.isDirectory()) return `${target} is a folder`
  if (!stat.isFile()) return `${target} is no file`
  return stat.size === 0 || firstByteOf(place) === BRACE ? null : `${target} holds something else than lines of JSON`
}

/** `{` */
const BRACE = 0x7b

/** Where it would be written, links followed. */
function placeOf(target: string): string | null {
  const there = real(target)
  if (there !== null) return there
  const folder = real(dirname(target))
  return folder === null || !statSync(folder).isDirectory() ? null : join(folder, basename(target))
}

function real(path: string): string | null {
  try {
    return realpathSync(path)
  } catch {
    return null
  }
}

function firstByteOf(path: string): number | null {
  let file: number | null = null
  try {
    file = openSync(path, 'r')
    const byte = new Uint8Array(1)
    return readSync(file, byte, 0, 1, 0) === 1 ? byte[0]! : null
  } catch {
    return null
  } finally {
    if (file !== null) closeSync(file)
  }
}
