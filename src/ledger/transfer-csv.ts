import { formatUnits } from '../model/amount.ts'
import * as Asset from '../model/asset.ts'
import * as Instant from '../model/instant.ts'
import type { Transfer } from '../model/transfer.ts'

const HEADER = 'network,asset,contract,txid,txIndex,logIndex,kind,status,height,time,from,to,amount,decimals'

/** Of a token whose decimals nobody tells: see docs/methods/ledger.md. */
const DECIMALS_UNTOLD = 18

/**
 * Transfers as the file that `ledger import` reads: the form in which what a source said of an account chain is kept
 * as ground.
 */
export function toCsv(transfers: readonly Transfer[]): Uint8Array {
  const lines = transfers.map(lineOf)
  return new TextEncoder().encode(`${HEADER}\n${lines.join('')}`)
}

function lineOf(transfer: Transfer): string {
  const { network, token, kind, failed } = transfer
  const known = token === null ? Asset.coin(network) : Asset.token(network, token.contract)
  const asset = known ?? { symbol: token!.symbol, decimals: token!.decimals ?? DECIMALS_UNTOLD }
  const cells = [
    ...[network, quoted(asset.symbol), token?.contract ?? '', transfer.txid, transfer.txIndex, transfer.logIndex],
    ...[kind, failed ? 'failed' : 'ok', transfer.height, Instant.format(transfer.time)],
    ...[transfer.from ?? '', transfer.to ?? '', formatUnits(transfer.units, asset.decimals), asset.decimals],
  ]
  return `${cells.join(',')}\n`
}

/** A contract's own name may hold anything. */
function quoted(text: string): string {
  return /^[\w.$-]+$/.test(text) ? text : `"${text.replaceAll('"', '""')}"`
}
