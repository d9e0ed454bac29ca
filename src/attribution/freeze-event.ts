import * as Address from '../chain/address.ts'
import { topicOf } from '../chain/event-topic.ts'
import * as EvmAddress from '../chain/evm-address.ts'
import * as TronAddress from '../chain/tron-address.ts'
import * as Asset from '../model/asset.ts'
import * as Network from '../model/network.ts'
import { parseHex } from '../std/bytes.ts'
import type { Stage } from './entry.ts'

/**
 * What an issuer's contract says about one address. Tether: `AddedBlackList(address)`, `RemovedBlackList(address)`,
 * `DestroyedBlackFunds(address,uint256)` (TetherToken.sol, on Tron with the address indexed). Circle:
 * `Blacklisted(address)`, `UnBlacklisted(address)` (Blacklistable.sol). Before Tether's signers have confirmed, only
 * the call that they were asked to sign exists: `submitTransaction(address,uint256,bytes)` of their multisig wallet
 * (MultiSigWallet.sol), with `addBlackList(address)` in its bytes.
 */
export type Event = Stage & { readonly token: Asset.Asset; readonly address: string }

const EVENTS: readonly (readonly [signature: string, stage: Stage['stage']])[] = [
  ['AddedBlackList(address)', 'effective'],
  ['RemovedBlackList(address)', 'removed'],
  ['DestroyedBlackFunds(address,uint256)', 'destroyed'],
  ['Blacklisted(address)', 'effective'],
  ['UnBlacklisted(address)', 'removed'],
]

const BY_TOPIC = new Map(EVENTS.map(([signature, stage]) => [topicOf(signature), stage]))
/** By the name of the event, and by the word that Athar's own ledger has for it. */
const BY_NAME = new Map<string, Stage['stage']>([
  ...EVENTS.map(([signature, stage]) => [signature.split('(')[0]!, stage] as const),
  ...([
    ['frozen', 'effective'],
    ['unfrozen', 'removed'],
    ['destroyed', 'destroyed'],
  ] as const),
])

const ADD = topicOf('addBlackList(address)').slice(0, 8)
const SUBMIT = topicOf('submitTransaction(address,uint256,bytes)').slice(0, 8)

/** Names of the events that are read. */
export const names: readonly string[] = EVENTS.map(([signature]) => signature.split('(')[0]!)

export function stageOfTopic(topic: string): Stage['stage'] | undefined {
  return BY_TOPIC.get(bare(topic))
}

export function stageOfName(name: string): Stage['stage'] | undefined {
  return BY_NAME.get(name.split('(')[0]!.trim())
}

/** The issuer's token at a contract in any of its written forms, or undefined: anyone can emit such events. */
export function tokenAt(contract: string): Asset.Asset | undefined {
  const text = contract.trim()
  const hex = bare(text)
  return Asset.tokens.find(({ network, contract: known }) => {
    if (known === null) return false
    if (text === known || hex === bare(known)) return true
    return network === 'tron' && /^(41)?[0-9a-f]{40}$/.test(hex) && tronText(hex) === known
  })
}

/** The address in a topic, data word or field, in the form of the token's network, or undefined. */
export function addressIn(text: string, token: Asset.Asset): string | undefined {
  const hex = bare(text)
  if (/^[0-9a-f]+$/.test(hex) && hex.length >= 40) {
    // A word of 32 bytes: its last 20 are the address, whatever Tron's tools leave before them.
    const word = hex.length <= 42 ? hex : hex.slice(0, 64)
    const bytes = parseHex(word.slice(-40))!
    return token.network === 'tron' ? TronAddress.fromBytes(bytes) : EvmAddress.fromBytes(bytes).toLowerCase()
  }
  const parsed = Address.parse(text.trim())
  if (!parsed.ok || !parsed.networks.includes(token.network)) return undefined
  return Address.fromKey(token.network, parsed.key.type, parsed.key.payload).address
}

/** The second word of the data, as whole units: what `DestroyedBlackFunds` destroyed. */
export function unitsIn(data: string, isIndexed: boolean): string | undefined {
  const hex = bare(data)
  const word = isIndexed ? hex.slice(0, 64) : hex.slice(64, 128)
  return /^[0-9a-f]{64}$/.test(word) ? BigInt(`0x${word}`).toString() : undefined
}

/** What a call asks the signers to freeze, or undefined where it asks for something else. */
export function submissionIn(input: string): { token: Asset.Asset; address: string } | undefined {
  const hex = bare(input)
  if (!hex.startsWith(SUBMIT) || !/^[0-9a-f]+$/.test(hex)) return undefined
  const words = hex.slice(8)
  const token = tokenAt(words.slice(24, 64))
  const offset = Number.parseInt(words.slice(128, 192), 16) * 2
  if (token === undefined || !Number.isSafeInteger(offset)) return undefined
  const call = words.slice(offset + 64)
  if (!call.startsWith(ADD)) return undefined
  const address = addressIn(call.slice(8, 72), token)
  return address === undefined ? undefined : { token, address }
}

/** Who may freeze a token: the issuer that deployed its contract. */
export function issuerOf({ symbol }: Asset.Asset): string {
  return symbol === 'USDC' ? 'Circle' : 'Tether'
}

/** A token with its chain as exchanges write it: a freeze holds on that chain and no other. */
export function assetOf({ symbol, network }: Asset.Asset): string {
  return `${symbol}-${network === 'tron' ? 'TRC20' : 'ERC20'}`
}

/** The network of a word in a file, or undefined. */
export function networkIn(text: string): Network.NetworkId | undefined {
  return Network.parse(text)?.id
}

function tronText(hex: string): string {
  return TronAddress.fromBytes(parseHex(hex.slice(-40))!)
}

function bare(text: string): string {
  return /^0x/i.test(text) ? text.slice(2).toLowerCase() : text.toLowerCase()
}
