/**
 * What can be found. Positions are UTF-16 units of the text that was searched: `text.slice(start, end) === raw`.
 *
 * `certainty`: found as written · probable, the one candidate within the stated false-positive bound · possible,
 * listed apart and outside any count. A repaired identifier is never `found`.
 */
export type Mention =
  | AddressMention
  | DomainMention
  | UrlMention
  | EmailMention
  | HandleMention
  | PhoneMention
  | IbanMention
  | TxidMention
  | AmountMention
  | DateMention
  | VoucherMention

export type Kind = Mention['kind']

export type Base = {
  readonly raw: string
  readonly start: number
  readonly end: number
  readonly certainty: Certainty
  readonly repaired: Repair | null
  /** What stood between or around the characters and was looked through. */
  readonly disguise: readonly Disguise[]
}

export type Certainty = 'found' | 'probable' | 'possible'

/** invisible: zero-width, bidi controls, tatweel · digits: of another script · width: full-width and styled letters ·
 * lookalike: letters of another script · defanged: `hxxp`, `[.]`. */
export type Disguise = 'invisible' | 'digits' | 'width' | 'lookalike' | 'defanged'

export type Repair = {
  readonly from: string
  readonly edits: number
  readonly rule: string
  readonly confidence: 'probable' | 'possible'
  /** Readings tried times the chance that one passes its checksum; absent where each character has one reading. */
  readonly falsePositive?: number
}

export type AddressMention = Base & {
  readonly kind: 'address'
  readonly network: string
  readonly networks: readonly string[]
  readonly type: string
  readonly address: string
  /** Whether a checksum says that it was written as meant; EVM addresses in one case and Solana's carry none. */
  readonly checksum: 'ok' | 'none'
  /** What a Lightning invoice says besides. */
  readonly invoice?: InvoiceTerms
  /** What a Lightning offer, or an invoice for one, says besides. */
  readonly offer?: OfferTerms
}

/** Amounts in thousandths of a satoshi; null where the payer chooses, or where `currency` names another unit. */
export type OfferTerms = {
  readonly description: string | null
  readonly issuer: string | null
  readonly millisatoshis: string | null
  readonly currency: string | null
  readonly expiresAt: string | null
  readonly issuerId: string | null
}

/** Amounts in thousandths of a satoshi; times RFC 3339. */
export type InvoiceTerms = {
  readonly millisatoshis: string | null
  readonly createdAt: string
  readonly expiresAt: string
  readonly payee: string | null
  readonly paymentHash: string | null
  readonly description: string | null
}

/** `system`: who gives out such names. Tor's are checked by their checksum; ENS's and TON's live on chains. */
export type DomainMention = Base & {
  readonly kind: 'domain'
  readonly value: string
  readonly defanged: string
  readonly system: 'dns' | 'tor' | 'i2p' | 'ens' | 'ton'
}
export type UrlMention = Base & {
  readonly kind: 'url'
  readonly value: string
  readonly defanged: string
  readonly scheme: string
  readonly host: string | null
  /** What a payment URI asks for; null for other URLs. */
  readonly payment: Payment | null
}

/**
 * A request to pay: BIP 21 and its like, EIP-681, Solana Pay, ton://. `amount` is exact decimal text in `asset`;
 * `smallest` is the same in the smallest units where the URI counts in these. `address` is null where none passes.
 */
export type Payment = {
  readonly network: string
  readonly address: string | null
  readonly contract: string | null
  readonly amount: string | null
  readonly smallest: string | null
  readonly asset: string | null
  readonly label: string | null
  readonly message: string | null
  /** All parameters in their order, decoded. */
  readonly parameters: readonly (readonly [string, string])[]
  readonly problem: 'address' | 'amount' | 'parameter' | null
}
export type EmailMention = Base & { readonly kind: 'email'; readonly value: string; readonly defanged: string }
export type HandleMention = Base & {
  readonly kind: 'handle'
  readonly value: string
  readonly platform: string | null
  readonly invite: boolean
}
export type PhoneMention = Base & { readonly kind: 'phone'; readonly value: string }
export type IbanMention = Base & { readonly kind: 'iban'; readonly value: string; readonly country: string }
export type TxidMention = Base & {
  readonly kind: 'txid'
  readonly value: string
  readonly networks: readonly string[]
}

/** `value` is exact decimal text in whole coins or currency units; a percentage is its ratio (0.92). */
export type AmountMention = Base & {
  readonly kind: 'amount'
  readonly value: string | null
  readonly currency: string | null
  readonly unit: 'currency' | 'ratio'
  readonly approximate: boolean
  readonly bound: 'more' | 'less' | null
  readonly note: string | null
}

/** `value` is the part of `YYYY-MM-DD` that is known: `2021-11-07`, `2018-11`, `2010`, `--01-19`; null unresolved. */
export type DateMention = Base & {
  readonly kind: 'date'
  readonly value: string | null
  readonly precision: 'day' | 'month' | 'year' | 'month-day' | 'none'
  readonly calendar: 'gregorian' | 'islamic'
  readonly weekday: string | null
  readonly relative: boolean
  /** Days on either side by which the value may be off. */
  readonly doubtDays: number
  readonly candidates: readonly string[]
  readonly reason: string | null
  /** Where it is one end of a span ("between January and February 2021"): values of both ends. */
  readonly span?: { readonly from: string; readonly to: string }
}

export type VoucherMention = Base & {
  readonly kind: 'voucher'
  readonly value: string
  readonly product: string | null
}

/** What looked like an identifier, and why it is none. */
export type Rejected = {
  readonly kind: Kind
  readonly raw: string
  readonly reason: Reason
  readonly start: number
  readonly end: number
}

/** `file-name`: an ending of files more often than of names; `country`: none that has IBANs. */
export type Reason =
  | 'checksum'
  | 'alphabet'
  | 'length'
  | 'mixed-case'
  | 'version'
  | 'hash'
  | 'ambiguous'
  | 'file-name'
  | 'country'
  | 'no-such-day'

/** `notes` say where a limit ended the search. */
export type Findings = {
  readonly mentions: readonly Mention[]
  readonly rejected: readonly Rejected[]
  readonly notes: readonly string[]
}

/** The parts that most mentions share. */
export function verbatim(text: string, start: number, end: number, disguise: readonly Disguise[] = []): Base {
  return { raw: text.slice(start, end), start, end, certainty: 'found', repaired: null, disguise }
}
