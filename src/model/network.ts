/**
 * The networks that Athar knows, as data. `id` is the name users type; `caip2` is the identifier at every boundary
 * (CAIP-2; bip122 references are the first 32 hex digits of the genesis block's hash).
 */
export type Network = {
  readonly id: NetworkId
  readonly name: string
  readonly caip2: string
  readonly shape: 'utxo' | 'account'
  readonly family: 'bitcoin' | 'tron' | 'evm'
  /** The native coin. */
  readonly coin: { readonly symbol: string; readonly decimals: number; readonly slip44: number }
  readonly test: boolean
}

export type NetworkId =
  | 'bitcoin'
  | 'bitcoin-testnet3'
  | 'bitcoin-signet'
  | 'bitcoin-regtest'
  | 'litecoin'
  | 'litecoin-regtest'
  | 'tron'
  | 'ethereum'
  | 'bsc'
  | 'polygon'
  | 'arbitrum'
  | 'optimism'
  | 'base'
  | 'avalanche'

/** Every network, mainnets first. */
export const all: readonly Network[] = [
  utxo('bitcoin', 'Bitcoin', '000000000019d6689c085ae165831e93', 'BTC', 0),
  utxo('litecoin', 'Litecoin', '12a765e31ffd4059bada1e25190f6e98', 'LTC', 2),
  {
    ...account('tron', 'Tron', 'tron:728126428', 'TRX', 195),
    family: 'tron',
    coin: { symbol: 'TRX', decimals: 6, slip44: 195 },
  },
  account('ethereum', 'Ethereum', 'eip155:1', 'ETH', 60),
  account('bsc', 'BNB Smart Chain', 'eip155:56', 'BNB', 60),
  account('polygon', 'Polygon', 'eip155:137', 'POL', 60),
  account('arbitrum', 'Arbitrum One', 'eip155:42161', 'ETH', 60),
  account('optimism', 'OP Mainnet', 'eip155:10', 'ETH', 60),
  account('base', 'Base', 'eip155:8453', 'ETH', 60),
  account('avalanche', 'Avalanche C-Chain', 'eip155:43114', 'AVAX', 60),
  utxo('bitcoin-testnet3', 'Bitcoin testnet3', '000000000933ea01ad0ee984209779ba', 'tBTC', 1),
  utxo('bitcoin-signet', 'Bitcoin signet', '00000008819873e925422c1ff0f99f7c', 'sBTC', 1),
  utxo('bitcoin-regtest', 'Bitcoin regtest', '0f9188f13cb7b2c71f2a335e3a4fc328', 'rBTC', 1),
  utxo('litecoin-regtest', 'Litecoin regtest', '530827f38f93b43ed12af0b3ad25a288', 'rLTC', 1),
]

/** The network that a user's word names (its id or CAIP-2), or undefined. */
export function parse(text: string): Network | undefined {
  return BY_NAME.get(text.toLowerCase()) ?? fromCaip2(text)
}

/** The network of a CAIP-2 identifier, or undefined. */
export function fromCaip2(text: string): Network | undefined {
  return all.find(network => network.caip2 === (TWINS.get(text) ?? text))
}

export function from(id: NetworkId): Network {
  return BY_NAME.get(id)!
}

/** The EVM networks on which one 0x address may live. */
export const evm: readonly Network[] = all.filter(network => network.family === 'evm')

/** WalletConnect writes Tron's chain id in hexadecimal; the draft of its namespace (CASA, 2026) takes the decimal. */
const TWINS = new Map([['tron:0x2b6653dc', 'tron:728126428']])

const BY_NAME = new Map(all.flatMap(network => [[network.id, network] as const, [network.caip2, network] as const]))

function utxo(id: NetworkId, name: string, genesis: string, symbol: string, slip44: number): Network {
  const test = id.includes('-')
  return {
    id,
    name,
    caip2: `bip122:${genesis}`,
    shape: 'utxo',
    family: 'bitcoin',
    coin: { symbol, decimals: 8, slip44 },
    test,
  }
}

function account(id: NetworkId, name: string, caip2: string, symbol: string, slip44: number): Network {
  return { id, name, caip2, shape: 'account', family: 'evm', coin: { symbol, decimals: 18, slip44 }, test: false }
}
