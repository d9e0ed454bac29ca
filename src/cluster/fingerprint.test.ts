import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import * as bitcoinjs from 'bitcoinjs-lib'
import { EARLY, LATE, MAINNET, mainnetBytes } from '../../test/corpus/mainnet.ts'
import { skipWithout } from '../../test/shared.ts'
import { txid, utxo } from '../../test/story/story.ts'
import { assembleUtxo, NONE, openIngest, type UtxoColumns } from '../ledger/ledger.ts'
import type { UtxoBlock, UtxoForm } from '../model/transaction.ts'
import { fixedClock } from '../std/clock.ts'
import { openWriter } from '../store/store.ts'
import { CHANGE_HEURISTICS } from './change.ts'
import { BACK_RATES } from './error-rate.ts'
import { FINGERPRINTS } from './fingerprint.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-fingerprint-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const PLAIN: UtxoForm = { version: 2, lockTime: 0, weight: 400, replaceable: false }

/** A story whose transactions are written as told; where nothing is told of one, nothing is known of it. */
function written(text: string, forms: Readonly<Record<string, Partial<UtxoForm>>>): UtxoColumns {
  const told = new Map(Object.entries(forms).map(([name, form]) => [txid(name), { ...PLAIN, ...form }]))
  const blocks = utxo(text).map(
    (block): UtxoBlock => ({
      ...block,
      transactions: block.transactions.map(one => {
        const form = told.get(one.txid)
        return form === undefined ? one : { ...one, form }
      }),
    }),
  )
  return assembleUtxo('bitcoin', blocks)
}

/** A payment whose three outputs are spent by x, y and not at all. */
const STORY = `
  b1 t1: coinbase -> A 1000
  b2 t2: t1:0 -> B 300, C 400, D 200
  b3 x: t2:0 -> E 290
  b4 y: t2:1 -> F 300`

const left = (columns: UtxoColumns) =>
  Object.fromEntries(
    FINGERPRINTS.map(({ name, candidates }) => [
      name,
      candidates(columns, 1).map(row => row - columns.transactions.firstOutput[1]!),
    ]),
  )

test('a fingerprint rules out what was spent by another habit, never what was not spent', () => {
  const all = [0, 1, 2]
  const y = { lockTime: 800_000, replaceable: true, version: 1, weight: 400 }
  // Fees: 100 of t2, 10 of x, 100 of y: 1 a virtual byte in t2 and y, 0 in x.
  assert.deepEqual(left(written(STORY, { t2: y, x: {}, y })), {
    ...{ locktime: [1, 2], sequence: [1, 2], version: [1, 2], rate: [1, 2] },
  })
  assert.deepEqual(left(written(STORY, { t2: {}, x: {}, y: { ...y, weight: 40 } })), {
    // None was spent at the rate of t2: a wallet that sets its rate anew each time tells nothing.
    ...{ locktime: [0, 2], sequence: [0, 2], version: [0, 2], rate: all },
  })
  assert.deepEqual(left(written(STORY, { t2: { lockTime: 1_700_000_000 }, x: { lockTime: 5 }, y: {} })).locktime, [2])
})

test('where nothing is known of a transaction, nothing is ruled out', () => {
  const all = { locktime: [0, 1, 2], sequence: [0, 1, 2], version: [0, 1, 2], rate: [0, 1, 2] }
  assert.deepEqual(left(written(STORY, {})), all)
  assert.deepEqual(left(written(STORY, { x: { lockTime: 9, version: 1 }, y: { lockTime: 9, version: 1 } })), all)
})

test('where every output was spent by another habit, the habit tells nothing', () => {
  const columns = written('b1 t1: coinbase -> A 9\nb2 t2: t1:0 -> B 4, C 5\nb3 x: t2:0, t2:1 -> E 9', {
    t2: { lockTime: 7 },
    x: {},
  })
  assert.deepEqual(left(columns).locktime, [0, 1])
})

const skip = skipWithout(MAINNET)

test('version, lock time, weight and replaceability are those that bitcoinjs-lib reads, of 6,021 transactions', {
  skip,
}, () => {
  const columns = ingest()
  const { txid: ids, version, lockTime, weight, form, count } = columns.transactions
  const rows = new Map(Array.from({ length: count }, (_, t) => [hexOf(ids, t), t]))
  for (const name of [...EARLY, ...LATE]) {
    for (const one of bitcoinjs.Block.fromBuffer(Buffer.from(mainnetBytes(name))).transactions!) {
      const t = rows.get(Buffer.from(one.getHash()).toString('hex'))!
      const replaceable = one.ins.some(input => input.sequence < 0xffff_fffe)
      assert.deepEqual(
        [version[t], lockTime[t], weight[t], form[t]],
        [one.version >>> 0, one.locktime, one.weight(), replaceable ? 3 : 1],
      )
    }
  }
  assert.equal(count, 6021)
})

test('payments that go back to a payer’s own address: what each heuristic takes for change, and how much is right', {
  skip,
}, () => {
  const columns = ingest()
  const known = paymentsBack(columns)
  assert.equal(known.length, 1077)
  const measured = Object.fromEntries(
    Object.keys(BACK_RATES).map(reason => {
      const { candidates } = CHANGE_HEURISTICS.find(({ name }) => `change:${name}` === reason)!
      const taken = known.map(({ transaction, own }) => ({ own, rows: candidates(columns, transaction) }))
      const picked = taken.filter(({ rows }) => rows.length === 1)
      return [reason, { picked: picked.length, right: picked.filter(({ rows, own }) => rows[0] === own).length }]
    }),
  )
  assert.deepEqual(measured, BACK_RATES)
})

let held: UtxoColumns | undefined

/** The nine blocks as a ledger. */
function ingest(): UtxoColumns {
  if (held !== undefined) return held
  const store = openWriter(folder)
  const taken = openIngest(store, 'bitcoin', fixedClock(1_700_000_000), false)
  for (const name of [...EARLY, ...LATE]) {
    const bytes = mainnetBytes(name)
    assert.equal(taken.add({ bytes, offset: 0, height: null, statedHeight: null, spent: null }), 'added')
  }
  held = taken.finish().linked.columns
  store.close()
  return held
}

/** Payments with two outputs to addresses or more, of which one goes back to a payer, all payers being known. */
function paymentsBack(columns: UtxoColumns): { transaction: number; own: number }[] {
  const { count, firstInput, firstOutput, coinbase } = columns.transactions
  const found: { transaction: number; own: number }[] = []
  for (let transaction = 0; transaction < count; transaction++) {
    if (coinbase[transaction] === 1) continue
    const payers = new Set(columns.inputs.address.subarray(firstInput[transaction], firstInput[transaction + 1]))
    const rows = Array.from(
      { length: firstOutput[transaction + 1]! - firstOutput[transaction]! },
      (_, k) => firstOutput[transaction]! + k,
    ).filter(row => columns.outputs.address[row] !== NONE)
    const own = rows.filter(row => payers.has(columns.outputs.address[row]!))
    if (rows.length >= 2 && own.length === 1 && !payers.has(NONE)) found.push({ transaction, own: own[0]! })
  }
  return found
}

function hexOf(ids: Uint8Array, row: number): string {
  return Buffer.from(ids.subarray(32 * row, 32 * row + 32)).toString('hex')
}
