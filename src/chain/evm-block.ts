import type * as Network from '../model/network.ts'
import type { Transfer } from '../model/transfer.ts'
import { parseHex } from '../std/bytes.ts'
import { type AccountBlock, type AccountFault, type Found, nothing, type TokenOf, type Told } from './account-block.ts'
import * as BridgeEvent from './bridge-event.ts'
import { ofAuthorization, ofWallet } from './control-event.ts'
import { APPROVAL, ISSUER, issuerWords, TRANSFER, wordsOf } from './event-topic.ts'
import { checkEvents, checkWhole } from './evm-omission.ts'
import { addressOf, bigOf, dataOf, hashOf, lastTwenty, wholeOf } from './evm-word.ts'
import { type Json, listOf, Misread, objectOf, orFault } from './misread.ts'
import * as Note from './note.ts'

/**
 * What an EVM node says of a block → its transfers: the coin's, tokens' by their events, fees, internal calls where
 * traces were given. Never throws: what cannot be understood is a fault by name.
 *
 * Source: the execution API specification (ethereum/execution-apis); EIP-20 for the events.
 *
 * @param block of eth_getBlockByNumber with whole transactions
 * @param receipts of eth_getBlockReceipts, in any order
 * @param calls of each transaction, in the order of the block; null: internal transfers were not read
 */
export function read(
  network: Network.NetworkId,
  block: unknown,
  receipts: unknown,
  calls: readonly (readonly Call[])[] | null,
  tokenOf: TokenOf,
): AccountBlock | AccountFault {
  return orFault(() => readBlock(network, objectOf(block), listOf(receipts).map(objectOf), calls, tokenOf))
}

/**
 * What the events of one transaction moved, out of its block.
 *
 * @param receipt of eth_getTransactionReceipt · @param of the transaction that was asked for, its block and time
 */
export function readReceipt(
  network: Network.NetworkId,
  receipt: unknown,
  of: Pick<Transfer, 'txid' | 'height' | 'time'>,
  tokenOf: TokenOf,
): Told | AccountFault {
  return orFault(() => {
    const found = nothing()
    const told = objectOf(receipt)
    const { txid, height, time } = of
    if (hashOf(told['transactionHash']).slice(2) !== txid) throw new Misread('it is of another transaction')
    if (wholeOf(told['blockNumber']) !== height) throw new Misread('it is of another block')
    checkEvents([told], undefined)
    const place = { network, txid, txIndex: wholeOf(told['transactionIndex']), height, time, failed: false }
    if (told['status'] !== undefined && wholeOf(told['status']) === 0) return found
    for (const log of listOf(told['logs'])) ofLog(place, objectOf(log), tokenOf, found)
    return found
  })
}

/** A call within a transaction that carries value. */
export type Call = {
  readonly from: string
  readonly to: string | null
  readonly units: bigint
  readonly failed: boolean
}

/** A trace of debug_traceBlockByNumber with the callTracer → the calls below the transaction itself, in their order. */
export function readCalls(trace: unknown): readonly Call[] | undefined {
  const read = orFault(() => {
    const root = objectOf(trace)
    return callsBelow(objectOf(root['result'] ?? root), false, 0)
  })
  return 'reason' in read ? undefined : read
}

/** What lies at one place of a block: shared by all rows of a transaction. */
type Place = Pick<Transfer, 'network' | 'txid' | 'txIndex' | 'height' | 'time' | 'failed'>

function readBlock(
  network: Network.NetworkId,
  block: Json,
  receipts: readonly Json[],
  calls: readonly (readonly Call[])[] | null,
  tokenOf: TokenOf,
): AccountBlock {
  const [height, time, hash] = [wholeOf(block['number']), wholeOf(block['timestamp']), hashOf(block['hash'])]
  if (height > 0 && time < FIRST_SECOND) throw new Misread(`a block of ${time}, before there was any`)
  const transactions = listOf(block['transactions']).map(objectOf)
  if (new Set(transactions.map(one => one['hash'])).size !== transactions.length)
    throw new Misread('a transaction twice')
  const byId = new Map(receipts.map(receipt => [hashOf(receipt['transactionHash']), receipt]))
  if (calls !== null && calls.length !== transactions.length)
    throw new Misread('traces of another number of transactions')
  const theirs = transactions.map(transaction => {
    const txid = hashOf(transaction['hash'])
    const receipt = byId.get(txid)
    if (receipt === undefined) throw new Misread(`no receipt of ${txid}`)
    if (hashOf(receipt['blockHash']) !== hash) throw new Misread(`a receipt of another block for ${txid}`)
    return receipt
  })
  checkWhole(network, block, transactions, theirs)
  const found = nothing()
  for (const [at, transaction] of transactions.entries()) {
    const [txid, receipt] = [hashOf(transaction['hash']), theirs[at]!]
    // Before Byzantium (EIP-658) a receipt has a state root in place of the status: then all gas used up means failed.
    const failed = receipt['status'] === undefined ? ranOut(transaction, receipt) : wholeOf(receipt['status']) === 0
    const place = { network, txid: txid.slice(2), txIndex: at, height, time, failed }
    ofCoin(place, transaction, receipt, calls?.[at] ?? [], found.transfers)
    ofAuthorizations(place, transaction, found)
    ofData(place, transaction, receipt, found)
    if (!failed) for (const log of listOf(receipt['logs'])) ofLog(place, objectOf(log), tokenOf, found)
  }
  const parent = hashOf(block['parentHash'])
  return { height, hash, parent, time, transactions: transactions.length, internal: calls !== null, ...found }
}

/** 2015-07-30T15:26:13Z: of Ethereum's block 1 is a little later. Block 0 has the time 0. */
const FIRST_SECOND = 1_438_269_973

function ranOut(transaction: Json, receipt: Json): boolean {
  return receipt['root'] === undefined && bigOf(transaction['gas']) === bigOf(receipt['gasUsed'])
}

function ofCoin(place: Place, transaction: Json, receipt: Json, calls: readonly Call[], into: Transfer[]): void {
  const from = addressOf(transaction['from'])
  const made = receipt['contractAddress'] == null ? null : addressOf(receipt['contractAddress'])
  const to = transaction['to'] == null ? made : addressOf(transaction['to'])
  const value = bigOf(transaction['value'])
  const row = { ...place, logIndex: -1, token: null }
  if (value > 0n && to !== null) into.push({ ...row, kind: 'transfer', from, to, units: value })
  const price = bigOf(receipt['effectiveGasPrice'] ?? transaction['gasPrice'] ?? '0x0')
  // Rollups and blob transactions (EIP-4844) pay for more than gas.
  const blobs = bigOf(receipt['blobGasUsed'] ?? '0x0') * bigOf(receipt['blobGasPrice'] ?? '0x0')
  const fee = bigOf(receipt['gasUsed']) * price + blobs + bigOf(receipt['l1Fee'] ?? '0x0')
  if (fee > 0n) into.push({ ...row, failed: false, kind: 'fee', from, to: null, units: fee })
  // Numbered among the calls that carry value: providers of histories tell no others.
  for (const [at, call] of calls.filter(one => one.units > 0n && one.to !== null).entries()) {
    const failed = place.failed || call.failed
    into.push({ ...row, kind: 'internal', logIndex: at, failed, from: call.from, to: call.to, units: call.units })
  }
}

/** Signatures that are looked at in one transaction; each costs some milliseconds. */
const AUTHORIZATIONS_MAX = 64

/** Accounts that signed to lend themselves code; the transaction counts them even where it failed. */
function ofAuthorizations(place: Place, transaction: Json, { control }: Found): void {
  const { network, txid, height, time } = place
  const given = transaction['authorizationList'] == null ? [] : listOf(transaction['authorizationList'])
  for (const one of given.slice(0, AUTHORIZATIONS_MAX).map(objectOf)) {
    const said = { chain: bigOf(one['chainId']), code: addressOf(one['address']), nonce: bigOf(one['nonce']) }
    const signature = { r: bigOf(one['r']), s: bigOf(one['s']), yParity: wholeOf(one['yParity'] ?? one['v']) }
    const told = ofAuthorization(said, signature)
    if (told !== undefined) control.push({ ...told, network, txid, logIndex: -1, height, time })
  }
}

/** Words as the data of a payment to an account; none where code ran. */
function ofData({ txid, height, time, failed }: Place, transaction: Json, receipt: Json, { notes }: Found): void {
  const input = transaction['input'] ?? transaction['data']
  if (failed || input == null || transaction['to'] == null) return
  const note = noteOf(dataOf(input), bigOf(receipt['gasUsed']))
  const place = { txid, place: -1, writer: addressOf(transaction['from']), receiver: addressOf(transaction['to']) }
  if (note !== null) notes.push({ ...note, ...place, height, time })
}

/**
 * The text that a transaction's data are, where it used the gas that carrying them costs and no more: at the address
 * that it was sent to no code ran. Rollups that count their own costs into the gas tell no text so.
 *
 * Source: EIP-2028 (4 for a zero byte, 16 for another; before Istanbul 68), EIP-7623 (at least 10 and 40).
 *
 * @param data in hex, without 0x
 */
export function noteOf(data: string, gasUsed: bigint): Note.Note | null {
  // A text has no zero byte, so its length tells the gas.
  const bytes = BigInt(data.length / 2)
  const costs = [16n, 68n, 40n].map(each => 21_000n + each * bytes)
  if (bytes === 0n || bytes > BigInt(Note.BYTES_MAX) || !costs.includes(gasUsed)) return null
  return Note.ofBytes(parseHex(data)!)
}

function ofLog(place: Place, log: Json, tokenOf: TokenOf, { transfers, issuer, bridges, control }: Found): void {
  const topics = listOf(log['topics']).map(one => hashOf(one).slice(2))
  const data = dataOf(log['data'])
  const [contract, logIndex] = [addressOf(log['address']), wholeOf(log['logIndex'])]
  const { network, txid, height, time } = place
  const kind = ISSUER.get(topics[0] ?? '')
  if (kind !== undefined) {
    const told = issuerWords(kind, topics, wordsOf(data))
    if (told !== null)
      issuer.push({ kind, network, contract, ...told, address: lastTwenty(told.address), txid, logIndex, height, time })
    return
  }
  const crossing = BridgeEvent.read({ ...place, contract, logIndex }, topics, data)
  if (crossing !== null) bridges.push(crossing)
  for (const told of ofWallet(contract, topics, wordsOf(data))) {
    control.push({ ...told, network, txid, logIndex, height, time })
  }
  // With four topics it is an EIP-721 token, which is no amount.
  if (topics.length !== 3 || wordsOf(data).length < 1) return
  if (topics[0] !== TRANSFER && topics[0] !== APPROVAL) return
  const [from, to] = [lastTwenty(topics[1]!), lastTwenty(topics[2]!)]
  const row = { ...place, logIndex, token: tokenOf(contract), units: BigInt(`0x${wordsOf(data)[0]}`) }
  const nobody = (address: string): string | null => (address === NOBODY ? null : address)
  if (topics[0] === APPROVAL) transfers.push({ ...row, kind: 'approve', from, to })
  else if (from !== NOBODY || to !== NOBODY)
    transfers.push({ ...row, kind: 'transfer', from: nobody(from), to: nobody(to) })
}

/** Minted from it and burned to it, by the convention of EIP-20. */
const NOBODY = `0x${'0'.repeat(40)}`

/** Deeper than the EVM's own limit of 1,024 calls no trace can be. */
const DEPTH_MAX = 1100

function callsBelow(call: Json, failed: boolean, depth: number): Call[] {
  if (depth > DEPTH_MAX) throw new Misread('calls deeper than can be')
  const found: Call[] = []
  for (const item of call['calls'] === undefined ? [] : listOf(call['calls'])) {
    const inner = objectOf(item)
    const broken = failed || inner['error'] !== undefined
    // DELEGATECALL and CALLCODE repeat the value of the caller, and move none to another account.
    const moves =
      inner['type'] === 'CALL' || String(inner['type']).startsWith('CREATE') || inner['type'] === 'SELFDESTRUCT'
    if (moves && inner['value'] !== undefined) {
      const to = inner['to'] == null ? null : addressOf(inner['to'])
      found.push({ from: addressOf(inner['from']), to, units: bigOf(inner['value']), failed: broken })
    }
    found.push(...callsBelow(inner, broken, depth + 1))
  }
  return found
}
