/**
 * What an answer about a ledger was able to see. Unknown is null, never 0: an answer whose coverage is null says
 * "ledger not read", not "nothing there".
 */
export type Coverage = {
  network: string
  fromHeight: number | null
  toHeight: number | null
  tipHeight: number | null
  transactionsRead: number | null
  transactionsExpected: number | null
  truncated: boolean | null
  depth: number | null
  /** `unanchored`: the blocks do not connect to a known checkpoint; usable, never evidence. */
  finality: 'final' | 'unconfirmed' | 'unanchored' | 'provider-attested' | null
  staleSeconds: number | null
  lists: { authority: string; version: string }[]
  /** Labels known on this network. */
  labels: number
  provider: string | null
}

/** Whether blocks are missing between the lowest and the highest that were read: then the range says too much. */
export function hasGaps({ fromHeight, toHeight, transactionsExpected, finality }: Coverage): boolean {
  if (fromHeight === null || fromHeight === toHeight) return false
  return transactionsExpected === null && finality !== 'provider-attested'
}

/** The coverage of a network whose ledger was never read. */
export function unread(network: string): Coverage {
  return {
    network,
    fromHeight: null,
    toHeight: null,
    tipHeight: null,
    transactionsRead: null,
    transactionsExpected: null,
    truncated: null,
    depth: null,
    finality: null,
    staleSeconds: null,
    lists: [],
    labels: 0,
    provider: null,
  }
}
