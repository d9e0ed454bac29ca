import type { Change } from './change.ts'

/**
 * How often a heuristic is wrong, as measured: docs/methods/cluster.md says how. Precision: of the pairs of addresses
 * that it links, how many have one owner. Recall: of the pairs with one owner, how many it links.
 */
export type ErrorRate = {
  readonly corpus: string
  readonly version: string
  readonly precision: number | null
  readonly recall: number | null
  /** Why a figure is null, or what it does not say. */
  readonly note: string
}

export type Heuristic = { readonly name: string; readonly version: string; readonly errorRate: ErrorRate }

export const MULTI_INPUT: Heuristic = {
  name: 'multi-input',
  version: '3',
  errorRate: {
    corpus: 'two emulated Wasabi 2 runs with known owners (coinjoin-analysis, lognorm-static-10-5utxo)',
    version: '2024-04-05',
    precision: null,
    recall: 0,
    note:
      'In these runs addresses are only spent together in mixes. The guard refused all 12, so no pair was linked ' +
      '(0 of 2,332 true ones) and precision cannot be measured; without it, it would be 0.109 (415 of 3,822 pairs). ' +
      'On the sample world, which is invented: 1,495 of 1,495 linked pairs of people’s addresses right, of 141,806.',
  },
}

/** What was measured of the change heuristics that are used together; null where this combination was not. */
export function changeRate({ reason, heuristics }: Change): Heuristic {
  const figures = CHANGE_RATES[reason]
  const back = BACK_RATES[reason]
  if (figures === undefined && back !== undefined) {
    const precision = back.picked === 0 ? null : Math.round((1000 * back.right) / back.picked) / 1000
    const errorRate = {
      corpus: BACK,
      version: '1',
      precision,
      recall: null,
      note: `${back.right} of ${back.picked}: ${BACK_NOTE}`,
    }
    return { name: reason, version: heuristics.map(({ version }) => version).join('+'), errorRate }
  }
  return {
    name: reason,
    version: heuristics.map(({ version }) => version).join('+'),
    errorRate: {
      ...{ corpus: SAMPLE, version: '1', precision: figures?.precision ?? null, recall: figures?.recall ?? null },
      note: figures === undefined ? NOT_MEASURED : SYNTHETIC,
    },
  }
}

/**
 * Precision: of the outputs taken for change (`picked`), how many were. Recall: of the true changes to an address
 * other than the payers', how many were found. `change.test.ts` fails where the figures differ.
 */
export const CHANGE_RATES: Readonly<Record<string, Rate>> = {
  'change:fresh': { precision: 1, recall: 0.159, picked: 457 },
  'change:type': { precision: 1, recall: 0.555, picked: 1597 },
  'change:round': { precision: 1, recall: 0.016, picked: 45 },
  'change:optimal': { precision: 1, recall: 0.034, picked: 97 },
  'change:peel': { precision: 0.948, recall: 0.451, picked: 1369 },
  'change:fee': { precision: 0.824, recall: 0.05, picked: 176 },
  'change:fresh+type': { precision: 1, recall: 0.64, picked: 1843 },
  'change:fresh+type+optimal': { precision: 1, recall: 0.654, picked: 1883 },
  'change:fresh+peel': { precision: 0.965, recall: 0.541, picked: 1613 },
}

/**
 * Payments of the nine mainnet blocks that go back to one payer's own address, so that the change is known: outputs
 * taken where the heuristic leaves one standing (`picked`), and of these the known change (`right`), of 1,077 such
 * payments. `fingerprint.test.ts` fails where the figures differ.
 */
export const BACK_RATES: Readonly<Record<string, { readonly picked: number; readonly right: number }>> = {
  'change:round': { picked: 159, right: 157 },
  'change:optimal': { picked: 3, right: 1 },
  'change:peel': { picked: 55, right: 39 },
  'change:fee': { picked: 1, right: 1 },
  'change:locktime': { picked: 19, right: 19 },
  'change:sequence': { picked: 0, right: 0 },
  'change:version': { picked: 0, right: 0 },
  'change:rate': { picked: 2, right: 1 },
}

type Rate = { readonly precision: number; readonly recall: number; readonly picked: number }

const SAMPLE = 'the sample world of seed 1 (docs/methods/sample-world.md), true owners'
const SYNTHETIC =
  'Per output, in an invented economy: wallets there always make new change addresses and people pay odd sums, so ' +
  'the figures say how the rules behave, not how often they are right on a real chain.'
const BACK = 'payments of nine mainnet blocks of 2013–2017 whose change goes back to a payer’s own address'
const BACK_NOTE =
  'few, since most outputs are spent in blocks that were not read; and whoever reuses addresses is not everybody.'
const NOT_MEASURED = 'This combination was not measured.'
