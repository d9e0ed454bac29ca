/**
 * Wilson's score interval of a share at 95% (E. B. Wilson, JASA 1927), to three digits: what a count of so few says.
 * Nothing counted says nothing: [0, 1].
 */
export function wilson(hits: number, of: number): [number, number] {
  if (of === 0) return [0, 1]
  const [z, p] = [1.959964, hits / of]
  const middle = p + (z * z) / (2 * of)
  const half = z * Math.sqrt((p * (1 - p)) / of + (z * z) / (4 * of * of))
  const share = (value: number) => Math.round((1000 * value) / (1 + (z * z) / of)) / 1000
  return [Math.max(0, share(middle - half)), Math.min(1, share(middle + half))]
}
