import { formatUnits } from '../model/amount.ts'
import * as Asset from '../model/asset.ts'
import { toHex } from '../std/bytes.ts'
import { sha256Stream } from '../std/digest.ts'
import { type AccountColumns, type Columns, KINDS, NONE, UNREAD, type UtxoColumns, unitsOf } from './columns.ts'

/**
 * SHA-256 of the canonical logical export of a ledger: what "rebuilt equal" means. It holds what the ledger says and
 * nothing of how it is kept: no row numbers, batches, files or order of import. docs/methods/ledger.md has the form.
 */
export function digestOf(columns: Columns): string {
  const running = sha256Stream()
  const encoder = new TextEncoder()
  let held: string[] = []
  const flush = (): void => {
    running.update(encoder.encode(held.join('')))
    held = []
  }
  for (const line of exportLines(columns)) {
    held.push(line, '\n')
    if (held.length > 10_000) flush()
  }
  flush()
  return running.hex()
}

/** The export itself, line by line. */
export function exportLines(columns: Columns): Generator<string> {
  return columns.shape === 'utxo' ? utxoLines(columns) : accountLines(columns)
}

function* utxoLines(columns: UtxoColumns): Generator<string> {
  const { blocks, transactions } = columns
  yield `athar ledger 1 ${columns.network}`
  for (let b = 0; b < blocks.count; b++) {
    yield `block ${blocks.height[b]} ${printed(blocks.hash, b)} ${blocks.time[b]} ${blocks.anchored[b]}`
    for (let t = blocks.firstTransaction[b]!; t < blocks.firstTransaction[b + 1]!; t++) {
      yield `tx ${printed(transactions.txid, t)} ${transactions.coinbase[t]}`
      yield* partLines(columns, t)
    }
  }
}

function* partLines({ transactions, inputs, outputs, addresses }: UtxoColumns, t: number): Generator<string> {
  const place = (row: number): string => (row === NONE ? '-' : addresses.format(row))
  for (let i = transactions.firstInput[t]!; i < transactions.firstInput[t + 1]!; i++) {
    const units = inputs.units[i] === UNREAD ? '?' : inputs.units[i]
    const found = inputs.output[i] === NONE ? 'unread' : 'found'
    const outpoint = `${printed(inputs.previousTxid, i)}:${inputs.previousIndex[i]}`
    yield `in ${outpoint} ${units} ${place(inputs.address[i]!)} ${inputs.flags[i]} ${found}`
  }
  for (let o = transactions.firstOutput[t]!; o < transactions.firstOutput[t + 1]!; o++) {
    yield `out ${outputs.units[o]} ${place(outputs.address[o]!)}`
  }
}

function* accountLines(columns: AccountColumns): Generator<string> {
  const { transactions, transfers, addresses, assets } = columns
  const place = (row: number): string => (row === NONE ? '-' : addresses.format(row))
  yield `athar ledger 1 ${columns.network}`
  for (let t = 0; t < transactions.count; t++) {
    const txid = toHex(transactions.txid.subarray(32 * t, 32 * t + 32))
    yield `tx ${transactions.height[t]} ${transactions.time[t]} ${txid}`
    for (let row = transactions.firstTransfer[t]!; row < transactions.firstTransfer[t + 1]!; row++) {
      const asset = assets[transfers.asset[row]!]!
      // As coins without trailing zeros: the same amount, however many decimals an unknown token was given.
      const coins = formatUnits(unitsOf(transfers.units, row), asset.decimals).replace(/\.?0*$/, '') || '0'
      const what = `${KINDS[transfers.kind[row]!]} ${transfers.logIndex[row]} ${transfers.moves[row]}`
      yield `move ${what} ${Asset.key(asset)} ${coins} ${place(transfers.from[row]!)} ${place(transfers.to[row]!)}`
    }
  }
}

function printed(hashes: Uint8Array, row: number): string {
  return toHex(hashes.slice(32 * row, 32 * row + 32).reverse())
}
