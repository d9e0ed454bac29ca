import { type Row, row } from '../row.ts'

/** Reading what was published: rows of the table of operations. */
export const rows: readonly Row[] = [
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
    'capture erase',
    'Erase a capture by law: destroy its key, leave a tombstone',
    'admin',
    async () => (await import('./erase.ts')).captureErase,
  ),
  row(
    'capture hold',
    'Hold a capture by law, so that nothing erases it, or lift a hold',
    'admin',
    async () => (await import('./erase.ts')).captureHold,
  ),
  row(
    'backup',
    'Write the whole data directory to one file, the keys of captures beside it',
    'admin',
    async () => (await import('./backup.ts')).backup,
  ),
  row(
    'restore',
    'Bring a backup back into an empty data directory, every file checked',
    'admin',
    async () => (await import('./backup.ts')).restore,
  ),
  row(
    'egress list',
    'List what was asked of other machines, the newest first',
    'read',
    async () => (await import('./egress.ts')).egressList,
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
]
