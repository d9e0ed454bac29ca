/** A binary min-heap over `before`. push and pop cost O(log n). */
export type Heap<T> = { push(item: T): void; pop(): T | undefined; peek(): T | undefined; readonly size: number }

export function createHeap<T>(before: (a: T, b: T) => boolean): Heap<T> {
  const items: T[] = []
  return {
    push(item) {
      items.push(item)
      rise(items, items.length - 1, before)
    },
    pop() {
      const top = items[0]
      const last = items.pop()
      if (items.length > 0) {
        items[0] = last!
        sink(items, 0, before)
      }
      return top
    },
    peek: () => items[0],
    get size() {
      return items.length
    },
  }
}

function rise<T>(items: T[], at: number, before: (a: T, b: T) => boolean): void {
  while (at > 0) {
    const parent = (at - 1) >> 1
    if (!before(items[at]!, items[parent]!)) return
    swap(items, at, parent)
    at = parent
  }
}

function sink<T>(items: T[], at: number, before: (a: T, b: T) => boolean): void {
  for (;;) {
    let least = at
    const left = 2 * at + 1
    if (left < items.length && before(items[left]!, items[least]!)) least = left
    if (left + 1 < items.length && before(items[left + 1]!, items[least]!)) least = left + 1
    if (least === at) return
    swap(items, at, least)
    at = least
  }
}

function swap<T>(items: T[], a: number, b: number): void {
  const held = items[a]!
  items[a] = items[b]!
  items[b] = held
}
