import { readFileSync } from 'node:fs'
import { unzipSync } from 'fflate'
import { toAddress } from '../../src/chain/script.ts'
import { parseUnits } from '../../src/model/amount.ts'
import type { UtxoBlock, UtxoTransaction } from '../../src/model/transaction.ts'
import { parseHex } from '../../src/std/bytes.ts'
import { sha256Hex } from '../../src/std/digest.ts'
import { shared } from '../shared.ts'

/** The open corpora of mixes: two emulated runs with true owners, and real ones as the Dumplings scanner lists them. */
export const EMULATED = 'data/bitcoin/coinjoin/emul__ww2_lognorm-static-5utxo.zip'
export const WASABI = 'data/bitcoin/coinjoin/dumplings__ww1_202405.zip'
export const OTHER = 'data/bitcoin/coinjoin/dumplings__jm_202406.zip'

/** One emulated run. `owners`: the wallet of each address that a wallet of the run knows. */
export type Run = { readonly name: string; readonly blocks: UtxoBlock[]; readonly owners: ReadonlyMap<string, string> }

/** Both runs, in the order of their dates. */
export function emulatedRuns(): Run[] {
  const files = unzipSync(readFileSync(shared(EMULATED)), {
    filter: file => /block_\d+\.json$|wallets_info\.json$/.test(file.name),
  })
  const groups = Map.groupBy(Object.keys(files).sort(), name => name.split('/')[1]!)
  return [...groups].map(([run, names]) => {
    const read = (name: string) => JSON.parse(new TextDecoder().decode(files[name]!)) as unknown
    const wallets = read(names.find(name => name.endsWith('wallets_info.json'))!) as Record<string, object>
    const owners = new Map(
      Object.entries(wallets).flatMap(([wallet, keys]) => Object.keys(keys).map(key => [key, wallet])),
    )
    const blocks = names.filter(name => name.includes('block_')).map(name => read(name) as CoreBlock)
    blocks.sort((a, b) => a.height - b.height)
    return { name: run, blocks: blocks.map(one => block(one.height, one.tx.map(fromCore))), owners }
  })
}

/** A list of the Dumplings scanner as one block: `WasabiCoinJoins`, `WasabiPostMixTxs`, `OtherCoinJoins`, … */
export function dumplings(path: string, list: string): UtxoBlock[] {
  const files = unzipSync(readFileSync(shared(path)), { filter: file => file.name.endsWith(`/${list}.txt`) })
  const lines = new TextDecoder().decode(Object.values(files)[0]!).trim().split('\n')
  const transactions = new Map(lines.map(readDumpling).map(one => [one.txid, one]))
  return [block(0, [...transactions.values()])]
}

type CoreBlock = { height: number; tx: CoreTransaction[] }
type CoreTransaction = {
  txid: string
  vin: { coinbase?: string; txid?: string; vout?: number }[]
  vout: { value: number; scriptPubKey: { address?: string } }[]
}

function fromCore(tx: CoreTransaction): UtxoTransaction {
  const coinbase = tx.vin[0]!.coinbase !== undefined
  const inputs = coinbase
    ? []
    : tx.vin.map(input => ({
        ...{ txid: input.txid!, index: input.vout!, units: null, address: null, singleAnyoneCanPay: false },
      }))
  const outputs = tx.vout.map(({ value, scriptPubKey }) => ({
    units: parseUnits(value.toFixed(8), 8)!,
    address: scriptPubKey.address ?? null,
  }))
  return { txid: tx.txid, coinbase, inputs, outputs }
}

/** `txid:::block:::index:::time:::inputs:::outputs`; inputs `txid-index-units+script+type`, joined by `}{`. */
function readDumpling(line: string): UtxoTransaction {
  const [txid, , , , inputs, outputs] = line.trim().split(':::')
  return {
    txid: txid!,
    coinbase: false,
    inputs: inputs!.split('}{').map(text => {
      const [outpoint, script] = text.split('+')
      const [id, index, units] = outpoint!.split('-')
      return {
        ...{ txid: id!, index: Number(index), units: BigInt(units!) },
        ...{ address: addressOf(script!), singleAnyoneCanPay: false },
      }
    }),
    outputs: outputs!.split('}{').map(text => {
      const [units, script] = text.split('+')
      return { units: BigInt(units!), address: addressOf(script!) }
    }),
  }
}

function addressOf(script: string): string | null {
  return toAddress('bitcoin', parseHex(script)!)?.address ?? null
}

function block(height: number, transactions: UtxoTransaction[]): UtxoBlock {
  const hash = (at: number) => sha256Hex(`block ${at}`)
  return { hash: hash(height), previous: hash(height - 1), height, minedAt: 1_700_000_000 + height, transactions }
}
