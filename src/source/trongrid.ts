import type { AccountBlock } from '../chain/account-block.ts'
import * as TronAddress from '../chain/tron-address.ts'
import * as TronBlock from '../chain/tron-block.ts'
import type { Client } from './client.ts'
import { heightOf, unitsOf, wholeOf } from './figure.ts'
import type { HistoryPage, HistorySource, Statement } from './history.ts'
import { notUnderstood, objectOf, wordOf } from './json-rpc.ts'
import { openTronHttp, tokenOf } from './tron.ts'

/**
 * Histories from TronGrid v1: the account's own transactions and its TRC-20 transfers, merged by block; each block is
 * then read as a full node tells it, so ids are recomputed and events have their places.
 *
 * Source: developers.tron.network, “TronGrid V1 API”.
 */
export function openTronGrid(client: Client, url: string, key: string | null): HistorySource {
  const base = url.replace(/\/+$/, '')
  const ask = openTronHttp(client, base, key)
  const block = async (num: number): Promise<AccountBlock> => {
    const infos = await ask('/wallet/gettransactioninfobyblocknum', { num })
    const read = TronBlock.read(await ask('/wallet/getblockbynum', { num }), Array.isArray(infos) ? infos : [], tokenOf)
    if ('reason' in read) throw notUnderstood(base, `block ${num}: ${read.reason}`)
    if (read.height !== num) throw notUnderstood(base, `block ${read.height} for ${num}`)
    return read
  }
  const askHeight = async (txid: string): Promise<number | null> => {
    const info = (await ask('/wallet/gettransactioninfobyid', { value: txid })) as { blockNumber?: unknown }
    return info?.blockNumber == null ? null : heightOf(base, info.blockNumber)
  }
  return {
    network: 'tron',
    async *pages(address, cursor) {
      const since = cursor === null ? 0 : Number(cursor)
      const own = listing(ask, base, `/v1/accounts/${address}/transactions`, since)
      const tokens = listing(ask, base, `/v1/accounts/${address}/transactions/trc20`, since)
      for await (const rows of merged(own, tokens)) yield await pageOf(address, rows, block, askHeight)
    },
    statement: address => statementOf(ask, base, address),
  }
}

/** A row of either list, with what it says. */
type Row = {
  readonly txid: string
  /** Milliseconds. */
  readonly at: number
  readonly height: number | null
  /** Of a TRC-20 row. */
  readonly token: {
    readonly contract: string
    readonly from: string
    readonly to: string
    readonly units: bigint
  } | null
}

type Ask = (path: string, body: object | null) => Promise<unknown>

const PAGE = 200
/** A provider that gives page after page without getting on is left. */
const PAGES_MAX = 100_000

/** The rows of a list from a time on, oldest first. */
async function* listing(ask: Ask, base: string, path: string, since: number): AsyncGenerator<Row> {
  let fingerprint: string | null = null
  const seen = new Set<string>()
  for (let page = 0; page < PAGES_MAX; page++) {
    const query = new URLSearchParams({ limit: `${PAGE}`, only_confirmed: 'true', order_by: 'block_timestamp,asc' })
    if (since > 0) query.set('min_timestamp', `${since}`)
    if (fingerprint !== null) query.set('fingerprint', fingerprint)
    const answer = (await ask(`${path}?${query}`, null)) as { data?: unknown; meta?: { fingerprint?: unknown } }
    if (!Array.isArray(answer?.data)) throw notUnderstood(base, `no data in ${path.split('/').at(-1)}`)
    for (const item of answer.data) yield rowOf(base, item)
    const next = answer.meta?.fingerprint
    if (typeof next !== 'string' || next === '' || answer.data.length === 0) return
    if (seen.has(next)) throw notUnderstood(base, 'the same page again and again')
    seen.add(next)
    fingerprint = next
  }
}

function rowOf(base: string, value: unknown): Row {
  const row = (value ?? {}) as Record<string, unknown>
  const txid = row['txID'] ?? row['transaction_id'] ?? row['tx_id']
  const at = row['block_timestamp']
  if (typeof txid !== 'string' || !/^[0-9a-f]{64}$/i.test(txid) || at === undefined) {
    throw notUnderstood(base, 'a row without transaction id or time')
  }
  const height = row['blockNumber'] == null ? null : heightOf(base, row['blockNumber'])
  return { txid: txid.toLowerCase(), at: wholeOf(base, at, 'a time'), height, token: tokenRow(base, row) }
}

function tokenRow(base: string, row: Record<string, unknown>): Row['token'] {
  const info = row['token_info'] as { address?: unknown } | null | undefined
  if (info == null || row['type'] !== 'Transfer') return null
  const [from, to, contract] = [wordOf(row['from']), wordOf(row['to']), wordOf(info.address)]
  const known = [from, to, contract].every(one => TronAddress.parse(one).ok)
  if (!known) throw notUnderstood(base, 'a TRC-20 row without its parts')
  return { contract, from, to, units: unitsOf(base, row['value']) }
}

/** Both lists together in the order of time, in portions that can be kept: rows of one block are never torn apart. */
async function* merged(a: AsyncGenerator<Row>, b: AsyncGenerator<Row>): AsyncGenerator<readonly Row[]> {
  let [left, right] = [await a.next(), await b.next()]
  let rows: Row[] = []
  while (left.done !== true || right.done !== true) {
    const takeLeft = right.done === true || (left.done !== true && left.value.at <= right.value.at)
    const row = (takeLeft ? left.value : right.value) as Row
    if (rows.length >= PAGE && row.at !== rows.at(-1)!.at) {
      yield rows
      rows = []
    }
    rows.push(row)
    if (takeLeft) left = await a.next()
    else right = await b.next()
  }
  if (rows.length > 0) yield rows
}

async function pageOf(
  address: string,
  rows: readonly Row[],
  block: (height: number) => Promise<AccountBlock>,
  askHeight: (txid: string) => Promise<number | null>,
): Promise<HistoryPage> {
  const faults: string[] = []
  const heights = new Map<string, number>()
  for (const row of rows) {
    if (heights.has(row.txid)) continue
    const told = row.height ?? rows.find(one => one.txid === row.txid && one.height !== null)?.height
    const height = told ?? (await askHeight(row.txid))
    if (height === null) faults.push(`transaction ${row.txid} is listed, and its block is not told`)
    else heights.set(row.txid, height)
  }
  const blocks = new Map<number, AccountBlock>()
  for (const height of new Set(heights.values())) blocks.set(height, await block(height))
  const wanted = new Set(rows.map(row => row.txid))
  const transfers = [...blocks.values()].flatMap(one => one.transfers.filter(transfer => wanted.has(transfer.txid)))
  const issuer = [...blocks.values()].flatMap(one => one.issuer.filter(event => event.address === address))
  for (const { txid, token } of rows) {
    if (token === null || !heights.has(txid)) continue
    const same = transfers.some(
      one =>
        one.txid === txid && one.token?.contract === token.contract && one.units === token.units && one.to === token.to,
    )
    if (!same)
      faults.push(`transaction ${txid}: a TRC-20 transfer of ${token.units} is listed that its events do not tell`)
  }
  for (const txid of heights.keys()) {
    const known = blocks.get(heights.get(txid)!)!
    if (!known.transfers.some(one => one.txid === txid) && known.transactions === 0) {
      faults.push(`transaction ${txid} is not in block ${known.height}, where it is listed`)
    }
  }
  const told = [...blocks.values()].map(({ hash, bridges, control, notes }) => ({
    block: hash,
    bridges: bridges.filter(one => wanted.has(one.txid)),
    control: control.filter(one => wanted.has(one.txid) || one.account === address || one.party === address),
    notes: notes.filter(note => wanted.has(note.txid)),
  }))
  return { transfers, issuer, txids: [...wanted], told, cursor: `${rows.at(-1)!.at}`, faults }
}

async function statementOf(ask: Ask, base: string, address: string): Promise<Statement> {
  const answer = (await ask(`/v1/accounts/${address}`, null)) as { data?: unknown }
  if (!Array.isArray(answer?.data)) throw notUnderstood(base, 'no account data')
  const [first] = answer.data as unknown[]
  const account = first === undefined ? undefined : objectOf(base, first, 'an account')
  const tip = (await ask('/wallet/getnowblock', {}).catch(() => null)) as
    | {
        blockID?: unknown
        block_header?: { raw_data?: { number?: unknown } }
      }
    | null
    | undefined
  const height = tip?.block_header?.raw_data?.number
  const reserve = 'staked, delegated and rewarded TRX are no transfers'
  return {
    transactions: null,
    balances: account === undefined ? [{ contract: null, units: 0n }] : balancesOf(base, address, account),
    reserve,
    tip: height === undefined ? null : { height: heightOf(base, height), hash: wordOf(tip?.blockID) },
  }
}

function balancesOf(base: string, address: string, account: Readonly<Record<string, unknown>>): Statement['balances'] {
  const stated = wordOf(account['address'] ?? '')
  const bytes = TronAddress.parseHexForm(stated)
  const its = bytes === undefined ? stated : TronAddress.fromBytes(bytes)
  if (its !== '' && its !== address) throw notUnderstood(base, `the account of ${its.slice(0, 40)} for ${address}`)
  const tokens = Array.isArray(account['trc20']) ? (account['trc20'] as unknown[]) : []
  const all = tokens.flatMap(one => Object.entries(objectOf(base, one, 'a balance')))
  return [
    { contract: null, units: unitsOf(base, account['balance'] ?? 0, 'a balance') },
    ...all.map(([contract, units]) => ({ contract, units: unitsOf(base, units, 'a balance') })),
  ]
}
