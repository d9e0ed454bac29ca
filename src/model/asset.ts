import * as Network from './network.ts'

/**
 * What is counted: a network's coin, or a token at an exact contract. A symbol alone never names a token, since anyone
 * can deploy a contract called USDT.
 */
export type Asset = {
  readonly network: Network.NetworkId
  readonly symbol: string
  readonly decimals: number
  /** The token's contract in plain canonical form; null for the network's own coin. */
  readonly contract: string | null
}

/** The coin of a network. */
export function coin(network: Network.NetworkId): Asset {
  const { symbol, decimals } = Network.from(network).coin
  return { network, symbol, decimals, contract: null }
}

/**
 * Tokens whose contract and decimals were checked by hand against their issuers' own pages (tether.to and circle.com
 * "supported protocols"). Anything else is known by its contract and the decimals that its file or node states.
 */
export const tokens: readonly Asset[] = [
  { network: 'tron', symbol: 'USDT', decimals: 6, contract: 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t' },
  { network: 'tron', symbol: 'USDC', decimals: 6, contract: 'TEkxiTehnzSmSe2XqrBj4w32RUN966rdz8' },
  { network: 'ethereum', symbol: 'USDT', decimals: 6, contract: '0xdac17f958d2ee523a2206206994597c13d831ec7' },
  { network: 'ethereum', symbol: 'USDC', decimals: 6, contract: '0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48' },
]

/** The checked token at this contract, or undefined. */
export function token(network: Network.NetworkId, contract: string): Asset | undefined {
  return tokens.find(asset => asset.network === network && sameContract(asset.contract!, contract))
}

/** Whether an asset's symbol is that of a checked token while its contract is another: a fake. */
export function isImpostor(asset: Asset): boolean {
  if (asset.contract === null) return false
  const namesake = tokens.find(known => known.network === asset.network && known.symbol === asset.symbol)
  return namesake !== undefined && !sameContract(namesake.contract!, asset.contract)
}

/** Whether a price by symbol may be used: only coins and checked tokens may be called by theirs. */
export function isPriced({ network, contract }: Asset): boolean {
  return contract === null || token(network, contract) !== undefined
}

export function equals(a: Asset, b: Asset): boolean {
  return key(a) === key(b)
}

/** A text that is equal for equal assets: for maps. */
export function key(asset: Asset): string {
  return `${asset.network}/${asset.contract === null ? 'coin' : asset.contract}`
}

/** CAIP-19. `trc20` is a local convention: no Tron profile of CAIP-19 exists yet. */
export function toCaip19(asset: Asset): string {
  const network = Network.from(asset.network)
  if (asset.contract === null) return `${network.caip2}/slip44:${network.coin.slip44}`
  return `${network.caip2}/${network.family === 'tron' ? 'trc20' : 'erc20'}:${asset.contract}`
}

function sameContract(a: string, b: string): boolean {
  return a.startsWith('0x') ? a.toLowerCase() === b.toLowerCase() : a === b
}
