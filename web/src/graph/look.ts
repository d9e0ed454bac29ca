import type { Category } from '../../../src/model/category.ts'
import type { DrawnNode } from './project.ts'

/** How a node looks: its shape and sign say what its colour says, so that colour is never alone. */
export type Shape = 'circle' | 'square' | 'diamond' | 'triangle' | 'hexagon'

export type Tone = 'plain' | 'alarm' | 'service' | 'mixer' | 'contract' | 'authority' | 'transaction' | 'nobody'

export type Look = { readonly shape: Shape; readonly tone: Tone; readonly sign: string }

const LOOKS: Readonly<Record<Tone, Look>> = {
  plain: { shape: 'circle', tone: 'plain', sign: '' },
  alarm: { shape: 'triangle', tone: 'alarm', sign: '!' },
  service: { shape: 'square', tone: 'service', sign: '$' },
  mixer: { shape: 'diamond', tone: 'mixer', sign: '≈' },
  contract: { shape: 'hexagon', tone: 'contract', sign: 'ƒ' },
  authority: { shape: 'hexagon', tone: 'authority', sign: '§' },
  transaction: { shape: 'diamond', tone: 'transaction', sign: '' },
  nobody: { shape: 'circle', tone: 'nobody', sign: '?' },
}

const TONES: Partial<Record<Category, Tone>> = {
  ...{ 'terrorist-financing': 'alarm', sanctioned: 'alarm', donation: 'alarm' },
  ...{ ransomware: 'alarm', hack: 'alarm', scam: 'alarm', darknet: 'alarm' },
  ...{ mixer: 'mixer', coinjoin: 'mixer' },
  ...{ exchange: 'service', 'payment-processor': 'service', gambling: 'service', 'wallet-service': 'service' },
  ...{ hosting: 'service', marketplace: 'service', 'mining-pool': 'service', atm: 'service', lending: 'service' },
  ...{ dex: 'contract', bridge: 'contract', contract: 'contract', token: 'contract', government: 'authority' },
}

export const tones: readonly Tone[] = Object.keys(LOOKS) as Tone[]

export function lookOf({ kind, category }: Pick<DrawnNode, 'kind' | 'category'>): Look {
  if (kind === 'transaction' || kind === 'nobody') return LOOKS[kind]
  return LOOKS[category === null ? 'plain' : (TONES[category] ?? 'plain')]
}

export function lookOfTone(tone: Tone): Look {
  return LOOKS[tone]
}

/** Half its width in pixels: roots and what stands for many are larger. */
export function sizeOf({ kind, isRoot, addresses }: Pick<DrawnNode, 'kind' | 'isRoot' | 'addresses'>): number {
  if (kind === 'transaction') return 5
  const many = Math.min(6, Math.log2(Math.max(1, addresses)))
  return (isRoot ? 12 : 8) + many
}
