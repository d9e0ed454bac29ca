import { type ImportedPrices, importPrices, prices } from '../../ledger/ledger.ts'
import { hostOf } from '../../source/json-rpc.ts'
import { readPrices } from '../../source/price.ts'
import { sha256Hex } from '../../std/digest.ts'
import { Failure } from '../../std/failure.ts'
import type { Context, Operation } from '../operation.ts'
import { addressWith, type OutsideInput, openOutside, outsideFields, secretFrom } from '../outside.ts'
import { describeFile, piecesOf } from './file.ts'

type Input = OutsideInput & {
  readonly file?: string
  readonly from?: string
  readonly asset: string
  readonly secret?: string
  readonly dryRun: boolean
}

/** What `ledger price` answers. */
export type Priced = ImportedPrices & {
  readonly dryRun: boolean
  /** From a provider: who it is, and the days between the first and the last that it left out. */
  readonly provider: string | null
  readonly missing: readonly string[]
}

export const ledgerPrice: Operation = {
  name: 'ledger price',
  summary: 'Read daily prices in US dollars from a CSV file, or from a provider',
  access: 'write',
  fields: {
    file: { type: 'string', positional: true, path: true, says: 'CSV with the columns date and usd' },
    asset: { type: 'string', required: true, says: 'symbol of the asset: BTC, ETH, TRX, USDT' },
    from: { type: 'string', says: 'instead of a file: address of such a CSV, or of JSON as CoinGecko gives it' },
    secret: { type: 'string', says: 'path of a file with the key that {key} in the address stands for' },
    dryRun: { type: 'boolean', default: false, says: 'read and check, and change nothing' },
    ...outsideFields,
  },
  examples: [
    { command: 'athar ledger price btc.csv --asset BTC', says: 'the price of one whole coin on each day' },
    {
      command:
        'athar ledger price --asset BTC --from "https://api.coingecko.com/api/v3/coins/bitcoin/market_chart/range' +
        '?vs_currency=usd&from=1700000000&to=1710000000"',
      says: 'from a provider, kept as it was told; each query is logged',
    },
  ],
  verdict: (answer: Priced) => (answer.missing.length > 0 ? 'no' : 'ok'),
  run: (input: Input, context: Context): Priced | Promise<Priced> => {
    if ((input.file === undefined) === (input.from === undefined)) throw oneOfTwo()
    if (input.from !== undefined) return fromProvider(input, input.from, context)
    const given = describeFile(input.file!, 'prices')
    const options = { clock: context.clock, keep: !input.dryRun }
    const imported = importPrices(context.store, input.asset, given, piecesOf(input.file!), options)
    return { ...imported, dryRun: input.dryRun, provider: null, missing: [] }
  },
}

async function fromProvider(input: Input, from: string, context: Context): Promise<Priced> {
  const secret = secretFrom(input.secret)
  const client = openOutside(input, 'ledger price', context, { hide: secret === null ? [] : [secret] })
  try {
    const { bytes, csv, missing } = await readPrices(client, addressWith(from, secret).url)
    const rows = new TextEncoder().encode(csv)
    checkAgainstKnown(input.asset, csv, context)
    const provider = hostOf(from)
    // What is filed is the answer as it was told, whatever is read out of it.
    const given = {
      ...{ kind: 'prices' as const, name: `prices of ${input.asset.toUpperCase()} from ${provider}` },
      ...{ sha256: sha256Hex(bytes), bytes: bytes.length, content: bytes },
      ...{ path: null, height: null, statedHeight: null, undo: null },
    }
    const options = { clock: context.clock, keep: !input.dryRun }
    const imported = importPrices(context.store, input.asset, given, [rows], options)
    return { ...imported, dryRun: input.dryRun, provider, missing }
  } finally {
    client.close()
  }
}

/**
 * An address names no asset that could be checked, so days that are known already speak: where most of them differ by
 * more than a factor of two, these are prices of something else.
 */
function checkAgainstKnown(asset: string, csv: string, { store }: Context): void {
  const known = prices(store)
  let [shared, far] = [0, 0]
  for (const [, day, usd] of csv.matchAll(/^"?(\d{4}-\d{2}-\d{2})"?,"?([\d.]+)"?\s*$/gm)) {
    const before = Number(known.on(asset, day!)?.usd)
    if (!(before > 0)) continue
    shared++
    const ratio = Number(usd) / before
    if (!(ratio >= 0.5 && ratio <= 2)) far++
  }
  if (far * 2 <= shared) return
  throw new Failure(
    'Prices.OtherAsset',
    'conflict',
    `These are hardly prices of ${asset}: ${far} of ${shared} differ.`,
    {
      hint: 'On days that are known already they are more than twice or less than half. Check the address.',
      facts: { asset: asset.slice(0, 80), shared, far },
    },
  )
}

function oneOfTwo(): Failure {
  return new Failure('Prices.WhichSource', 'usage', 'Prices are read from a file or from a provider: name one.', {
    hint: '`athar ledger price btc.csv --asset BTC`, or `--from` with an address.',
    facts: {},
  })
}
