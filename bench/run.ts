/**
 * `npm run bench [NAME…]`: runs every kernel (`x.bench.ts` beside its noun) and journey (bench/*.bench.ts), one process
 * each, one after another, so that none warms or starves another. With `--save` the lines also go to bench/results.
 * Words such as `--minutes=60` are handed on to those that understand them.
 *
 * Each benchmark checks its answers against a peer or an oracle before it times anything, and ends with code 1 where
 * they differ.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join, relative, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const wanted = process.argv.slice(2).filter(word => !word.startsWith('--'))
const save = process.argv.includes('--save')
const more = process.argv.slice(2).filter(word => word.startsWith('--') && word !== '--save')

const files = ['src', 'bench']
  .flatMap(folder => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
  .filter(entry => entry.isFile() && entry.name.endsWith('.bench.ts'))
  .map(entry => relative(root, join(entry.parentPath, entry.name)))
  .filter(path => wanted.length === 0 || wanted.some(word => path.includes(word)))
  .sort()

const head = [
  `# ${new Date().toISOString().slice(0, 10)}`,
  `machine: ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
  `node ${process.versions.node}`,
].join('\n')
process.stdout.write(`${head}\n`)

const parts = [head]
let failed = 0
for (const file of files) {
  process.stdout.write(`\n## ${file}\n`)
  const { stdout, stderr, status } = spawnSync(process.execPath, [...process.execArgv, join(root, file), ...more], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
  })
  process.stdout.write(stdout)
  if (status !== 0) process.stdout.write(`FAILED with code ${status}\n${stderr}\n`)
  if (status !== 0) failed++
  parts.push(`## ${file}\n${stdout}${status === 0 ? '' : `FAILED with code ${status}\n`}`)
}
if (save) {
  mkdirSync(join(root, 'bench/results'), { recursive: true })
  writeFileSync(join(root, 'bench/results', `${head.slice(2, 12)}.md`), `${parts.join('\n\n')}\n`)
}
process.stdout.write(`\n${files.length - failed} passed, ${failed} failed\n`)
process.exit(failed === 0 ? 0 : 1)
