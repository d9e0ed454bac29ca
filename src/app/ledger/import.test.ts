import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fixedClock } from '../../std/clock.ts'
import { perform } from '../perform.ts'
import type { ImportAnswer } from './import.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-import-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const HEADER = 'network,asset,contract,txid,height,time,from,to,amount'
const USDT = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'
const FAKE = 'TLa2f6VPqDgRE67v1736s7bJ8Ray5wYjU7'
const PAYER = 'TEkxiTehnzSmSe2XqrBj4w32RUN966rdz8'
const row = (n: number, amount: string, contract = USDT): string =>
  `tron,USDT,${contract},${n.toString(16).padStart(64, '0')},${100 + n},2023-01-31T12:00:00Z,${PAYER},${USDT},${amount}`

test('a day is no time: its row is refused by line, and the others are taken', async () => {
  const { added, rejected } = await take('day', [row(1, '5').replace('T12:00:00Z', ''), row(2, '5')])
  assert.equal(added, 1)
  assert.deepEqual(rejected, [{ line: 2, reason: 'time “2023-01-31” is not RFC 3339, such as 2023-01-31T12:00:00Z' }])
})

test('a namesake that only a refused row names is no impostor of the file; of a row that is taken it is', async () => {
  await take('fake', [row(1, '5', FAKE)])
  const refused = await take('fake', [row(1, '6', FAKE)])
  assert.deepEqual([refused.rejectedCount, refused.impostors], [1, []])
  const taken = await take('fake', [row(1, '6', FAKE), row(2, '5', FAKE)])
  assert.deepEqual(
    taken.impostors.map(asset => asset.contract),
    [FAKE],
  )
})

/** Into a data directory of that name. */
async function take(name: string, rows: readonly string[]): Promise<ImportAnswer> {
  const file = join(folder, `${name}.csv`)
  writeFileSync(file, [HEADER, ...rows].join('\n'))
  return (await perform(
    'ledger import',
    { file },
    {
      ...{ directory: join(folder, name), user: 'tester', clock: fixedClock(1_700_000_000) },
      ...{ progress: () => {}, signal: new AbortController().signal },
    },
  )) as ImportAnswer
}
