import * as Network from './network.ts'

/**
 * An address as a value. `address` is the plain canonical form: base58 untouched, bech32 lower-case, EVM lower-case
 * (EIP-55 is for the eye and is added when printing).
 */
export type Address = {
  readonly network: Network.NetworkId
  readonly type: AddressType
  readonly address: string
}

export type AddressType = 'p2pkh' | 'p2sh' | 'p2wpkh' | 'p2wsh' | 'p2tr' | 'witness' | 'p2pk' | 'mweb' | 'tron' | 'evm'

/** CAIP-10: `bip122:…:1La…`. */
export function toCaip10(address: Pick<Address, 'network' | 'address'>): string {
  return `${Network.from(address.network).caip2}:${address.address}`
}

/** Splits a CAIP-10 text into its network and the address as written, which the codec of that network must check. */
export function splitCaip10(text: string): { network: Network.Network; address: string } | undefined {
  const match = /^([-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}):([-.%a-zA-Z0-9]{1,128})$/.exec(text)
  if (match === null) return undefined
  const network = Network.fromCaip2(match[1]!)
  return network === undefined ? undefined : { network, address: match[2]! }
}

/** A text that is equal for equal addresses: for maps. */
export function key(address: Pick<Address, 'network' | 'address'>): string {
  return `${address.network}:${address.address}`
}
