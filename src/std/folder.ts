import { closeSync, fsyncSync, openSync } from 'node:fs'

/** Makes a rename or a new file in the folder outlast a power cut: the folder's own entry reaches the disk. */
export function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
