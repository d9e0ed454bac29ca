import type { NetworkId } from '../model/network.ts'

/**
 * What a Bitcoin-family network lays down for its blocks.
 *
 * Source: `src/chainparams.cpp` of Bitcoin Core (0.21) and Litecoin Core (0.21.4); `src/amount.h` for MAX_MONEY.
 */
export type BlockRules = {
  readonly network: BitcoinNetworkId
  /** Four bytes before each block in blk*.dat files and on the wire. */
  readonly magic: number
  /** Highest target, as 256-bit number. */
  readonly workLimit: bigint
  readonly work: 'sha256d' | 'scrypt'
  /** Hash of block 0, as printed. */
  readonly genesis: string
  /** MAX_MONEY in the smallest unit. */
  readonly unitsMax: bigint
  /** Transactions may carry the MWEB flag 0x08 and blocks an MWEB tail (Litecoin LIP 2). */
  readonly mweb: boolean
}

export type BitcoinNetworkId = Extract<NetworkId, `bitcoin${string}` | `litecoin${string}`>

/** The rules of a network, or undefined where it is not of the Bitcoin family. */
export function find(network: NetworkId): BlockRules | undefined {
  return (all as Readonly<Partial<Record<NetworkId, BlockRules>>>)[network]
}

export function of(network: BitcoinNetworkId): BlockRules {
  return all[network]
}

/** The network whose blk files start with these four bytes (big-endian number), or undefined. */
export function byMagic(magic: number): readonly BlockRules[] {
  return Object.values(all).filter(rules => rules.magic === magic)
}

const BITCOIN = { work: 'sha256d', unitsMax: 2_100_000_000_000_000n, mweb: false } as const
const LITECOIN = { work: 'scrypt', unitsMax: 8_400_000_000_000_000n, mweb: true } as const
const LIMIT_MAIN = (1n << 224n) - 1n
const LIMIT_REGTEST = (1n << 255n) - 1n

const all: Readonly<Record<BitcoinNetworkId, BlockRules>> = {
  bitcoin: {
    ...BITCOIN,
    network: 'bitcoin',
    magic: 0xf9beb4d9,
    workLimit: LIMIT_MAIN,
    genesis: '000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f',
  },
  'bitcoin-testnet3': {
    ...BITCOIN,
    network: 'bitcoin-testnet3',
    magic: 0x0b110907,
    workLimit: LIMIT_MAIN,
    genesis: '000000000933ea01ad0ee984209779baaec3ced90fa3f408719526f8d77f4943',
  },
  // The magic of signet is the first four bytes of the sha256d of its challenge (BIP 325); this is the default one's.
  'bitcoin-signet': {
    ...BITCOIN,
    network: 'bitcoin-signet',
    magic: 0x0a03cf40,
    workLimit: 0x377aen << 216n,
    genesis: '00000008819873e925422c1ff0f99f7cc9bbb232af63a077a480a3633bee1ef6',
  },
  'bitcoin-regtest': {
    ...BITCOIN,
    network: 'bitcoin-regtest',
    magic: 0xfabfb5da,
    workLimit: LIMIT_REGTEST,
    genesis: '0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206',
  },
  litecoin: {
    ...LITECOIN,
    network: 'litecoin',
    magic: 0xfbc0b6db,
    workLimit: (1n << 236n) - 1n,
    genesis: '12a765e31ffd4059bada1e25190f6e98c99d9714d334efa41a195a7e7e04bfe2',
  },
  'litecoin-regtest': {
    ...LITECOIN,
    network: 'litecoin-regtest',
    magic: 0xfabfb5da,
    workLimit: LIMIT_REGTEST,
    genesis: '530827f38f93b43ed12af0b3ad25a288dc02ed74d6d7857862df51fc56c416f9',
  },
}
