import { readSync, writeSync } from 'node:fs'

/**
 * Writes all of `bytes`, in as many calls as the system takes for it.
 *
 * @param position byte offset in the file; null: where the file stands
 */
export function writeWhole(descriptor: number, bytes: Uint8Array, position: number | null = null): void {
  for (let at = 0; at < bytes.length; ) {
    at += writeSync(descriptor, bytes, at, bytes.length - at, position === null ? null : position + at)
  }
}

/** Fills `into`, from where the file stands or from `position`; how many bytes there were. */
export function readWhole(descriptor: number, into: Uint8Array, position: number | null = null): number {
  let filled = 0
  while (filled < into.length) {
    const at = position === null ? null : position + filled
    const more = readSync(descriptor, into, filled, into.length - filled, at)
    if (more === 0) break
    filled += more
  }
  return filled
}
