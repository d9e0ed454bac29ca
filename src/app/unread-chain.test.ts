import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { perform } from './perform.ts'

const directory = mkdtempSync(join(tmpdir(), 'athar-unread-'))
after(() => rmSync(directory, { recursive: true, force: true }))

/** Of Monero's own documentation (getmonero.org, “Donating”): where gifts to the project go. */
const MONERO = '888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3H'

const run = (name: string, input: object): Promise<unknown> =>
  perform(name, input, {
    ...{ directory, user: 'tester', clock: () => 1_900_000_000, progress: () => {} },
    signal: new AbortController().signal,
  })

test('an address of Monero is refused as what it is, wherever an address is asked for', async () => {
  await run('case open', { name: 'one' })
  const questions: readonly (readonly [string, object])[] = [
    ['watch add', { target: MONERO }],
    ['watch add', { target: MONERO, kind: 'cluster' }],
    ['case add', { name: 'one', address: MONERO, reason: 'test' }],
    ['address show', { address: MONERO }],
    ['trace', { origin: [MONERO] }],
    ['ledger fetch', { addresses: [MONERO], from: 'http://127.0.0.1:1' }],
  ]
  for (const [name, input] of questions) {
    const message = new RegExp(`^“${MONERO}” is an address of monero, whose payments cannot be followed`)
    await assert.rejects(run(name, input), { name: 'Address.NotFollowed', kind: 'input', message }, name)
  }
  await assert.rejects(run('watch add', { target: `${MONERO.slice(0, -1)}G` }), { name: 'Campaign.Missing' })
  await assert.rejects(run('trace', { origin: [`${MONERO.slice(0, -1)}G`] }), { name: 'Address.Unknown' })
})
