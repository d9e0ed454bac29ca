import { assert } from '../../std/assert.ts'
import { restoreBackup, writeBackup } from '../../store/backup.ts'
import { openWriter } from '../../store/store.ts'
import type { Context, Operation } from '../operation.ts'

/** `athar backup`: the whole data directory as one file, and the keys of captures beside it. */
export const backup: Operation = {
  name: 'backup',
  summary: 'Write the whole data directory to one file, the keys of captures beside it',
  access: 'admin',
  fields: {
    file: {
      type: 'string',
      says: 'File to write; its keys go to FILE.keys',
      positional: true,
      required: true,
      path: true,
    },
  },
  examples: [
    {
      command: 'athar backup athar-2026-11-21.tar',
      says: 'keep FILE.keys apart: with both, and only with both, captures can be read',
    },
  ],
  run: ({ file }: { file: string }, { store, progress }: Context) =>
    writeBackup(store, file, (done, total) => progress({ done, total, unit: 'files' })),
}

/** `athar restore`: brings a backup back into a data directory that holds nothing yet. */
export const restore: Operation = {
  name: 'restore',
  summary: 'Bring a backup back into an empty data directory, every file checked',
  access: 'admin',
  makesDirectory: true,
  fields: {
    file: { type: 'string', says: 'The backup', positional: true, required: true, path: true },
    keys: { type: 'string', says: 'The keys of its captures; else FILE.keys where it is there', path: true },
  },
  examples: [
    { command: 'athar restore athar-2026-11-21.tar --data restored', says: 'erasures done since then are repeated' },
  ],
  run: ({ file, keys }: { file: string; keys?: string }, { directory }: Context) => {
    assert(directory !== undefined, 'restore is told where to')
    const done = restoreBackup(directory, file, keys ?? null)
    // Opening it repeats the erasures that its keys know.
    openWriter(directory).close()
    return done
  },
}
