import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { parseSync } from 'oxc-parser'

/** The repository's root. */
export const root = resolve(import.meta.dirname, '..')

/** A source file as the house rules see it. */
export type Source = {
  /** From the root, with forward slashes. */
  readonly path: string
  readonly text: string
  readonly imports: readonly Import[]
  readonly functions: readonly { readonly line: number; readonly length: number }[]
  /** Lines on which an async function begins. */
  readonly asyncLines: readonly number[]
  readonly anyLines: readonly number[]
  readonly forbidden: readonly { readonly line: number; readonly what: string }[]
}

/** One import or re-export; `dynamic` for import(). `target` is from the root for relative imports. */
export type Import = {
  readonly target: string
  readonly relative: boolean
  readonly dynamic: boolean
  readonly typeOnly: boolean
}

/** Every TypeScript file of ours under these folders. */
export function sources(...folders: string[]): Source[] {
  return folders.flatMap(folder => files(join(root, folder))).map(read)
}

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\b(dist|node_modules)\b/.test(entry.parentPath))
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
}

function read(path: string): Source {
  const text = readFileSync(path, 'utf8')
  const { program, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]!.message}`)
  const found = { imports: [] as Import[], functions: [] as Source['functions'][number][] }
  const lines = { asyncLines: [] as number[], anyLines: [] as number[] }
  const forbidden: Source['forbidden'][number][] = []
  const lineOf = lineIndex(text)
  visit(program as unknown as Node, node => {
    const target = importOf(node, path)
    if (target !== undefined) found.imports.push(target)
    if (isFunction(node)) {
      const line = lineOf(node.start)
      found.functions.push({ line, length: lineOf(node.end) - line + 1 })
      if (node['async'] === true) lines.asyncLines.push(line)
    }
    if (node.type === 'TSAnyKeyword') lines.anyLines.push(lineOf(node.start))
    const what = FORBIDDEN[node.type]
    if (what !== undefined) forbidden.push({ line: lineOf(node.start), what })
  })
  return { path: relative(root, path).replaceAll('\\', '/'), text, ...found, ...lines, forbidden }
}

const FORBIDDEN: Readonly<Record<string, string>> = {
  TSEnumDeclaration: 'enum',
  ExportDefaultDeclaration: 'default export',
  TSParameterProperty: 'parameter property',
  TSExportAssignment: 'export =',
}

type Node = { type: string; start: number; end: number; [key: string]: unknown }

function visit(node: Node, see: (node: Node) => void): void {
  see(node)
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) for (const item of value) if (isNode(item)) visit(item, see)
    if (isNode(value)) visit(value, see)
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'
}

function isFunction(node: Node): boolean {
  return ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'].includes(node.type)
}

function importOf(node: Node, path: string): Import | undefined {
  const declared = ['ImportDeclaration', 'ExportNamedDeclaration', 'ExportAllDeclaration'].includes(node.type)
  if (!declared && node.type !== 'ImportExpression') return undefined
  const source = node['source']
  if (!isNode(source) || typeof source['value'] !== 'string') return undefined
  const written = source['value']
  const local = written.startsWith('.')
  return {
    target: local ? relative(root, resolve(path, '..', written)).replaceAll('\\', '/') : written,
    relative: local,
    dynamic: node.type === 'ImportExpression',
    typeOnly: node['importKind'] === 'type' || node['exportKind'] === 'type',
  }
}

/** A function from offset to line number (from 1). */
function lineIndex(text: string): (offset: number) => number {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return offset => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (starts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return low + 1
  }
}
