import * as Address from '../chain/address.ts'
import type { Key } from '../chain/key.ts'
import { parseUnits } from '../model/amount.ts'
import * as Asset from '../model/asset.ts'
import * as Instant from '../model/instant.ts'
import * as Network from '../model/network.ts'
import { parseHex } from '../std/bytes.ts'
import { Failure } from '../std/failure.ts'
import { KINDS } from './columns.ts'

/** A row of the transfers CSV, read and checked, as columns take it. */
export type TransferRow = {
  readonly network: Network.NetworkId
  readonly txid: Uint8Array
  readonly txIndex: number
  readonly logIndex: number
  /** Place in KINDS. */
  readonly kind: number
  readonly failed: boolean
  readonly height: number
  readonly time: Instant.Instant
  readonly from: Key | null
  readonly to: Key | null
  readonly asset: Asset.Asset
  readonly units: bigint
}

/**
 * The columns of the file. `decimals` is ours: for tokens that Athar does not know; without it their amounts are kept
 * to 18 places, which changes no amount, since amounts are written in whole coins.
 */
const COLUMNS = [
  ...['network', 'asset', 'contract', 'txid', 'txIndex', 'logIndex', 'kind', 'status', 'height', 'time'],
  ...['from', 'to', 'amount', 'decimals'],
] as const

const REQUIRED: readonly string[] = ['network', 'txid', 'height', 'time', 'to', 'amount']

/** Where each column of a file stands. */
export type Header = ReadonlyMap<string, number>

/** Reads the header: any order, any case. Failures: Transfers.UnknownColumn, .RepeatedColumn, .MissingColumn. */
export function parseHeader(cells: readonly string[]): Header {
  const header = new Map<string, number>()
  for (let at = 0; at < cells.length; at++) {
    const written = cells[at]!.trim()
    const name = (COLUMNS as readonly string[]).find(known => known.toLowerCase() === written.toLowerCase())
    if (name === undefined) throw unknownColumn(written)
    if (header.has(name)) throw repeatedColumn(name)
    header.set(name, at)
  }
  for (const name of REQUIRED) if (!header.has(name)) throw missingColumn(name)
  return header
}

/** What a row says, or in one sentence why it is not taken. */
export type ParsedRow =
  | { readonly ok: true; readonly row: TransferRow }
  | { readonly ok: false; readonly reason: string }

/** Reads rows of one header; keeps the addresses that it has checked, since most come again. */
export function createRowParser(header: Header): (cells: readonly string[]) => ParsedRow {
  const read = createAddressReader()
  return cells => {
    try {
      return { ok: true, row: parseRow(cells, header, read) }
    } catch (thrown) {
      if (thrown instanceof Refusal) return { ok: false, reason: thrown.message }
      throw thrown
    }
  }
}

/** The network and asset that a row names, whatever its other cells say; undefined where it would be refused. */
export function readAsset(cells: readonly string[], header: Header): { readonly asset: Asset.Asset } | undefined {
  const cell = cellReader(cells, header)
  try {
    return { asset: assetOf(networkOf(cell('network')), cell, createAddressReader()) }
  } catch (thrown) {
    if (thrown instanceof Refusal) return undefined
    throw thrown
  }
}

/** Decimals of a token that nobody tells: those of most contracts (EIP-20 names no number; OpenZeppelin's default). */
const DECIMALS_UNTOLD = 18

const UNITS_MAX = 2n ** 256n - 1n

type Cell = (name: (typeof COLUMNS)[number]) => string

function parseRow(cells: readonly string[], header: Header, read: AddressReader): TransferRow {
  if (cells.length !== header.size) refuse(`it has ${cells.length} cells and the header ${header.size}`)
  const cell = cellReader(cells, header)
  const network = networkOf(cell('network'))
  if (cell('from') === '' && cell('to') === '') refuse('neither from nor to is given')
  const asset = assetOf(network, cell, read)
  return {
    network,
    asset,
    txid: txidOf(cell('txid')),
    txIndex: cell('txIndex') === '' ? 0 : wholeOf(cell, 'txIndex', 0),
    logIndex: cell('logIndex') === '' ? -1 : wholeOf(cell, 'logIndex', -1),
    kind: choiceOf(cell, 'kind', KINDS),
    failed: choiceOf(cell, 'status', ['ok', 'failed']) === 1,
    height: wholeOf(cell, 'height', 0),
    time: timeOf(cell('time')),
    from: cell('from') === '' ? null : addressOf(cell('from'), 'from', network, read),
    to: cell('to') === '' ? null : addressOf(cell('to'), 'to', network, read),
    units: unitsOf(cell('amount'), asset),
  }
}

function cellReader(cells: readonly string[], header: Header): Cell {
  return name => {
    const at = header.get(name)
    return at === undefined ? '' : cells[at]!.trim()
  }
}

function networkOf(text: string): Network.NetworkId {
  const network = Network.parse(text)
  if (network === undefined) return refuse(`network “${text}” is not known`)
  if (network.shape === 'utxo') {
    return refuse(`${network.id} is read from blocks, not from transfers: use \`athar ledger add ${network.id}\``)
  }
  return network.id
}

function assetOf(network: Network.NetworkId, cell: Cell, read: AddressReader): Asset.Asset {
  const [symbol, contract] = [cell('asset'), cell('contract')]
  const coin = Asset.coin(network)
  if (contract === '') {
    if (symbol === '' || symbol.toUpperCase() === coin.symbol.toUpperCase()) return coin
    return refuse(`asset “${symbol}” is not the coin of ${network}: a token needs its contract`)
  }
  const canonical = contractOf(network, contract, read)
  if (canonical === undefined) return refuse(`contract “${contract}” is no address of ${network}`)
  const known = Asset.token(network, canonical)
  if (known !== undefined) {
    const other =
      symbol === coin.symbol ||
      (known.symbol !== symbol && Asset.tokens.some(one => one.network === network && one.symbol === symbol))
    return other ? refuse(`asset is “${symbol}” and its contract is that of ${known.symbol}`) : known
  }
  if (!/^[^\p{C}]{1,64}$/u.test(symbol)) return refuse('an unknown token needs a name of 1 to 64 characters in asset')
  const namesake = Asset.tokens.find(token => token.network === network && token.symbol === symbol)
  const told = cell('decimals')
  if (told !== '' && !/^\d{1,2}$/.test(told)) return refuse(`decimals “${told}” is no whole number up to 77`)
  const decimals = told === '' ? (namesake?.decimals ?? DECIMALS_UNTOLD) : Number(told)
  if (decimals > 77) return refuse(`decimals “${told}” is no whole number up to 77`)
  return { network, symbol, decimals, contract: canonical }
}

/** Nearly all rows name a token that is known, in its canonical form: no need to check the address again. */
function contractOf(network: Network.NetworkId, contract: string, read: AddressReader): string | undefined {
  const checked = Asset.token(network, contract)?.contract
  return checked !== undefined && checked === contract ? checked : read(network, contract)?.address
}

function txidOf(text: string): Uint8Array {
  const bytes = parseHex(text.startsWith('0x') ? text.slice(2) : text)
  return bytes?.length === 32 ? bytes : refuse(`txid “${text}” is not 64 hex digits`)
}

function wholeOf(cell: Cell, name: 'txIndex' | 'logIndex' | 'height', least: number): number {
  const text = cell(name)
  const value = Number(text)
  if (/^-?\d{1,10}$/.test(text) && value >= least && value < 2 ** 31) return value
  return refuse(`${name} “${text}” is no whole number from ${least}`)
}

/** The place in `choices`; empty means the first. */
function choiceOf(cell: Cell, name: 'kind' | 'status', choices: readonly string[]): number {
  const text = cell(name).toLowerCase()
  const at = text === '' ? 0 : choices.indexOf(text)
  return at === -1 ? refuse(`${name} “${cell(name)}” is none of ${choices.join(', ')}`) : at
}

/** A day alone is no time: that would be midnight, which nobody said. */
function timeOf(text: string): Instant.Instant {
  const time = text.length > 'yyyy-mm-dd'.length ? Instant.parse(text) : undefined
  if (time !== undefined && time >= 0 && time < 2 ** 32) return time
  return refuse(`time “${text}” is not RFC 3339, such as 2023-01-31T12:00:00Z`)
}

function unitsOf(text: string, asset: Asset.Asset): bigint {
  const units = parseUnits(text, asset.decimals)
  if (units === undefined) {
    return refuse(`amount “${text}” is no plain decimal number with up to ${asset.decimals} places`)
  }
  return units > UNITS_MAX ? refuse(`amount “${text}” is beyond 256 bits`) : units
}

type Read = { readonly key: Key; readonly address: string }
type AddressReader = (network: Network.NetworkId, text: string) => Read | undefined

/** Texts kept at once; beyond it the memory is emptied. */
const KEPT_MAX = 500_000

function createAddressReader(): AddressReader {
  const kept = new Map<string, Read | null>()
  return (network, text) => {
    // A text of its own: a piece of the line as key would keep the whole line in memory.
    const name = `${network}:${text}`
    const held = kept.get(name)
    if (held !== undefined) return held ?? undefined
    if (kept.size >= KEPT_MAX) kept.clear()
    const parsed = Address.parse(text, network)
    const read = parsed.ok ? { key: parsed.key, address: parsed.address.address } : null
    kept.set(name, read)
    return read ?? undefined
  }
}

function addressOf(text: string, column: string, network: Network.NetworkId, read: AddressReader): Key {
  return read(network, text)?.key ?? refuse(`${column} “${text}” is no address of ${network}`)
}

/** Ends the reading of one row; never leaves this file. */
class Refusal extends Error {}

function refuse(reason: string): never {
  throw new Refusal(reason.length > 200 ? `${reason.slice(0, 200)}…` : reason)
}

function unknownColumn(column: string): Failure {
  const shown = column.slice(0, 80)
  return new Failure('Transfers.UnknownColumn', 'input', `The header names a column “${shown}” that is not known.`, {
    hint: `Columns, separated by commas: ${COLUMNS.join(', ')}.`,
    facts: { column: shown, line: 1 },
  })
}

function repeatedColumn(column: string): Failure {
  return new Failure('Transfers.RepeatedColumn', 'input', `The header names the column “${column}” twice.`, {
    hint: 'Leave one of them out.',
    facts: { column, line: 1 },
  })
}

function missingColumn(column: string): Failure {
  return new Failure('Transfers.MissingColumn', 'input', `The header lacks the column “${column}”.`, {
    hint: `These are needed: ${REQUIRED.join(', ')}. The others have defaults.`,
    facts: { column, line: 1 },
  })
}
