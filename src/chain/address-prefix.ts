import * as Base58 from './base58.ts'

/**
 * How alike two addresses begin, after what all addresses of their kind have in common, and how likely that is by
 * chance: `1`, `3`, `T` of Base58Check; `bc1q`, `bc1p`, `ltc1q` of Bech32; `0x`.
 */
export type Likeness = {
  /** What all addresses of the kind begin with. */
  readonly constant: string
  /** Characters that both have after that, in order and without a gap. */
  readonly shared: number
  /** Characters that both end with. */
  readonly end: number
}

/** Null where the two are of different kinds, or the kind is not known. Case counts only where it carries anything. */
export function compare(a: string, b: string): Likeness | null {
  const [one, two] = [plain(a), plain(b)]
  const constant = constantOf(one)
  if (constant === null || constantOf(two) !== constant || one === two) return null
  const length = Math.min(one.length, two.length)
  let shared = 0
  while (constant.length + shared < length && one[constant.length + shared] === two[constant.length + shared]) shared++
  let end = 0
  while (end < length - constant.length && one.at(-1 - end) === two.at(-1 - end)) end++
  return { constant, shared, end }
}

/**
 * The chance that an address drawn at random begins as this one does, over the constant part and so many characters
 * more. Bech32 and hex digits are even: 32 and 16 to the power of −n. Base58 digits are not (the first after `T` is one
 * of some 25), so the share is counted: the numbers of the kind that are written with this beginning, of all of them.
 */
export function chanceOf(address: string, characters: number): number {
  const text = plain(address)
  const constant = constantOf(text) ?? ''
  if (constant === '0x') return 16 ** -characters
  if (constant.length > 1) return 32 ** -characters
  return base58Share(text.slice(0, constant.length + characters), constant)
}

/** That at least one of so many pairs is as alike. */
export function chanceAmong(chance: number, pairs: number): number {
  // 1 − (1 − p)^n without losing small p.
  return -Math.expm1(pairs * Math.log1p(-chance))
}

const BECH32 = /^(bc1|tb1|bcrt1|ltc1|tltc1|rltc1)([qp])/

function constantOf(text: string): string | null {
  if (/^0x[0-9a-f]{40}$/.test(text)) return '0x'
  const bech32 = BECH32.exec(text)
  if (bech32 !== null) return bech32[0]
  return VERSIONS[text[0] ?? ''] === undefined ? null : text[0]!
}

/** EVM and Bech32 addresses are the same in either case. */
function plain(address: string): string {
  return /^0x/i.test(address) || BECH32.test(address.toLowerCase()) ? address.toLowerCase() : address
}

/** Version bytes of kinds whose first character is always the same (chainparams.cpp of Bitcoin, Litecoin; Tron). */
const VERSIONS: Readonly<Record<string, bigint>> = { '1': 0x00n, '3': 0x05n, T: 0x41n, L: 0x30n, M: 0x32n }

/** Twenty bytes of hash and four of checksum follow the version. */
const TAIL_BITS = 192n

function base58Share(prefix: string, constant: string): number {
  const version = VERSIONS[constant]!
  if (version !== 0n) return shareOf(prefix, version << TAIL_BITS, (version + 1n) << TAIL_BITS)
  // Each leading zero byte is written as `1` and nothing more: after those come the digits of what is left.
  const digits = prefix.replace(/^1+/, '')
  const zeros = BigInt(prefix.length - digits.length - 1)
  const high = 1n << (TAIL_BITS - 8n * zeros)
  const inRange = digits === '' ? 1 : shareOf(digits, high >> 8n, high) * (255 / 256)
  return inRange * 256 ** -Number(zeros)
}

/** Of the numbers from `low` up to `high`, the share that is written with these first digits. */
function shareOf(digits: string, low: bigint, high: bigint): number {
  const value = [...digits].reduce((sum, digit) => 58n * sum + BigInt(Base58.decode(digit)![0]!), 0n)
  let count = 0n
  for (let size = 1n; value * size < high; size *= 58n) {
    const [from, to] = [value * size, (value + 1n) * size]
    const overlap = (to < high ? to : high) - (from > low ? from : low)
    if (overlap > 0n) count += overlap
  }
  return Number((count * 10n ** 18n) / (high - low)) / 1e18
}
