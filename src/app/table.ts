import type { Operation } from './operation.ts'

/**
 * The one table of operations, in the order in which help shows them. The command line, HTTP and MCP are generated
 * from it.
 *
 * A row is light: the module behind it is loaded when the operation is asked for, so that `athar --help` need not read
 * the whole program. A test holds each row equal to the operation that it loads.
 */
export type Row = Pick<Operation, 'name' | 'summary' | 'access'> & { readonly load: () => Promise<Operation> }

export const table: readonly Row[] = [
  row(
    'demo',
    'Run the sample investigation, end to end, on a generated world',
    'read',
    async () => (await import('./demo.ts')).demo,
  ),
  row(
    'triage',
    'Take the first look at a post or an address, and say what to do next',
    'read',
    async () => (await import('./triage.ts')).triage,
  ),
  row(
    'mention find',
    'Find addresses and other identifiers in files; stores nothing',
    'read',
    async () => (await import('./mention.ts')).mentionFind,
  ),
  row(
    'capture add',
    'Seal files as evidence: hash, source, time, custody',
    'write',
    async () => (await import('./capture.ts')).captureAdd,
  ),
  row(
    'capture show',
    'Show a capture: where it came from, its custody, what it says',
    'read',
    async () => (await import('./capture.ts')).captureShow,
  ),
  row('capture list', 'List what is sealed', 'read', async () => (await import('./capture.ts')).captureList),
  row(
    'capture verify',
    'Hash everything that is sealed again, and check the custody chain',
    'read',
    async () => (await import('./capture.ts')).captureVerify,
  ),
  row(
    'ledger add',
    'Read blocks into the ledger: raw, blk*.dat, hex or getblock JSON',
    'write',
    async () => (await import('./ledger.ts')).ledgerAdd,
  ),
  row(
    'ledger import',
    'Read transfers of account chains (Tron, Ethereum) from a CSV file',
    'write',
    async () => (await import('./ledger-import.ts')).ledgerImport,
  ),
  row(
    'ledger price',
    'Read daily prices in US dollars from a CSV file',
    'write',
    async () => (await import('./ledger-import.ts')).ledgerPrice,
  ),
  row(
    'ledger status',
    'Say what the ledger holds, per network, and which prices',
    'read',
    async () => (await import('./ledger-status.ts')).ledgerStatus,
  ),
  row(
    'rebuild',
    'Derive the ledgers again from the files they were read from',
    'write',
    async () => (await import('./ledger-rebuild.ts')).rebuild,
  ),
  row(
    'list add',
    'Import a sanctions list, seizure orders, a tag pack or a list of addresses as a version',
    'write',
    async () => (await import('./list.ts')).listAdd,
  ),
  row(
    'list diff',
    'Show which addresses an authority added, removed or changed between two days',
    'read',
    async () => (await import('./list.ts')).listDiff,
  ),
  row(
    'list status',
    'Show the lists in force, their versions and which are stale',
    'read',
    async () => (await import('./list.ts')).listStatus,
  ),
  row(
    'screen',
    'Say whether addresses are listed, and what they touch, with what was checked',
    'read',
    async () => (await import('./screen.ts')).screen,
  ),
  row(
    'cluster show',
    'Show the addresses held to be the same holder’s, by which heuristics, and what was refused',
    'read',
    async () => (await import('./cluster.ts')).clusterShow,
  ),
  row(
    'cluster why',
    'Say why two addresses are in one cluster: the shortest chain, and the smallest cut',
    'read',
    async () => (await import('./cluster.ts')).clusterWhy,
  ),
  row(
    'trace',
    'Follow value from addresses or outpoints by stated taint methods',
    'read',
    async () => (await import('./trace.ts')).trace,
  ),
  row(
    'path',
    'Find the fewest transactions that lead from one address to another, and back',
    'read',
    async () => (await import('./path.ts')).path,
  ),
  row(
    'funder',
    'Say who first paid an address, in what was read',
    'read',
    async () => (await import('./funder.ts')).funder,
  ),
  row(
    'offramp',
    'Name the services where value of addresses was cashed out, with inferred deposit addresses',
    'read',
    async () => (await import('./offramp.ts')).offramp,
  ),
  row(
    'campaign add',
    'Record a campaign: a solicitation by a claimed actor',
    'write',
    async () => (await import('./campaign.ts')).campaignAdd,
  ),
  row(
    'campaign show',
    'Show a campaign: addresses with role and window, properties, captures',
    'read',
    async () => (await import('./campaign.ts')).campaignShow,
  ),
  row('campaign list', 'List the campaigns', 'read', async () => (await import('./campaign.ts')).campaignList),
  row(
    'campaign link',
    'Link addresses or a property (channel, site, page) to a campaign, with the evidence',
    'write',
    async () => (await import('./campaign.ts')).campaignLink,
  ),
  row(
    'campaign receipts',
    'Tell what a campaign or a set of addresses took in, in classes that sum to the inflow',
    'read',
    async () => (await import('./campaign-receipts.ts')).campaignReceipts,
  ),
  row('case open', 'Open a case', 'write', async () => (await import('./case.ts')).caseOpen),
  row(
    'case add',
    'Add evidence to a case, and run on it what the report will say, declared beforehand',
    'write',
    async () => (await import('./case.ts')).caseAdd,
  ),
  row(
    'case note',
    'Add a note to a case, or set its status',
    'write',
    async () => (await import('./case.ts')).caseNote,
  ),
  row(
    'case show',
    'Show a case: evidence, runs, notes, reports and the record',
    'read',
    async () => (await import('./case.ts')).caseShow,
  ),
  row(
    'case list',
    'List the cases with the reports that were written on them',
    'read',
    async () => (await import('./case.ts')).caseList,
  ),
  row('case close', 'Close a case with its outcome', 'write', async () => (await import('./case.ts')).caseClose),
  row(
    'report write',
    'Write the report of a case, each figure with its evidence',
    'write',
    async () => (await import('./report.ts')).reportWrite,
  ),
  row(
    'search',
    'Search addresses, transactions, names, campaigns, cases and captures',
    'read',
    async () => (await import('./search-all.ts')).search,
  ),
  row(
    'address show',
    'Show what is known of an address: labels, designations, transfers, coverage',
    'read',
    async () => (await import('./address.ts')).addressShow,
  ),
  row(
    'claim add',
    'Record who says what about an address, entity or campaign',
    'write',
    async () => (await import('./claim.ts')).claimAdd,
  ),
  row(
    'claim list',
    'Show the claims, of one address where it is given',
    'read',
    async () => (await import('./claim.ts')).claimList,
  ),
  row(
    'judgement add',
    'Judge a claim or label; earlier judgements stay beside it',
    'write',
    async () => (await import('./claim.ts')).judgementAdd,
  ),
  row(
    'doctor',
    'Say what is missing on this machine, and how to get it',
    'read',
    async () => (await import('./doctor.ts')).doctor,
  ),
]

/** Operations of the command line alone: they write folders of their own, which no client of a server may ask for. */
export const local: readonly string[] = ['demo']

/** Commands that the interface promises and this version does not have: they are refused by name, never pretended. */
export const planned: readonly string[] = [
  ...['ledger sync', 'ledger fetch'],
  ...['campaign bursts', 'campaign check', 'watch add', 'watch list', 'watch run', 'alert list', 'alert close'],
  ...['rule list', 'rule test', 'rule activate', 'bundle write', 'verify', 'user add', 'user list', 'user remove'],
  ...['token create', 'token revoke', 'capture erase', 'capture hold', 'backup', 'restore', 'mcp'],
]

function row(name: string, summary: string, access: Operation['access'], load: Row['load']): Row {
  return { name, summary, access, load }
}
