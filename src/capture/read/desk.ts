import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads'
import { PICTURE_SECONDS_MAX } from './limit.ts'
import type { LanguageData } from './ocr-data.ts'

/**
 * A thread of its own for readers that are large, foreign and asynchronous (barcodes, PDF). The caller waits; what is
 * too slow or too large costs the thread, not the process. It is given bytes and gives back plain values: it
 * writes nothing, and neither of the readers is given a way to the network.
 */
export type Task = {
  readonly kind: 'qr' | 'pdf' | 'ocr' | 'likeness'
  readonly bytes: Uint8Array
  /** Where words are to be read as well. */
  readonly languages?: LanguageData | null
}

/** `undefined` where the time was over or the thread died: the answer says which. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: string }

export function ask<T>(task: Task, seconds: number = PICTURE_SECONDS_MAX): Outcome<T> {
  desk ??= open()
  const { port, flag } = desk
  Atomics.store(flag, 0, 0)
  const bytes = new Uint8Array(task.bytes)
  port.postMessage({ ...task, bytes }, [bytes.buffer])
  const waited = Atomics.wait(flag, 0, 0, seconds * 1000)
  const answer = waited === 'timed-out' ? undefined : (receiveMessageOnPort(port)?.message as Outcome<T> | undefined)
  if (answer !== undefined) return answer
  close()
  return { ok: false, why: waited === 'timed-out' ? `it took more than ${seconds} seconds` : 'its reader stopped' }
}

type Desk = { readonly worker: Worker; readonly port: MessagePort; readonly flag: Int32Array }

let desk: Desk | undefined

function open(): Desk {
  const { port1, port2 } = new MessageChannel()
  const flag = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(ENTRY, {
    ...{ workerData: { port: port2, flag }, transferList: [port2], name: 'athar-desk' },
    ...{ resourceLimits: { maxOldGenerationSizeMb: 1024 }, env: {} },
  })
  worker.unref()
  port1.unref()
  const mine: Desk = { worker, port: port1, flag }
  worker.on('error', () => {
    if (desk === mine) close()
  })
  return mine
}

function close(): void {
  const last = desk
  desk = undefined
  last?.port.close()
  void last?.worker.terminate()
}

/** The thread's module under the name that it has here: `.ts` in the repository, `.js` where it is installed. */
const ENTRY = new URL(import.meta.url.endsWith('.ts') ? './desk-thread.ts' : './desk-thread.js', import.meta.url)
