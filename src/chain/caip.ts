import * as Asset from '../model/asset.ts'
import * as Network from '../model/network.ts'
import * as Address from './address.ts'

/** What a CAIP-19 identifier names: a network's coin, or a token's contract in canonical form. */
export type AssetName = { readonly network: Network.NetworkId; readonly contract: string | null }

/**
 * Reads CAIP-19: `bip122:…/slip44:0`, `eip155:1/erc20:0x…`, and the local `tron:728126428/trc20:T…`. Undefined where
 * the network is not known, the coin is another one's, or the contract's checksum is wrong.
 */
export function parseAsset(text: string): AssetName | undefined {
  const match = /^([-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32})\/([-a-z0-9]{3,8}):([-.%a-zA-Z0-9]{1,128})$/.exec(text)
  const network = match === null ? undefined : Network.fromCaip2(match[1]!)
  if (match === null || network === undefined) return undefined
  const [, , namespace, reference] = match
  if (namespace === 'slip44') {
    return reference === String(network.coin.slip44) ? { network: network.id, contract: null } : undefined
  }
  if (namespace !== CONTRACTS.get(network.family)) return undefined
  const parsed = Address.parse(reference!, network.id)
  return parsed.ok ? { network: network.id, contract: parsed.address.address } : undefined
}

/** The asset of an identifier where its decimals are known: coins and checked tokens. */
export function assetOf({ network, contract }: AssetName): Asset.Asset | undefined {
  return contract === null ? Asset.coin(network) : Asset.token(network, contract)
}

const CONTRACTS = new Map<Network.Network['family'], string>([
  ['evm', 'erc20'],
  ['tron', 'trc20'],
])
