import { type MessagePort, workerData } from 'node:worker_threads'
import type { Outcome, Task } from './desk.ts'

/** The other side of desk.ts: one task after another, each answer followed by the wake-up. */
const { port, flag } = workerData as { port: MessagePort; flag: Int32Array }

port.on('message', (task: Task) => {
  carry(task).then(answer, cause => answer({ ok: false, why: wordsOf(cause) }))
})

async function carry({ kind, bytes, languages }: Task): Promise<Outcome<unknown>> {
  if (kind === 'qr') {
    const { readCodes } = await import('./qr.ts')
    return { ok: true, value: await readCodes(bytes) }
  }
  if (kind === 'pdf') {
    const { readPages } = await import('./pdf-page.ts')
    return { ok: true, value: await readPages(bytes, languages ?? null) }
  }
  if (kind === 'ocr' && languages) {
    const { readLines } = await import('./ocr.ts')
    return { ok: true, value: await readLines(bytes, languages) }
  }
  if (kind === 'likeness') {
    const { hashesOf } = await import('./likeness.ts')
    return { ok: true, value: await hashesOf(bytes) }
  }
  return { ok: false, why: 'it is of no kind that is read' }
}

function answer(outcome: Outcome<unknown>): void {
  port.postMessage(outcome)
  Atomics.store(flag, 0, 1)
  Atomics.notify(flag, 0)
}

function wordsOf(cause: unknown): string {
  return cause instanceof Error ? cause.message.slice(0, 200) : 'its reader failed'
}
