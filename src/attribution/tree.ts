import type { Source } from './read.ts'
import * as Xml from './xml.ts'

/**
 * One record of an XML list as a small tree: its own attributes and text, and its children in order. Records are read
 * one at a time out of a stream, so a list of any size takes the memory of its largest record.
 */
export type Node = {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  text: string
  readonly children: Node[]
  readonly at: Xml.Place
}

export type Reader = {
  /** Names of the elements that are records; their parents' names do not matter. */
  readonly records: readonly string[]
  /** Called with each whole record, in the order of the file. */
  readonly record: (node: Node) => void
  /** The root as it opens: its attributes carry dates. */
  readonly root?: (attributes: Readonly<Record<string, string>>, at: Xml.Place) => void
  /** An element outside any record as it closes, with its text. */
  readonly outside?: (name: string, text: string, at: Xml.Place) => void
}

export function readRecords(source: Source, root: string, reader: Reader): void {
  const open: Node[] = []
  let depth = 0
  let nodes = 0
  Xml.read(source, root, {
    open(name, attributes, at) {
      if (depth++ === 0) reader.root?.(attributes, at)
      if (open.length === 0 && !reader.records.includes(name)) return
      nodes = open.length === 0 ? 1 : nodes + 1
      if (nodes > NODES_MAX) throw Xml.tooMany(NODES_MAX, at)
      const node: Node = { name, attributes, text: '', children: [], at }
      open.at(-1)?.children.push(node)
      open.push(node)
    },
    close(name, text, at) {
      depth--
      const node = open.pop()
      if (node === undefined) return reader.outside?.(name, text, at)
      node.text = text
      if (open.length === 0) reader.record(node)
    },
  })
}

/** Elements of one record: the largest real ones (parties with hundreds of aliases) have a few thousand. */
const NODES_MAX = 100_000

export function childrenOf(node: Node, name: string): Node[] {
  return node.children.filter(child => child.name === name)
}

/** Descendants on a path of names: `Names/Name`. */
export function all(node: Node, path: string): Node[] {
  return path.split('/').reduce<Node[]>((found, name) => found.flatMap(one => childrenOf(one, name)), [node])
}

/** The text at the end of a path, or an empty one. */
export function text(node: Node, path: string): string {
  return all(node, path)[0]?.text ?? ''
}

/** Every text at the end of a path that is not empty, each once. */
export function texts(node: Node, path: string): string[] {
  return [...new Set(all(node, path).flatMap(one => (one.text === '' ? [] : [one.text])))]
}
