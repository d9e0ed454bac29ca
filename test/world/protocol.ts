import type { UtxoBlock, UtxoInput, UtxoOutput, UtxoTransaction } from '../../src/model/transaction.ts'
import { sha256Hex } from '../../src/std/digest.ts'
import { type Random, seededRandom } from '../../src/std/random.ts'

/**
 * Transactions written by the published rules of protocols whose transactions no corpus here holds, each with its kind
 * and the true holder of every address. Written after the sources, not after the detectors: numbers are theirs, and
 * where a source leaves one open (sizes of wallets, how often there is a change) it is drawn evenly.
 *
 * Sources: whirlpool: Samourai Wallet, whirlpool-protocol and whirlpool-client, `Tx0Service` (pools, premix value =
 * pool + miner's fee of the mix, fee output, OP_RETURN, at most 70 premix, mixes of 5, "surge cycles" up to 8 since
 * 2023) · dual-funding: BOLT 2, "Interactive Transaction Construction" and "Channel Establishment v2" (every input
 * spends a segwit output, P2SH-wrapped allowed; each side adds its own change, if any; outputs in the order of random
 * serial ids), BOLT 3 (P2WSH funding output) · psbt-sale: BIP 174, and the OpenOrdex marketplace (the seller signs
 * SINGLE|ANYONECANPAY; the buyer adds two dummies before and payment after; dummies are put together and made anew) ·
 * pool and batch: what the payout pages of pools and exchanges show: a business pays many at once.
 */
export type Kind =
  | 'whirlpool-mix'
  | 'whirlpool-tx0'
  | 'dual-funding'
  | 'psbt-sale'
  | 'batch'
  | 'pool'
  | 'payment'
  | 'multisig-payment'

export type Protocols = {
  readonly blocks: readonly UtxoBlock[]
  readonly kinds: ReadonlyMap<string, Kind>
  /** Holder of each address. */
  readonly owners: ReadonlyMap<string, string>
}

/** So many of each kind. */
export function protocols(each: number, seed = 1): Protocols {
  const random = seededRandom(seed)
  const book = createBook(random)
  for (let k = 0; k < each; k++) for (const [kind, make] of MAKERS) book.add(kind, make(book, random))
  const hash = (at: number) => sha256Hex(`protocol ${seed} ${at}`)
  const block = { hash: hash(1), previous: hash(0), height: 1, minedAt: 1_700_000_000, transactions: book.mined }
  const next = { hash: hash(2), previous: hash(1), height: 2, minedAt: 1_700_000_600, transactions: book.transactions }
  return { blocks: [block, next], kinds: book.kinds, owners: book.owners }
}

type Draft = { readonly inputs: readonly UtxoInput[]; readonly outputs: readonly UtxoOutput[] }
type Form = 'p2wpkh' | 'p2wsh' | 'p2tr' | 'p2sh'
/** How a coin came, or is spent: newly mined, paid, or to be signed SINGLE|ANYONECANPAY. */
type How = 'mined' | 'paid' | 'loose'
type Book = ReturnType<typeof createBook>

function createBook(random: Random) {
  const [kinds, owners] = [new Map<string, Kind>(), new Map<string, string>()]
  const [mined, transactions]: [UtxoTransaction[], UtxoTransaction[]] = [[], []]
  let [people, coins, keys] = [0, 0, 0]
  const address = (owner: string, form: Form = 'p2wpkh'): string => {
    // Form only: no checksum is looked at here.
    let body = ''
    for (let rest = ++keys; rest > 0; rest = Math.floor(rest / 32)) body += DIGITS[rest % 32]!
    const one = `${HEADS[form]}${body.padEnd(BODIES[form], 'q')}`
    owners.set(one, owner)
    return one
  }
  const coin = (owner: string, units: bigint, form: Form = 'p2wpkh', how: How = 'paid'): UtxoInput => {
    const [id, to] = [sha256Hex(`coin ${coins++}`), address(owner, form)]
    const paid = { txid: id, coinbase: how === 'mined', inputs: [], outputs: [{ units, address: to }] }
    mined.push(paid)
    return { txid: id, index: 0, units, address: to, singleAnyoneCanPay: how === 'loose' }
  }
  return {
    ...{ kinds, owners, mined, transactions, address, coin },
    person: () => `person-${people++}`,
    between: (least: number, most: number) => BigInt(least + random.below(most - least + 1)),
    shuffled: <T>(list: readonly T[]): T[] =>
      list
        .map(one => ({ one, at: random.next() }))
        .sort((a, b) => a.at - b.at)
        .map(({ one }) => one),
    add(kind: Kind, { inputs, outputs }: Draft) {
      const txid = sha256Hex(`${kind} ${transactions.length}`)
      kinds.set(txid, kind)
      transactions.push({ txid, coinbase: false, inputs, outputs })
    },
  }
}

/** Of bech32; the first, which fills up, is no first digit of a number. */
const DIGITS = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const HEADS: Readonly<Record<Form, string>> = { p2wpkh: 'bc1q', p2wsh: 'bc1q', p2tr: 'bc1p', p2sh: '3' }
const BODIES: Readonly<Record<Form, number>> = { p2wpkh: 38, p2wsh: 58, p2tr: 58, p2sh: 33 }

const POOLS = [100_000n, 1_000_000n, 5_000_000n, 50_000_000n]

const MAKERS: readonly (readonly [Kind, (book: Book, random: Random) => Draft])[] = [
  ['whirlpool-mix', whirlpoolMix],
  ['whirlpool-tx0', whirlpoolTx0],
  ['dual-funding', dualFunding],
  ['psbt-sale', psbtSale],
  ['batch', (book, random) => payout(book, random, book.person())],
  ['pool', pool],
  ['payment', payment],
  ['multisig-payment', multisigPayment],
]

/** Two or three new entrants, whose premix pays the miner; the others remix coins of exactly the pool's size. */
function whirlpoolMix(book: Book, random: Random): Draft {
  const size = POOLS[random.below(POOLS.length)]!
  const count = random.below(4) === 0 ? 6 + random.below(3) : 5
  const fresh = 2 + random.below(2)
  const extra = book.between(300, 20_000)
  const inputs = Array.from({ length: count }, (_, k) => book.coin(book.person(), k < fresh ? size + extra : size))
  const outputs = Array.from({ length: count }, () => ({ units: size, address: book.address(book.person()) }))
  return { inputs: book.shuffled(inputs), outputs }
}

function whirlpoolTx0(book: Book, random: Random): Draft {
  const owner = book.person()
  const size = POOLS[random.below(POOLS.length)]!
  const premix = size + book.between(300, 20_000)
  const count = 1 + random.below(70)
  const outputs: UtxoOutput[] = Array.from({ length: count }, () => ({ units: premix, address: book.address(owner) }))
  // Discounts (SCODE) make the fee smaller; a coordinator address of its own.
  outputs.push({ units: (size * book.between(20, 50)) / 1000n, address: book.address('coordinator') })
  const change = random.below(10) === 0 ? 0n : book.between(10_000, 90_000_000)
  if (change > 0n) outputs.push({ units: change, address: book.address(owner) })
  const spent = outputs.reduce((sum, { units }) => sum + units, 0n) + book.between(500, 30_000)
  const burned: UtxoOutput = { units: 0n, address: null, unspendable: true }
  return { inputs: split(book, random, owner, spent), outputs: book.shuffled([burned, ...outputs]) }
}

/** Both sides put in coins; either may have no change; inputs may be P2SH-wrapped, change may be taproot. */
function dualFunding(book: Book, random: Random): Draft {
  const form = (): Form => (random.below(8) === 0 ? 'p2sh' : random.below(4) === 0 ? 'p2tr' : 'p2wpkh')
  const sides = [book.person(), book.person()].map(owner => {
    const share = book.between(50_000, 8_000_000)
    const change = random.below(6) === 0 ? 0n : book.between(1000, 20_000_000)
    return { owner, share, change, inputs: split(book, random, owner, share + change + 500n, form()) }
  })
  const channel = { units: sides[0]!.share + sides[1]!.share, address: book.address('channel', 'p2wsh') }
  const changes = sides
    .filter(({ change }) => change > 0n)
    .map(({ owner, change }) => {
      return { units: change, address: book.address(owner, random.below(3) === 0 ? 'p2tr' : 'p2wpkh') }
    })
  return { inputs: book.shuffled(sides.flatMap(({ inputs }) => inputs)), outputs: book.shuffled([channel, ...changes]) }
}

/** Two dummies of 600, the thing sold, the payment; out: dummies together, the thing, the price, dummies, change. */
function psbtSale(book: Book, random: Random): Draft {
  const [seller, buyer] = [book.person(), book.person()]
  const price = book.between(20_000, 5_000_000)
  const dummies = [book.coin(buyer, 600n, 'p2tr'), book.coin(buyer, 600n, 'p2tr')]
  const sold = book.coin(seller, random.below(2) === 0 ? 546n : 10_000n, 'p2tr', 'loose')
  const change = book.between(1000, 900_000)
  const money = split(book, random, buyer, price + 1200n + change + 3000n, 'p2tr')
  const to = (owner: string, units: bigint): UtxoOutput => ({ units, address: book.address(owner, 'p2tr') })
  return {
    inputs: [...dummies, sold, ...money],
    outputs: [
      to(buyer, 1200n),
      to(buyer, sold.units!),
      to(seller, price),
      to(buyer, 600n),
      to(buyer, 600n),
      to(buyer, change),
    ],
  }
}

/** One business pays 20 to 200 at once; some take the same round sum, as who takes out by habit does. */
function payout(book: Book, random: Random, owner: string, first: readonly UtxoInput[] = []): Draft {
  const count = 20 + random.below(181)
  const outputs = Array.from({ length: count }, (): UtxoOutput => {
    const round = random.below(10) === 0 ? 1_000_000n * BigInt(1 + random.below(5)) : book.between(5000, 9_000_000)
    return { units: round, address: book.address(book.person(), random.below(3) === 0 ? 'p2sh' : 'p2wpkh') }
  })
  outputs.push({ units: book.between(10_000, 90_000_000), address: book.address(owner) })
  const spent = outputs.reduce((sum, { units }) => sum + units, 0n) + 40_000n
  return { inputs: [...first, ...split(book, random, owner, spent)], outputs: book.shuffled(outputs) }
}

function pool(book: Book, random: Random): Draft {
  const owner = book.person()
  const rewards = Array.from({ length: 1 + random.below(3) }, () => book.coin(owner, 625_000_000n, 'p2wpkh', 'mined'))
  return payout(book, random, owner, rewards)
}

function payment(book: Book, random: Random): Draft {
  const owner = book.person()
  const [price, change] = [book.between(5000, 50_000_000), book.between(1000, 50_000_000)]
  const outputs = [
    { units: price, address: book.address(book.person()) },
    { units: change, address: book.address(owner) },
  ]
  return { inputs: split(book, random, owner, price + change + 1000n), outputs: book.shuffled(outputs) }
}

/** The control of `dual-funding`: one holder pays a multisig and somebody else, and has a change. */
function multisigPayment(book: Book, random: Random): Draft {
  const { inputs, outputs } = payment(book, random)
  const units = book.between(50_000, 8_000_000)
  const owner = book.owners.get(inputs[0]!.address!)!
  const more = book.coin(owner, units + 200n)
  return {
    inputs: [...inputs, more],
    outputs: book.shuffled([...outputs, { units, address: book.address('multisig', 'p2wsh') }]),
  }
}

/** One to four coins of one holder that hold so much together. */
function split(book: Book, random: Random, owner: string, units: bigint, form: Form = 'p2wpkh'): UtxoInput[] {
  const parts = BigInt(1 + random.below(4))
  return Array.from({ length: Number(parts) }, (_, k) => {
    return book.coin(owner, k === 0 ? units - (units / parts) * (parts - 1n) : units / parts, form)
  })
}
