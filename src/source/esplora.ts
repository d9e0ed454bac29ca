import * as Header from '../chain/block-header.ts'
import type * as Excerpt from '../chain/excerpt.ts'
import { parseHex } from '../std/bytes.ts'
import type { Client } from './client.ts'
import { checked } from './endpoint.ts'
import { branchOf, heightOf, unitsOf, wholeOf } from './figure.ts'
import { denied, notUnderstood, wordOf } from './json-rpc.ts'

/**
 * A provider of histories of the Bitcoin family: an address's transactions, each with the header of its block and the
 * branch that proves it there.
 */
export type ProvenSource = {
  /** Hash of block 0, as printed; null: it cannot be asked. */
  genesis(): Promise<string | null>
  tip(): Promise<{ readonly height: number; readonly hash: string }>
  /** Transactions of the address that are in blocks, newest first, a page at a time. */
  history(address: string): AsyncGenerator<readonly HistoryItem[]>
  /** What it says that the address has done in blocks. */
  statement(address: string): Promise<ProvenStatement>
  /** A transaction with its proof, and the header of its block as 160 hex digits. */
  proof(item: HistoryItem): Promise<{ readonly part: Excerpt.Part; readonly header: string }>
}

export type HistoryItem = {
  readonly txid: string
  readonly height: number
  /** Of the block, as printed; null: not told. */
  readonly blockHash: string | null
}

export type ProvenStatement = {
  readonly transactions: number | null
  readonly received: bigint | null
  readonly sent: bigint | null
  readonly balance: bigint
}

/**
 * Esplora's HTTP interface (Blockstream, mempool.space): `from` is its root, as in https://blockstream.info/api.
 *
 * Source: Blockstream/esplora, API.md.
 */
export function openEsplora(client: Client, from: string): ProvenSource {
  const base = from.replace(/\/+$/, '')
  checked(base)
  const text = async (path: string): Promise<string> => {
    const answer = await client.ask({ url: `${base}${path}`, headers: { accept: '*/*' } })
    if (answer.status === 401 || answer.status === 403) throw denied(base)
    if (answer.status !== 200) throw notUnderstood(base, `status ${answer.status} for ${path.slice(0, 40)}`)
    return new TextDecoder().decode(answer.body).trim()
  }
  const json = async (path: string): Promise<unknown> => {
    try {
      return JSON.parse(await text(path)) as unknown
    } catch (cause) {
      if (cause instanceof SyntaxError) throw notUnderstood(base, `no JSON for ${path.slice(0, 40)}`)
      throw cause
    }
  }
  const headers = new Map<string, string>()
  const told = new Map<string, Told>()
  return {
    genesis: () => genesisOf(base, text),
    async tip() {
      const height = heightOf(base, await text('/blocks/tip/height'))
      return { height, hash: await text('/blocks/tip/hash') }
    },
    async *history(address) {
      let last = ''
      const seen = new Set<string>()
      for (;;) {
        const page = await json(`/address/${address}/txs/chain${last === '' ? '' : `/${last}`}`)
        if (!Array.isArray(page)) throw notUnderstood(base, 'a history that is no list')
        if (page.length === 0) return
        // Proofs are asked for page by page.
        told.clear()
        if (headers.size > HEADERS_MAX) headers.clear()
        const items = page.map(one => itemOf(base, one, told))
        if (items.every(item => seen.has(item.txid))) throw notUnderstood(base, 'the same page again and again')
        for (const item of items) seen.add(item.txid)
        yield items
        last = items.at(-1)!.txid
      }
    },
    async statement(address) {
      const said = ((await json(`/address/${address}`)) ?? {}) as { address?: unknown; chain_stats?: Stats }
      if (said.address !== undefined && said.address !== address) throw notUnderstood(base, 'another address')
      const { chain_stats: stats } = said
      const [received, sent] = [unitsOf(base, stats?.funded_txo_sum), unitsOf(base, stats?.spent_txo_sum)]
      const balance = received - sent
      return { transactions: wholeOf(base, stats?.tx_count), received, sent, balance }
    },
    async proof(item) {
      const hash = item.blockHash ?? (await text(`/block-height/${item.height}`))
      if (!/^[0-9a-f]{64}$/.test(hash)) throw notUnderstood(base, 'a block without its hash')
      const header = headers.get(hash) ?? (await text(`/block/${hash}/header`))
      headers.set(hash, header)
      const bytes = parseHex(header)
      if (bytes?.length !== 80 || Header.parse(bytes)?.hash !== hash)
        throw notUnderstood(base, 'another header than asked for')
      const { merkle, pos } = ((await json(`/tx/${item.txid}/merkle-proof`)) ?? {}) as Proof
      const [position, branch] = [wholeOf(base, pos, 'a place in a block'), branchOf(base, merkle)]
      const hex = await text(`/tx/${item.txid}/hex`)
      const { spent } = told.get(item.txid) ?? { spent: [] }
      told.delete(item.txid)
      return { header, part: { hex, position, merkle: branch, spent } }
    },
  }
}

async function genesisOf(base: string, text: (path: string) => Promise<string>): Promise<string | null> {
  const hash = await text('/block-height/0').catch(() => null)
  if (hash === null || /^[0-9a-f]{64}$/.test(hash)) return hash
  throw notUnderstood(base, 'no hash of block 0')
}

/** Headers kept at once: transactions of one block come after one another. */
const HEADERS_MAX = 1000

type Proof = { readonly merkle?: unknown; readonly pos?: unknown }
type Told = { readonly spent: Excerpt.Part['spent'] }
type Stats = { readonly funded_txo_sum?: unknown; readonly spent_txo_sum?: unknown; readonly tx_count?: unknown }

function itemOf(base: string, value: unknown, told: Map<string, Told>): HistoryItem {
  const { txid, status, vin } = (value ?? {}) as { txid?: unknown; status?: Record<string, unknown>; vin?: unknown }
  const height = status?.['block_height']
  if (typeof txid !== 'string' || !/^[0-9a-f]{64}$/.test(txid) || height == null) {
    throw notUnderstood(base, 'a transaction without id or block')
  }
  if (Array.isArray(vin)) told.set(txid, { spent: spentOf(vin as Record<string, unknown>[]) })
  const hash = status?.['block_hash']
  return { txid, height: heightOf(base, height), blockHash: typeof hash === 'string' ? hash : null }
}

/** What each input spends, by the provider's word; a coinbase spends nothing. */
function spentOf(vin: readonly Record<string, unknown>[]): Excerpt.Part['spent'] {
  return vin
    .filter(input => input?.['is_coinbase'] !== true)
    .map(input => {
      const { value, scriptpubkey } = (input?.['prevout'] ?? {}) as { value?: unknown; scriptpubkey?: unknown }
      const known = Number.isSafeInteger(value) && typeof scriptpubkey === 'string'
      return known ? { value: wordOf(value), script: scriptpubkey } : null
    })
}
