import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { backup as copyDatabase, DatabaseSync } from 'node:sqlite'
import { sha256Stream } from '../std/digest.ts'
import { Failure } from '../std/failure.ts'
import { syncFolder } from '../std/folder.ts'
import { BLOCK_BYTES, formatHeader, padding, parseHeader } from '../std/tar.ts'
import { readWhole, writeWhole } from '../std/whole.ts'
import { keysPath, openKeys } from './keys.ts'
import type { Store } from './store.ts'

/**
 * A data directory as one file, and back. The file is a tar archive: databases as SQLite's own backup gives them
 * (whole, whatever others write meanwhile), all other files as they are, last a manifest with the SHA-256 of each. The
 * keys of captures are not in it: they go beside it (`FILE.keys`), so that a key that is erased here is erased there,
 * and a backup alone says nothing of what was captured.
 */
export type Backup = {
  readonly file: string
  readonly keys: string
  readonly files: number
  readonly bytes: number
  readonly sha256: string
}

type Entry = { readonly name: string; readonly bytes: number; readonly sha256: string }

/** Failures: Backup.Exists, Backup.Name. */
export async function writeBackup(
  store: Store,
  file: string,
  onFile: (done: number, total: number) => void,
): Promise<Backup> {
  const path = resolve(file)
  const keys = `${path}.keys`
  for (const one of [path, keys]) if (existsSync(one)) throw exists(one)
  const staging = join(store.directory, `backup-${process.pid}.part`)
  mkdirSync(staging, { recursive: true, mode: 0o700 })
  const beside = `${path}.part`
  try {
    const places = await gather(store.directory, staging, dirname(path))
    const written = pack(places, beside, onFile)
    copyKeys(store, keys)
    renameSync(beside, path)
    syncFolder(dirname(path))
    return { file: path, keys, ...written }
  } finally {
    rmSync(staging, { recursive: true, force: true })
    rmSync(beside, { force: true })
  }
}

/** Databases are copied by SQLite; what belongs to one process, to the keys of captures or to users' hands stays. */
async function gather(directory: string, staging: string, target: string): Promise<[string, string][]> {
  const places: [string, string][] = []
  for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort()) {
    const path = join(directory, name)
    const isAside = /(-wal|-shm|-journal|\.part|\.backup)$|^writer\.|^keys(\.db|[/\\])|^backup-/.test(name)
    if (isAside || resolve(dirname(path)) === staging || !statSync(path).isFile()) continue
    if (resolve(target) !== resolve(directory) && resolve(dirname(path)) === resolve(target)) continue
    if (!name.endsWith('.db')) {
      places.push([name.replaceAll('\\', '/'), path])
      continue
    }
    const copy = join(staging, basename(name))
    const source = new DatabaseSync(path, { readOnly: true, timeout: 10_000 })
    try {
      await copyDatabase(source, copy)
    } finally {
      source.close()
    }
    places.push([name, copy])
  }
  return places
}

function copyKeys(store: Store, path: string): void {
  store.vault.keys().rememberCopy(path)
  const beside = `${path}.part`
  copyFileSync(keysPath(store.directory), beside)
  renameSync(beside, path)
}

type Written = { readonly files: number; readonly bytes: number; readonly sha256: string }

function pack(
  places: readonly [string, string][],
  path: string,
  onFile: (done: number, total: number) => void,
): Written {
  const whole = sha256Stream()
  const entries: Entry[] = []
  let size = 0
  const descriptor = openSync(path, 'w', 0o600)
  const write = (bytes: Uint8Array) => {
    whole.update(bytes)
    size += bytes.length
    writeWhole(descriptor, bytes)
  }
  try {
    for (const [name, source] of places) {
      entries.push(packFile(name, source, write))
      onFile(entries.length, places.length)
    }
    const manifest = Buffer.from(`${JSON.stringify({ format: 'athar-backup/1', files: entries }, null, 1)}\n`)
    write(formatHeader(MANIFEST, manifest.length)!)
    write(manifest)
    write(new Uint8Array(padding(manifest.length) + 2 * BLOCK_BYTES))
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  return { files: entries.length, bytes: size, sha256: whole.hex() }
}

function packFile(name: string, source: string, write: (bytes: Uint8Array) => void): Entry {
  const { size } = statSync(source)
  const header = formatHeader(name, size)
  if (header === undefined) throw tooLongName(name)
  write(header)
  const digest = sha256Stream()
  const descriptor = openSync(source, 'r')
  let left = size
  try {
    const buffer = new Uint8Array(WINDOW_BYTES)
    while (left > 0) {
      const read = readSync(descriptor, buffer, 0, Math.min(left, WINDOW_BYTES), null)
      if (read === 0) throw shrank(source)
      const piece = buffer.slice(0, read)
      digest.update(piece)
      write(piece)
      left -= read
    }
  } finally {
    closeSync(descriptor)
  }
  write(new Uint8Array(padding(size)))
  return { name, bytes: size, sha256: digest.hex() }
}

export type Restored = {
  readonly directory: string
  readonly files: number
  readonly bytes: number
  /** The keys that came with it, or null: then captures cannot be read until they are brought. */
  readonly keys: string | null
}

/**
 * Brings a backup back into a directory that holds nothing yet. Every file is checked against the manifest before the
 * directory has its name.
 *
 * Failures: Backup.Occupied, Backup.Damaged, Backup.Missing.
 */
export function restoreBackup(directory: string, file: string, keysFile: string | null): Restored {
  if (existsSync(directory) && readdirSync(directory).length > 0) throw occupied(directory)
  if (!existsSync(file)) throw missing(file)
  if (keysFile !== null && !existsSync(keysFile)) throw missing(keysFile)
  const beside = `${resolve(directory)}.restore-${process.pid}.part`
  mkdirSync(beside, { recursive: true, mode: 0o700 })
  try {
    const { files, bytes } = unpack(file, beside)
    const keys = keysFile ?? (existsSync(`${file}.keys`) ? `${file}.keys` : null)
    if (keys !== null) {
      copyFileSync(keys, keysPath(beside))
      openKeys(keysPath(beside)).close()
    }
    rmSync(directory, { recursive: true, force: true })
    renameSync(beside, directory)
    syncFolder(dirname(resolve(directory)))
    return { directory, files, bytes, keys }
  } finally {
    rmSync(beside, { recursive: true, force: true })
  }
}

function unpack(file: string, into: string): { files: number; bytes: number } {
  const descriptor = openSync(file, 'r')
  const found = new Map<string, Entry>()
  try {
    for (;;) {
      const header = parseHeader(readExactly(descriptor, BLOCK_BYTES, file))
      if (header === undefined || header === 'end') throw damaged(file, 'it ends before its manifest')
      const { name, bytes } = header
      if (name === MANIFEST) {
        checkManifest(readExactly(descriptor, bytes, file), found, file)
        const sum = [...found.values()].reduce((total, one) => total + one.bytes, 0)
        return { files: found.size, bytes: sum }
      }
      if (!/^[A-Za-z0-9._/-]+$/.test(name) || name.split('/').includes('..') || name.startsWith('/')) {
        throw damaged(file, `it names "${name.slice(0, 80)}", which no backup holds`)
      }
      found.set(name, unpackFile(descriptor, name, bytes, into, file))
      readExactly(descriptor, padding(bytes), file)
    }
  } finally {
    closeSync(descriptor)
  }
}

function unpackFile(from: number, name: string, bytes: number, into: string, file: string): Entry {
  const path = join(into, name)
  if (relative(into, path).startsWith('..')) throw damaged(file, 'a name leads out of it')
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const digest = sha256Stream()
  const to = openSync(path, 'wx', 0o600)
  try {
    for (let left = bytes; left > 0; ) {
      const piece = readExactly(from, Math.min(left, WINDOW_BYTES), file)
      digest.update(piece)
      writeWhole(to, piece)
      left -= piece.length
    }
    fsyncSync(to)
  } finally {
    closeSync(to)
  }
  return { name, bytes, sha256: digest.hex() }
}

function checkManifest(bytes: Uint8Array, found: ReadonlyMap<string, Entry>, file: string): void {
  let told: { format?: unknown; files?: unknown }
  try {
    told = JSON.parse(Buffer.from(bytes).toString('utf8')) as typeof told
  } catch {
    throw damaged(file, 'its manifest cannot be read')
  }
  if (told.format !== 'athar-backup/1' || !Array.isArray(told.files)) throw damaged(file, 'its manifest is another')
  const files = told.files as Entry[]
  for (const { name, sha256 } of files) {
    if (found.get(name)?.sha256 !== sha256) throw damaged(file, `"${name}" is not what its manifest says`)
  }
  if (files.length !== found.size) throw damaged(file, 'it holds files that its manifest does not name')
}

function readExactly(descriptor: number, length: number, file: string): Uint8Array {
  const bytes = new Uint8Array(length)
  if (readWhole(descriptor, bytes) < length) throw damaged(file, 'it is cut off')
  return bytes
}

const MANIFEST = 'MANIFEST.json'
const WINDOW_BYTES = 4 * 2 ** 20

function exists(path: string): Failure {
  return new Failure('Backup.Exists', 'conflict', `"${path}" is there already; nothing was written.`, {
    hint: 'Name another file: a backup never overwrites one.',
    facts: { path },
  })
}

function occupied(directory: string): Failure {
  return new Failure('Backup.Occupied', 'conflict', `"${directory}" holds data already; nothing was restored.`, {
    hint: 'Restore into a new folder with --data, look at it, then put it in the place of the other.',
    facts: { directory },
  })
}

function missing(path: string): Failure {
  return new Failure('Backup.Missing', 'missing', `There is no file "${path}".`, {
    hint: 'Check the path.',
    facts: { path },
  })
}

function damaged(path: string, what: string): Failure {
  return new Failure('Backup.Damaged', 'corrupt', `"${path}" is no whole backup: ${what}.`, {
    hint: 'Take another copy of it. Nothing was restored.',
    facts: { path },
  })
}

function tooLongName(name: string): Failure {
  return new Failure('Backup.Name', 'limit', `The name "${name.slice(0, 200)}" is too long for a backup.`, {
    hint: 'Files of that name are not of Athar: take them out of the data directory.',
    facts: { name: name.slice(0, 200) },
  })
}

function shrank(path: string): Failure {
  return new Failure('Backup.Changed', 'conflict', `"${path}" became shorter while it was read.`, {
    hint: 'Run the command again when no import runs.',
    facts: { path },
  })
}
