import * as Ton from '../chain/ton-address.ts'
import type { Found } from './candidate.ts'
import type { Payment } from './kind.ts'
import { readWhole } from './repair-run.ts'

/**
 * What a payment URI asks for: BIP 21 and the URIs made after it, EIP-681, Solana Pay, `ton://transfer`, SEP-7. `rest`
 * is what follows the scheme's colon. Never throws; what does not pass is named in `problem` and left out.
 */
export function readPayment(scheme: string, rest: string): Payment {
  const network = NETWORK.get(scheme) ?? scheme
  const [path, query] = cut(rest.replace(/^\/\//, ''), '?')
  const parameters = parametersOf(query)
  const get = (name: string) => parameters.find(([key]) => key.toLowerCase() === name)?.[1] ?? null
  if (network === 'ethereum') return fromEip681(path, parameters, get)
  const text = path === 'pay' ? (get('destination') ?? '') : path.replace(/^transfer\//, '')
  const address = addressOf(network, decoded(text))
  const token = get('spl-token') ?? get('jetton') ?? get('asset_issuer')
  const written = get('amount') ?? get('tx_amount')
  const isSmallest = network === 'ton' && token === null
  const amount = written === null ? null : isSmallest ? fromSmallest(written, 9) : decimalOf(written)
  const unknown = parameters.some(([key]) => key.startsWith('req-'))
  return {
    ...{ network, address, contract: token, parameters },
    ...{ amount, smallest: isSmallest && amount !== null ? written : null },
    asset: get('asset_code') ?? (token === null ? (ASSET.get(network) ?? null) : null),
    ...{ label: get('label') ?? get('recipient_name'), message: get('message') ?? get('memo') ?? get('text') },
    problem: problemOf({ address: address === null, amount: written !== null && amount === null, parameter: unknown }),
  }
}

/** Schemes that are asked to be paid by. */
export function isPaymentScheme(scheme: string): boolean {
  return NETWORK.has(scheme)
}

type Parameters = readonly (readonly [string, string])[]

/** `ethereum:pay-0x…@137/transfer?address=0x…&uint256=1e6`: of a token the target is the contract. */
function fromEip681(path: string, parameters: Parameters, get: (name: string) => string | null): Payment {
  const [, target = '', chain, call] = /^(?:pay-)?([^@/]*)(?:@(\d{1,20}))?(?:\/(.*))?$/.exec(path) ?? []
  const network = chain === undefined ? 'ethereum' : (CHAIN.get(chain) ?? `eip155:${chain}`)
  const isToken = call === 'transfer'
  const address = addressOf('ethereum', isToken ? (get('address') ?? '') : target)
  const contract = isToken ? addressOf('ethereum', target) : null
  const written = isToken ? get('uint256') : get('value')
  const whole = written === null ? null : wholeOf(written)
  const problem = problemOf({
    address: address === null || (isToken && contract === null),
    amount: written !== null && whole === null,
    parameter: call !== undefined && !isToken,
  })
  return {
    ...{ network, address, contract, parameters, problem, smallest: whole },
    amount: whole === null || isToken ? null : fromSmallest(whole, 18),
    asset: isToken ? null : network === 'ethereum' ? 'ETH' : null,
    ...{ label: get('label'), message: get('message') },
  }
}

function problemOf(troubles: Readonly<Record<'address' | 'amount' | 'parameter', boolean>>): Payment['problem'] {
  return troubles.address ? 'address' : troubles.amount ? 'amount' : troubles.parameter ? 'parameter' : null
}

/** The text where it is an address of that network; canonical. */
function addressOf(network: string, text: string): string | null {
  if (network === 'lightning') return /^(?:ln|lno|lnurl)/i.test(text) ? text.toLowerCase() : null
  if (network === 'ton') return typeof Ton.parseFriendly(text) === 'object' ? text : null
  const found: Found | undefined = readWhole(text)
  if (found === undefined) return network === 'solana' && /^[1-9A-HJ-NP-Za-km-z]{32,44}$/.test(text) ? text : null
  return found.networks.some(one => one === network || one.startsWith(`${network}-`)) ? found.address : null
}

function parametersOf(query: string): Parameters {
  if (query === '') return []
  return query
    .split('&')
    .slice(0, PARAMETERS_MAX)
    .map(pair => {
      const [key, value] = cut(pair, '=')
      return [decoded(key), decoded(value)] as const
    })
}

/** Percent signs decoded; where they are broken, as it stands. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function cut(text: string, sign: string): [string, string] {
  const at = text.indexOf(sign)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

function decimalOf(text: string): string | null {
  return /^\d{1,30}(?:\.\d{1,30})?$/.test(text) ? text : null
}

/** EIP-681's numbers: `2.014e18` is 2014000000000000000; null where it is no whole number below 2^256. */
function wholeOf(text: string): string | null {
  const match = /^(\d{1,78})(?:\.(\d{1,40}))?(?:e(\d{1,2}))?$/i.exec(text)
  if (match === null) return null
  const fraction = (match[2] ?? '').replace(/0+$/, '')
  const exponent = Number(match[3] ?? 0)
  if (fraction.length > exponent) return null
  const value = BigInt(match[1]! + fraction.padEnd(exponent, '0'))
  return value < 2n ** 256n ? String(value) : null
}

function fromSmallest(text: string, decimals: number): string | null {
  if (!/^\d{1,78}$/.test(text)) return null
  const padded = text.padStart(decimals + 1, '0')
  const fraction = padded.slice(-decimals).replace(/0+$/, '')
  const whole = padded.slice(0, -decimals).replace(/^0+(?=\d)/, '')
  return fraction === '' ? whole : `${whole}.${fraction}`
}

const PARAMETERS_MAX = 64

const NETWORK = new Map<string, string>([
  ['bitcoin', 'bitcoin'],
  ['litecoin', 'litecoin'],
  ['ethereum', 'ethereum'],
  ['tron', 'tron'],
  ['tronlink', 'tron'],
  ['lightning', 'lightning'],
  ['bitcoincash', 'bitcoin-cash'],
  ['dogecoin', 'dogecoin'],
  ['dash', 'dash'],
  ['zcash', 'zcash'],
  ['monero', 'monero'],
  ['ripple', 'ripple'],
  ['xrpl', 'ripple'],
  ['solana', 'solana'],
  ['ton', 'ton'],
  ['stellar', 'stellar'],
  ['web+stellar', 'stellar'],
  ['cardano', 'cardano'],
  ['web+cardano', 'cardano'],
])

const ASSET = new Map<string, string>([
  ...([
    ['bitcoin', 'BTC'],
    ['litecoin', 'LTC'],
    ['tron', 'TRX'],
    ['bitcoin-cash', 'BCH'],
  ] as const),
  ...([
    ['dogecoin', 'DOGE'],
    ['dash', 'DASH'],
    ['zcash', 'ZEC'],
    ['monero', 'XMR'],
  ] as const),
  ...([
    ['ripple', 'XRP'],
    ['solana', 'SOL'],
    ['ton', 'TON'],
    ['stellar', 'XLM'],
  ] as const),
  ...([['cardano', 'ADA']] as const),
])

/** EIP-155 chain ids of the networks that Athar knows. */
const CHAIN = new Map<string, string>([
  ...([
    ['1', 'ethereum'],
    ['10', 'optimism'],
    ['56', 'bsc'],
    ['137', 'polygon'],
  ] as const),
  ...([
    ['8453', 'base'],
    ['42161', 'arbitrum'],
    ['43114', 'avalanche'],
  ] as const),
])
