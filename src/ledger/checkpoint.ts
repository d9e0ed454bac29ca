import * as Rules from '../chain/block-rules.ts'
import type { NetworkId } from '../model/network.ts'
import { parseHex } from '../std/bytes.ts'

/** Gives the height of the shipped checkpoint whose hash stands at `at` (byte order), or −1. */
export type Finder = (bytes: Uint8Array, at: number) => number

export function finderOf(network: NetworkId): Finder {
  const rules = Rules.find(network)
  if (rules === undefined) return () => -1
  const genesis = parseHex(rules.genesis)!.reverse()
  return (bytes, at) => {
    for (let k = 31; k >= 0; k--) if (bytes[at + k] !== genesis[k]) return -1
    return 0
  }
}
