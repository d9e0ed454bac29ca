import type { TokenOf } from '../chain/account-block.ts'
import { protocolAt } from '../chain/bridge-protocol.ts'
import * as EvmBlock from '../chain/evm-block.ts'
import type { PlacedNote } from '../chain/note.ts'
import * as Asset from '../model/asset.ts'
import type { NetworkId } from '../model/network.ts'
import type { Token, Transfer } from '../model/transfer.ts'
import { Failure } from '../std/failure.ts'
import type { Client } from './client.ts'
import { checked } from './endpoint.ts'
import { addressOf, addressOrNull, heightOf, timeOf, unitsOf, wholeOf } from './figure.ts'
import type { HistoryPage, HistorySource, Statement, ToldInBlock } from './history.ts'
import { denied, hostOf, notUnderstood, objectOf, saidBy, wordOf } from './json-rpc.ts'

/**
 * Histories from an explorer with Etherscan's interface: Etherscan itself, Blockscout, Routescan and others. The
 * address's transactions, internal calls and token transfers are merged by block; of tokens the receipt is read, so
 * that each event has its place and its contract.
 *
 * Source: docs.etherscan.io, “Accounts” and “Geth/Parity Proxy”; docs.blockscout.com, “RPC and Eth RPC endpoints”.
 *
 * @param url of the interface, with what it wants besides: https://api.etherscan.io/v2/api?chainid=1
 */
export function openEtherscan(client: Client, url: string, key: string | null, network: NetworkId): HistorySource {
  const ask = openAsk(client, url, key)
  return {
    network,
    async *pages(address, cursor) {
      const from = cursor === null ? 0 : Number(cursor)
      for await (const rows of portions(ask, url, address, from)) yield await pageOf(ask, network, url, address, rows)
    },
    statement: address => statementOf(ask, url, address, network),
  }
}

const LISTS = ['txlist', 'txlistinternal', 'tokentx'] as const
type List = (typeof LISTS)[number]

type Json = Readonly<Record<string, unknown>>
type Row = { readonly list: List; readonly height: number; readonly txid: string; readonly said: Json }
type Ask = (query: Readonly<Record<string, string>>) => Promise<unknown>

const OFFSET = 1000
/** Rows of one search that such an explorer gives at most: then a new search begins at the last block. */
const WINDOW = 10_000

/** One question. What comes back is `result`; an empty list where there is nothing. */
function openAsk(client: Client, url: string, key: string | null): Ask {
  const base = checked(url)
  return async query => {
    const asked = new URL(base)
    for (const [name, value] of Object.entries(query)) asked.searchParams.set(name, value)
    if (key !== null) asked.searchParams.set('apikey', key)
    for (let attempt = 0; ; attempt++) {
      const answer = await client.ask({ url: asked.href })
      if (answer.status === 401 || answer.status === 403) throw denied(url)
      const said = parse(url, answer.body, answer.status)
      if ('error' in said) throw notUnderstood(url, saidBy(said['error']).slice(0, 120))
      const { status, message, result } = said as { status?: unknown; message?: unknown; result?: unknown }
      // The JSON-RPC calls come without a status.
      if (status === undefined || status === '1' || Array.isArray(result)) return result
      const words = `${saidBy(message)}: ${saidBy(result)}`
      if (/no (transactions|records|token|internal)/i.test(words)) return []
      if (!/rate limit/i.test(words)) throw notUnderstood(url, words.slice(0, 160))
      if (attempt === 5) throw busy(url)
      await new Promise(resolve => setTimeout(resolve, 1000 * 2 ** attempt))
    }
  }
}

function parse(url: string, body: Uint8Array, status: number): Json {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder().decode(body))
  } catch {
    throw notUnderstood(url, `status ${status}, and no JSON object`)
  }
  return objectOf(url, value, 'its answer')
}

/** Rows of the three lists in the order of their blocks, in portions that never tear a block apart. */
async function* portions(ask: Ask, url: string, address: string, from: number): AsyncGenerator<readonly Row[]> {
  const streams = LISTS.map(list => listing(ask, url, list, address, from))
  const heads = await Promise.all(streams.map(stream => stream.next()))
  let rows: Row[] = []
  for (;;) {
    let least = -1
    for (const [at, head] of heads.entries()) {
      if (head.done === true) continue
      const best = least === -1 ? undefined : (heads[least]!.value as Row)
      if (best === undefined || (head.value as Row).height < best.height) least = at
    }
    if (least === -1) break
    const row = heads[least]!.value as Row
    if (rows.length >= OFFSET / 4 && row.height !== rows.at(-1)!.height) {
      yield rows
      rows = []
    }
    rows.push(row)
    heads[least] = await streams[least]!.next()
  }
  if (rows.length > 0) yield rows
}

async function* listing(ask: Ask, url: string, list: List, address: string, from: number): AsyncGenerator<Row> {
  let start = from
  const given = new Set<string>()
  for (;;) {
    let last = start
    let count = 0
    for (let page = 1; page * OFFSET <= WINDOW; page++) {
      const span = { startblock: `${start}`, endblock: '999999999' }
      const place = { page: `${page}`, offset: `${OFFSET}`, sort: 'asc' }
      const result = await ask({ module: 'account', action: list, address, ...span, ...place })
      if (!Array.isArray(result)) throw notUnderstood(url, `${list} is no list`)
      for (const item of result) {
        const row = rowOf(url, list, item)
        if (row.height < last) throw notUnderstood(url, `${list} goes back from block ${last} to ${row.height}`)
        last = row.height
        const name = JSON.stringify(row.said)
        if (!given.has(name)) yield row
        given.add(name)
      }
      count += result.length
      if (result.length < OFFSET) return
    }
    if (last === start) throw tooMany(url, address, last, count)
    start = last
    given.clear()
  }
}

function rowOf(url: string, list: List, value: unknown): Row {
  const said = (typeof value === 'object' && value !== null ? value : {}) as Json
  const txid = wordOf(said['hash'] ?? said['transactionHash']).toLowerCase()
  if (said['blockNumber'] == null || !/^0x[0-9a-f]{64}$/.test(txid)) {
    throw notUnderstood(url, `a row of ${list} without block or transaction`)
  }
  return { list, height: heightOf(url, said['blockNumber']), txid: txid.slice(2), said }
}

async function pageOf(
  ask: Ask,
  network: NetworkId,
  url: string,
  address: string,
  listed: readonly Row[],
): Promise<HistoryPage> {
  // What is of other addresses is no part of this history, and is not kept.
  const { its: rows = [], strange = [] } = Object.groupBy(listed, row => (touches(row, address) ? 'its' : 'strange'))
  const faults = strange.map(row => `transaction ${row.txid} is listed and is of other addresses`)
  const transfers: Transfer[] = []
  const issuer: HistoryPage['issuer'][number][] = []
  const told: ToldInBlock[] = []
  for (const row of rows) {
    if (row.list !== 'txlist') continue
    transfers.push(...ofTransaction(url, network, row))
    const note = noteIn(url, row)
    if (note !== null) told.push({ block: wordOf(row.said['blockHash']).toLowerCase(), notes: [note] })
  }
  for (const [txid, calls] of groups(rows, 'txlistinternal'))
    transfers.push(...ofCalls(url, network, txid, calls, rows))
  const tokens = groups(rows, 'tokentx')
  for (const [txid, events] of [...tokens, ...overBridges(rows, network, tokens)]) {
    const receipt = await ask({ module: 'proxy', action: 'eth_getTransactionReceipt', txhash: `0x${txid}` })
    const { height, said: first } = events[0]!
    const of = { txid, height, time: timeOf(url, first['timeStamp']) }
    const read = EvmBlock.readReceipt(network, receipt, of, tokenOf(network, events))
    if ('reason' in read) {
      faults.push(`transaction ${txid}: its receipt cannot be read (${read.reason})`)
      continue
    }
    const its = read.transfers.filter(one => one.from === address || one.to === address)
    transfers.push(...its)
    issuer.push(...read.issuer.filter(event => event.address === address))
    if (read.bridges.length > 0) told.push({ block: wordOf((receipt as Json)['blockHash']), bridges: read.bridges })
    for (const { said } of tokens.get(txid) ?? []) {
      const contract = wordOf(said['contractAddress']).toLowerCase()
      const same = its.some(one => one.token?.contract === contract && wordOf(one.units) === wordOf(said['value']))
      if (!same && wordOf(said['tokenID'] ?? '') === '') {
        faults.push(
          `transaction ${txid}: a token transfer of ${wordOf(said['value']).slice(0, 80)} is listed, not in its events`,
        )
      }
    }
  }
  const txids = [...new Set(rows.map(row => row.txid))]
  return { transfers, issuer, txids, told, cursor: `${listed.at(-1)!.height}`, faults }
}

/** Transactions in which a bridge's own contract takes or gives the chain's coin: their events are read as well. */
function overBridges(rows: readonly Row[], network: NetworkId, but: ReadonlyMap<string, unknown>): Map<string, Row[]> {
  const isBridge = (party: unknown): boolean => protocolAt(network, wordOf(party).toLowerCase()) !== undefined
  const over = rows.filter(({ said, txid }) => !but.has(txid) && (isBridge(said['from']) || isBridge(said['to'])))
  return Map.groupBy(over, row => row.txid)
}

/** Of token transfers the receipt says whose they are. */
function touches({ said, list }: Row, address: string): boolean {
  const ends = [said['from'], said['to'], said['contractAddress']]
  return list === 'tokentx' || ends.some(one => wordOf(one).toLowerCase() === address)
}

function groups(rows: readonly Row[], list: List): Map<string, Row[]> {
  const found = new Map<string, Row[]>()
  for (const row of rows) {
    if (row.list === list) found.set(row.txid, [...(found.get(row.txid) ?? []), row])
  }
  return found
}

function ofTransaction(url: string, network: NetworkId, { said, height, txid }: Row): Transfer[] {
  const time = timeOf(url, said['timeStamp'])
  const failed = said['isError'] === '1' || said['txreceipt_status'] === '0'
  const place = { network, txid, txIndex: wholeOf(url, said['transactionIndex'] ?? 0), logIndex: -1, height, time }
  const from = addressOf(url, said['from'])
  const to = addressOrNull(url, said['to']) ?? addressOrNull(url, said['contractAddress'])
  const value = unitsOf(url, said['value'])
  const fee = unitsOf(url, said['gasUsed']) * unitsOf(url, said['gasPrice'])
  const row = { ...place, token: null, from }
  return [
    ...(value > 0n && to !== null ? [{ ...row, kind: 'transfer', failed, to, units: value } as const] : []),
    ...(fee > 0n ? [{ ...row, kind: 'fee', failed: false, to: null, units: fee } as const] : []),
  ]
}

/** Words that it carries, where its data are words and its gas says that no code ran. */
function noteIn(url: string, { said, height, txid }: Row): PlacedNote | null {
  const failed = said['isError'] === '1' || said['txreceipt_status'] === '0'
  const [input, receiver] = [wordOf(said['input'] ?? ''), addressOrNull(url, said['to'])]
  if (failed || receiver === null || !/^0x([0-9a-f]{2})+$/i.test(input)) return null
  const note = EvmBlock.noteOf(input.slice(2), unitsOf(url, said['gasUsed']))
  const writer = addressOf(url, said['from'])
  return note === null
    ? null
    : { ...note, txid, place: -1, writer, receiver, height, time: timeOf(url, said['timeStamp']) }
}

function ofCalls(
  url: string,
  network: NetworkId,
  txid: string,
  calls: readonly Row[],
  rows: readonly Row[],
): Transfer[] {
  const own = rows.find(row => row.txid === txid && row.list === 'txlist')
  const txIndex = wholeOf(url, own?.said['transactionIndex'] ?? calls[0]!.said['transactionIndex'] ?? 0)
  return calls
    .filter(({ said }) => unitsOf(url, said['value']) > 0n)
    .sort((a, b) => compareTraces(wordOf(a.said['traceId'] ?? ''), wordOf(b.said['traceId'] ?? '')))
    .map(({ said, height }, logIndex) => ({
      ...{
        network,
        txid,
        txIndex,
        logIndex,
        height,
        time: timeOf(url, said['timeStamp']),
        kind: 'internal',
        token: null,
      },
      ...{ failed: said['isError'] === '1', from: addressOf(url, said['from']), units: unitsOf(url, said['value']) },
      to: addressOrNull(url, said['to']) ?? addressOrNull(url, said['contractAddress']),
    }))
}

/** `0_1_2`: the place of a call in the tree of calls. */
function compareTraces(a: string, b: string): number {
  const [left, right] = [a.split('_').map(Number), b.split('_').map(Number)]
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = (left[at] ?? -1) - (right[at] ?? -1)
    if (difference !== 0 && !Number.isNaN(difference)) return difference
  }
  return 0
}

function tokenOf(network: NetworkId, events: readonly Row[]): TokenOf {
  return (contract): Token => {
    const checked = Asset.token(network, contract)
    const said = events.find(row => wordOf(row.said['contractAddress']).toLowerCase() === contract)?.said
    const symbol = checked?.symbol ?? nameOf(said?.['tokenSymbol']) ?? `token ${contract.slice(0, 10)}`
    const written = wordOf(said?.['tokenDecimal'])
    // Beyond 77 places 2^256 units are less than one coin: nobody means that.
    const stated = /^\d{1,2}$/.test(written) && Number(written) <= 77 ? Number(written) : null
    return { contract, symbol, decimals: checked?.decimals ?? stated }
  }
}

function nameOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^[^\p{C}]{1,64}$/u.test(value.trim()) ? value.trim() : undefined
}

async function statementOf(ask: Ask, url: string, address: string, network: NetworkId): Promise<Statement> {
  const coin = unitsOf(url, await ask({ module: 'account', action: 'balance', address, tag: 'latest' }))
  const balances: { contract: string | null; units: bigint }[] = [{ contract: null, units: coin }]
  for (const { contract } of Asset.tokens.filter(token => token.network === network)) {
    const asked = { module: 'account', action: 'tokenbalance', contractaddress: contract!, address, tag: 'latest' }
    balances.push({ contract, units: unitsOf(url, await ask(asked)) })
  }
  // Not every explorer tells its tip; one that does tells a height, in hex.
  const said = await ask({ module: 'proxy', action: 'eth_blockNumber' }).catch(() => null)
  const tip = typeof said !== 'string' ? null : { height: heightOf(url, said), hash: '' }
  return { transactions: null, balances, reserve: null, tip }
}

function busy(url: string): Failure {
  return new Failure('Source.Busy', 'unreachable', `${hostOf(url)} says that its limit of queries is reached.`, {
    hint: 'Wait, or use a key of your own. What was read before stays; run it again.',
    facts: { host: hostOf(url) },
  })
}

function tooMany(url: string, address: string, height: number, rows: number): Failure {
  const says = `${hostOf(url)} lists ${rows} rows of ${address} in block ${height} and gives no further.`
  return new Failure('Source.TooMany', 'limit', says, {
    hint: 'What lies before that block was read. Read that block from a node: athar ledger sync --start --until.',
    facts: { host: hostOf(url), address, height },
  })
}
