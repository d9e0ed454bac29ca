import { toHex } from '../src/std/bytes.ts'
import { sha256 } from '../src/std/digest.ts'

/** Who pays and is paid in bench/monitor.bench.ts. */
export const PEOPLE = 200_000

export const USDT = '0xdac17f958d2ee523a2206206994597c13d831ec7'

const known: string[] = []

/** An address, made when it is first asked for. */
export function personOf(number: number): string {
  known[number] ??= `0x${toHex(sha256(Uint8Array.of(number, number >> 8, number >> 16)).subarray(0, 20))}`
  return known[number]
}
