import { parseHex, reversed, toHex } from '../std/bytes.ts'
import type { MerkleBranch } from './merkle.ts'
import { createCollector, type SpentOutputs } from './undo.ts'

/**
 * Some transactions of a block with the proof that they are in it: what a provider of histories tells instead of whole
 * blocks. The header carries work, each transaction hashes to a leaf, each branch leads to the header's root; what the
 * inputs spend is the provider's word, where it says so.
 *
 * `bytes` is laid out as a block is: header, count, transactions in the order of their places.
 */
export type Excerpt = {
  readonly bytes: Uint8Array
  /** The provider's word. */
  readonly height: number | null
  /** One for each transaction: its place in the block and the hashes beside its way to the root. */
  readonly proofs: readonly MerkleBranch[]
  /** Units UNTOLD and an empty script where the provider told nothing. */
  readonly spent: SpentOutputs
  /** The JSON itself: what is kept. */
  readonly text: string
}

/** Value of a spent output that nobody tells. */
const UNTOLD = 0xffff_ffff_ffff_ffffn

/** A transaction with its proof, as it stands in an excerpt's JSON. */
export type Part = {
  readonly hex: string
  readonly position: number
  /** As printed, lowest first. */
  readonly merkle: readonly string[]
  /** One for each input but a coinbase's; null: not told. */
  readonly spent: readonly ({ readonly value: string; readonly script: string } | null)[]
}

/** The JSON text of an excerpt: what is kept as ground, and what `ledger add` reads. */
export function format(header: string, height: number | null, parts: readonly Part[]): string {
  const transactions = [...parts].sort((a, b) => a.position - b.position)
  return JSON.stringify({ athar: 'excerpt', version: 1, height, header, transactions })
}

/** Whether a JSON value says that it is an excerpt. */
export function isExcerpt(value: unknown): boolean {
  return typeof value === 'object' && value !== null && (value as { athar?: unknown }).athar === 'excerpt'
}

/**
 * Undefined where the JSON is none, or of another version. Nothing of it is proven yet: the ledger's reader does that.
 */
export function parse(value: unknown): Excerpt | undefined {
  const json = value as Record<string, unknown>
  const header = bytesOf(json['header'])
  const parts = json['transactions']
  if (json['version'] !== 1 || header?.length !== 80 || !Array.isArray(parts)) return undefined
  if (parts.length === 0 || parts.length > PARTS_MAX) return undefined
  const read = parts.map(partOf)
  if (!read.every(part => part !== undefined)) return undefined
  if (read.some((part, at) => at > 0 && part.branch.index <= read[at - 1]!.branch.index)) return undefined
  const collector = createCollector(read.reduce((sum, part) => sum + part.spent.length, 0))
  for (const { units, script } of read.flatMap(part => part.spent)) collector.add(units, script)
  const bytes = Buffer.concat([header, countOf(read.length), ...read.map(part => part.bytes)])
  const height = json['height']
  return {
    bytes: new Uint8Array(bytes),
    height: typeof height === 'number' && Number.isSafeInteger(height) && height >= 0 ? height : null,
    proofs: read.map(part => part.branch),
    spent: collector.done(),
    text: JSON.stringify(value),
  }
}

/** A block of 4,000,000 bytes holds fewer transactions of the least size. */
const PARTS_MAX = 65_535

type Read = {
  readonly bytes: Uint8Array
  readonly branch: MerkleBranch
  readonly spent: readonly { readonly units: bigint; readonly script: Uint8Array }[]
}

function partOf(value: unknown): Read | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { hex, position, merkle, spent } = value as Record<string, unknown>
  const bytes = bytesOf(hex)
  if (bytes === undefined || !Array.isArray(merkle) || !Array.isArray(spent)) return undefined
  if (!Number.isSafeInteger(position) || (position as number) < 0) return undefined
  const siblings = merkle.map(bytesOf)
  if (!siblings.every(sibling => sibling?.length === 32)) return undefined
  const told = spent.map(spentOf)
  if (!told.every(one => one !== undefined)) return undefined
  const branch = { index: position as number, siblings: siblings.map(sibling => reversed(sibling!)) }
  return { bytes, branch, spent: told }
}

function spentOf(value: unknown): { units: bigint; script: Uint8Array } | undefined {
  if (value === null) return { units: UNTOLD, script: new Uint8Array(0) }
  const { value: text, script } = value as { value?: unknown; script?: unknown }
  const bytes = bytesOf(script)
  // 21 million coins have 16 digits.
  if (typeof text !== 'string' || !/^\d{1,17}$/.test(text) || bytes === undefined) return undefined
  return { units: BigInt(text), script: bytes }
}

function bytesOf(value: unknown): Uint8Array | undefined {
  return typeof value === 'string' ? parseHex(value) : undefined
}

function countOf(count: number): Uint8Array {
  return count < 0xfd ? Uint8Array.of(count) : Uint8Array.of(0xfd, count & 0xff, count >> 8)
}

/** A hash in byte order → as printed. */
export function print(hash: Uint8Array): string {
  return toHex(reversed(hash))
}
