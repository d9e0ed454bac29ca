import * as Base58 from '../chain/base58.ts'
import * as Bech32 from '../chain/bech32.ts'

/**
 * Addresses of chains that Athar does not read but lists name: how far their form can be checked, so that a typing
 * error in a list is seen there too.
 */
export type Verdict = 'valid' | 'invalid' | 'unchecked'

/** `unchecked` where the form fits and its checksum is not computed here, or where nothing is known of the chain. */
export function check(chain: string, address: string): Verdict {
  const versions = BASE58.get(chain)
  if (versions !== undefined) return checkBase58(address, versions, chain)
  const form = FORMS.get(chain)
  if (form === undefined) return 'unchecked'
  if (!form.test(address)) return 'invalid'
  if (chain !== 'bnb-beacon') return 'unchecked'
  return Bech32.decode(address).ok ? 'valid' : 'invalid'
}

/** Whether the text is a Binance Chain address (BEP-2), whatever symbol it stands under. */
export function isBeacon(address: string): boolean {
  return FORMS.get('bnb-beacon')!.test(address)
}

/** First payload bytes, in hex, from each project's chainparams.cpp. */
const BASE58 = new Map<string, readonly string[]>([
  ['bitcoin-cash', ['00', '05']],
  ['bitcoin-sv', ['00', '05']],
  ['bitcoin-gold', ['26', '17']],
  ['zcash', ['1cb8', '1cbd']],
  ['dash', ['4c', '10']],
  ['verge', ['1e', '21']],
  ['dogecoin', ['1e', '16']],
])

/** Shapes from each chain's own documentation; CashAddr without its prefix is what OFAC prints. */
const FORMS = new Map<string, RegExp>([
  ['monero', /^[48][0-9A-Za-z]{94}$/],
  ['ethereum-classic', /^0x[0-9a-fA-F]{40}$/],
  ['solana', /^[1-9A-HJ-NP-Za-km-z]{32,44}$/],
  ['ripple', /^r[1-9A-HJ-NP-Za-km-z]{24,34}$/],
  ['bnb-beacon', /^bnb1[02-9ac-hj-np-z]{38}$/],
])

const CASHADDR = /^(?:bitcoincash:)?[qp][02-9ac-hj-np-z]{41}$/i

function checkBase58(address: string, versions: readonly string[], chain: string): Verdict {
  if ((chain === 'bitcoin-cash' || chain === 'bitcoin-sv') && CASHADDR.test(address)) return 'unchecked'
  const checked = Base58.decodeCheck(address)
  if (!checked.ok) return 'invalid'
  const start = Buffer.from(checked.payload.subarray(0, 2)).toString('hex')
  return versions.some(version => start.startsWith(version)) ? 'valid' : 'invalid'
}
