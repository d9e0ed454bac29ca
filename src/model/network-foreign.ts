/**
 * Networks whose addresses are recognised and whose ledgers are not read, by their CAIP-2 identifier where the chain
 * agnostic registry has one. bip122 references are the first 32 hex digits of the genesis block's hash (of Bitcoin Cash
 * those of the first block after it parted).
 */
const CAIP2: ReadonlyMap<string, string> = new Map([
  ['bitcoin-cash', 'bip122:000000000000000000651ef99cb9fcbe'],
  ['dogecoin', 'bip122:1a91e3dace36e2be3bf030a65679fe82'],
  ['dash', 'bip122:00000ffd590b1485b3caadc19b22e637'],
  ['zcash', 'bip122:00040fe8ec8471911baa1db1266ea15d'],
  ['ripple', 'xrpl:0'],
  ['stellar', 'stellar:pubnet'],
  ['solana', 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp'],
  ['cardano', 'cip34:1-764824073'],
  ['ethereum-classic', 'eip155:61'],
])

/** CAIP-10 of an address there; null where the registry has no such network, or no place for such a text. */
export function toCaip10(network: string, address: string): string | null {
  const caip2 = CAIP2.get(network)
  const plain = address.replace(/^bitcoincash:/, '')
  return caip2 === undefined || !/^[-.%a-zA-Z0-9]{1,128}$/.test(plain) ? null : `${caip2}:${plain}`
}

/** The network of a CAIP-2 identifier; undefined where it is none of these. */
export function fromCaip2(caip2: string): string | undefined {
  return NAMES.get(caip2)
}

const NAMES = new Map([...CAIP2].map(([name, caip2]) => [caip2, name] as const))

/**
 * Whether lists name addresses of that network as its own, so that one of it can be "not listed". Of EVM chains that
 * are not read they do not: what stands there under another symbol is read as Ethereum's, with the conflict.
 */
export function isInLists(network: string): boolean {
  return !network.includes(':') && network !== 'ethereum-classic'
}
