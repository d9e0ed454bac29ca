import type { Citation } from '../model/citation.ts'
import * as Canonical from '../std/canonical.ts'
import { digestOf, type Figure } from './figure.ts'

/** An entry of the appendix: what a figure rests on. `id` is its number: `T12`. */
export type Evidence = {
  readonly id: string
  readonly citation: Citation
  readonly detail: Detail
}

/** What the appendix shows of an entry besides the citation itself. */
export type Detail = Readonly<Record<string, string | null>>

/** Collects figures and evidence while a report is composed, and numbers the evidence as it is first cited. */
export type Register = {
  /** The number of the entry; the same citation keeps its number. */
  cite(citation: Citation, detail?: Detail): string
  figure(draft: Draft): Figure
  readonly evidence: readonly Evidence[]
  readonly figures: readonly Figure[]
}

export type Draft = Omit<Figure, 'digest'>

export function createRegister(): Register {
  const evidence: Evidence[] = []
  const byCitation = new Map<string, string>()
  const byId = new Map<string, Citation>()
  const counts = new Map<string, number>()
  const figures: Figure[] = []
  return {
    evidence,
    figures,
    cite(citation, detail = {}) {
      const key = Canonical.format(citation as Canonical.Json)
      const known = byCitation.get(key)
      if (known !== undefined) return known
      const letter = LETTERS[citation.kind]
      const count = (counts.get(letter) ?? 0) + 1
      counts.set(letter, count)
      const id = `${letter}${count}`
      byCitation.set(key, id)
      byId.set(id, citation)
      evidence.push({ id, citation, detail })
      return id
    },
    figure(draft) {
      const known = figures.find(figure => figure.id === draft.id)
      if (known !== undefined) return known
      const figure = {
        ...draft,
        digest: digestOf(
          draft,
          draft.evidence.map(id => byId.get(id)!),
        ),
      }
      figures.push(figure)
      return figure
    },
  }
}

/** `T1, T2, T3, T7` → `[T1, T3], [T7, T7]`: runs of neighbours, for printing many numbers in little room. */
export function ranges(ids: readonly string[]): { from: string; to: string }[] {
  const found: { from: string; to: string }[] = []
  for (const id of ids) {
    const last = found.at(-1)
    if (last !== undefined && follows(last.to, id)) last.to = id
    else found.push({ from: id, to: id })
  }
  return found
}

function follows(before: string, id: string): boolean {
  return before[0] === id[0] && Number(id.slice(1)) === Number(before.slice(1)) + 1
}

const LETTERS: Readonly<Record<Citation['kind'], string>> = {
  capture: 'C',
  list: 'L',
  price: 'P',
  transaction: 'T',
  block: 'B',
  judgement: 'J',
  run: 'R',
}
