import type { AccountBlock, TokenOf } from '../chain/account-block.ts'
import * as TronBlock from '../chain/tron-block.ts'
import * as Asset from '../model/asset.ts'
import type { AccountSource } from './account-source.ts'
import type { Client } from './client.ts'
import { checked } from './endpoint.ts'
import { heightOf } from './figure.ts'
import { denied, notUnderstood, objectOf } from './json-rpc.ts'

/**
 * A Tron full node, or TronGrid, over HTTP: blocks with what their transactions did.
 *
 * Source: developers.tron.network, “Full Node HTTP API”. Ids of transactions are recomputed from their bytes; the
 * header's own hash is a provider's word, and so are fees, events and internal transfers.
 */
export function openTron(client: Client, url: string, key: string | null): AccountSource {
  const base = url.replace(/\/+$/, '')
  const post = openTronHttp(client, base, key)
  const header = async (path: string, body: object): Promise<{ height: number; hash: string } | null> => {
    const block = objectOf(base, await post(path, body), 'a block')
    const { blockID: hash, block_header: about } = block as { blockID?: unknown; block_header?: Head | null }
    if (hash === undefined) return null
    const height = about?.raw_data?.number ?? 0
    if (typeof hash !== 'string') throw notUnderstood(base, 'a block without its id')
    return { height: heightOf(base, height), hash }
  }
  return {
    async status() {
      const tip = await header('/wallet/getnowblock', {})
      if (tip === null) throw notUnderstood(base, 'no latest block')
      const genesis = await header('/wallet/getblockbynum', { num: 0 })
      if (genesis !== null && genesis.hash !== GENESIS)
        throw notUnderstood(base, 'block 0 is not that of Tron’s mainnet')
      const solid = await header('/walletsolidity/getnowblock', {}).catch(() => null)
      const finalHeight = Math.min(solid?.height ?? tip.height - SOLID_BLOCKS, tip.height)
      return { tip, finalHeight, version: 'tron', internal: true }
    },
    async hashes(heights) {
      const found: (string | null)[] = []
      for (const num of heights) found.push((await header('/wallet/getblockbynum', { num }))?.hash ?? null)
      return found
    },
    async blocks(from, count) {
      const blocks: AccountBlock[] = []
      for (let num = from; num < from + count; num++) {
        const block = await post('/wallet/getblockbynum', { num })
        const infos = await post('/wallet/gettransactioninfobyblocknum', { num })
        const read = TronBlock.read(block, Array.isArray(infos) ? infos : [], tokenOf)
        if ('reason' in read) throw notUnderstood(base, `block ${num}: ${read.reason}`)
        if (read.height !== num) throw notUnderstood(base, `block ${read.height} for ${num}`)
        blocks.push(read)
      }
      return blocks
    },
  }
}

type Head = { readonly raw_data?: { readonly number?: unknown } | null }

/** Of mainnet's block 0 (tronscan.org, block 0). */
const GENESIS = '00000000000000001ebf88508a03865c71d452e25f4d51194196a1d22b6653dc'

/** A block is solid when 19 of the 27 witnesses have built on it (developers.tron.network, “Consensus”). */
const SOLID_BLOCKS = 19

/** A question to the HTTP interface: POST with a JSON object. */
export function openTronHttp(client: Client, base: string, key: string | null) {
  checked(base)
  const headers: Record<string, string> = key === null ? {} : { 'TRON-PRO-API-KEY': key }
  return async (path: string, body: object | null): Promise<unknown> => {
    const question = body === null ? {} : { body: JSON.stringify(body) }
    const answer = await client.ask({ url: `${base}${path}`, headers, ...question })
    if (answer.status === 401 || answer.status === 403) throw denied(base)
    if (answer.status !== 200) throw notUnderstood(base, `status ${answer.status} for ${path}`)
    try {
      return JSON.parse(new TextDecoder().decode(answer.body)) as unknown
    } catch {
      throw notUnderstood(base, `no JSON for ${path}`)
    }
  }
}

/** A contract that is not a checked one goes by its address: what it calls itself proves nothing. */
export const tokenOf: TokenOf = contract => {
  const checked = Asset.token('tron', contract)
  return { contract, symbol: checked?.symbol ?? `token ${contract.slice(0, 8)}`, decimals: checked?.decimals ?? null }
}
