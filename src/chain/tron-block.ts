import type { Transfer } from '../model/transfer.ts'
import { parseHex } from '../std/bytes.ts'
import { type AccountBlock, type AccountFault, type Found, nothing, type TokenOf } from './account-block.ts'
import * as BridgeEvent from './bridge-event.ts'
import { APPROVAL, ISSUER, issuerWords, TRANSFER, wordsOf } from './event-topic.ts'
import { type Json, listOf, Misread, objectOf, orFault } from './misread.ts'
import * as TronAddress from './tron-address.ts'
import * as Raw from './tron-raw.ts'

/**
 * What a Tron node says of a block → its transfers. The signed part of each transaction is read from its bytes and its
 * id recomputed; fees, events and internal transfers are the node's word. Never throws.
 *
 * Source: developers.tron.network, “wallet/getblockbynum”, “wallet/gettransactioninfobyblocknum”.
 *
 * @param infos of gettransactioninfobyblocknum, in any order
 */
export function read(block: unknown, infos: unknown, tokenOf: TokenOf): AccountBlock | AccountFault {
  return orFault(() => {
    const header = objectOf(objectOf(objectOf(block)['block_header'])['raw_data'])
    const height = wholeOf(header['number'] ?? 0)
    const hash = hashOf(objectOf(block)['blockID'])
    if (Number.parseInt(hash.slice(0, 16), 16) !== height) throw new Misread('a block id of another height')
    const time = secondsOf(header['timestamp'] ?? 0)
    if (height > 0 && (time < FIRST_SECOND || time >= 2 ** 32)) throw new Misread(`a block of ${time}, which cannot be`)
    const transactions = listOf(objectOf(block)['transactions'] ?? [])
    const byId = new Map(listOf(infos).map(info => [hashOf(objectOf(info)['id']), objectOf(info)]))
    const ids = new Set(transactions.map(one => objectOf(one)['txID']))
    if (ids.size !== transactions.length) throw new Misread('a transaction twice')
    const found = nothing()
    for (const [txIndex, transaction] of transactions.entries()) {
      readTransaction(transaction, txIndex, { height, time }, byId, tokenOf, found)
    }
    const parent = hashOf(header['parentHash'])
    return { height, hash, parent, time, transactions: transactions.length, internal: true, ...found }
  })
}

/** 2018-06-25T00:00:00Z: the day of the mainnet's block 1. Block 0 has the time 0. */
const FIRST_SECOND = 1_529_884_800

type Place = Pick<Transfer, 'network' | 'txid' | 'txIndex' | 'height' | 'time' | 'failed'>
const NETWORK = 'tron'

function readTransaction(
  transaction: unknown,
  txIndex: number,
  { height, time }: { height: number; time: number },
  byId: ReadonlyMap<string, Json>,
  tokenOf: TokenOf,
  found: Found,
): void {
  const said = objectOf(transaction)
  const raw = typeof said['raw_data_hex'] === 'string' ? Raw.parse(said['raw_data_hex']) : undefined
  if (raw === undefined) throw new Misread('a transaction without readable raw_data_hex')
  if (hashOf(said['txID']) !== raw.txid) throw new Misread(`txID ${hashOf(said['txID'])} is not that of its raw data`)
  const info = byId.get(raw.txid)
  if (info === undefined && raw.type === Raw.TRIGGER) throw new Misread(`no info of ${raw.txid}`)
  const result = objectOf(listOf(said['ret'] ?? [{}])[0] ?? {})['contractRet']
  const failed = (result !== undefined && result !== 'SUCCESS') || info?.['result'] === 'FAILED'
  const place = { network: NETWORK, txid: raw.txid, txIndex, height, time, failed } as const
  ofCoin(place, raw, info, found.transfers)
  if (!failed) {
    const told = { network: NETWORK, txid: raw.txid, logIndex: -1, height, time } as const
    for (const one of raw.control) found.control.push({ ...one, ...told })
    const written = { txid: raw.txid, place: -1, writer: raw.owner, receiver: raw.to, height, time }
    if (raw.note !== null) found.notes.push({ ...raw.note, ...written })
  }
  if (info !== undefined && !failed) {
    const logs = listOf(info['log'] ?? [])
    for (const [at, log] of logs.entries()) ofLog({ ...place, logIndex: at }, objectOf(log), tokenOf, found)
  }
  if (info !== undefined) ofCalls(place, listOf(info['internal_transactions'] ?? []), found.transfers)
}

function ofCoin(place: Place, raw: Raw.TronRaw, info: Json | undefined, into: Transfer[]): void {
  const row = { ...place, logIndex: -1, token: null }
  const moves = raw.type === Raw.TRANSFER || raw.type === Raw.TRIGGER
  if (moves && raw.units > 0n) into.push({ ...row, kind: 'transfer', from: raw.owner, to: raw.to, units: raw.units })
  const fee = BigInt(wholeOf(info?.['fee'] ?? 0))
  if (fee > 0n && raw.owner !== null) {
    into.push({ ...row, failed: false, kind: 'fee', from: raw.owner, to: null, units: fee })
  }
}

function ofLog(place: Place & { logIndex: number }, log: Json, tokenOf: TokenOf, found: Found): void {
  const { transfers, issuer, bridges } = found
  const topics = listOf(log['topics'] ?? []).map(hashOf)
  const data = dataOf(log['data'] ?? '')
  const words = wordsOf(data)
  const contract = accountOf(log['address'])
  const kind = ISSUER.get(topics[0] ?? '')
  if (kind !== undefined) {
    const told = issuerWords(kind, topics, words)
    const { network, txid, logIndex, height, time } = place
    if (told !== null)
      issuer.push({ kind, network, contract, ...told, address: ofWord(told.address), txid, logIndex, height, time })
    return
  }
  const crossing = BridgeEvent.read({ ...place, contract }, topics, data)
  if (crossing !== null) bridges.push(crossing)
  if (topics.length !== 3 || words[0] === undefined) return
  const row = { ...place, token: tokenOf(contract), units: BigInt(`0x${words[0]}`) }
  const [from, to] = [somebody(topics[1]!), somebody(topics[2]!)]
  if (topics[0] === APPROVAL) transfers.push({ ...row, kind: 'approve', from, to })
  if (topics[0] === TRANSFER && (from ?? to) !== null) transfers.push({ ...row, kind: 'transfer', from, to })
}

/** Numbered among the calls that carry the coin: with a token id they move a TRC-10 token. */
function ofCalls(place: Place, calls: readonly unknown[], into: Transfer[]): void {
  let logIndex = 0
  for (const call of calls.map(objectOf)) {
    for (const value of listOf(call['callValueInfo'] ?? []).map(objectOf)) {
      const units = BigInt(wholeOf(value['callValue'] ?? 0))
      if (units === 0n || value['tokenId'] !== undefined) continue
      const [from, to] = [accountOf(call['caller_address']), accountOf(call['transferTo_address'])]
      const failed = place.failed || call['rejected'] === true
      into.push({ ...place, kind: 'internal', logIndex: logIndex++, failed, token: null, from, to, units })
    }
  }
}

function wholeOf(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
  throw new Misread(`“${String(value).slice(0, 80)}” is no whole number`)
}

/** Milliseconds → seconds. */
function secondsOf(value: unknown): number {
  return Math.floor(wholeOf(value) / 1000)
}

function hashOf(value: unknown): string {
  if (typeof value === 'string' && /^[0-9a-fA-F]{64}$/.test(value)) return value.toLowerCase()
  throw new Misread(`“${String(value).slice(0, 80)}” is no hash`)
}

/** Hex with or without 41, or base58 → base58. */
function accountOf(value: unknown): string {
  const text = String(value)
  const bytes = TronAddress.parseHexForm(/^[0-9a-fA-F]{40}$/.test(text) ? `0x${text}` : text)
  if (bytes !== undefined) return TronAddress.fromBytes(bytes)
  if (TronAddress.parse(text).ok) return text
  throw new Misread(`“${text.slice(0, 80)}” is no address`)
}

/** Nobody's address is where tokens are minted from and burned to. */
function somebody(word: string): string | null {
  return /^0+$/.test(word.slice(-40)) ? null : ofWord(word)
}

/** The last twenty bytes of a word; some contracts leave the 0x41 before them. */
function ofWord(word: string): string {
  return TronAddress.fromBytes(parseHex(word.slice(-40))!)
}

function dataOf(data: unknown): string {
  const text = String(data).replace(/^0x/, '').toLowerCase()
  if (/^[0-9a-f]*$/.test(text)) return text
  throw new Misread('data of an event are no hexadecimal')
}
