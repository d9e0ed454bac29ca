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
])

/** CAIP-10 of an address there; null where the registry has no such network, or no place for such a text. */
export function toCaip10(network: string, address: string): string | null {
  const caip2 = CAIP2.get(network)
  const plain = address.replace(/^bitcoincash:/, '')
  return caip2 === undefined || !/^[-.%a-zA-Z0-9]{1,128}$/.test(plain) ? null : `${caip2}:${plain}`
}
