/**
 * A report: what a case amounts to, composed as a document tree in which every figure carries what it takes to compute
 * it again, and printed. Composing and printing are pure.
 */
import * as Canonical from '../std/canonical.ts'
import type { Document } from './document.ts'

export { compose } from './compose.ts'
export { toCsv } from './csv.ts'
export type { Document } from './document.ts'
export type { Figure, Value } from './figure.ts'
export { toHtml } from './html.ts'
export type * from './material.ts'
export { PACK_FORMATS, type PackFormat, printPacks } from './pack.ts'
export { packsOfCase } from './pack-case.ts'
export { figureAnchor } from './section-appendix.ts'
export { keyOf, ORIGIN } from './section-trace.ts'
export { SERVICES } from './stop.ts'
export { CONTENT_SECURITY_POLICY, STYLE_SOURCE } from './style.ts'
export { LANGUAGES, type Language } from './words.ts'

/** Formats that this version writes, and those that are promised for later ones. */
export const FORMATS = ['html', 'csv', 'json', 'stix', 'misp', 'tagpack', 'ftm'] as const
export const LATER = ['pdf', 'goaml', 'letter', 'statement', 'disclosure'] as const

export type Format = (typeof FORMATS)[number]

/** The document tree itself: canonical JSON, for programs. */
export function toJson(document: Document): string {
  return `${Canonical.format(jsonOf(document))}\n`
}

function jsonOf(document: Document): Canonical.Json {
  const text = JSON.stringify(document, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))
  return JSON.parse(text) as Canonical.Json
}
