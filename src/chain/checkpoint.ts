import { reversed, toHex } from '../std/bytes.ts'
import { targetOf } from './block-header.ts'
import * as Rules from './block-rules.ts'

/**
 * Blocks whose hash and height are beyond doubt, and what hangs together with them.
 *
 * Proof of work alone proves nothing: at the limit of a network anybody makes a block in minutes. A block is anchored
 * where links of hashes connect it to one of these; every other block is `unanchored`: usable, never evidence.
 */
export type HeaderLinks = {
  readonly count: number
  /** 32 bytes each, byte order. */
  readonly hash: Uint8Array
  readonly previous: Uint8Array
  /** The compact target of each. */
  readonly bits: Uint32Array
}

export type Anchors = {
  /** 1: connects to a checkpoint. */
  readonly anchored: Uint8Array
  /** Height where it follows from a checkpoint; −1 elsewhere. */
  readonly height: Int32Array
}

/** Printed hash → height. */
export function of(network: Rules.BitcoinNetworkId): ReadonlyMap<string, number> {
  return MAPS[network]
}

/**
 * Which of some blocks, in any order, connect to a checkpoint of the network.
 *
 * Backwards the hashes themselves prove it: an ancestor of a checkpoint is beyond doubt. Forwards a block must also
 * carry the work that is due: the target of its parent or, where a period of 2,016 blocks begins, at most four times
 * that (Bitcoin Core, pow.cpp). So the checkpoint's own header must be among those given. Test networks let the target
 * jump, so there a chain of hashes is enough.
 */
export function anchor(links: HeaderLinks, network: Rules.BitcoinNetworkId): Anchors {
  const anchored = new Uint8Array(links.count)
  const height = new Int32Array(links.count).fill(-1)
  const rows = new Map<string, number>()
  for (let row = 0; row < links.count; row++) rows.set(keyAt(links.hash, row), row)
  const mark = (row: number, at: number): void => {
    anchored[row] = 1
    height[row] = at
  }
  const found = [...rows.entries()].flatMap(([key, row]) => {
    const known = MAPS[network].get(printed(key))
    return known === undefined ? [] : [{ row, known }]
  })
  for (const { row, known } of found) {
    let at = known
    for (let up: number | undefined = row; up !== undefined && anchored[up] === 0 && at >= 0; at--) {
      mark(up, at)
      up = rows.get(keyAt(links.previous, up))
    }
  }
  descend(links, network, anchored, height, mark)
  return { anchored, height }
}

/** Marks children of what is marked, level by level. */
function descend(
  links: HeaderLinks,
  network: Rules.BitcoinNetworkId,
  anchored: Uint8Array,
  height: Int32Array,
  mark: (row: number, height: number) => void,
): void {
  const children = new Map<string, number[]>()
  for (let row = 0; row < links.count; row++) {
    if (anchored[row] === 1) continue
    const key = keyAt(links.previous, row)
    const siblings = children.get(key)
    if (siblings === undefined) children.set(key, [row])
    else siblings.push(row)
  }
  const open = Array.from(anchored.keys()).filter(row => anchored[row] === 1)
  for (let parent = open.pop(); parent !== undefined; parent = open.pop()) {
    for (const child of children.get(keyAt(links.hash, parent)) ?? []) {
      const at = height[parent]! + 1
      if (anchored[child] === 1 || !isDue(links.bits[parent]!, links.bits[child]!, at, network)) continue
      mark(child, at)
      open.push(child)
    }
  }
}

/** Whether a block of these bits may follow a parent of those, at this height: see `anchor`. */
export function isDue(parentBits: number, bits: number, height: number, network: Rules.BitcoinNetworkId): boolean {
  if (network !== 'bitcoin' && network !== 'litecoin') return true
  if (height % PERIOD !== 0) return bits === parentBits
  const [before, after] = [targetOf(parentBits), targetOf(bits)]
  return before !== undefined && after !== undefined && after <= before * 4n
}

/** Blocks between two changes of the target, on Bitcoin and on Litecoin. */
const PERIOD = 2016

/** 32 bytes as a text of 32 characters: a key for maps. */
function keyAt(hashes: Uint8Array, row: number): string {
  return String.fromCharCode(...hashes.subarray(32 * row, 32 * row + 32))
}

function printed(key: string): string {
  return toHex(reversed(Uint8Array.from(key, letter => letter.charCodeAt(0))))
}

/**
 * Source: `chainparams.cpp` of Bitcoin Core (commit 0083e015e840, and its assumed-valid blocks since 2017) and of
 * Litecoin Core (0.21.4, commit d8c8adc0b46c): checkpoints, heights at which rules began, assumed-valid blocks.
 */
const BITCOIN: Readonly<Record<number, string>> = {
  11111: '0000000069e244f73d78e8fd29ba2fd2ed618bd6fa2ee92559f542fdb26e7c1d',
  33333: '000000002dd5588a74784eaa7ab0507a18ad16a236e7b1ce69f00d7ddfb5d0a6',
  74000: '0000000000573993a3c9e41ce34471c079dcf5f52a0e824a81e7f953b8661a20',
  105000: '00000000000291ce28027faea320c8d2b054b2e0fe44a773f3eefb151d6bdc97',
  134444: '00000000000005b12ffd4cd315cd34ffd4a594f430ac814c91184a0d42d2b0fe',
  168000: '000000000000099e61ea72015e79632f216fe6cb33d7899acb35b75c8303b763',
  193000: '000000000000059f452a5f7340de6682a977387c17010ff6e6c3bd83ca8b1317',
  210000: '000000000000048b95347e83192f69cf0366076336c639f9b7228e9ba171342e',
  216116: '00000000000001b4f4b433e81ee46494af945cf96014816a4e2370f11b23df4e',
  225430: '00000000000001c108384350f74090433e7fcf79a606b8e797f065b130575932',
  227931: '000000000000024b89b42a942fe0d9fea3bb44ab7bd1b19115dd6a759c0808b8',
  250000: '000000000000003887df1f29024b06fc2200b55f8af8f35453d7be294df2d214',
  279000: '0000000000000001ae8c72a0b0c301f67e3afca10e819efa9041e458e9bd7e40',
  295000: '00000000000000004d9b4ef50f0f9d686fd69db2e03af35a100370c64632a983',
  363725: '00000000000000000379eaa19dce8c9b722d46ae6a57c2f1a988119488b50931',
  388381: '000000000000000004c2b624ed5d7756c508d90fd0da2c7c679febfa6c4735f0',
  419328: '000000000000000004a1b34462cb8aeebd5799177f7a29cf28f2d1961716b5b5',
  447235: '0000000000000000030abc968e1bd635736e880b946085c93152969b9a81a6e2',
  453354: '00000000000000000013176bf8d7dfeab4e1db31dc93bc311b436e82ab226b90',
  477890: '0000000000000000003b9ce759c2a087d52abc4266f8f4ebd6d768b89defa50a',
  481824: '0000000000000000001c8018d9cb3b742ef25114f27563e3fc4a1902167f9893',
  506067: '0000000000000000005214481d2d96f898e3d5416e43359c145944a909d242e0',
  534292: '0000000000000000002e63058c023a9a1de233554f28c7b21380b6c9003f36a8',
  563378: '0000000000000000000f1c54590ee18d15ec70e68c8cd4cfbadb1b4f11697eee',
  597379: '00000000000000000005f8920febd3925f8272a6a71237563d78c2edfdd09ddf',
  623950: '0000000000000000000f2adce67e49b0b6bdeb9de8b7c3d7e93b21e7fc1e819d',
  654683: '0000000000000000000b9d2ec5a352ecba0592946514a92f14319dc2b367fc72',
  691719: '00000000000000000008a89e854d57e5667df88f1cdef6fde2fbca1de5b639ad',
  724466: '000000000000000000052d314a259755ca65944e68df6b12a067ea8f1f5a7091',
  751565: '00000000000000000009c97098b5295f7e5f183ac811fb5d1534040adb93cabd',
  824000: '000000000000000000026811d149d4d261995ec5b3f64f439a0a10e1a464af9a',
}

const TESTNET3: Readonly<Record<number, string>> = {
  546: '000000002a936ca763904c3c35fce2f3556c559c0214345d31b1bcebf76acb70',
  21111: '0000000023b3a96d3484e5abb3755c413e7d41500f8e2a5c3f0dd01299cd8ef8',
  330776: '000000002104c8c45e99a8853285a3b592602a3ccde2b832481da85e9e4ba182',
  581885: '00000000007f6655f22f98e72ed80d8b06dc761d5da09df0fa1dc4be4f861eb6',
  770112: '00000000025e930139bac5c6c31a403776da130831ab85be56578f3fa75369bb',
  834624: '00000000002b980fcd729daaa248fd9316a5200e9b367f4ff2c42453e84201ca',
  1135275: '0000000002e9e7b00e1f6dc5123a04aad68dd0f0968d8c7aa45f6640795c37b1',
  1354312: '0000000000000037a8cd3e06cd5edbfe9dd1dbcc5dacab279376ef7cfc2b4c75',
  1580000: '00000000000000b7ab6ce61eb6d571003fbe5fe892da4c9b740c49a07542462d',
  1692000: '000000000000056c49030c174179b52a928c870e6e8a822c75973b7970cfbd01',
  1864000: '000000000000006433d1efec504c53ca332b64963c425395515b01977bd7b3b0',
  2500000: '0000000000000093bcb68c03a9a168ae252572d348a2eaeba2cdf9231d73206f',
  2550000: '000000000001323071f38f21ea5aae529ece491eadaccce506a59bcc2d968917',
}

const LITECOIN: Readonly<Record<number, string>> = {
  1500: '841a2965955dd288cfa707a755d05a54e45f8bd476835ec9af4402a2b59a2967',
  4032: '9ce90e427198fc0ef05e5905ce3503725b80e26afd35a987965fd7e3d9cf0846',
  8064: 'eb984353fc5190f210651f150c40b8a4bab9eeeff0b729fcb3987da694430d70',
  16128: '602edf1859b7f9a6af809f1d9b0e6cb66fdc1d4d9dcd7a4bec03e12a1ccd153d',
  23420: 'd80fdf9ca81afd0bd2b2a90ac3a9fe547da58f2530ec874e978fce0b5101b507',
  50000: '69dc37eb029b68f075a5012dcc0419c127672adb4f3a32882b2b3e71d07a20a6',
  80000: '4fcb7c02f676a300503f49c764a89955a8f920b46a8cbecb4867182ecdb2e90a',
  120000: 'bd9d26924f05f6daa7f0155f32828ec89e8e29cee9e7121b026a7a3552ac6131',
  161500: 'dbe89880474f4bb4f75c227c77ba1cdc024991123b28b8418dbbf7798471ff43',
  179620: '2ad9c65c990ac00426d18e446e0fd7be2ffa69e9a7dcb28358a50b2b78b9f709',
  240000: '7140d1c4b4c2157ca217ee7636f24c9c73db39c4590c4e6eab2e3ea1555088aa',
  383640: '2b6809f094a9215bafc65eb3f110a35127a34be94b7d0590a096c3f126c6f364',
  409004: '487518d663d9f1fa08611d9395ad74d982b667fbdc0e77e9cf39b4f1355908a3',
  456000: 'bf34f71cc6366cd487930d06be22f897e34ca6a40501ac7d401be32456372004',
  638902: '15238656e8ec63d28de29a8c75fcf3a5819afc953dcd9cc45cecc53baec74f38',
  710000: 'fa09d204a83a768ed5a7c8d441fa62f2043abf420cff1226c7b4329aeb9d51cf',
  721000: '198a7b4de1df9478e2463bd99d75b714eab235a2e63e741641dc8a759a9840e5',
  2772730: '80cdb35c080484df5bf384b311fde3c4694d3405765bc0f596e9eb369ff286e5',
}

const MAPS: Readonly<Record<Rules.BitcoinNetworkId, ReadonlyMap<string, number>>> = {
  bitcoin: mapOf('bitcoin', BITCOIN),
  'bitcoin-testnet3': mapOf('bitcoin-testnet3', TESTNET3),
  'bitcoin-signet': mapOf('bitcoin-signet', {}),
  'bitcoin-regtest': mapOf('bitcoin-regtest', {}),
  litecoin: mapOf('litecoin', LITECOIN),
  'litecoin-regtest': mapOf('litecoin-regtest', {}),
}

function mapOf(network: Rules.BitcoinNetworkId, table: Readonly<Record<number, string>>): ReadonlyMap<string, number> {
  const entries = Object.entries(table).map(([height, hash]) => [hash, Number(height)] as const)
  return new Map([[Rules.of(network).genesis, 0], ...entries])
}
