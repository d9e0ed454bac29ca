import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ScreenResult } from '../../web/src/answer.ts'
import { toCsv, worth } from '../../web/src/part/screen-row.ts'

const row = (address: string, status: ScreenResult['status'], entity?: string): ScreenResult => ({
  ...{ input: address, address, network: 'bitcoin', caip10: null, status, exposureStatus: 'no-finding', reason: null },
  listing: { status: 'not-checked' },
  designations: entity === undefined ? [] : [{ authority: 'OFAC', entity } as ScreenResult['designations'][number]],
  ...{ labels: [], exposure: [], risk: { score: null, rules: [] }, policy: null, notes: [], coverage: null },
})

test('the gravest stand first; what is not checked stands before what was checked without a finding', () => {
  const rows = [row('a', 'no-finding'), row('b', 'not-checked'), row('c', 'listed'), row('d', 'direct')]
  const sorted = rows.toSorted((a, b) => worth(a, 'status') - worth(b, 'status'))
  assert.deepEqual(
    sorted.map(one => one.address),
    ['c', 'd', 'b', 'a'],
  )
})

test('a table taken along quotes what needs it and starts no formula', () => {
  const csv = toCsv([row('1A', 'listed', 'Say "x", y'), row('1B', 'listed', '=HYPERLINK("http://x")')])
  assert.deepEqual(csv.split('\r\n'), [
    'address,network,status,listed_by,entity,exposure,transactions_read,lists',
    '1A,bitcoin,listed,OFAC,"Say ""x"", y",,not read,',
    '1B,bitcoin,listed,OFAC,"\'=HYPERLINK(""http://x"")",,not read,',
    '',
  ])
})
