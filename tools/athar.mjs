#!/usr/bin/env node
// The installed program: runs the compiled code with a Node that is new enough.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findNode, NO_NODE } from './node.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const node = findNode(root)
if (node === undefined) {
  process.stderr.write(`${NO_NODE}\n`)
  process.exit(3)
}
const main = join(root, 'dist', 'cli', 'main.js')
if (node === process.execPath) {
  await import(main)
} else {
  const flags = ['--disable-warning=ExperimentalWarning']
  const { status, signal } = spawnSync(node, [...flags, main, ...process.argv.slice(2)], { stdio: 'inherit' })
  process.exit(status ?? (signal === 'SIGINT' ? 130 : 1))
}
