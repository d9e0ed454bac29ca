import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Fault } from '../chain/block-fault.ts'
import type { BitcoinNetworkId } from '../chain/block-rules.ts'
import { assert } from '../std/assert.ts'
import { createChecker } from './block-checker.ts'
import { BLOCK_BYTES, CLOSED, claim, collect, createShared, GIVEN, give, SLOTS, work } from './crew-slot.ts'

/**
 * Threads that check blocks ahead of the one that files them, over shared memory. What comes out is what one thread
 * alone finds, in the same order. A block that no thread has begun when it is asked for is checked by whoever asks, so
 * that nothing waits for threads that are slow to begin, or never do.
 */
export type Crew = {
  /** The blocks in their order, each with what was found of it; valid until the next is asked for. */
  ahead<T extends { readonly bytes: Uint8Array } | { readonly ok: false }>(items: Iterable<T>): Generator<Checked<T>>
  close(): void
}

/** `known`: its txids, or what is wrong with it; undefined: not checked yet. */
export type Checked<T> = { readonly item: T; readonly known: Uint8Array | Fault | undefined }

/** @param threads 1 or more, besides the caller's own */
export function openCrew(network: BitcoinNetworkId, threads: number): Crew {
  assert(threads > 0, 'a crew has a thread at least')
  const shared = createShared(network)
  const workers = Array.from({ length: threads }, () => new Worker(ENTRY, { workerData: shared, name: 'athar-crew' }))
  // One that dies leaves its work to the others.
  for (const worker of workers) worker.on('error', () => undefined).unref()
  const checker = createChecker(network)
  let next = 0
  const offer = (bytes: Uint8Array): Uint8Array => {
    const slot = shared.blocks[next % SLOTS]!
    slot.set(bytes)
    give(shared, next++, bytes.length)
    return slot.subarray(0, bytes.length)
  }
  const known = (job: number): Uint8Array | Fault => {
    if (claim(shared, job)) work(shared, job, checker)
    return collect(shared, job)
  }
  return {
    *ahead(items) {
      const queue: { item: (typeof items extends Iterable<infer T> ? T : never) & object; job: number }[] = []
      for (const item of items) {
        if (!('bytes' in item)) queue.push({ item, job: -1 })
        else if (item.bytes.length > BLOCK_BYTES) queue.push({ item: { ...item, bytes: item.bytes.slice() }, job: -1 })
        else queue.push({ item: { ...item, bytes: offer(item.bytes) }, job: next - 1 })
        // One slot is the caller's, who reads it until the next is asked for.
        if (queue.length < SLOTS - 1) continue
        const { item: first, job } = queue.shift()!
        yield { item: first, known: job === -1 ? undefined : known(job) }
      }
      for (const { item, job } of queue) yield { item, known: job === -1 ? undefined : known(job) }
    },
    close() {
      Atomics.store(shared.numbers, CLOSED, 1)
      Atomics.add(shared.numbers, GIVEN, 1)
      Atomics.notify(shared.numbers, GIVEN)
      for (const worker of workers) void worker.terminate()
    },
  }
}

/** Beside this file, and in its form: TypeScript in the repository, JavaScript in the package. */
const ENTRY = new URL(`./crew-worker${extname(import.meta.filename)}`, import.meta.url)
