import { EVM } from '../../chain/address-group.ts'
import type * as Exposure from '../../exposure/exposure.ts'
import { escapeHostile } from '../../std/json-line.ts'
import type { ScreenResult } from './result.ts'

/**
 * The answer of a kind of address of which nothing is known, as bytes with places for the address: all such answers
 * differ in nothing else. The ordinary screening gave it, so that the two cannot drift apart.
 */
export type Template = {
  readonly status: Exposure.Status
  /** Bytes that an answer takes at most. */
  readonly room: number
  /** Writes the answer for the address `bytes[from … end)` and a line feed at `at` of `out`; gives where it ends. */
  write(out: Uint8Array, at: number, bytes: Uint8Array, from: number, end: number): number
}

export type Templates = {
  /** Undefined where the answer holds more than its address: then it is asked for by itself. */
  of(code: number, text: () => string): Template | undefined
}

export function createTemplates(ask: (text: string) => ScreenResult): Templates {
  const made = new Map<number, Template>()
  return {
    of(code, text) {
      const held = made.get(code)
      if (held !== undefined) return held
      const fresh = templateOf(ask(text()), code === EVM)
      if (fresh !== undefined) made.set(code, fresh)
      return fresh
    },
  }
}

/** Whether an answer says no more than what was checked. */
export function isQuiet({ status }: Pick<ScreenResult, 'status'>): boolean {
  return status === 'no-finding' || status === 'not-checked'
}

/** Letters that stand in no name: noncharacters of the private use area, in the place of an address. */
const [AS_ASKED, CANONICAL] = ['\uf8f1\uf8f2', '\uf8f3\uf8f4']

/** Longest address that a template is filled with. */
const ADDRESS_MAX = 64

function templateOf(result: ScreenResult, folds: boolean): Template | undefined {
  const { designations, labels, exposure, risk, status, address } = result
  const empty = designations.length + labels.length + exposure.length + risk.rules.length === 0
  if (!empty || !(isQuiet(result) || status === 'invalid')) return undefined
  const open = {
    ...result,
    ...{ input: AS_ASKED, address: CANONICAL },
    caip10: result.caip10 === null ? null : result.caip10.replace(address, CANONICAL),
  }
  const parts = escapeHostile(JSON.stringify(open)).split(/(\uf8f1\uf8f2|\uf8f3\uf8f4)/)
  const slots = result.caip10 === null ? 2 : 3
  if (parts.length !== 2 * slots + 1) return undefined
  const texts = parts.filter((_, i) => i % 2 === 0).map((part, i) => Buffer.from(i === slots ? `${part}\n` : part))
  const lower = parts.filter((_, i) => i % 2 === 1).map(slot => folds && slot === CANONICAL)
  // By the length of the address, the whole answer with room for it: one copy, then the address in its places.
  const rows: Uint8Array[] = []
  const rowFor = (length: number) => {
    const row = Buffer.concat(texts.flatMap((text, i) => (i === 0 ? [text] : [Buffer.alloc(length), text])))
    rows[length] = row
    return row
  }
  return {
    status,
    room: texts.reduce((sum, text) => sum + text.length, 0) + slots * ADDRESS_MAX,
    write(out, at, bytes, from, end) {
      const length = end - from
      const row = rows[length] ?? rowFor(length)
      out.set(row, at)
      let place = at
      for (let i = 0; i < slots; i++) {
        place += texts[i]!.length
        if (lower[i]!) for (let k = from; k < end; k++) out[place++] = foldCase(bytes[k]!)
        else for (let k = from; k < end; k++) out[place++] = bytes[k]!
      }
      return at + row.length
    },
  }
}

/** A letter in lower case, a digit as it is. */
function foldCase(letter: number): number {
  return letter >= 65 && letter <= 90 ? letter + 32 : letter
}
