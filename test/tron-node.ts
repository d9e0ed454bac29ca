import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as TronAddress from '../src/chain/tron-address.ts'
import { concat, toHex } from '../src/std/bytes.ts'
import { sha256 } from '../src/std/digest.ts'

/**
 * A scripted Tron full node and TronGrid, in the shapes of developers.tron.network and of ../shared/data/tron. No real
 * node can be had here: what this shows is that Athar reads those shapes and holds them against each other, not that
 * the real network gives them.
 */
export type TronNode = {
  readonly url: string
  /** Adds a block; its height. */
  mine(...transactions: readonly Scripted[]): number
  /** Changes answers on their way out: a provider that errs or lies. */
  distort: ((path: string, answer: Answer) => unknown) | null
  /** Questions that were asked, by path. */
  readonly asked: string[]
  /** What an account holds of TRX (contract null) or a token, by what was mined. */
  balance(address: string, contract: string | null): bigint
  stop(): Promise<void>
}

/** What the tests change of an answer. */
export type Answer = {
  readonly data: readonly object[]
  readonly block_header: { readonly raw_data: { readonly number: number } }
}

export type Scripted = {
  readonly from: string
  readonly to: string
  readonly units: bigint
  /** Base58 contract of a token; without it TRX moves. */
  readonly contract?: string
  readonly failed?: boolean
  readonly fee?: bigint
  /** TRX that the called contract pays on. */
  readonly inner?: readonly { from: string; to: string; units: bigint; rejected?: boolean }[]
  /** Further events, as the contract of a stablecoin writes them. */
  readonly freeze?: string
  /** Who sends it, where that is not who pays: by transferFrom. */
  readonly caller?: string
  /** The event that its contract writes, also of nothing; else that of a transfer where something moves. */
  readonly event?: 'Transfer' | 'Approval'
  /** Further events of contracts: base58, topics and data in hex. */
  readonly logs?: readonly { readonly address: string; readonly topics: readonly string[]; readonly data: string }[]
  /** Its memo (`raw_data.data`). */
  readonly memo?: string
  /** Another kind of contract (core/Tron.proto), of `from` for `to`. */
  readonly kind?: 'AccountCreate' | 'AccountPermissionUpdate' | 'DelegateResource' | 'TransferAsset'
  /** Signed by the keys of another permission than the owner's: its number, and how many signed. */
  readonly permission?: { readonly id: number; readonly signatures: number }
}

export const ADDRESSES = Array.from({ length: 12 }, (_, k) => TronAddress.fromBytes(sha256(Uint8Array.of(k)).slice(12)))

const TRANSFER = 'ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'
const APPROVAL = '8c5be1e5ebec7d5bd14f71427d1e84f3dd0314c0f7b2291e5b200ac8c7c3b925'
const ADDED_BLACK_LIST = '42e160154868087d6bfdc0ca23d96a1c1cfa32f1b72ba9ba27b69b98a0d819dc'
const GENESIS = '00000000000000001ebf88508a03865c71d452e25f4d51194196a1d22b6653dc'
const FIRST_SECOND = 1_700_000_000

type Json = Record<string, unknown>
type Made = { readonly block: Json; readonly infos: Json[]; readonly scripted: readonly Scripted[] }

export async function startTronNode(): Promise<TronNode> {
  const blocks: Made[] = [{ block: blockOf(0, GENESIS, '0'.repeat(64), []), infos: [], scripted: [] }]
  const asked: string[] = []
  const node: { distort: TronNode['distort'] } = { distort: null }
  const server: Server = createServer((request, response) => {
    let body = ''
    request.on('data', part => {
      body += part
    })
    request.on('end', () => {
      const url = new URL(request.url!, 'http://x')
      asked.push(url.pathname)
      const answer = answerTo(blocks, url, body === '' ? {} : (JSON.parse(body) as Json))
      const told = node.distort === null ? answer : node.distort(url.pathname, answer as Answer)
      response.statusCode = told === undefined ? 404 : 200
      response.end(typeof told === 'string' ? told : JSON.stringify(told ?? {}))
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return Object.assign(node, {
    asked,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mine(...transactions: readonly Scripted[]) {
      const height = blocks.length
      const parent = (blocks.at(-1)!.block as { blockID: string }).blockID
      blocks.push(make(height, parent, transactions))
      return height
    },
    balance: (address: string, contract: string | null) => balanceOf(blocks, address, contract),
    stop: () => new Promise<void>(resolve => server.close(() => resolve())),
  })
}

function make(height: number, parent: string, scripted: readonly Scripted[]): Made {
  const transactions = scripted.map((one, at) => transactionOf(one, height, at))
  const hash =
    height.toString(16).padStart(16, '0') + toHex(sha256(Buffer.from(JSON.stringify(transactions) + parent))).slice(16)
  const infos = scripted.map((one, at) => infoOf(one, String(transactions[at]!['txID']), height))
  return { block: blockOf(height, hash, parent, transactions), infos, scripted }
}

function blockOf(number: number, blockID: string, parentHash: string, transactions: Json[]): Json {
  const raw_data = { number, parentHash, timestamp: 1000 * (FIRST_SECOND + 3 * number), version: 30 }
  return {
    blockID,
    block_header: { raw_data, witness_signature: '00' },
    ...(transactions.length > 0 ? { transactions } : {}),
  }
}

function transactionOf(one: Scripted, height: number, at: number): Json {
  const { type, name, value } = called(one)
  const any = concat(bytes(1, Buffer.from(`type.googleapis.com/protocol.${name}`)), bytes(2, value))
  const { id, signatures } = one.permission ?? { id: 0, signatures: 1 }
  const permission = id === 0 ? [] : [whole(5, BigInt(id))]
  const contract = concat(whole(1, BigInt(type)), bytes(2, any), ...permission)
  // Reference block and times make two equal payments two transactions.
  const memo = one.memo === undefined ? [] : [bytes(10, Buffer.from(one.memo))]
  const place = [bytes(1, hex('0a0b')), whole(8, BigInt(1000 * height + at))]
  const raw = concat(...place, ...memo, bytes(11, contract), whole(14, 7n))
  return {
    ret: [{ contractRet: one.failed === true ? 'REVERT' : 'SUCCESS' }],
    signature: Array.from({ length: signatures }, (_, k) => `0${k}`),
    txID: toHex(sha256(raw)),
    raw_data: { contract: [{ type: name, ...(id === 0 ? {} : { Permission_id: id }) }] },
    raw_data_hex: toHex(raw),
  }
}

/** Numbers and fields of core/Tron.proto and core/contract/*.proto. */
function called(one: Scripted): { type: number; name: string; value: Uint8Array } {
  const [owner, to] = [account(one.caller ?? one.from), account(one.to)]
  switch (one.kind) {
    case 'AccountCreate':
      return { type: 0, name: 'AccountCreateContract', value: concat(bytes(1, owner), bytes(2, to)) }
    case 'TransferAsset': {
      const value = concat(bytes(1, Buffer.from('1002000')), bytes(2, owner), bytes(3, to), whole(4, one.units))
      return { type: 2, name: 'TransferAssetContract', value }
    }
    case 'AccountPermissionUpdate': {
      const key = bytes(7, concat(bytes(1, to), whole(2, 1n)))
      const active = bytes(4, concat(whole(1, 2n), whole(2, 2n), bytes(3, Buffer.from('active')), whole(4, 2n), key))
      return { type: 46, name: 'AccountPermissionUpdateContract', value: concat(bytes(1, owner), active) }
    }
    case 'DelegateResource': {
      const value = concat(bytes(1, owner), whole(2, 1n), whole(3, one.units), bytes(4, to))
      return { type: 57, name: 'DelegateResourceContract', value }
    }
    default:
  }
  if (one.contract === undefined) {
    return { type: 1, name: 'TransferContract', value: concat(bytes(1, owner), bytes(2, to), whole(3, one.units)) }
  }
  const selector = one.event === 'Approval' ? '095ea7b3' : one.caller === undefined ? 'a9059cbb' : '23b872dd'
  const payer = selector === '23b872dd' ? [word(one.from)] : []
  const data = concat(hex(selector), ...payer, word(one.to), amount(one.units))
  const value = concat(bytes(1, owner), bytes(2, account(one.contract)), bytes(4, data))
  return { type: 31, name: 'TriggerSmartContract', value }
}

function infoOf(one: Scripted, id: string, blockNumber: number): Json {
  const failed = one.failed === true
  const address = one.contract === undefined ? '' : toHex(account(one.contract)).slice(2)
  const transfer = {
    address,
    topics: [one.event === 'Approval' ? APPROVAL : TRANSFER, toHex(word(one.from)), toHex(word(one.to))],
    data: toHex(amount(one.units)),
  }
  const frozen = one.freeze === undefined ? [] : [{ address, topics: [ADDED_BLACK_LIST, toHex(word(one.freeze))] }]
  const further = (one.logs ?? []).map(log => ({ ...log, address: toHex(account(log.address)).slice(2) }))
  const inner = (one.inner ?? []).map(call => ({
    caller_address: toHex(account(call.from)),
    transferTo_address: toHex(account(call.to)),
    callValueInfo: [{ callValue: Number(call.units) }],
    ...(call.rejected === true ? { rejected: true } : {}),
  }))
  return {
    ...{ id, blockNumber, blockTimeStamp: 1000 * (FIRST_SECOND + 3 * blockNumber), fee: Number(one.fee ?? 0n) },
    ...(failed ? { result: 'FAILED' } : {}),
    ...(one.contract === undefined || failed
      ? {}
      : { log: [...(one.units > 0n || one.event !== undefined ? [transfer] : []), ...frozen, ...further] }),
    ...(inner.length > 0 ? { internal_transactions: inner } : {}),
  }
}

const PAGE = 3

function answerTo(blocks: readonly Made[], url: URL, body: Json): unknown {
  const path = url.pathname
  const account = /^\/v1\/accounts\/(T\w+)(\/transactions(\/trc20)?)?$/.exec(path)
  if (account !== null) {
    if (account[2] === undefined) return accountOf(blocks, account[1]!)
    return listOf(blocks, account[1]!, account[3] !== undefined, url.searchParams)
  }
  if (path === '/wallet/getnowblock') return blocks.at(-1)!.block
  if (path === '/walletsolidity/getnowblock') return blocks[Math.max(0, blocks.length - 3)]!.block
  if (path === '/wallet/getblockbynum') return blocks[Number(body['num'])]?.block ?? {}
  if (path === '/wallet/gettransactioninfobyblocknum') return blocks[Number(body['num'])]?.infos ?? []
  if (path === '/wallet/gettransactioninfobyid') {
    return blocks.flatMap(one => one.infos).find(info => info['id'] === body['value']) ?? {}
  }
  return undefined
}

/** Pages are short, so that there are many. */
function listOf(blocks: readonly Made[], address: string, tokens: boolean, query: URLSearchParams): Json {
  const since = Number(query.get('min_timestamp') ?? 0)
  const rows = blocks.flatMap(({ block, infos, scripted }) =>
    scripted.flatMap((one, at): Json[] => {
      const touches = one.from === address || one.to === address
      const block_timestamp = Number(infos[at]!['blockTimeStamp'])
      if (block_timestamp < since || !touches) return []
      const transaction = (block['transactions'] as Json[])[at]!
      if (tokens) {
        if (one.contract === undefined || one.failed === true || one.units === 0n) return []
        const token_info = { symbol: 'USDT', address: one.contract, decimals: 6, name: 'Tether USD' }
        const row = { token_info, block_timestamp, from: one.from, to: one.to, type: 'Transfer', value: `${one.units}` }
        return [{ transaction_id: transaction['txID'], ...row }]
      }
      // An account's own list has no transactions that others sent to a contract.
      if (one.contract !== undefined && one.from !== address) return []
      return [{ ...transaction, blockNumber: infos[at]!['blockNumber'], block_timestamp }]
    }),
  )
  const start = Number(query.get('fingerprint') ?? 0)
  const end = start + PAGE
  const meta = { at: 1, page_size: PAGE, ...(end < rows.length ? { fingerprint: `${end}` } : {}) }
  return { success: true, data: rows.slice(start, end), meta }
}

function accountOf(blocks: readonly Made[], address: string): Json {
  const contracts = new Set(blocks.flatMap(one => one.scripted.flatMap(tx => tx.contract ?? [])))
  const trc20 = [...contracts].map(contract => ({ [contract]: `${balanceOf(blocks, address, contract)}` }))
  const balance = Number(balanceOf(blocks, address, null))
  return { success: true, data: [{ address: toHex(account(address)), balance, trc20 }], meta: { at: 1 } }
}

function balanceOf(blocks: readonly Made[], address: string, contract: string | null): bigint {
  let sum = 0n
  for (const one of blocks.flatMap(({ scripted }) => scripted)) {
    if (contract === null && (one.caller ?? one.from) === address) sum -= one.fee ?? 0n
    if (one.failed === true || one.kind !== undefined || one.event === 'Approval') continue
    if ((one.contract ?? null) === contract) {
      if (one.to === address) sum += one.units
      if (one.from === address) sum -= one.units
    }
    if (contract !== null) continue
    for (const call of one.inner ?? []) {
      if (call.rejected === true) continue
      if (call.to === address) sum += call.units
      if (call.from === address) sum -= call.units
    }
  }
  return sum
}

function account(address: string): Uint8Array {
  const parsed = TronAddress.parse(address)
  if (!parsed.ok) throw new Error(address)
  return concat(Uint8Array.of(0x41), parsed.payload)
}

function word(address: string): Uint8Array {
  return concat(new Uint8Array(12), account(address).subarray(1))
}

function amount(units: bigint): Uint8Array {
  return hex(units.toString(16).padStart(64, '0'))
}

function hex(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'hex'))
}

function varint(value: bigint): Uint8Array {
  const out: number[] = []
  for (let rest = value; ; rest >>= 7n) {
    if (rest < 128n) return Uint8Array.from([...out, Number(rest)])
    out.push(Number(rest & 127n) | 128)
  }
}

function whole(field: number, value: bigint): Uint8Array {
  return concat(varint(BigInt(field << 3)), varint(value))
}

function bytes(field: number, value: Uint8Array): Uint8Array {
  return concat(varint(BigInt((field << 3) | 2)), varint(BigInt(value.length)), value)
}
