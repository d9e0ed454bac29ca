import type { NetworkId } from '../model/network.ts'
import * as Network from '../model/network.ts'
import { parseHex, toHex } from '../std/bytes.ts'
import * as Protocol from './bridge-protocol.ts'
import { topicOf, wordsOf } from './event-topic.ts'
import { keccak256 } from './keccak.ts'
import * as TronAddress from './tron-address.ts'

/**
 * One side of a crossing as the contract of a bridge told it: that it took value in for another network, or gave out
 * what came from one. What it says of the other side is its word; both sides' events with one id are a crossing.
 */
export type BridgeEvent = Told & {
  readonly protocol: Protocol.ProtocolId
  readonly side: 'sent' | 'received'
  readonly network: NetworkId
  /** The contract that told it: anyone's may. */
  readonly contract: string
  readonly txid: string
  readonly logIndex: number
  readonly height: number
  readonly time: number
}

type Told = {
  /** The same on both sides of one crossing, and of no other of the protocol. */
  readonly id: string
  /** Who paid in, or was paid; null: the event does not say. */
  readonly party: string | null
  /** Contract of the token that moved on this side; null: the event does not say. */
  readonly token: string | null
  /** What moved on this side. */
  readonly units: bigint
  /** The other side's network, by the protocol's number. */
  readonly farChain: string
  readonly farParty: string | null
  /** What moves on the other side, in the units of that side; of a sum sent by OFT, in those of this side. */
  readonly farUnits: bigint | null
}

/** The place of an event: the rest of what a block says of it. */
export type Place = Pick<BridgeEvent, 'network' | 'contract' | 'txid' | 'logIndex' | 'height' | 'time'>

/**
 * The side of a crossing that an event tells, or null where it is another event, or not in the shape of one.
 *
 * @param topics 64 lower-case hex digits each · @param data hex without prefix
 */
export function read(place: Place, topics: readonly string[], data: string): BridgeEvent | null {
  const kind = EVENTS.get(topics[0] ?? '')
  if (kind === undefined) return null
  const { network, contract, txid, logIndex, height, time } = place
  const told = kind.read({ here: network, topics, data, words: wordsOf(data) })
  if (told === null) return null
  const { protocol, side } = kind
  return { protocol, side, network, contract, txid, logIndex, height, time, ...told }
}

type Log = {
  readonly here: NetworkId
  readonly topics: readonly string[]
  readonly data: string
  readonly words: readonly string[]
}

type Kind = Pick<BridgeEvent, 'protocol' | 'side'> & {
  readonly signature: string
  readonly read: (log: Log) => Told | null
}

const [W3, N4] = ['uint32,uint32,uint32', 'uint256,uint256,uint256,uint256']
const [A2, B2] = ['address,address', 'bytes32,bytes32']

/** The events that are read: their signatures as the protocols publish them (src/chain/bridge-protocol.ts). */
export const kinds: readonly Kind[] = [
  {
    ...{ protocol: 'across', side: 'sent', read: acrossSent },
    signature: `FundsDeposited(${B2},${N4},${W3},${B2},bytes32,bytes)`,
  },
  {
    ...{ protocol: 'across', side: 'sent', read: acrossSent },
    signature: `V3FundsDeposited(${A2},uint256,uint256,uint256,uint32,${W3},${A2},address,bytes)`,
  },
  {
    ...{ protocol: 'across', side: 'received', read: log => acrossReceived(log, 11) },
    signature: `FilledRelay(${B2},${N4},uint256,uint32,uint32,${B2},${B2},bytes32,(${B2},uint256,uint8))`,
  },
  {
    ...{ protocol: 'across', side: 'received', read: log => acrossReceived(log, startOf(log.words[11])) },
    signature: `FilledV3Relay(${A2},${N4},${W3},${A2},${A2},bytes,(address,bytes,uint256,uint8))`,
  },
  {
    ...{ protocol: 'cctp-1', side: 'sent', read: burnt },
    signature: `DepositForBurn(uint64,address,uint256,address,bytes32,uint32,${B2})`,
  },
  {
    ...{ protocol: 'cctp-1', side: 'received', read: minted },
    signature: 'MessageReceived(address,uint32,uint64,bytes32,bytes)',
  },
  {
    ...{ protocol: 'cctp-2', side: 'sent', read: burnt2 },
    signature: `DepositForBurn(address,uint256,address,bytes32,uint32,${B2},uint256,uint32,bytes)`,
  },
  {
    ...{ protocol: 'cctp-2', side: 'received', read: minted2 },
    signature: `MessageReceived(address,uint32,${B2},uint32,bytes)`,
  },
  {
    ...{ protocol: 'layerzero-oft', side: 'sent', read: oftSent },
    signature: 'OFTSent(bytes32,uint32,address,uint256,uint256)',
  },
  {
    ...{ protocol: 'layerzero-oft', side: 'received', read: oftReceived },
    signature: 'OFTReceived(bytes32,uint32,address,uint256)',
  },
]

const EVENTS = new Map(kinds.map(kind => [topicOf(kind.signature), kind]))

function acrossSent({ here, topics, words }: Log): Told | null {
  const own = Protocol.protocols.across.chains[here]
  if (own === undefined || topics.length !== 4 || words.length < 9) return null
  const farChain = number(topics[1]!).toString()
  return {
    ...{ id: `${own}:${number(topics[2]!)}`, farChain, party: addressOf(here, topics[3]!) },
    ...{ token: addressOf(here, words[0]!), units: number(words[2]!), farUnits: number(words[3]!) },
    farParty: addressOf(Protocol.networkOf('across', farChain), words[7]!),
  }
}

/** @param info word at which what was paid in the end begins: recipient, message, amount (they may be updated) */
function acrossReceived({ here, topics, words }: Log, info: number | undefined): Told | null {
  if (info === undefined || topics.length !== 4 || words[info + 3] === undefined) return null
  const farChain = number(topics[1]!).toString()
  return {
    ...{ id: `${farChain}:${number(topics[2]!)}`, farChain, party: addressOf(here, words[info]!) },
    ...{ token: addressOf(here, words[1]!), units: number(words[info + 2]!), farUnits: number(words[2]!) },
    farParty: addressOf(Protocol.networkOf('across', farChain), words[8]!),
  }
}

function burnt({ here, topics, words }: Log): Told | null {
  const own = Protocol.protocols['cctp-1'].chains[here]
  if (own === undefined || topics.length !== 4 || words.length < 5) return null
  const [farChain, units] = [number(words[2]!).toString(), number(words[0]!)]
  return {
    ...{ id: `${own}:${number(topics[1]!)}`, farChain, party: addressOf(here, topics[3]!), units, farUnits: units },
    token: addressOf(here, topics[2]!),
    farParty: addressOf(Protocol.networkOf('cctp-1', farChain), words[1]!),
  }
}

/** The body of a burn message: version (4 bytes), burnt token, recipient, amount, sender. */
function minted({ here, topics, data, words }: Log): Told | null {
  const body = bytesAt(data, words[2])
  if (topics.length !== 3 || body?.length !== 2 * 132) return null
  const farChain = number(words[0]!).toString()
  const [, recipient, amount, sender] = wordsOf(body.slice(8)) as [string, string, string, string]
  return {
    ...{ id: `${farChain}:${number(topics[2]!)}`, farChain, party: addressOf(here, recipient), token: null },
    ...{ units: number(amount), farUnits: number(amount) },
    farParty: addressOf(Protocol.networkOf('cctp-1', farChain), sender),
  }
}

/**
 * Of version 2 the burning side knows no nonce (it is given when Circle signs). What both sides do tell is the message
 * itself less what Circle fills in: its digest is the id, and two equal deposits have the same.
 */
function burnt2({ here, topics, data, words }: Log): Told | null {
  const own = Protocol.protocols['cctp-2'].chains[here]
  const hook = bytesAt(data, words[6])
  if (own === undefined || hook === undefined || topics.length !== 4) return null
  const farChain = number(words[2]!).toString()
  const [token, sender] = [topics[1]!, topics[2]!]
  const message = [token, words[1]!, words[0]!, sender, words[5]!, hook]
  return {
    ...{ id: digestOf(own, farChain, message), farChain, party: addressOf(here, sender) },
    ...{ token: addressOf(here, token), units: number(words[0]!), farUnits: null },
    farParty: addressOf(Protocol.networkOf('cctp-2', farChain), words[1]!),
  }
}

/** The body: version (4 bytes), burnt token, recipient, amount, sender, greatest fee, fee taken, expiry, hook. */
function minted2({ here, topics, data, words }: Log): Told | null {
  const own = Protocol.protocols['cctp-2'].chains[here]
  const body = bytesAt(data, words[2])
  if (own === undefined || topics.length !== 4 || body === undefined || body.length < 2 * 228) return null
  const farChain = number(words[0]!).toString()
  const [token, recipient, amount, sender, most, fee] = wordsOf(body.slice(8)) as [string, ...string[]]
  const message = [token, recipient!, amount!, sender!, most!, body.slice(2 * 228)]
  const units = number(amount!) - number(fee!)
  if (units < 0n) return null
  return {
    ...{ id: digestOf(farChain, own, message), farChain, party: addressOf(here, recipient!), token: null, units },
    ...{ farUnits: number(amount!), farParty: addressOf(Protocol.networkOf('cctp-2', farChain), sender!) },
  }
}

function oftSent({ here, topics, words }: Log): Told | null {
  if (topics.length !== 3 || words.length < 3) return null
  const base = { id: `0x${topics[1]!}`, farChain: number(words[0]!).toString(), party: addressOf(here, topics[2]!) }
  return { ...base, token: null, units: number(words[1]!), farUnits: number(words[2]!), farParty: null }
}

function oftReceived({ here, topics, words }: Log): Told | null {
  if (topics.length !== 3 || words.length < 2) return null
  const base = { id: `0x${topics[1]!}`, farChain: number(words[0]!).toString(), party: addressOf(here, topics[2]!) }
  return { ...base, token: null, units: number(words[1]!), farUnits: null, farParty: null }
}

function digestOf(from: string, to: string, message: readonly string[]): string {
  return `0x${toHex(keccak256(new TextEncoder().encode([from, to, ...message].join(' '))))}`
}

function number(word: string): bigint {
  return BigInt(`0x${word}`)
}

/** The word at which a dynamic part begins, or undefined where that is beyond what any event holds. */
function startOf(word: string | undefined): number | undefined {
  if (word === undefined) return undefined
  const bytes = number(word)
  return bytes % 32n === 0n && bytes < 2n ** 24n ? Number(bytes / 32n) : undefined
}

/** The bytes that lie where a word points to, in hex; undefined where they are not all there. */
function bytesAt(data: string, pointer: string | undefined): string | undefined {
  const start = startOf(pointer)
  const size = start === undefined ? undefined : data.slice(64 * start, 64 * start + 64)
  if (start === undefined || size?.length !== 64) return undefined
  const bytes = number(size)
  if (bytes > BigInt(data.length / 2)) return undefined
  const text = data.slice(64 * start + 64, 64 * start + 64 + 2 * Number(bytes))
  return text.length === 2 * Number(bytes) ? text : undefined
}

/** The address in a word, in its network's form; of a network that is not known, the whole word where it is longer. */
function addressOf(network: NetworkId | null, word: string): string {
  if (network !== null && Network.from(network).family === 'tron')
    return TronAddress.fromBytes(parseHex(word.slice(-40))!)
  return network === null && !/^0{24}/.test(word) ? `0x${word}` : `0x${word.slice(-40)}`
}
