import * as Addresses from '../../chain/address.ts'
import * as Rules from '../../chain/block-rules.ts'
import {
  type AccountColumns,
  addCursor,
  addTip,
  addTold,
  findCursor,
  openColumns,
  openTransferIngest,
  totalsOf,
} from '../../ledger/ledger.ts'
import * as Address from '../../model/address.ts'
import * as Amount from '../../model/amount.ts'
import type * as Asset from '../../model/asset.ts'
import { unread } from '../../model/coverage.ts'
import * as Network from '../../model/network.ts'
import { openEtherscan } from '../../source/etherscan.ts'
import type { HistorySource, Statement } from '../../source/history.ts'
import { hostOf } from '../../source/json-rpc.ts'
import { openTronGrid } from '../../source/trongrid.ts'
import { Failure } from '../../std/failure.ts'
import type { Context, Operation } from '../operation.ts'
import { addressWith, type Outside, type OutsideInput, openOutside, outsideFields, secretFrom } from '../outside.ts'
import { watchTimes } from './block-time.ts'
import { fetchProven, type OpenSource, openProven } from './fetch-proven.ts'
import { type Balance, cancelled, type Fetched, type FetchedAddress, type FetchedHistory } from './fetched.ts'
import { mending } from './mend.ts'

export type { Fetched } from './fetched.ts'

type Input = OutsideInput & {
  readonly addresses: readonly string[]
  readonly from: string
  readonly network?: Network.NetworkId
  readonly secret?: string
  readonly again: boolean
  readonly trust: boolean
}

export const ledgerFetch: Operation = {
  name: 'ledger fetch',
  summary: 'Read the whole history of addresses from a provider, and say whether it is whole',
  access: 'write',
  fields: {
    addresses: { type: 'strings', positional: true, required: true, says: 'addresses, plain or CAIP-10' },
    from: {
      ...{ type: 'string', required: true },
      says: 'address of the provider: Esplora, tcp:// or tls:// of an Electrum server, TronGrid, or like Etherscan',
    },
    network: {
      ...{ type: 'string', says: 'the network, where the address does not tell' },
      choices: Network.all.map(network => network.id),
    },
    secret: { type: 'string', says: 'path of a file with the provider’s key; else ATHAR_SOURCE_SECRET' },
    trust: { type: 'boolean', default: false, says: 'take a certificate that an Electrum server signed itself' },
    again: { type: 'boolean', default: false, says: 'from the first page, not from where the last reading ended' },
    ...outsideFields,
  },
  examples: [
    {
      command: 'athar ledger fetch 1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq --from https://blockstream.info/api',
      says: 'each transaction with its proof that it is in its block',
    },
    {
      command: 'athar ledger fetch TL24LCps5FKwp3PoU1MvrYrwhi5LU1tHre --from https://api.trongrid.io --secret key.txt',
      says: 'coin and tokens of a Tron address, reconciled with its balance',
    },
    {
      command: 'athar ledger fetch 0x… --network ethereum --from "https://api.etherscan.io/v2/api?chainid=1"',
      says: 'from an explorer with Etherscan’s interface; Blockscout’s is the same',
    },
  ],
  verdict: (answer: Fetched) => (answer.results.some(one => one.complete === false) ? 'no' : 'ok'),
  list: 'results',
  run: (input: Input, context: Context) => fetchAll(input, context),
}

async function fetchAll(input: Input, context: Context): Promise<Fetched> {
  const secret = secretFrom(input.secret)
  const subjects = input.addresses.map(text => Addresses.from(text, input.network))
  const client = openOutside(input, 'ledger fetch', context, { hide: secret === null ? [] : [secret] })
  const provider = hostOf(input.from)
  const { url, key } = addressWith(input.from, secret)
  const sources = new Map<Network.NetworkId, OpenSource>()
  try {
    const results: FetchedAddress[] = []
    const proven = async (network: Rules.BitcoinNetworkId): Promise<OpenSource> => {
      const source = sources.get(network) ?? (await openProven(client, url, network, input.trust))
      sources.set(network, source)
      return source
    }
    for (const { address, network } of subjects) {
      const subject = { address, network, provider }
      const rules = Rules.find(network)
      const one =
        rules === undefined
          ? await fetchOne(sourceFor(client, url, key, network), subject, input.again, context)
          : await fetchProven(await proven(rules.network), { ...subject, network: rules.network }, input.again, context)
      results.push({ address, network, caip10: Address.toCaip10({ network, address }), ...one })
    }
    const networks = [...new Set(subjects.map(subject => subject.network))]
    const coverage = networks.map(one => openColumns(context.store, one)?.coverage() ?? unread(one))
    return { provider, results, coverage }
  } finally {
    for (const source of sources.values()) source.close()
    client.close()
  }
}

type Subject = { readonly address: string; readonly network: Network.NetworkId; readonly provider: string }

async function fetchOne(
  source: HistorySource,
  subject: Subject,
  again: boolean,
  context: Context,
): Promise<FetchedHistory> {
  const { store, clock, signal, progress } = context
  const { address, network, provider } = subject
  const { result: ingest } = mending(context, () => openTransferIngest(store, network, clock))
  const sum = { pages: 0, transactions: 0, added: 0, present: 0 }
  const faults: string[] = []
  const times = watchTimes(clock())
  const before = findCursor(store, network, address, provider)
  // What was left out lies anywhere: a history that was not whole is read from its beginning.
  let cursor = again || before === undefined || before.state === 'partial' ? null : before.cursor
  const keep = (state: 'reading' | 'complete' | 'partial'): void => {
    if (cursor !== null) addCursor(store, { ...subject, cursor, state, at: clock() })
  }
  for await (const page of source.pages(address, cursor)) {
    if (signal.aborted) throw cancelled(address)
    const timed = times.check(page.transfers)
    const taken = ingest.add(`${address} from ${provider}`, timed.taken)
    store.transaction(() => {
      for (const one of page.told ?? []) addTold(store, network, one.block, one, { provider, readAt: clock() })
    })
    sum.pages++
    sum.transactions += page.txids.length
    sum.added += taken.added
    sum.present += taken.present
    faults.push(
      ...page.faults,
      ...timed.faults,
      ...taken.rejected.map(one => `a transfer contradicts what was read: ${one.reason}`),
    )
    cursor = page.cursor
    keep('reading')
    const note = `${address.slice(0, 8)}…: ${sum.transactions.toLocaleString('en-GB')} transactions`
    progress({ done: sum.pages, total: null, unit: 'pages', note })
  }
  const statement = await source.statement(address)
  if (statement.tip !== null) addTip(store, network, { ...statement.tip, provider, seenAt: clock() })
  const balances = reconcile(openColumns(store, network) as AccountColumns | undefined, address, network, statement)
  const verdict = judge(balances, statement, faults)
  keep(verdict.complete === true ? 'complete' : 'partial')
  return { ...sum, balances, ...verdict, faults: faults.slice(0, FAULTS_MAX) }
}

const FAULTS_MAX = 100

/** Receipts less payments against each balance that the provider states; zero of a token never met is left out. */
function reconcile(
  columns: AccountColumns | undefined,
  address: string,
  network: Network.NetworkId,
  { balances }: Statement,
): Balance[] {
  const row = columns?.addresses.find(address)
  const computed = columns === undefined || row === undefined ? [] : totalsOf(columns, row).balance
  const assets = columns?.assets ?? []
  return balances.flatMap(({ contract, units }) => {
    const own = computed.find(one => one !== null && one.asset.contract === contract) ?? null
    const asset: Asset.Asset = own?.asset ??
      assets.find(one => one.contract === contract) ?? { network, symbol: contract ?? 'coin', decimals: 0, contract }
    if (own === null && units === 0n) return []
    const stated = Amount.toJson({ asset, units })
    return [{ computed: own === null ? null : Amount.toJson(own), stated, equal: (own?.units ?? 0n) === units }]
  })
}

function judge(
  balances: readonly Balance[],
  { reserve }: Statement,
  faults: readonly string[],
): { complete: boolean | null; why: string } {
  if (faults.length > 0) {
    return { complete: false, why: `The provider contradicts itself or what was read in ${faults.length} places.` }
  }
  const unequal = balances.filter(one => !one.equal)
  const token = unequal.find(one => one.stated.contract !== undefined)
  if (token !== undefined) {
    const says = `${token.computed?.value ?? 'nothing'} was read and ${token.stated.value} stated`
    return { complete: false, why: `The balance of ${token.stated.asset} does not agree: ${says}.` }
  }
  if (unequal.length > 0 && reserve === null) {
    const [coin] = unequal
    const says = `${coin!.computed?.value ?? 'nothing'} was read and ${coin!.stated.value} stated`
    return { complete: false, why: `The balance of ${coin!.stated.asset} does not agree: ${says}.` }
  }
  if (unequal.length > 0)
    return { complete: null, why: `The coin's balance does not agree, which may be right: ${reserve}.` }
  return { complete: true, why: 'All pages were read, nothing contradicts, and each balance agrees.' }
}

export function sourceFor(
  client: Outside,
  from: string,
  secret: string | null,
  network: Network.NetworkId,
): HistorySource {
  const { family } = Network.from(network)
  if (family === 'tron') return openTronGrid(client, from, secret)
  if (family === 'evm') return openEtherscan(client, from, secret, network)
  throw new Failure('Source.NoHistories', 'input', `Histories of ${network} are not read from providers.`, {
    hint: `Read its blocks: athar ledger sync ${network}, or athar ledger add ${network}.`,
    facts: { network },
  })
}
