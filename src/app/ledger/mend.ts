import * as Rules from '../../chain/block-rules.ts'
import { openMender } from '../../ledger/ledger.ts'
import type { NetworkId } from '../../model/network.ts'
import { Failure } from '../../std/failure.ts'
import type { Context } from '../operation.ts'
import { deriveAgain, groundFrom, transferFiles } from './rebuild.ts'

/** A ledger that was found damaged and taken on from its last good chunk. */
export type Mended = {
  readonly network: NetworkId
  /** The segment file that is not what was written. It stays where it is, and is no longer read. */
  readonly path: string
  /** Pieces of the ledger that were kept, of how many there were. */
  readonly chunks: { readonly kept: number; readonly of: number }
  /** Files that were read again. */
  readonly files: number
}

/**
 * Does `work`, which opens a ledger to write to it. Where that meets a torn or altered segment, the ledger is
 * mended and the work begun again: so it must not have changed anything by then. What was mended is told, and said
 * as progress.
 *
 * Failures: Ledger.GroundMissing where a file is gone that would be read again; nothing was changed then.
 */
export function mending<T>(context: Context, work: () => T): { readonly result: T; readonly mended: Mended[] } {
  const mended: Mended[] = []
  for (;;) {
    try {
      return { result: work(), mended }
    } catch (thrown) {
      if (!(thrown instanceof Failure) || thrown.name !== 'Ledger.SegmentAltered') throw thrown
      const network = thrown.facts['network'] as NetworkId
      const one = mended.some(before => before.network === network) ? undefined : mend(context, network, thrown)
      if (one === undefined) throw thrown
      mended.push(one)
    }
  }
}

/** The field of an answer that tells what was mended: there only where something was. */
export function toldOf(mended: readonly Mended[]): { readonly mended?: readonly Mended[] } {
  return mended.length === 0 ? {} : { mended }
}

function mend(context: Context, network: NetworkId, damage: Failure): Mended | undefined {
  const { store, clock, signal, progress } = context
  const mender = openMender(store, network, clock)
  if (mender === undefined) return undefined
  const path = String(damage.facts['path'])
  const rules = Rules.find(network)
  const grounds = groundFrom(store, network, rules === undefined ? 0 : mender.fromGround)
  const tell = (done: number, last: boolean): void => {
    const note = `${path} is damaged: ${mender.kept} of ${mender.of} pieces kept, the rest is derived again`
    progress({ done, total: grounds.length, unit: 'files', note, last })
  }
  let done = 0
  const step = (): void => {
    if (signal.aborted) throw cancelled(network)
    tell(done++, false)
  }
  if (rules === undefined) mender.transfers(transferFiles(store, grounds, step))
  else deriveAgain(mender.openIngest(), store, rules.network, grounds, mender.rebuilder, step)
  mender.rebuilder.activate()
  tell(grounds.length, true)
  return { network, path, chunks: { kept: mender.kept, of: mender.of }, files: grounds.length }
}

function cancelled(network: NetworkId): Failure {
  return new Failure('Ledger.Cancelled', 'cancelled', `The damaged ledger of ${network} was not mended to the end.`, {
    hint: 'Nothing was changed; the same command starts again.',
  })
}
