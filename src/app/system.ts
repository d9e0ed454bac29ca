import { Failure, type Kind } from '../std/failure.ts'

/**
 * What the system or SQLite refused, as a failure with what to do; undefined for anything else, which is a defect.
 * Operations that know better (which file of the input it was) throw their own before this is asked.
 */
export function fromSystem(cause: unknown): Failure | undefined {
  if (!(cause instanceof Error)) return undefined
  const { code, errcode, ...named } = cause as NodeJS.ErrnoException & { errcode?: number; dest?: string }
  // Of a renaming the user knows the new name: the old one is ours.
  const path = named.dest ?? named.path
  const reason = code === 'ERR_SQLITE_ERROR' ? SQLITE[(errcode ?? 0) & 0xff] : SYSTEM[code ?? '']
  if (reason === undefined) return undefined
  const place = path === undefined ? '' : ` (${path})`
  return new Failure('System.Refused', reason.kind, `The system refused: ${reason.says}${place}.`, {
    hint: reason.hint,
    facts: { code: code ?? null, path: path ?? null },
    cause,
  })
}

type Reason = { readonly kind: Kind; readonly says: string; readonly hint: string }

const FULL: Reason = {
  kind: 'limit',
  says: 'the disk is full',
  hint: 'Free space, or name another place with --data. What was committed before stays; run the command again.',
}
const RIGHTS: Reason = {
  kind: 'denied',
  says: 'the right to do that is missing',
  hint: 'Check the rights of the file or folder, or name another place with --data.',
}
const CORRUPT: Reason = {
  kind: 'corrupt',
  says: 'the database is damaged or not a database',
  hint: 'Restore it from a backup. Do not write to it before.',
}

/** Codes of errno(3). */
const SYSTEM: Readonly<Record<string, Reason>> = {
  ENOSPC: FULL,
  EDQUOT: FULL,
  EACCES: RIGHTS,
  EPERM: RIGHTS,
  EROFS: RIGHTS,
  ENOENT: { kind: 'missing', says: 'there is no such file or folder', hint: 'Check the path.' },
  ENOTDIR: { kind: 'missing', says: 'a part of the path is not a folder', hint: 'Check the path.' },
  EISDIR: { kind: 'input', says: 'that is a folder, not a file', hint: 'Name the files in it.' },
  ENAMETOOLONG: { kind: 'input', says: 'the name is too long', hint: 'Use a shorter path.' },
  EMFILE: {
    kind: 'limit',
    says: 'too many files are open',
    hint: 'Raise the limit (ulimit -n), or give fewer at once.',
  },
}

/** Primary result codes of SQLite (sqlite.org/rescode.html). */
const SQLITE: Readonly<Record<number, Reason>> = {
  5: { kind: 'busy', says: 'the database is busy', hint: 'Another process writes to it. Try again in a moment.' },
  8: RIGHTS,
  10: { kind: 'unreachable', says: 'the disk did not answer rightly', hint: 'Check the disk and the system log.' },
  11: CORRUPT,
  13: FULL,
  14: RIGHTS,
  26: CORRUPT,
}
