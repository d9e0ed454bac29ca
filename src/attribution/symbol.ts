import type { NetworkId } from '../model/network.ts'
import * as Network from '../model/network.ts'

/**
 * What a list's symbol says about chains. A symbol names an asset, not a chain: it narrows the networks that the
 * address itself makes possible and never widens them. `foreign` names a chain that Athar does not read.
 */
export type Scope = { readonly networks: readonly NetworkId[]; readonly foreign: string | null }

/** Scope of a symbol in any case, or undefined for one that says nothing we know. */
export function parse(symbol: string): Scope | undefined {
  const word = symbol.trim().toUpperCase()
  // A token with its chain, as exchanges write it: USDT-TRC20, USDT (ERC-20), USDC_BSC.
  const [, chain] = /^(?:USDT|USDC)[-_ ]?\(?([A-Z]+-?\d*)\)?$/.exec(word) ?? []
  return SCOPES.get(word) ?? (chain === undefined ? undefined : SCOPES.get(chain.replace('-', '')))
}

/** Every EVM network: what a bare `0x…` address may live on. */
export const EVM: readonly NetworkId[] = Network.evm.map(network => network.id)

/** Networks on which circle.com lists USDC, as far as Athar reads them. */
const USDC: readonly NetworkId[] = ['tron', ...EVM]

/** tether.to lists the same, and Bitcoin: USDT began on its Omni Layer, and OFAC lists such addresses as USDT. */
const USDT: readonly NetworkId[] = ['tron', 'bitcoin', ...EVM]

const OURS: readonly (readonly [string, readonly NetworkId[]])[] = [
  ['XBT', ['bitcoin']],
  ['BTC', ['bitcoin']],
  ['BITCOIN', ['bitcoin']],
  ['LTC', ['litecoin']],
  ['LITECOIN', ['litecoin']],
  ['TRX', ['tron']],
  ['TRON', ['tron']],
  ['TRC20', ['tron']],
  ['ETH', ['ethereum']],
  ['ETHEREUM', ['ethereum']],
  ['ERC20', ['ethereum']],
  ['EVM', EVM],
  ['BSC', ['bsc']],
  ['BNB', ['bsc']],
  ['BEP20', ['bsc']],
  ['MATIC', ['polygon']],
  ['POL', ['polygon']],
  ['POLYGON', ['polygon']],
  ['ARB', ['arbitrum']],
  ['ARBITRUM', ['arbitrum']],
  ['OP', ['optimism']],
  ['OPTIMISM', ['optimism']],
  ['BASE', ['base']],
  ['AVAX', ['avalanche']],
  ['USDT', USDT],
  ['USDC', USDC],
]

const OTHERS: readonly (readonly [string, string])[] = [
  ...([
    ['BCH', 'bitcoin-cash'],
    ['BSV', 'bitcoin-sv'],
    ['BTG', 'bitcoin-gold'],
    ['XEC', 'ecash'],
  ] as const),
  ...([
    ['XMR', 'monero'],
    ['ZEC', 'zcash'],
    ['DASH', 'dash'],
    ['XVG', 'verge'],
    ['DOGE', 'dogecoin'],
  ] as const),
  ...([
    ['ETC', 'ethereum-classic'],
    ['SOL', 'solana'],
    ['XRP', 'ripple'],
    ['RIPPLE', 'ripple'],
  ] as const),
  ...([
    ['BEP2', 'bnb-beacon'],
    ['EOS', 'eos'],
    ['ADA', 'cardano'],
    ['DOT', 'polkadot'],
    ['XLM', 'stellar'],
  ] as const),
  ...([
    ['TON', 'ton'],
    ['ALGO', 'algorand'],
    ['ATOM', 'cosmos'],
    ['NEO', 'neo'],
    ['XTZ', 'tezos'],
  ] as const),
]

const SCOPES = new Map<string, Scope>([
  ...OURS.map(([symbol, networks]) => [symbol, { networks, foreign: null }] as const),
  ...OTHERS.map(([symbol, foreign]) => [symbol, { networks: [], foreign }] as const),
])
