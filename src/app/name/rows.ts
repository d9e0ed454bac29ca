import { type Row, row } from '../row.ts'

/** Names, and who bears them: rows of the table of operations. */
export const rows: readonly Row[] = [
  row(
    'name match',
    'Hold a name, Arabic or Latin, against the lists and entities, with the reasons of each score',
    'read',
    async () => (await import('./match.ts')).nameMatch,
  ),
  row(
    'name batch',
    'Hold many names against the lists at once, asked and answered as yente does',
    'read',
    async () => (await import('./batch.ts')).nameBatch,
  ),
  row(
    'name datasets',
    'Show which lists a name can be held against',
    'read',
    async () => (await import('./match.ts')).nameDatasets,
  ),
  row(
    'entity add',
    'Record what a source says of a person, body, company, channel, site or account',
    'write',
    async () => (await import('./entity.ts')).entityAdd,
  ),
  row(
    'entity link',
    'Record a graded relation between entities, or to an address, with its window',
    'write',
    async () => (await import('./entity.ts')).entityLink,
  ),
  row(
    'entity show',
    'Show an entity at two clocks, with the source of each statement; a roll-up only when asked for',
    'read',
    async () => (await import('./entity.ts')).entityShow,
  ),
  row('entity list', 'Show the entities', 'read', async () => (await import('./entity.ts')).entityList),
  row(
    'dispute add',
    'Set the word of a named person beside a claim, label or listing',
    'write',
    async () => (await import('./dispute.ts')).disputeAdd,
  ),
  row('dispute list', 'Show what is disputed, by whom', 'read', async () => (await import('./dispute.ts')).disputeList),
]
