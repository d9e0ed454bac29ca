import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../std/random.ts'
import type { Manners } from './client.ts'
import { openLines } from './line-socket.ts'

test('a server that no proxy reaches is not asked around it, nor where queries are forbidden', async () => {
  const manners: Manners = {
    ...{ clock: () => 0, random: seededRandom(1), signal: new AbortController().signal },
    ...{ forbidden: false, proxy: 'http://127.0.0.1:9', record: () => assert.fail('nothing may be asked') },
  }
  await assert.rejects(openLines('tcp://127.0.0.1:9', manners, false), { name: 'Source.PastProxy' })
  const none = { ...manners, proxy: null, forbidden: true }
  await assert.rejects(openLines('tcp://127.0.0.1:9', none, false), { name: 'Source.NoEgress' })
})
