/**
 * The output type of a canonical UTXO address, read off its form: base58 by its first letter, bech32 by its witness
 * version and length (BIP 173, BIP 350). Cheap on purpose: addresses of the ledger were checked when they were read.
 */
export type ScriptType = 'p2pkh' | 'p2sh' | 'p2wpkh' | 'p2wsh' | 'p2tr' | 'unknown'

export function scriptTypeOf(address: string): ScriptType {
  const split = address.lastIndexOf('1')
  if (split > 1 && SEGWIT_PREFIXES.has(address.slice(0, split))) {
    const [version, length] = [address[split + 1], address.length - split - 1]
    if (version === 'q') return length === WPKH_LENGTH ? 'p2wpkh' : length === WSH_LENGTH ? 'p2wsh' : 'unknown'
    return version === 'p' && length === WSH_LENGTH ? 'p2tr' : 'unknown'
  }
  return address.length < BASE58_LENGTH ? 'unknown' : (BASE58.get(address[0]!) ?? 'unknown')
}

/** Native segwit: what BOLT 2 (interactive-tx) asks of every input of a dual-funded channel. */
export function isSegwit(type: ScriptType): boolean {
  return type === 'p2wpkh' || type === 'p2wsh' || type === 'p2tr'
}

/** Human-readable parts: Bitcoin (BIP 173), its test networks, Litecoin. */
const SEGWIT_PREFIXES: ReadonlySet<string> = new Set(['bc', 'tb', 'bcrt', 'ltc', 'tltc', 'rltc'])

/** Characters behind the separator: version, 20 or 32 bytes at five bits a character, six of checksum. */
const WPKH_LENGTH = 1 + 32 + 6
const WSH_LENGTH = 1 + 52 + 6

/** 21 bytes and a checksum never make fewer characters. */
const BASE58_LENGTH = 25

/** First letters by version byte: Bitcoin 1 and 3, test networks m, n and 2, Litecoin L, M and Q (test). */
const BASE58: ReadonlyMap<string, ScriptType> = new Map([
  ...['1', 'm', 'n', 'L'].map(letter => [letter, 'p2pkh'] as const),
  ...['3', '2', 'M', 'Q'].map(letter => [letter, 'p2sh'] as const),
])
