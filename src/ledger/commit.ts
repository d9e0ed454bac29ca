import type { NetworkId } from '../model/network.ts'
import type { Clock } from '../std/clock.ts'
import { sha256Hex } from '../std/digest.ts'
import type { Store } from '../store/store.ts'
import type { BlockNote } from './block-reader.ts'
import { type Columns, FORMAT } from './record.ts'
import { openSegments } from './segment.ts'
import {
  addChunk,
  addGround,
  addManifest,
  findManifest,
  type Ground,
  lastGeneration,
  listChunks,
  type Manifest,
  nextGroundId,
} from './table.ts'
import { addNotes } from './told/table.ts'

/** A file about to be read: what the ground table will say of it once something rests on it. */
export type GivenFile = Pick<
  Ground,
  'kind' | 'name' | 'sha256' | 'bytes' | 'path' | 'height' | 'statedHeight' | 'undo'
> & {
  /** The bytes, to be kept in the store's files; null where the file is only referred to. */
  readonly content: Uint8Array | null
  /** The undo data whose SHA-256 is `undo`, to be kept too. */
  readonly undoContent?: Uint8Array | null
}

/**
 * The one way into a network's ledger on disk. Files are registered, chunks appended; nothing counts until the
 * manifest row that `commit` writes last.
 */
export type Committer = {
  /** The newest manifest when the committer was opened or has last committed. */
  readonly manifest: Manifest | undefined
  /** The number that the file registered next will have in the ground table. */
  readonly nextGround: number
  /** Its row is written with the next chunk. */
  register(file: GivenFile): void
  commit(columns: Columns, added: { blocks: number; transactions: number }, notes?: readonly BlockNote[]): void
}

/** Cuts the segments back to the manifest and goes on after it. The store must be a writer's. */
export function openCommitter(store: Store, network: NetworkId, clock: Clock): Committer {
  let manifest = findManifest(store, network)
  const generation = manifest?.generation ?? lastGeneration(store, network) + 1
  const [last] = manifest === undefined ? [] : listChunks(store, manifest, manifest.chunks - 1)
  const segments = openSegments(store, network, generation, last)
  let pending: { file: GivenFile; id: number }[] = []
  let next = nextGroundId(store)
  return {
    get manifest() {
      return manifest
    },
    get nextGround() {
      return next
    },
    register(file) {
      pending.push({ file, id: next++ })
    },
    commit(columns, added, notes = []) {
      for (const { file } of pending) keepFile(store, file)
      const number = manifest?.chunks ?? 0
      const chunk = segments.append(columns, number)
      const made: Omit<Manifest, 'id'> = {
        ...{ network, generation, format: FORMAT, chunks: number + 1, committedAt: clock() },
        blocks: (manifest?.blocks ?? 0) + added.blocks,
        transactions: (manifest?.transactions ?? 0) + added.transactions,
        sha256: sha256Hex(`${manifest?.sha256 ?? ''}${chunk.sha256}`),
      }
      store.transaction(() => {
        for (const { file, id } of pending) addGround(store, groundOf(file, id, network, clock()))
        addChunk(store, network, generation, chunk)
        addManifest(store, made)
        addBlockNotes(store, network, notes, clock())
      })
      pending = []
      manifest = findManifest(store, network)
    },
  }
}

/** Writes a ledger anew, as a generation of its own that counts once it is activated; the old one stays until then. */
export type Rebuilder = Committer & {
  /** What comes next was read from this file, which is in the ground table already. */
  use(ground: Ground): void
  /** The commit: from now on this generation is the ledger. `also` is written in the same transaction. */
  activate(also?: () => void): void
}

export function openRebuilder(store: Store, network: NetworkId, clock: Clock): Rebuilder {
  const generation = lastGeneration(store, network) + 1
  const segments = openSegments(store, network, generation, undefined)
  let ground = 0
  let made = { chunks: 0, blocks: 0, transactions: 0, sha256: '' }
  return {
    manifest: undefined,
    get nextGround() {
      return ground
    },
    register() {},
    use(next) {
      ground = next.id
    },
    commit(columns, added, notes = []) {
      const chunk = segments.append(columns, made.chunks)
      store.transaction(() => {
        addChunk(store, network, generation, chunk)
        addBlockNotes(store, network, notes, clock())
      })
      made = {
        chunks: made.chunks + 1,
        blocks: made.blocks + added.blocks,
        transactions: made.transactions + added.transactions,
        sha256: sha256Hex(made.sha256 + chunk.sha256),
      }
    },
    activate(also) {
      store.transaction(() => {
        also?.()
        addManifest(store, { ...made, network, generation, format: FORMAT, committedAt: clock() })
      })
    },
  }
}

/** What blocks say of themselves needs no provider's word. */
function addBlockNotes(store: Store, network: NetworkId, notes: readonly BlockNote[], readAt: number): void {
  if (notes.length > 0) addNotes(store, network, notes, 'block', readAt)
}

function keepFile({ files }: Store, { content, undoContent }: GivenFile): void {
  if (content !== null) files.put(content)
  if (undoContent !== undefined && undoContent !== null) files.put(undoContent)
}

function groundOf(
  { content: _, undoContent: __, ...file }: GivenFile,
  id: number,
  network: NetworkId,
  readAt: number,
): Ground {
  return { ...file, id, network, readAt }
}
