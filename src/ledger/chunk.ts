import type * as Asset from '../model/asset.ts'
import type { UtxoBatch } from './batch.ts'
import type { UnitsColumn } from './columns.ts'
import type { KeyColumns } from './key-dictionary.ts'
import type { TransferBatch } from './link-account.ts'
import type { Column, Columns } from './record.ts'

/** What one chunk holds besides its batch: the addresses that are new in it. */
export type UtxoChunk = { readonly batch: UtxoBatch; readonly keys: KeyColumns }

/** The same for an account chain, with the assets that are new in it. */
export type TransferChunk = {
  readonly batch: TransferBatch
  readonly keys: KeyColumns
  readonly assets: readonly Asset.Asset[]
}

export function encodeUtxo({ batch, keys }: UtxoChunk): Columns {
  return {
    ...flatten('blocks', batch.blocks),
    ...flatten('transactions', batch.transactions),
    ...flatten('inputs', batch.inputs),
    ...flatten('outputs', batch.outputs),
    ...flatten('keys', keys),
  }
}

export function decodeUtxo(columns: Columns): UtxoChunk {
  const table = <T>(name: string, counted: string): T => {
    const found = gather(columns, name)
    return { ...found, count: found[counted]!.length } as T
  }
  return {
    batch: {
      blocks: table('blocks', 'time'),
      transactions: table('transactions', 'coinbase'),
      inputs: table('inputs', 'flags'),
      outputs: table('outputs', 'address'),
    },
    keys: table('keys', 'type'),
  }
}

export function encodeTransfers({ batch, keys, assets }: TransferChunk): Columns {
  const { units, ...rest } = batch
  const above = [...units.above]
  const blobs = new Uint8Array(32 * above.length)
  for (let k = 0; k < above.length; k++) putBigEndian(blobs, 32 * k, above[k]![1])
  return {
    ...flatten('transfers', rest),
    'units.low': units.low,
    'units.aboveRow': Uint32Array.from(above, ([row]) => row),
    'units.above': blobs,
    ...flatten('keys', keys),
    assets: new TextEncoder().encode(JSON.stringify(assets)),
  }
}

export function decodeTransfers(columns: Columns): TransferChunk {
  const transfers = gather(columns, 'transfers')
  const rows = columns['units.aboveRow'] as Uint32Array
  const blobs = columns['units.above'] as Uint8Array
  const above = new Map(Array.from(rows, (row, k) => [row, getBigEndian(blobs, 32 * k)]))
  const units: UnitsColumn = { low: columns['units.low'] as BigUint64Array, above }
  return {
    batch: { ...transfers, count: transfers['kind']!.length, units } as unknown as TransferBatch,
    keys: gather(columns, 'keys') as unknown as KeyColumns,
    assets: JSON.parse(new TextDecoder().decode(columns['assets'] as Uint8Array)) as Asset.Asset[],
  }
}

function flatten(name: string, table: object): Record<string, Column> {
  const flat: Record<string, Column> = {}
  for (const [column, value] of Object.entries(table)) {
    if (typeof value !== 'number') flat[`${name}.${column}`] = value as Column
  }
  return flat
}

function gather(columns: Columns, name: string): Record<string, Column> {
  const found: Record<string, Column> = {}
  for (const [column, value] of Object.entries(columns)) {
    if (column.startsWith(`${name}.`)) found[column.slice(name.length + 1)] = value
  }
  return found
}

function putBigEndian(bytes: Uint8Array, at: number, units: bigint): void {
  for (let k = 31; k >= 0; k--) {
    bytes[at + k] = Number(units & 0xffn)
    units >>= 8n
  }
}

function getBigEndian(bytes: Uint8Array, at: number): bigint {
  let units = 0n
  for (let k = 0; k < 32; k++) units = (units << 8n) | BigInt(bytes[at + k]!)
  return units
}
