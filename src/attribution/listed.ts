import * as Address from '../chain/address.ts'
import * as EvmAddress from '../chain/evm-address.ts'
import { findAddresses, repairWritten } from '../mention/mention.ts'
import type { NetworkId } from '../model/network.ts'
import * as Foreign from './foreign.ts'
import * as Symbols from './symbol.ts'

/**
 * What an address in a list stands for. The address decides which networks are possible, the symbol beside it narrows
 * that choice and never widens it; where the two exclude each other the address wins and the conflict is kept.
 */
export type Listed = {
  /** Plain canonical form; the cleaned text where no codec accepts it. */
  readonly address: string
  readonly networks: readonly NetworkId[]
  readonly foreign: string | null
  readonly flags: readonly Flag[]
  readonly conflict: string | null
  readonly probable: string | null
}

/**
 * cleaned: blanks or invisible characters were taken out · invalid: no codec accepts it · conflict: symbol and address
 * exclude each other · case: its EIP-55 case is wrong · unchecked: a chain whose checksum is not computed here ·
 * comment: found in free text only.
 */
export type Flag = 'cleaned' | 'invalid' | 'conflict' | 'case' | 'unchecked' | 'comment'

/** Longest address text that is read; longer is invalid. MWEB addresses have 119 characters, Cardano's up to 108. */
export const ADDRESS_CHARACTERS_MAX = 160

export function identify(raw: string, symbol: string | null): Listed {
  const text = raw.replace(INVISIBLE, '')
  const cleaned: Flag[] = text === raw ? [] : ['cleaned']
  const scope = symbol === null ? undefined : scopeOf(symbol, text)
  const found = text.length > ADDRESS_CHARACTERS_MAX ? undefined : read(text)
  if (found === undefined) return outside(text, scope, cleaned, symbol)
  const flags: Flag[] = found.wrongCase ? [...cleaned, 'case'] : cleaned
  return narrow(found, scope, flags, symbol)
}

/** Blanks, control and format characters (zero width, bidi marks, BOM, soft hyphen). */
const INVISIBLE = /[\s\p{Cc}\p{Cf}]+/gu

/** BNB was first the coin of Binance's own chain, whose addresses begin with bnb1. */
function scopeOf(symbol: string, text: string): Symbols.Scope | undefined {
  if (Foreign.isBeacon(text)) return { networks: [], foreign: 'bnb-beacon' }
  return Symbols.parse(symbol)
}

type Found = {
  readonly networks: readonly NetworkId[]
  /** The canonical text on one of them. */
  readonly on: (network: NetworkId) => string
  readonly wrongCase: boolean
}

/** A wrong EIP-55 case is kept as an address with a flag: lists are typed by hand, and the bytes are all there. */
function read(text: string): Found | undefined {
  const wrongCase = EvmAddress.hasForm(text) && EvmAddress.checkCase(text) === 'wrong'
  const parsed = Address.parse(wrongCase ? text.toLowerCase() : text)
  if (!parsed.ok) return undefined
  const { key, networks } = parsed
  return { networks, on: network => Address.fromKey(network, key.type, key.payload).address, wrongCase }
}

function narrow(found: Found, scope: Symbols.Scope | undefined, flags: Flag[], symbol: string | null): Listed {
  if (scope === undefined) {
    const networks = found.networks.filter(network => !isTest(network))
    const possible = networks.length > 0 ? networks.slice() : found.networks.slice()
    const certain = symbol === null && possible.includes('bitcoin') ? (['bitcoin'] as const) : possible
    return { ...whole(found, certain), flags, conflict: null }
  }
  const networks = found.networks.filter(network => scope.networks.includes(network))
  if (networks.length > 0) return { ...whole(found, networks), flags, conflict: null }
  const possible = found.networks.filter(network => !isTest(network))
  const held = possible.length > 0 ? possible : found.networks
  const meant = scope.foreign ?? scope.networks.join(', ')
  return {
    ...whole(found, scope.foreign === null ? held : held.slice(0, 1)),
    foreign: scope.foreign,
    flags: [...flags, 'conflict'],
    conflict: `listed under ${symbol} (${meant}), but the address itself is of ${held.join(' or ')}`,
  }
}

function whole(found: Found, networks: readonly NetworkId[]) {
  return { address: found.on(networks[0]!), networks, foreign: null, probable: null }
}

/** What no codec of ours accepts: an address of a chain that we do not read, or a typing error. */
function outside(text: string, scope: Symbols.Scope | undefined, flags: Flag[], symbol: string | null): Listed {
  const far = scope === undefined ? farNetworkOf(text) : undefined
  const chain = scope?.foreign ?? far ?? null
  const bare = { address: text, networks: [], foreign: chain, conflict: null, probable: null }
  if (far !== undefined) return { ...bare, flags }
  const verdict = chain === null ? verdictWithout(scope, symbol) : Foreign.check(chain, text)
  if (verdict === 'valid') return { ...bare, flags }
  if (verdict === 'unchecked') return { ...bare, foreign: chain ?? symbol, flags: [...flags, 'unchecked'] }
  return { ...bare, flags: [...flags, 'invalid'], probable: repair(text) }
}

/** The chain of a whole text whose checksum the reader of posts computes, among those whose ledgers are not read. */
export function farNetworkOf(text: string): string | undefined {
  const [found] = findAddresses(text).mentions
  return found?.kind === 'address' && found.certainty === 'found' && found.raw === text ? found.network : undefined
}

/** A symbol that we do not know may name any chain: nothing can be said against the address. */
function verdictWithout(scope: Symbols.Scope | undefined, symbol: string | null): Foreign.Verdict {
  return scope === undefined && symbol !== null && symbol.trim() !== '' ? 'unchecked' : 'invalid'
}

function isTest(network: NetworkId): boolean {
  return network.includes('-')
}

/** What the writer may have meant, by the reader of damaged posts; null where none or several readings fit. */
function repair(text: string): string | null {
  return text.length < 26 || text.length > 62 ? null : (repairWritten(text)?.address ?? null)
}
