import { randomBytes, randomUUID } from 'node:crypto'

/** Uniform numbers: in [0, 1), whole in [0, n), one of a list, bytes. Whoever needs chance is given one. */
export type Random = {
  next(): number
  below(n: number): number
  pick<T>(list: readonly T[]): T
  bytes(n: number): Uint8Array
}

/** The same numbers for the same seed, on any machine (sfc32, Chris Doty-Humphrey, PractRand). Not for secrets. */
export function seededRandom(seed: number): Random {
  let a = seed >>> 0
  let b = 0x9e3779b9
  let c = 0x243f6a88
  let counter = 1
  const word = (): number => {
    const sum = (a + b + counter++) >>> 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) >>> 0
    c = ((c << 21) | (c >>> 11)) >>> 0
    c = (c + sum) >>> 0
    return sum
  }
  for (let i = 0; i < 16; i++) word()
  return fromWords(word)
}

/** Secret bytes from the system. The only place that asks for them. */
export function secretBytes(length: number): Uint8Array {
  return new Uint8Array(randomBytes(length))
}

/** A random identifier (UUID version 4). */
export function randomId(): string {
  return randomUUID()
}

function fromWords(word: () => number): Random {
  const next = () => word() / 2 ** 32
  const below = (n: number) => Math.floor(next() * n)
  return {
    next,
    below,
    pick: list => list[below(list.length)]!,
    bytes: n => Uint8Array.from({ length: n }, () => word() & 255),
  }
}
