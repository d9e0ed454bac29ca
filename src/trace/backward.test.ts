import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import * as Oracle from '../../test/story/oracle.ts'
import { utxo } from '../../test/story/story.ts'
import { worlds } from '../../test/story/world.ts'
import type { Knowledge, Label } from '../attribution/attribution.ts'
import { assembleUtxo } from '../ledger/ledger.ts'
import type { UtxoBlock, UtxoInput, UtxoOutput, UtxoTransaction } from '../model/transaction.ts'
import { sha256Hex } from '../std/digest.ts'
import { declare, type Method, run } from './trace.ts'

test('backward by haircut, TIHO and FIFO equals the forward oracle on the ledger turned round', () => {
  fc.assert(
    fc.property(worlds, text => {
      const blocks = utxo(text.replace(/, \?x\d+:0(?!=)/g, '').replace(/: \?x\d+:0 ->/g, ': coinbase ->'))
      const columns = assembleUtxo('bitcoin', blocks)
      const names = ['A', 'B'].filter(name => columns.addresses.find(name) !== undefined)
      const found = run(columns, EXCHANGE, names, declare({ direction: 'backward' }))
      const rules = {
        origin: new Set(['A', 'B']),
        services: new Set(['S']),
        hops: 99,
        min: 1,
        to: Number.MAX_SAFE_INTEGER,
      }
      const round = turned(blocks)
      for (const method of ['haircut', 'tiho', 'fifo'] as const satisfies readonly Method[]) {
        const truth = Oracle.follow(round, method, rules)
        const { reached, total } = found.methods[method]!
        const rows = reached.map(row => `${row.address} ${row.amount.units} ${row.hops} ${endOf(row.stoppedBecause)}`)
        const expected = truth.reached.map(row => {
          const [, address, units, hops, why] = row.split(' ')
          return `${address} ${units} ${hops} ${endOf(why!)}`
        })
        assert.deepEqual(rows.sort(), expected.sort(), method)
        assert.equal(total[0]!.units, BigInt(truth.total), method)
      }
    }),
    { numRuns: 300 },
  )
})

/** What lies at the beginning of a ledger lies at the end of it turned round. */
function endOf(why: string): string {
  return why === 'service' ? why : 'end'
}

/**
 * The ledger with time reversed: each transaction takes what it paid, and the fee from nobody, and pays what it took.
 * What was never spent is mined, and what was mined is never spent.
 */
function turned(blocks: readonly UtxoBlock[]): UtxoBlock[] {
  const transactions = blocks.flatMap(block => block.transactions)
  const made = new Map<string, UtxoOutput>()
  const place = new Map<string, string>()
  for (const tx of transactions) {
    tx.outputs.forEach((output, index) => {
      made.set(`${tx.txid}:${index}`, output)
    })
    tx.inputs.forEach((input, index) => {
      place.set(`${input.txid}:${input.index}`, `${tx.txid}:${index}`)
    })
  }
  const mined: UtxoTransaction[] = []
  for (const [outpoint, output] of made) {
    if (place.has(outpoint)) continue
    const txid = sha256Hex(outpoint)
    place.set(outpoint, `${txid}:0`)
    mined.push({ txid, coinbase: true, inputs: [], outputs: [output] })
  }
  const spent = transactions
    .filter(tx => !tx.coinbase)
    .reverse()
    .map(tx => turn(tx, made, place))
  return [...mined, ...spent].map((tx, height) => ({
    ...{ hash: sha256Hex(`turned ${height}`), previous: sha256Hex(`turned ${height - 1}`) },
    ...{ height, minedAt: height, transactions: [tx] },
  }))
}

function turn(
  tx: UtxoTransaction,
  made: ReadonlyMap<string, UtxoOutput>,
  place: ReadonlyMap<string, string>,
): UtxoTransaction {
  const outputs = tx.inputs.map(input => {
    return made.get(`${input.txid}:${input.index}`) ?? { units: input.units!, address: input.address }
  })
  const sum = (list: readonly UtxoOutput[]) => list.reduce((units, output) => units + output.units, 0n)
  const inputs: UtxoInput[] = tx.outputs.map((output, index) => {
    const [txid, at] = place.get(`${tx.txid}:${index}`)!.split(':')
    return { txid: txid!, index: Number(at), units: output.units, address: output.address, singleAnyoneCanPay: false }
  })
  const fee = { txid: sha256Hex(`fee ${tx.txid}`), index: 0, units: sum(outputs) - sum(tx.outputs), address: null }
  return { txid: tx.txid, coinbase: false, inputs: [...inputs, { ...fee, singleAnyoneCanPay: false }], outputs }
}

const EXCHANGE: Knowledge = {
  labelsOf: (network, address): Label[] => {
    const rest = { entity: null, role: null, confidence: { id: 'test', level: 50 }, source: 'test', citations: [] }
    return address === 'S' ? [{ network, address, name: 'S', category: 'exchange', ...rest }] : []
  },
  designationsOf: () => [],
  lists: [],
  labelCount: () => 1,
}
