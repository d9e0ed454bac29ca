import { concat, parseHex, reversed, toHex, viewOf } from '../std/bytes.ts'
import { parseBlock } from './block-parser.ts'
import type { BlockRules } from './block-rules.ts'
import * as Sink from './block-sink.ts'
import { computeTxids } from './block-txid.ts'
import { createScalarHasher } from './sha256-scalar.ts'

/** A transaction by itself, out of its block: what its bytes tell. */
export type LooseTransaction = {
  /** As printed, recomputed from the bytes. */
  readonly txid: string
  /** Outpoints that it spends; of a coinbase none. */
  readonly inputs: readonly { readonly txid: string; readonly index: number; readonly sequence: number }[]
  readonly outputs: readonly { readonly units: bigint; readonly script: Uint8Array }[]
}

/** Undefined where the hex is no whole transaction of the network. */
export function parse(hex: string, rules: BlockRules): LooseTransaction | undefined {
  const body = parseHex(hex)
  if (body === undefined || body.length < 10) return undefined
  // Laid out as a block of one, so that there is one reader of transactions.
  const bytes = concat(new Uint8Array(80), Uint8Array.of(1), body)
  const sink = Sink.create()
  const parsed = parseBlock(bytes, 0, bytes.length, sink, rules)
  if (!parsed.ok || sink.transactionCount !== 1) return undefined
  const id = new Uint8Array(32)
  computeTxids(bytes, sink, 0, 1, createScalarHasher(), id)
  const view = viewOf(bytes)
  const inputs = Array.from({ length: sink.inputCount }, (_, row) => {
    const at = sink.inputs.outpoint[row]!
    const txid = toHex(reversed(bytes.slice(at, at + 32)))
    return { txid, index: view.getUint32(at + 32, true), sequence: view.getUint32(sink.inputs.scriptEnd[row]!, true) }
  })
  const outputs = Array.from({ length: sink.outputCount }, (_, row) => ({
    units: view.getBigUint64(sink.outputs.value[row]!, true),
    script: bytes.slice(sink.outputs.script[row]!, sink.outputs.scriptEnd[row]!),
  }))
  const mints = inputs.length === 1 && inputs[0]!.index === 0xffff_ffff && /^0+$/.test(inputs[0]!.txid)
  return { txid: toHex(reversed(id)), inputs: mints ? [] : inputs, outputs }
}
