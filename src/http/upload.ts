import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FastifyInstance } from 'fastify'
import type { Operation } from '../app/operation.ts'
import { sha256Stream } from '../std/digest.ts'
import { Failure } from '../std/failure.ts'
import { randomId } from '../std/random.ts'
import { UPLOAD_BYTES_MAX, UPLOADS_MAX } from './limit.ts'

/**
 * Files that clients send, since a path over HTTP would let them read this machine. A field that takes a path takes
 * `upload:ID` instead. They lie in a private temporary folder until the server stops.
 */
export type Uploads = {
  receive(name: string, body: NodeJS.ReadableStream): Promise<Upload>
  /** The input with each `upload:ID` as its path. Failures: Upload.Required, Upload.Unknown. */
  replace(operation: Operation, input: Record<string, unknown>): Record<string, unknown>
  /** An answer without the paths of the temporary folder: the names under which files were sent stay. */
  conceal(json: string): string
  close(): void
}

export type Upload = { readonly id: string; readonly name: string; readonly bytes: number; readonly sha256: string }

export function openUploads(): Uploads {
  const folder = mkdtempSync(join(tmpdir(), 'athar-upload-'))
  const inside = new RegExp(`${quote(folder)}/[0-9a-f-]{36}/`, 'g')
  const held = new Map<string, { path: string }>()
  const pathOf = (name: string, value: unknown): unknown => {
    if (typeof value !== 'string') return value
    if (!value.startsWith('upload:')) throw required(name)
    const one = held.get(value.slice('upload:'.length))
    if (one === undefined) throw unknown(value)
    return one.path
  }
  return {
    async receive(name, body) {
      const id = randomId()
      const path = join(folder, id, safeName(name))
      mkdirSync(join(folder, id), { recursive: true })
      const { bytes, sha256 } = await write(path, body).catch(cause => {
        rmSync(join(folder, id), { recursive: true, force: true })
        throw cause instanceof Failure || !hasGone(body) ? cause : aborted(name, cause)
      })
      held.set(id, { path })
      evict(held, folder)
      return { id: `upload:${id}`, name: safeName(name), bytes, sha256 }
    },
    replace(operation, input) {
      const replaced = { ...input }
      for (const [name, field] of Object.entries(operation.fields)) {
        const value = replaced[name]
        if (field.path !== true || value === undefined || value === field.default) continue
        replaced[name] = Array.isArray(value) ? value.map(item => pathOf(name, item)) : pathOf(name, value)
      }
      return replaced
    },
    conceal: json => json.replaceAll(inside, ''),
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** `PUT /api/v1/uploads?name=post.html` with the bytes as the body, of any type. */
export function addUploads(app: FastifyInstance, uploads: Uploads): void {
  void app.register(async scope => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    scope.put('/api/v1/uploads', { bodyLimit: UPLOAD_BYTES_MAX }, async (request, reply) => {
      if (Number(request.headers['content-length'] ?? 0) > UPLOAD_BYTES_MAX) throw tooLarge()
      const { name = 'upload' } = request.query as { name?: string }
      const upload = await uploads.receive(String(name), (request.body ?? request.raw) as NodeJS.ReadableStream)
      return reply.code(201).send(upload)
    })
  })
}

/** Whether the client broke off: neither a defect of ours nor one of the disk. */
function hasGone(body: NodeJS.ReadableStream): boolean {
  return 'readableAborted' in body && body.readableAborted === true
}

async function write(path: string, body: NodeJS.ReadableStream): Promise<{ bytes: number; sha256: string }> {
  const digest = sha256Stream()
  let bytes = 0
  const measure = new Transform({
    transform(piece: Buffer, _encoding, done) {
      bytes += piece.length
      digest.update(piece)
      done(bytes > UPLOAD_BYTES_MAX ? tooLarge() : null, piece)
    },
  })
  await pipeline(body, measure, createWriteStream(path, { mode: 0o600 }))
  return { bytes, sha256: digest.hex() }
}

/** The last part of a name, in letters, digits and a few marks: it becomes a file's name. */
function safeName(name: string): string {
  const last = name.split(/[/\\]/).at(-1)!
  const safe = last
    .replace(/[^\p{L}\p{N}._ -]/gu, '_')
    .replace(/^\.+/, '')
    .slice(0, 100)
  return safe === '' ? 'upload' : safe
}

function evict(held: Map<string, { path: string }>, folder: string): void {
  for (const id of [...held.keys()].slice(0, Math.max(0, held.size - UPLOADS_MAX))) {
    held.delete(id)
    rmSync(join(folder, id), { recursive: true, force: true })
  }
}

function quote(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

function aborted(name: string, cause: unknown): Failure {
  return new Failure('Upload.Aborted', 'cancelled', `The client broke off while it sent "${safeName(name)}".`, {
    hint: 'Nothing was kept. Send the file again.',
    facts: { name: safeName(name) },
    cause,
  })
}

function tooLarge(): Failure {
  const message = `The file is larger than ${UPLOAD_BYTES_MAX} bytes.`
  return new Failure('Upload.TooLarge', 'limit', message, {
    hint: 'Load it with the command line on the machine where the data is.',
    facts: { limit: UPLOAD_BYTES_MAX },
  })
}

function required(name: string): Failure {
  return new Failure('Upload.Required', 'usage', `"${name}" is a file: paths are not taken over HTTP.`, {
    hint: 'Send the file with PUT /api/v1/uploads?name=NAME and give its id here.',
    facts: { field: name },
  })
}

function unknown(id: string): Failure {
  return new Failure('Upload.Unknown', 'missing', `There is no upload "${id.slice(0, 60)}".`, {
    hint: `Only the last ${UPLOADS_MAX} are kept, until the server stops. Send the file again.`,
    facts: { id: id.slice(0, 60) },
  })
}
