/**
 * Writes the newest step's digests into RELEASED of src/store/migrate.ts. For a step that no release has yet: a step
 * that was released is never edited (docs/decisions/0004).
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sha256Hex } from '../src/std/digest.ts'
import { digestOfTables, RELEASED, STEPS } from '../src/store/migrate.ts'

const database = new DatabaseSync(':memory:')
for (const step of STEPS) database.exec(step)
const newest = { text: sha256Hex(STEPS.at(-1)!), tables: digestOfTables(database) }
const path = join(import.meta.dirname, '../src/store/migrate.ts')
const before = readFileSync(path, 'utf8')
// The newest step stands last: a step that changed no table has the same digest of tables as the one before it.
const cut = before.lastIndexOf(RELEASED.at(-1)!.text)
const tail = before
  .slice(cut)
  .replace(RELEASED.at(-1)!.text, newest.text)
  .replace(RELEASED.at(-1)!.tables, newest.tables)
const after = before.slice(0, cut) + tail
if (after !== before) writeFileSync(path, after)
process.stdout.write(`step ${STEPS.length}: ${after === before ? 'as written' : 'digests written'}\n`)
