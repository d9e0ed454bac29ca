import { Failure } from '../../std/failure.ts'
import { ARCHIVE_DEPTH_MAX, FILE_BYTES_MAX, MEMBERS_MAX, UNPACKED_BYTES_MAX } from './limit.ts'

/** Why a file, a folder or a member of an archive has no entry of its own to show. */

export function missing(path: string): Failure {
  return new Failure('Capture.Missing', 'missing', `There is no file "${path}".`, {
    hint: 'Check the path; paths are read from the folder that you are in.',
    facts: { path },
  })
}

export function unreadable(path: string, cause: unknown): Failure {
  const code = (cause as { code?: string }).code ?? 'unknown'
  return new Failure('Capture.Unreadable', 'input', `"${path}" cannot be read (${code}).`, {
    hint: 'Check its permissions.',
    facts: { path, code },
    cause,
  })
}

export function notAFile(path: string): Failure {
  return new Failure('Capture.NotAFile', 'input', `"${path}" is neither a file nor a folder.`, {
    hint: 'Pipes, sockets and devices are not read: save the content to a file.',
    facts: { path },
  })
}

export function empty(path: string): Failure {
  return new Failure('Capture.Empty', 'input', `"${path}" is empty (0 bytes).`, {
    hint: 'Get the file again: nothing can be found or proven in it.',
    facts: { path },
  })
}

export function emptyFolder(path: string): Failure {
  return new Failure('Capture.EmptyFolder', 'input', `The folder "${path}" holds no files.`, {
    hint: 'Links inside folders are not followed; name the files themselves.',
    facts: { path },
  })
}

export function tooLarge(path: string, bytes: number): Failure {
  return new Failure('Capture.TooLarge', 'limit', `"${path}" has ${bytes} bytes; the limit is ${FILE_BYTES_MAX}.`, {
    hint: 'Split the file, or export the chat in parts.',
    facts: { path, bytes, limit: FILE_BYTES_MAX },
  })
}

export function tooManyFiles(path: string): Failure {
  return new Failure('Capture.TooMany', 'limit', `The folder "${path}" holds more than ${MEMBERS_MAX} files.`, {
    hint: 'Name its folders one by one.',
    facts: { path, limit: MEMBERS_MAX },
  })
}

export function tooMuch(path: string): Failure {
  return new Failure('Archive.TooLarge', 'limit', `${path} unpacks to more than ${UNPACKED_BYTES_MAX} bytes.`, {
    hint: 'What came before was read. If it is genuine, unpack it by hand and add the files in parts.',
    facts: { path, limit: UNPACKED_BYTES_MAX },
  })
}

export function tooDeep(path: string): Failure {
  return new Failure('Archive.TooDeep', 'limit', `${path} is an archive inside ${ARCHIVE_DEPTH_MAX} others.`, {
    hint: `Archives are read ${ARCHIVE_DEPTH_MAX} deep. Unpack it by hand.`,
    facts: { path, limit: ARCHIVE_DEPTH_MAX },
  })
}
