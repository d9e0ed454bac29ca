import { assert } from './assert.ts'
import { sha256Hex } from './digest.ts'

/** A value that JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined }

/**
 * JSON in one form only (RFC 8785, JSON Canonicalization Scheme): keys in order of their UTF-16 units, no spaces. Equal
 * values give equal texts, so a digest over it names the value. A key whose value is undefined is left out.
 */
export function format(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(format).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value as { [key: string]: Json | undefined })
      .filter(([, field]) => field !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${format(field!)}`).join(',')}}`
  }
  assert(typeof value !== 'number' || Number.isFinite(value), 'JSON has no such number')
  return JSON.stringify(value)
}

/** SHA-256 of the canonical text, hex. */
export function digest(value: Json): string {
  return sha256Hex(format(value))
}
