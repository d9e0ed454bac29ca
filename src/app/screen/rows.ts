import { type Row, row } from '../row.ts'

/** Lists, screening, triage: rows of the table of operations. */
export const rows: readonly Row[] = [
  row(
    'triage',
    'Take the first look at a post or an address, and say what to do next',
    'read',
    async () => (await import('./triage.ts')).triage,
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
    'list conflicts',
    'Show what speaks against labels: contracts, wrong networks, packs that disagree',
    'read',
    async () => (await import('./list-conflicts.ts')).listConflicts,
  ),
  row(
    'list export',
    'Hand lists and labels on as a tag pack, FollowTheMoney, STIX, MISP or CSV',
    'read',
    async () => (await import('./list-export.ts')).listExport,
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
    'screen review',
    'Say which past screenings would now be answered otherwise, and who received the old answer',
    'read',
    async () => (await import('./review.ts')).screenReview,
  ),
  row(
    'screen told',
    'Mark those who received an answer that changed as told of it',
    'write',
    async () => (await import('./review.ts')).screenTold,
  ),
  row(
    'address show',
    'Show what is known of an address: labels, designations, transfers, coverage',
    'read',
    async () => (await import('./address.ts')).addressShow,
  ),
]
