/**
 * Jaro–Winkler similarity of two words, 0 to 1 (W. E. Winkler, "String Comparator Metrics and Enhanced Decision Rules",
 * 1990: prefix of at most 4, scale 0.1). Compares UTF-16 units; cost grows with the product of the lengths.
 */
export function jaroWinkler(a: string, b: string): number {
  const jaro = similarity(a, b)
  let prefix = 0
  while (prefix < 4 && prefix < a.length && a[prefix] === b[prefix]) prefix++
  return jaro + prefix * 0.1 * (1 - jaro)
}

function similarity(a: string, b: string): number {
  if (a === b) return 1
  if (a === '' || b === '') return 0
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1)
  const taken = new Uint8Array(b.length)
  let inA = ''
  for (let i = 0; i < a.length; i++) {
    const end = Math.min(b.length - 1, i + reach)
    for (let j = Math.max(0, i - reach); j <= end; j++) {
      if (taken[j] === 1 || a[i] !== b[j]) continue
      taken[j] = 1
      inA += a[i]
      break
    }
  }
  if (inA === '') return 0
  let swapped = 0
  for (let j = 0, k = 0; j < b.length; j++) if (taken[j] === 1 && b[j] !== inA[k++]) swapped++
  const same = inA.length
  return (same / a.length + same / b.length + (same - swapped / 2) / same) / 3
}
