import { closeSync, openSync, writeSync } from 'node:fs'
import * as Address from '../src/chain/address.ts'
import { TRON } from '../src/chain/key.ts'
import { sha256, sha256Hex } from '../src/std/digest.ts'
import { seededRandom } from '../src/std/random.ts'

/**
 * Writes a CSV of USDT transfers on Tron: one a transaction, every one to or from one busy address, the other side one
 * of 200,000. The same for the same seed.
 *
 * @returns what a reader must find in it
 */
export function writeTransfers(path: string, rows: number, seed = 1) {
  const random = seededRandom(seed)
  const addresses = Array.from({ length: 200_000 }, (_, k) => addressOf(`payer ${k}`))
  const busy = addressOf('busy')
  const truth = { rows, busy, received: 0n, sent: 0n }
  const file = openSync(path, 'w')
  try {
    let held = 'network,asset,contract,txid,txIndex,logIndex,kind,status,height,time,from,to,amount\n'
    for (let row = 0; row < rows; row++) {
      const [units, block] = [random.below(1_000_000_000), row >> 5]
      const other = addresses[random.below(addresses.length)]!
      const [from, to] = row % 2 === 0 ? [other, busy] : [busy, other]
      if (row % 2 === 0) truth.received += BigInt(units)
      else truth.sent += BigInt(units)
      const time = new Date(1000 * (1_680_000_000 + 3 * block)).toISOString().replace('.000', '')
      const amount = `${Math.floor(units / 1e6)}.${String(units % 1e6).padStart(6, '0')}`
      const place = `${sha256Hex(`transfer ${row}`)},${row & 31},0,transfer,ok,${50_000_000 + block},${time}`
      held += `tron,USDT,TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t,${place},${from},${to},${amount}\n`
      if (held.length < 1 << 20 && row + 1 < rows) continue
      writeSync(file, held)
      held = ''
    }
  } finally {
    closeSync(file)
  }
  return truth
}

function addressOf(name: string): string {
  return Address.fromKey('tron', TRON, sha256(new TextEncoder().encode(name)).subarray(0, 20)).address
}
