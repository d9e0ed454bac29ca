/**
 * Union-find over numbers 0…n−1 that remembers why: every union that joined two sets keeps its reason.
 *
 * Union by size with path halving (Tarjan and van Leeuwen 1984): near-constant per call. Reasons form a forest: the
 * path between two members in it is *a* linking chain, not necessarily a shortest one.
 */
export type Forest = {
  find(member: number): number
  /** Joins the two sets; false when they were one already. */
  union(a: number, b: number, reason: number): boolean
  sizeOf(member: number): number
  /** The unions that joined sets, in the order they came: a, b and the reason. */
  readonly joins: readonly Join[]
  readonly length: number
}

export type Join = { readonly a: number; readonly b: number; readonly reason: number }

export function createForest(length: number): Forest {
  const parent = Uint32Array.from({ length }, (_, i) => i)
  const size = new Uint32Array(length).fill(1)
  const joins: Join[] = []
  const find = (member: number): number => {
    while (parent[member] !== member) {
      parent[member] = parent[parent[member]!]!
      member = parent[member]!
    }
    return member
  }
  const union = (a: number, b: number, reason: number): boolean => {
    let large = find(a)
    let small = find(b)
    if (large === small) return false
    if (size[large]! < size[small]!) [large, small] = [small, large]
    parent[small] = large
    size[large]! += size[small]!
    joins.push({ a, b, reason })
    return true
  }
  return { find, union, sizeOf: member => size[find(member)]!, joins, length }
}
