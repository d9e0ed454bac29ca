import { isAbsolute, resolve } from 'node:path'
import { Failure } from '../std/failure.ts'
import type { Context } from './operation.ts'

/**
 * A path that is kept and used later, by a process that may run elsewhere: a relative one is made absolute by the
 * working directory of whoever typed it. Over HTTP nobody has one, and the server's means nothing to who asks.
 *
 * Failures: Path.Relative.
 */
export function keptPath(path: string, { here }: Pick<Context, 'here'>): string {
  if (isAbsolute(path)) return path
  if (here === undefined) throw relative(path)
  return resolve(here, path)
}

function relative(path: string): Failure {
  const shown = path.slice(0, 200)
  return new Failure('Path.Relative', 'usage', `“${shown}” is no whole path on the machine where Athar runs.`, {
    hint: 'Give it from the root on: /srv/incoming. Only the command line knows a directory to begin from.',
    facts: { path: shown },
  })
}
