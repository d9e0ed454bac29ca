import { join } from 'node:path'
import { Failure } from '../../std/failure.ts'
import { openFiles } from '../../store/files.ts'

/**
 * Bytes of a stored file by its SHA-256, checked as they are read.
 *
 * Failures: File.Missing, File.Altered, File.BadName.
 */
export function readFile(directory: string, sha256: string): Uint8Array {
  if (!/^[0-9a-f]{64}$/.test(sha256)) {
    throw new Failure('File.BadName', 'usage', `"${sha256.slice(0, 80)}" is not a SHA-256 in 64 hex digits.`, {
      hint: 'Files are named by their SHA-256, in lower case.',
      facts: { sha256: sha256.slice(0, 80) },
    })
  }
  return openFiles(join(directory, 'files')).get(sha256)
}
