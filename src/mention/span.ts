/** Places in a text, as lists in order that do not overlap. */
export type Span = { readonly start: number; readonly end: number }

/** Index of the first span that ends after `at`, by bisection: `sorted.length` where there is none. */
export function firstAfter(sorted: readonly Span[], at: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]!.end <= at) low = middle + 1
    else high = middle
  }
  return low
}

/** The span that holds the character at `at`. */
export function spanAt<T extends Span>(sorted: readonly T[], at: number): T | undefined {
  const span = sorted[firstAfter(sorted, at)]
  return span !== undefined && span.start <= at ? span : undefined
}

export function overlaps(sorted: readonly Span[], span: Span): boolean {
  const next = sorted[firstAfter(sorted, span.start)]
  return next !== undefined && next.start < span.end
}

/** Spans of any order as a list in order; those that touch become one. */
export function merge(spans: readonly Span[]): Span[] {
  const merged: { start: number; end: number }[] = []
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1)
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end)
    else merged.push({ start, end })
  }
  return merged
}
