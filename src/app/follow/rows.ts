import { type Row, row } from '../row.ts'

/** Clusters, traces and paths: rows of the table of operations. */
export const rows: readonly Row[] = [
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
    'flow',
    'Show the way of traced value transaction by transaction, method by method',
    'read',
    async () => (await import('./flow.ts')).flow,
  ),
  row(
    'between',
    'List the transactions in which one address paid another',
    'read',
    async () => (await import('./between.ts')).between,
  ),
  row(
    'neighbours',
    'List whom an address paid and was paid by, each with sums, times and labels',
    'read',
    async () => (await import('./neighbours.ts')).neighbours,
  ),
  row(
    'activity',
    'Show what an address received and sent day by day',
    'read',
    async () => (await import('./activity.ts')).activity,
  ),
]
