import * as Asset from '../model/asset.ts'
import type { NetworkId } from '../model/network.ts'

/**
 * Contracts that serve everybody and so are nobody's wallet: a label that calls one an exchange's or a person's names
 * the wrong thing, as happens when a tag is taken from the `to` of a token transfer.
 */
export type Contract = { readonly name: string; readonly kind: 'token' | 'router'; readonly source: string }

/** The contract known at an address, or undefined. */
export function at(network: NetworkId, address: string): Contract | undefined {
  return KNOWN.get(`${network}:${address}`)
}

/** Name tags of etherscan.io as its label cloud had them (etherscan-labels, 2022-11), each looked at by hand. */
const ETHERSCAN = 'etherscan.io name tag, 2022-11'

const ETHEREUM: readonly (readonly [address: string, name: string, kind: Contract['kind']])[] = [
  ['0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2', 'Wrapped Ether', 'token'],
  ['0x6b175474e89094c44da98b954eedeac495271d0f', 'Dai Stablecoin', 'token'],
  ['0x2260fac5e5542a773aa44fbcfedf7c193bc2c599', 'Wrapped BTC (WBTC)', 'token'],
  ['0x4fabb145d64652a948d72533023f6e7a623c7c53', 'Binance USD (BUSD)', 'token'],
  ['0x7a250d5630b4cf539739df2c5dacb4c659f2488d', 'Uniswap V2: Router 2', 'router'],
  ['0xe592427a0aece92de3edee1f18e0157c05861564', 'Uniswap V3: Router', 'router'],
  ['0x68b3465833fb72a70ecdf485e0e4c7bd8665fc45', 'Uniswap V3: Router 2', 'router'],
  ['0xef1c6e67703c7bd7107eed8303fbe6ec2554bf6b', 'Uniswap: Old Universal Router', 'router'],
  ['0x3fc91a3afd70395cd496c647d5a6cc9d4b2b7fad', 'Uniswap: Universal Router', 'router'],
  ['0x1111111254eeb25477b68fb85ed929f73a960582', '1inch v5: Aggregation Router', 'router'],
  ['0x1111111254fb6c44bac0bed2854e76f90643097d', '1inch v4: Aggregation Router', 'router'],
  ['0x11111112542d85b3ef69ae05771c2dccff4faa26', '1inch v3: Aggregation Router', 'router'],
  ['0xdef1c0ded9bec7f1a1670819833240f027b25eff', '0x: Exchange Proxy', 'router'],
  ['0xd9e1ce17f2641f24ae83637ab66a2cca9c378b9f', 'SushiSwap: Router', 'router'],
]

/** Tokens that the model names by their contract come first: their issuers' own pages say so. */
const KNOWN: ReadonlyMap<string, Contract> = new Map<string, Contract>([
  ...ETHEREUM.map(([address, name, kind]) => [`ethereum:${address}`, { name, kind, source: ETHERSCAN }] as const),
  ...Asset.tokens.map(({ network, symbol, contract }) => {
    const issuer = symbol === 'USDC' ? 'circle.com' : 'tether.to'
    const known: Contract = { name: `${symbol} (token)`, kind: 'token', source: issuer }
    return [`${network}:${contract}`, known] as const
  }),
])

/** Addresses of all of them. */
export const addresses: readonly string[] = [...KNOWN.keys()].map(key => key.slice(key.indexOf(':') + 1))
