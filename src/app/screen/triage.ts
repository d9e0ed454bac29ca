import { existsSync } from 'node:fs'
import * as Attribution from '../../attribution/attribution.ts'
import * as Ledger from '../../ledger/ledger.ts'
import { type AmountJson, toJson } from '../../model/amount.ts'
import type { Coverage } from '../../model/coverage.ts'
import * as Instant from '../../model/instant.ts'
import * as Network from '../../model/network.ts'
import { Failure } from '../../std/failure.ts'
import { answered, ledgersOf } from '../ledger/ledgers.ts'
import type { Context, Operation } from '../operation.ts'
import { type Found, foundIn } from '../read/post.ts'
import { createSearch, type Search, type Seen } from '../search.ts'
import { type Deposit, depositOf } from './deposit.ts'
import { type Frozen, frozenOf } from './freeze.ts'
import type { ScreenResult } from './result.ts'
import { createAsker } from './screen.ts'
import { printTriage } from './triage-print.ts'

export type { Deposit } from './deposit.ts'

/** The first ten minutes with a post or an address: what is known here, what was not checked, what to do next. */
export type TriageAnswer = {
  readonly posts: readonly PostAnswer[]
  readonly addresses: readonly AddressTriage[]
  /** What no part of this answer looked at, in words. */
  readonly notChecked: readonly string[]
}

export type PostAnswer = {
  /** The file, or null where the text itself was given. */
  readonly path: string | null
  readonly sha256: string
  readonly seenBefore: readonly Seen[]
  readonly addresses: readonly string[]
  readonly others: readonly { readonly kind: string; readonly raw: string }[]
}

export type AddressTriage = {
  readonly address: string
  /** Also one whose ledger is not read (`monero`). */
  readonly network: string | null
  readonly caip10: string | null
  /** As it stands in the post, where it was repaired or only probable. */
  readonly certainty: 'found' | 'probable' | 'given'
  readonly status: ScreenResult['status']
  readonly listing: ScreenResult['listing']
  readonly designations: ScreenResult['designations']
  readonly labels: ScreenResult['labels']
  /** Captures in which the address stands as plain text. */
  readonly seenBefore: readonly Seen[]
  readonly frozen: Frozen
  /** Null: not known, and the coverage says why. */
  readonly balance: readonly AmountJson[] | null
  readonly lastOutflow: { readonly txid: string; readonly time: string; readonly amount: AmountJson | null } | null
  readonly nearestDeposit: Deposit | null
  readonly coverage: Coverage | null
  readonly next: { readonly en: string; readonly ar: string }
}

type Input = { readonly subject?: readonly string[]; readonly text?: readonly string[] }

export const triage: Operation = {
  name: 'triage',
  summary: 'Take the first look at a post or an address, and say what to do next',
  access: 'read',
  fields: {
    text: { type: 'strings', says: 'Addresses, or the words of a post, given directly' },
    subject: { type: 'strings', says: 'Addresses, or files that hold posts', positional: true, path: true },
  },
  examples: [
    { command: 'athar triage post.txt', says: 'every address in a post' },
    { command: 'athar triage 1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq --json', says: 'one address' },
    { command: 'athar triage "Donate: 1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq"', says: 'the words of a post' },
  ],
  list: 'addresses',
  print: printTriage,
  run: (input: Input, context: Context) => look(input, context),
}

/** Addresses of one triage: more is an import, not a first look. */
const ADDRESSES_MAX = 200

async function look(input: Input, context: Context): Promise<TriageAnswer> {
  const given = [...(input.subject ?? []).map(one => ({ one, file: existsSync(one) }))]
  const subjects = [...given, ...(input.text ?? []).map(one => ({ one, file: false }))]
  if (subjects.length === 0) throw nothingAsked()
  const found = subjects.flatMap(({ one, file }) => foundIn(one, file))
  const wanted = new Map<string, Found['addresses'][number]>()
  for (const { addresses } of found) for (const one of addresses) if (!wanted.has(one.text)) wanted.set(one.text, one)
  if (wanted.size > ADDRESSES_MAX) throw tooMany(wanted.size)
  const search = createSearch(context.store)
  const askerIn = createAsker(context, 1)
  const addresses = await answered(context, at => {
    const ask = askerIn(at)
    return [...wanted.values()].map(({ text, certainty }) => addressOf(ask(text), certainty, search, at))
  })
  return {
    posts: found.filter(one => one.sha256 !== null).map(one => postOf(one, search)),
    addresses,
    notChecked: [...new Set(addresses.flatMap(uncheckedOf)), ...NOT_CHECKED],
  }
}

/** What of one address nothing was looked at. */
function uncheckedOf({ network, frozen, listing, balance, coverage }: AddressTriage): string[] {
  if (network === null) return []
  return [
    ...(listing.status === 'not-checked' ? ['Sanctions lists: none is loaded (athar list add).'] : []),
    ...(frozen.status === 'not-checked'
      ? [`Freezes by issuers on ${network}: none are loaded (athar list add issuer-freezes).`]
      : []),
    ...(coverage?.transactionsRead == null ? [`The ledger of ${network}: it was not read.`] : []),
    ...(balance === null && coverage?.transactionsRead != null
      ? [`Balances that rest on what was not read of ${network}.`]
      : []),
    ...(coverage?.labels === 0 ? [`Services on ${network}: no labels are loaded, so no cash-out can be named.`] : []),
  ]
}

const NOT_CHECKED: readonly string[] = [
  'Anything outside this data directory: no network was asked.',
  'Captures in which the address is disguised, split or in an image: only plain text is searched.',
]

function postOf({ path, sha256, addresses, others }: Found, search: Search): PostAnswer {
  return {
    ...{ path, sha256: sha256!, seenBefore: search.byHash(sha256!), others },
    addresses: addresses.map(one => one.text),
  }
}

function addressOf(
  result: ScreenResult,
  certainty: AddressTriage['certainty'],
  search: Search,
  context: Context,
): AddressTriage {
  const { address, network, caip10, status, listing, designations, labels, coverage } = result
  const read = network === null ? undefined : Network.parse(network)?.id
  const columns = read === undefined ? undefined : ledgersOf(context).open(read)
  const flows = columns === undefined ? NOT_READ : flowsOf(columns, address, context)
  const frozen = frozenOf(
    read ?? null,
    address,
    read === undefined ? [] : designationsOf(read, address, context),
    context,
  )
  const known = {
    address,
    network,
    caip10,
    certainty,
    status,
    listing,
    designations,
    labels,
    coverage,
    ...flows,
    frozen,
  }
  return {
    ...known,
    seenBefore: network === null ? [] : search.byText(address),
    next: nextOf(known, columns?.addresses.find(address) !== undefined),
  }
}

function designationsOf(
  network: Network.NetworkId,
  address: string,
  context: Context,
): readonly Attribution.Designation[] {
  return knowledgeNow(context).designationsOf(network, address)
}

function knowledgeNow(context: Context): Attribution.StoredKnowledge {
  const now = context.clock()
  return Attribution.knowledge(context.store, { asOf: now, knownAt: now })
}

type Flows = Pick<AddressTriage, 'balance' | 'lastOutflow' | 'nearestDeposit'>

const NOT_READ: Flows = { balance: null, lastOutflow: null, nearestDeposit: null }

function flowsOf(columns: Ledger.Columns, address: string, context: Context): Flows {
  const row = columns.addresses.find(address)
  if (row === undefined) return NOT_READ
  const { balance } = Ledger.totalsOf(columns, row)
  const known = balance.filter(amount => amount !== null)
  return {
    balance: known.length < balance.length ? null : known.map(amount => toJson(amount)),
    lastOutflow: lastOutflowOf(columns, row),
    nearestDeposit: depositOf(columns, knowledgeNow(context), address),
  }
}

/** Newest transactions looked through for the last payment. */
const MOVEMENTS_MAX = 10_000

function lastOutflowOf(columns: Ledger.Columns, row: number): AddressTriage['lastOutflow'] {
  const last = Ledger.movementsOf(columns, row, 0, MOVEMENTS_MAX).find(one => one.sent !== null || one.unread)
  if (last === undefined) return null
  return { txid: last.txid, time: Instant.format(last.time), amount: last.sent === null ? null : toJson(last.sent) }
}

type Known = Flows & Pick<AddressTriage, 'network' | 'status' | 'labels' | 'frozen'>

/** One sentence: what an analyst does first with this. */
function nextOf(known: Known, read: boolean): AddressTriage['next'] {
  const { network, status, nearestDeposit: deposit, balance, frozen } = known
  const alarming = status === 'listed' || status === 'direct'
  if (network === null)
    return { en: 'Compare it with its source: it is no valid address.', ar: 'قارنه بمصدره: ليس عنوانًا صالحًا.' }
  if (Network.parse(network) === undefined) {
    return {
      en: `Seal the post as evidence and follow it with a tool that reads ${network}: Athar does not.`,
      ar: `اختم المنشور دليلًا وتتبّعه بأداة تقرأ \u2068${network}\u2069: أثر لا يقرؤها.`,
    }
  }
  if (!read) {
    return {
      en: `Read the ledger of ${network} for it first: what was read does not show it.`,
      ar: `اقرأ سجل \u2068${network}\u2069 لهذا العنوان أولًا: لا يظهر العنوان فيما قُرئ.`,
    }
  }
  if (frozen.status === 'frozen' || frozen.status === 'asked') {
    return {
      en: `${frozen.because.en} Open a case, and ask those who hold it to keep it held.`,
      ar: `${frozen.because.ar} افتح قضية، واطلب ممن يحتجزه إبقاء الاحتجاز.`,
    }
  }
  if (deposit !== null) {
    return {
      en: `Value reached ${deposit.service} (${deposit.address}): open a case, and notify it if the case holds.`,
      ar:
        `وصلت قيمة إلى \u2068${deposit.service}\u2069 (\u2068${deposit.address}\u2069): ` +
        'افتح قضية، وأبلغ الخدمة إن ثبتت القضية.',
    }
  }
  if (balance?.some(({ amount }) => amount !== '0') === true) {
    const en = alarming
      ? 'Value still lies there: ask for a freeze, and open a case.'
      : 'Value still lies there: seal the post as evidence, and open a case.'
    return {
      en,
      ar: alarming
        ? 'ما زالت فيه قيمة: اطلب تجميدها، وافتح قضية.'
        : 'ما زالت فيه قيمة: اختم المنشور دليلًا، وافتح قضية.',
    }
  }
  return {
    en: 'Seal the post as evidence (`athar capture add`) and open a case; nothing urgent shows in what was read.',
    ar: 'اختم المنشور دليلًا (\u2068`athar capture add`\u2069)، وافتح قضية؛ لا يظهر أمر عاجل فيما قُرئ.',
  }
}

function nothingAsked(): Failure {
  return new Failure('Triage.NothingAsked', 'usage', 'No post and no address was given.', {
    hint: 'Name a file, an address, or the words of a post: athar triage post.txt',
  })
}

function tooMany(count: number): Failure {
  return new Failure(
    'Triage.TooMany',
    'limit',
    `The posts name ${count} addresses; a first look takes ${ADDRESSES_MAX}.`,
    {
      hint: 'Screen them all: athar mention find PATH --json, then athar screen --file.',
      facts: { count, limit: ADDRESSES_MAX },
    },
  )
}
