import type { NetworkId } from '../model/network.ts'
import { parseHex } from '../std/bytes.ts'
import { topicOf } from './event-topic.ts'
import * as EvmAddress from './evm-address.ts'
import { keccak256 } from './keccak.ts'
import { decompress, recoverKey } from './secp256k1-recover.ts'

/**
 * What was told of who may act for an account, what code acts for it, or who pays for what it does. Nothing of it moves
 * value, and none of it is a payment; whoever may sign for an account is not therefore its holder.
 *
 * | kind | account | party | number |
 * |---|---|---|---|
 * | owner-added, owner-removed | a wallet contract (Safe) | the owner | empty |
 * | threshold | the wallet | empty | signatures that it asks for |
 * | module-enabled, module-disabled | the wallet | the contract that may pay out of it | empty |
 * | code-signed | an account that signed (EIP-7702) | the code, or the zero address: none any more | its nonce |
 * | key | an account (Tron) | who may sign for it | permission, weight and threshold: `2:1/2` |
 * | resource-lent, resource-returned | who lends (Tron) | who uses it | sun, of which: `70000000 energy` |
 * | activated | who was activated | who paid for it | empty |
 */
export type ControlEvent = {
  readonly kind: ControlKind
  readonly network: NetworkId
  readonly account: string
  readonly party: string
  readonly number: string
  readonly txid: string
  /** −1: told by the transaction itself. */
  readonly logIndex: number
  readonly height: number
  readonly time: number
}

export type ControlKind =
  | 'owner-added'
  | 'owner-removed'
  | 'threshold'
  | 'module-enabled'
  | 'module-disabled'
  | 'code-signed'
  | 'key'
  | 'resource-lent'
  | 'resource-returned'
  | 'activated'

export type Control = Pick<ControlEvent, 'kind' | 'account' | 'party' | 'number'>

/**
 * What a wallet contract's event tells of itself. Owners stand in a topic since Safe 1.4, before that in the data.
 *
 * Source: safe-global/safe-smart-account, OwnerManager.sol, ModuleManager.sol, Safe.sol.
 */
export function ofWallet(account: string, topics: readonly string[], words: readonly string[]): readonly Control[] {
  const kind = OWN.get(topics[0] ?? '')
  const [first] = [...topics.slice(1), ...words]
  if (kind !== undefined && first !== undefined && topics.length + words.length === 2) {
    const isNumber = kind === 'threshold'
    return [{ kind, account, party: isNumber ? '' : partyOf(first), number: isNumber ? `${BigInt(`0x${first}`)}` : '' }]
  }
  return topics[0] === SETUP && topics.length === 2 ? ofSetup(account, words) : []
}

const OWN: ReadonlyMap<string, ControlKind> = new Map([
  [topicOf('AddedOwner(address)'), 'owner-added'],
  [topicOf('RemovedOwner(address)'), 'owner-removed'],
  [topicOf('ChangedThreshold(uint256)'), 'threshold'],
  [topicOf('EnabledModule(address)'), 'module-enabled'],
  [topicOf('DisabledModule(address)'), 'module-disabled'],
])

const SETUP = topicOf('SafeSetup(address,address[],uint256,address,address)')

/** Owners that a wallet may have here: more are not listed. */
const OWNERS_MAX = 100

function ofSetup(account: string, words: readonly string[]): Control[] {
  const [start, threshold] = [words[0], words[1]]
  if (start === undefined || threshold === undefined || BigInt(`0x${start}`) !== 128n) return []
  const count = BigInt(`0x${words[4] ?? '0'}`)
  if (count > BigInt(OWNERS_MAX) || words.length < 5 + Number(count)) return []
  const owners = words.slice(5, 5 + Number(count)).map((word): Control => {
    return { kind: 'owner-added', account, party: partyOf(word), number: '' }
  })
  return [...owners, { kind: 'threshold', account, party: '', number: `${BigInt(`0x${threshold}`)}` }]
}

function partyOf(word: string): string {
  return `0x${word.slice(-40)}`
}

/**
 * The account that signed to lend itself code, or undefined where the signature fits none. Whether the chain took it
 * (the nonce must be the account's at that time) this does not say.
 *
 * Source: EIP-7702: the digest is Keccak-256 of 0x05 and the RLP of chain, code and nonce.
 */
export function ofAuthorization(
  { chain, code, nonce }: { chain: bigint; code: string; nonce: bigint },
  { r, s, yParity }: { r: bigint; s: bigint; yParity: number },
): Control | undefined {
  const signed = keccak256(
    Uint8Array.of(5, ...rlpList([rlpWhole(chain), rlpBytes(parseHex(code.slice(2))!), rlpWhole(nonce)])),
  )
  const signature = parseHex(`${hex(r)}${hex(s)}`)!
  const key = recoverKey(signed, signature, yParity)
  if (key === undefined) return undefined
  const account = EvmAddress.fromBytes(keccak256(decompress(key)).subarray(12)).toLowerCase()
  return { kind: 'code-signed', account, party: code, number: `${nonce}` }
}

function hex(value: bigint): string {
  return value.toString(16).padStart(64, '0')
}

function rlpWhole(value: bigint): number[] {
  const text = value.toString(16)
  return value === 0n ? [0x80] : rlpBytes(parseHex(text.padStart(text.length + (text.length % 2), '0'))!)
}

/** Up to 55 bytes, which is all that occurs here. */
function rlpBytes(bytes: Uint8Array): number[] {
  return bytes.length === 1 && bytes[0]! < 0x80 ? [...bytes] : [0x80 + bytes.length, ...bytes]
}

function rlpList(items: readonly number[][]): number[] {
  const content = items.flat()
  return [0xc0 + content.length, ...content]
}
