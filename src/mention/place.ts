import { type Base, type Disguise, verbatim } from './kind.ts'
import { spanAt } from './span.ts'
import type { View } from './view.ts'

/** Places of names in a view: positions are the view's. An empty scheme: none was written. */
export type Url = { start: number; end: number; scheme: string; host: Host | null; defanged: boolean }

/** `name` is plain: `[.]` is a dot again. */
export type Host = { start: number; end: number; name: string; defanged: boolean }

/** What a mention of that place has in common with all others; characters that were dropped inside are named. */
export function base(view: View, start: number, end: number, disguise: readonly Disguise[]): Base {
  const [from, to] = [view.start(start), view.end(end)]
  const hidden: readonly Disguise[] = to - from === end - start ? disguise : [...disguise, 'invisible']
  return verbatim(view.original, from, to, hidden)
}

export function isInside(urls: readonly Url[], at: number): boolean {
  return spanAt(urls, at) !== undefined
}
