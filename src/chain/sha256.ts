import { createScalarHasher, type Hasher } from './sha256-scalar.ts'
import { createSimdHasher } from './sha256-simd.ts'

export type { Hasher } from './sha256-scalar.ts'

/** The fastest hasher of this machine: four lanes of WebAssembly SIMD, or node:crypto where that is not to be had. */
export function createHasher(): Hasher {
  return createSimdHasher() ?? createScalarHasher()
}
