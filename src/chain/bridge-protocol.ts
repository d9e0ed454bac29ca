import * as Network from '../model/network.ts'

/**
 * Bridges whose contracts tell both sides of a crossing, as data: by which number each network goes, and which
 * contracts speak for the protocol or take tokens in for it. Anyone can emit such an event elsewhere, so that only
 * these count, and those that a label calls a bridge.
 *
 * Contracts were held against two public sources each: the protocol's own page, and a program that uses it.
 */
export type Protocol = {
  readonly name: string
  /** Where signatures, numbers and contracts come from. */
  readonly source: string
  readonly chains: Numbers
  readonly contracts: Readonly<Partial<Record<Network.NetworkId, readonly string[]>>>
}

export type ProtocolId = 'across' | 'cctp-1' | 'cctp-2' | 'layerzero-oft'

type Numbers = Readonly<Partial<Record<Network.NetworkId, string>>>

/** Domains of CCTP (developers.circle.com, “Supported chains and domains”). */
const DOMAINS: Numbers = { ethereum: '0', avalanche: '1', optimism: '2', arbitrum: '3', base: '6', polygon: '7' }

/** Endpoint ids of LayerZero V2 (docs.layerzero.network, “Deployed contracts”). */
const ENDPOINTS: Numbers = {
  ...{ ethereum: '30101', bsc: '30102', avalanche: '30106', polygon: '30109', arbitrum: '30110', optimism: '30111' },
  ...{ base: '30184', tron: '30420' },
}

/** Messenger, transmitter and minter of CCTP v2: the same on every EVM chain that it serves. */
const CCTP_2 = [
  '0x28b5a0e9c621a5badaa536219b3a228c8168cf5d',
  '0x81d40f21f12a8f0e3252bccb954d722d4c464b64',
  '0xfd78ee919681417d192449715b2594ab58f5d002',
]

export const protocols: Readonly<Record<ProtocolId, Protocol>> = {
  across: {
    name: 'Across',
    source: 'across-protocol/contracts, V3SpokePoolInterface.sol; docs.across.to, “Contract addresses”',
    chains: Object.fromEntries(Network.evm.map(({ id, caip2 }) => [id, caip2.slice('eip155:'.length)])),
    contracts: {
      ethereum: ['0x5c7bcd6e7de5423a257d81b442095a1a6ced35c5'],
      polygon: ['0x9295ee1d8c5b022be115a2ad3c30c72e34e7f096'],
      arbitrum: ['0xe35e9842fceaca96570b734083f4a58e8f7c5f2a'],
      optimism: ['0x6f26bf09b1c792e3228e5467807a900a503c0281'],
      base: ['0x09aea4b2242abc8bb4bb78d537a67a245a7bec64'],
      bsc: ['0x4e8e101924ede233c13e2d8622dc8aed2872d505'],
    },
  },
  'cctp-1': {
    name: 'Circle CCTP v1',
    source: 'circlefin/evm-cctp-contracts, TokenMessenger.sol and MessageTransmitter.sol; developers.circle.com',
    chains: DOMAINS,
    contracts: {
      ethereum: [
        ...['0xbd3fa81b58ba92a82136038b25adec7066af3155', '0x0a992d191deec32afe36203ad87d7d289a738f81'],
        '0xc4922d64a24675e16e1586e3e3aa56c06fabe907',
      ],
      avalanche: ['0x6b25532e1060ce10cc3b0a99e5683b91bfde6982', '0x8186359af5f57fbb40c6b14a588d2a59c0c29880'],
      optimism: ['0x2b4069517957735be00cee0fadae88a26365528f', '0x4d41f22c5a0e5c74090899e5a8fb597a8842b3e8'],
      arbitrum: ['0x19330d10d9cc8751218eaf51e8885d058642e08a', '0xc30362313fbba5cf9163f0bb16a0e01f01a896ca'],
      base: ['0x1682ae6375c4e4a97e4b583bc394c861a46d8962', '0xad09780d193884d503182ad4588450c416d6f9d4'],
      polygon: ['0x9daf8c91aefae50b9c0e69629d3f6ca40ca3b3fe', '0xf3be9355363857f3e001be68856a2f96b4c39ba9'],
    },
  },
  'cctp-2': {
    name: 'Circle CCTP v2',
    source: 'circlefin/evm-cctp-contracts, TokenMessengerV2.sol, BurnMessageV2.sol; developers.circle.com',
    chains: DOMAINS,
    contracts: Object.fromEntries(Object.keys(DOMAINS).map(network => [network, CCTP_2])),
  },
  'layerzero-oft': {
    name: 'LayerZero OFT',
    source: 'LayerZero-Labs/devtools, IOFT.sol; docs.usdt0.to, “Deployments” (contracts: those of USDT0)',
    chains: ENDPOINTS,
    contracts: {
      ethereum: ['0x6c96de32cea08842dcc4058c14d3aaad7fa41dee'],
      arbitrum: ['0x14e4a1b13bf7f943c8ff7c51fb60fa964a298d92'],
      polygon: ['0x6ba10300f0dc58b7a1e4c0e41f5dabb7d7829e13'],
      optimism: ['0xf03b4d9ac1d5d1e7c4cef54c2a313b9fe051a0ad'],
    },
  },
}

/** The network that a protocol's number stands for, or null: one that Athar does not know. */
export function networkOf(protocol: ProtocolId, chain: string): Network.NetworkId | null {
  const found = Object.entries(protocols[protocol].chains).find(([, number]) => number === chain)
  return found === undefined ? null : (found[0] as Network.NetworkId)
}

/** Whether a contract is one of the protocol's own. */
export function isOwn(protocol: ProtocolId, network: Network.NetworkId, contract: string): boolean {
  return protocols[protocol].contracts[network]?.includes(contract) ?? false
}

/** The protocol whose contract this is, or undefined: of two, the first. */
export function protocolAt(network: Network.NetworkId, contract: string): ProtocolId | undefined {
  return OWNERS.get(`${network} ${contract}`)
}

const OWNERS = new Map(
  (Object.keys(protocols) as ProtocolId[]).flatMap(id =>
    Object.entries(protocols[id].contracts).flatMap(([network, contracts]) =>
      contracts.map(contract => [`${network} ${contract}`, id] as const),
    ),
  ),
)
