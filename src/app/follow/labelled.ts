import type { StoredKnowledge } from '../../attribution/attribution.ts'
import * as Category from '../../model/category.ts'
import type { NetworkId } from '../../model/network.ts'

/** A label in as few words as a node of a graph has room for. */
export type Label = { readonly name: string; readonly category: Category.Category; readonly source: string }

/** The gravest label among addresses, in the order of the categories; null: no label that is known. */
export function labelsAmong(known: StoredKnowledge, network: NetworkId): (addresses: Iterable<string>) => Label | null {
  return addresses => {
    let best: Label | null = null
    for (const address of addresses) {
      for (const { name, category, source } of known.labelsOf(network, address)) {
        if (best === null || rank(category) < rank(best.category)) best = { name, category, source }
      }
    }
    return best
  }
}

function rank(category: Category.Category): number {
  return Category.all.indexOf(category)
}
