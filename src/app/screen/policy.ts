import { readFileSync, statSync } from 'node:fs'
import * as Exposure from '../../exposure/exposure.ts'
import { Failure } from '../../std/failure.ts'

/** The policy of a file, or the one that is built in. Failures: Policy.Unreadable, Policy.Malformed. */
export function policyOf(path: string | undefined): Exposure.Policy {
  if (path === undefined) return Exposure.standardPolicy
  return Exposure.parsePolicy(read(path), path)
}

/** Longest file that is read: the parser's own limit is tighter. */
const BYTES_MAX = 4 * 2 ** 20

function read(path: string): string {
  try {
    if (statSync(path).size > BYTES_MAX) throw new Error(`it has more than ${BYTES_MAX} bytes`)
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw unreadable(path, cause)
  }
}

function unreadable(path: string, cause: unknown): Failure {
  const why = (cause as NodeJS.ErrnoException).code ?? (cause as Error).message
  return new Failure('Policy.Unreadable', 'missing', `The policy “${path}” cannot be read (${why}).`, {
    hint: 'Name a file with a whole policy, JSON or YAML: docs/methods/exposure.md shows one.',
    facts: { path },
    cause,
  })
}
