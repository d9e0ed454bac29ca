import { Misread } from './misread.ts'
import * as Quantity from './quantity.ts'

/** The words of an EVM node's JSON, read strictly: what is none of them is Misread. */

export function bigOf(value: unknown): bigint {
  const number = Quantity.parse(value)
  if (number !== undefined) return number
  throw new Misread(`“${String(value).slice(0, 80)}” is no hexadecimal number`)
}

export function wholeOf(value: unknown): number {
  const number = Number(bigOf(value))
  if (number < 2 ** 32) return number
  throw new Misread(`“${String(value)}” is too large`)
}

export function hashOf(value: unknown): string {
  if (typeof value === 'string' && /^0x[0-9a-fA-F]{64}$/.test(value)) return value.toLowerCase()
  throw new Misread(`“${String(value).slice(0, 80)}” is no hash`)
}

export function addressOf(value: unknown): string {
  if (typeof value === 'string' && /^0x[0-9a-fA-F]{40}$/.test(value)) return value.toLowerCase()
  throw new Misread(`“${String(value).slice(0, 80)}” is no address`)
}

export function dataOf(value: unknown): string {
  if (typeof value === 'string' && /^0x([0-9a-fA-F]{2})*$/.test(value)) return value.slice(2).toLowerCase()
  throw new Misread('data of an event are no hexadecimal')
}

export function lastTwenty(word: string): string {
  return `0x${word.slice(-40)}`
}
