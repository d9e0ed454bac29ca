import * as Bech32 from '../chain/bech32.ts'
import * as Lightning from '../chain/lightning.ts'
import * as Offer from '../chain/offer.ts'
import * as Ton from '../chain/ton-address.ts'
import * as Instant from '../model/instant.ts'
import { type AddressMention, type Rejected, type UrlMention, verbatim } from './kind.ts'
import type { View } from './view.ts'

/**
 * Identifiers that the scan for runs does not see, because they are too long or hold signs: Lightning invoices and
 * LNURL, BOLT 12's offers, Zcash's unified addresses, TON's two forms. All but offers and TON's raw form carry a
 * checksum.
 */
export type Far = {
  readonly mentions: readonly (AddressMention | UrlMention)[]
  readonly rejected: readonly Rejected[]
}

export function findFar(view: View): Far {
  const mentions: (AddressMention | UrlMention)[] = []
  const rejected: Rejected[] = []
  let left = FAR_MAX
  const pass = (pattern: RegExp, read: (text: string, at: number) => Judged, sign: RegExp = RUN) => {
    for (const match of view.text.matchAll(pattern)) {
      const [text, at] = [match[0], match.index]
      if (sign.test(view.text[at - 1] ?? ' ') || sign.test(view.text[at + text.length] ?? ' ')) continue
      if (left-- <= 0) return
      const judged = read(text, at)
      if (judged === null) continue
      const base = verbatim(view.original, view.start(at), view.end(at + text.length))
      if (typeof judged === 'string') {
        rejected.push({ kind: 'address', raw: base.raw, reason: judged, start: base.start, end: base.end })
      } else mentions.push({ ...base, ...judged } as AddressMention | UrlMention)
    }
  }
  pass(INVOICE, readInvoice)
  pass(LNURL, readLnurl)
  pass(OFFER, readOffer)
  pass(UNIFIED, readUnified)
  pass(FRIENDLY, readFriendly, URL_RUN)
  pass(RAW, (text, at) => readRaw(view.text, text, at))
  return { mentions, rejected }
}

type Judged = Partial<AddressMention> | Partial<UrlMention> | Rejected['reason'] | null

function readInvoice(text: string): Judged {
  const read = Lightning.parseInvoice(text)
  if (typeof read === 'string') return read
  const { millisatoshis, createdAt, expiresAt, payee, paymentHash, description } = read
  return {
    ...address('lightning', 'invoice', text.toLowerCase()),
    invoice: {
      millisatoshis: millisatoshis === null ? null : String(millisatoshis),
      ...{ createdAt: stamp(createdAt), expiresAt: stamp(expiresAt), payee, paymentHash, description },
    },
  }
}

function readLnurl(text: string): Judged {
  const read = Lightning.parseLnurl(text)
  if (typeof read === 'string') return read
  const host = URL.parse(read.url)?.hostname ?? null
  const defanged = read.url.replace(/^http/, 'hxxp').replace(/\.(?=[^/]*(?:\/|$))/g, '[.]')
  return { kind: 'url', value: read.url, defanged, scheme: 'lnurl', host, payment: null }
}

/** BOLT 12 has no checksum: its form alone vouches for it. */
function readOffer(text: string): Judged {
  const read = Offer.parse(text)
  if (read === undefined) return text.length >= OFFER_LEAST ? 'length' : null
  const { kind, description, issuer, millisatoshis, currency, expiresAt, issuerId } = read
  const type = kind === 'invoice' ? 'bolt12-invoice' : kind
  return {
    ...address('lightning', type, text.replace(/\+\s*/g, '').toLowerCase()),
    ...{ checksum: 'none', certainty: 'probable' },
    offer: {
      ...{ description, issuer, currency, issuerId },
      millisatoshis: millisatoshis === null ? null : String(millisatoshis),
      expiresAt: expiresAt === null ? null : stamp(expiresAt),
    },
  }
}

/** ZIP 316: Bech32m of a jumbled list of receivers; which these are is not read. */
function readUnified(text: string): Judged {
  const read = Bech32.decode(text, UNIFIED_MAX)
  if (!read.ok) return read.reason === 'checksum' ? 'checksum' : null
  return read.encoding === 'bech32m' ? address('zcash', 'unified', text.toLowerCase()) : 'checksum'
}

function readFriendly(text: string): Judged {
  const read = Ton.parseFriendly(text)
  if (read === 'checksum') return /\d/.test(text) && /[a-z]/.test(text) && /[A-Z]/.test(text.slice(2)) ? read : null
  if (read === 'form') return null
  const network = read.isTest ? 'ton-testnet' : 'ton'
  return address(network, read.type, text.replaceAll('+', '-').replaceAll('/', '_'))
}

/** 64 hex digits after a workchain could be a hash after a number: only beside TON's name is it probable. */
function readRaw(whole: string, text: string, at: number): Judged {
  const near = `${whole.slice(Math.max(0, at - 80), at)} ${whole.slice(at + text.length, at + text.length + 40)}`
  const certainty = TON_WORD.test(near) ? 'probable' : 'possible'
  return { ...address('ton', 'raw', text.toLowerCase()), checksum: 'none', certainty }
}

function address(network: string, type: string, text: string): Partial<AddressMention> {
  return { kind: 'address', network, networks: [network], type, address: text, checksum: 'ok' }
}

/** Seconds beyond what a calendar holds are cut to its end. */
function stamp(seconds: number): string {
  return Instant.format(Math.min(seconds, 253_402_300_799) as Instant.Instant)
}

const RUN = /[A-Za-z0-9]/
const URL_RUN = /[A-Za-z0-9_=-]/
const FAR_MAX = 2000
const UNIFIED_MAX = 1000

const INVOICE =
  /(?:ln(?:bcrt|bc|tbs|tb)[0-9]{0,18}[munp]?1|LN(?:BCRT|BC|TBS|TB)[0-9]{0,18}[MUNP]?1)[0-9A-Za-z]{117,4000}/g
/** `+`, and white space after it, joins what was broken into lines. */
const [DATA, CAPITALS] = ['[02-9ac-hj-np-z]', '[02-9AC-HJ-NP-Z]']
const OFFER = new RegExp(
  [
    String.raw`ln[ori]1(?:${DATA}|\+\s{0,4}(?=${DATA})){16,4000}`,
    String.raw`LN[ORI]1(?:${CAPITALS}|\+\s{0,4}(?=${CAPITALS})){16,4000}`,
  ].join('|'),
  'g',
)
/** Shorter ones are more often words than broken offers. */
const OFFER_LEAST = 50
const LNURL = /(?:lnurl1|LNURL1)[0-9A-Za-z]{20,3000}/g
const UNIFIED = /u1[02-9ac-hj-np-z]{100,900}/g
const FRIENDLY = /[EUk0][Qf](?:[A-Za-z0-9_-]{46}|[A-Za-z0-9+/]{46})/g
const RAW = /(?:0|-1):[0-9a-fA-F]{64}/g
const TON_WORD = /\bton(?:coin|keeper|scan|viewer|hub)?\b|jetton|getgems|تون(?:كوين)?(?!\p{L})/iu
