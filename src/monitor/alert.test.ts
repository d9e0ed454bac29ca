import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openWriter } from '../store/store.ts'
import { alerts, alertsFrom, eachAlert, withdraw } from './alert.ts'
import { addAlert } from './table.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-alerts-'))
after(() => rmSync(folder, { recursive: true, force: true }))

test('alerts come some at a time, and each of them once; what happens to one meanwhile is seen', () => {
  const store = openWriter(folder)
  const row = { watch: 'w', rule: 'payment@1', address: 'a', txid: 't', happenedAt: 1, raisedAt: 1 } as const
  const content = { standing: 'mined', txids: [], isPost: false }
  store.transaction(() => {
    for (let k = 0; k < 2500; k++) {
      const network = k % 2 === 0 ? 'tron' : 'ethereum'
      addAlert(store, { ...row, key: `${k}`, network, height: k, content })
    }
  })
  assert.deepEqual([...eachAlert(store)], alerts(store).reverse())
  const tron = [...alertsFrom(store, 'tron', 100)].map(alert => alert.height)
  assert.deepEqual(
    tron,
    Array.from({ length: 1200 }, (_, k) => 100 + 2 * k),
  )
  const seen: string[] = []
  for (const alert of eachAlert(store)) {
    if (alert.id === 3) withdraw(store, 2400, 'gone', 2)
    if (alert.status === 'withdrawn') seen.push(`${alert.id}`)
  }
  assert.deepEqual(seen, ['2400'])
  assert.equal([...alertsFrom(store, 'ethereum', 0)].length, 1249)
  store.close()
})
