import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { after, test } from 'node:test'
import { root } from './source.ts'

// Documents are part of the program: their examples are run, their links lead somewhere.

const folder = mkdtempSync(join(tmpdir(), 'athar-docs-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const documents = ['.', 'docs', 'docs/methods', 'docs/decisions']
  .flatMap(place =>
    existsSync(join(root, place)) ? readdirSync(join(root, place)).map(name => join(root, place, name)) : [],
  )
  .filter(path => path.endsWith('.md'))

for (const path of documents) {
  const text = readFileSync(path, 'utf8')
  const name = relative(root, path)

  test(`${name}: links lead to files that are there`, () => {
    const targets = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(hit => hit[1]!)
    const local = targets.filter(target => !/^[a-z]+:/.test(target))
    assert.deepEqual(
      local.filter(target => !existsSync(join(dirname(path), target))),
      [],
    )
  })

  for (const [i, example] of examplesIn(text).entries()) {
    test(`${name}: example ${i + 1} runs: ${example[0]}`, () => runExample(example))
  }
}

/** Blocks fenced as `console`: a line that begins with `$ ` is a command; a block is one shell with fresh data. */
function examplesIn(text: string): string[][] {
  return [...text.matchAll(/```console\n([\s\S]*?)```/g)]
    .map(hit =>
      hit[1]!
        .split('\n')
        .filter(line => line.startsWith('$ '))
        .map(line => line.slice(2)),
    )
    .filter(commands => commands.length > 0)
}

function runExample(commands: readonly string[]): void {
  const script = `set -e\n${commands.join('\n')}`
  const environment = { ...process.env, ATHAR_DATA: mkdtempSync(join(folder, 'data-')), OUT: folder }
  const done = spawnSync('bash', ['-c', script], { cwd: root, encoding: 'utf8', env: environment, timeout: 60_000 })
  assert.equal(done.status, 0, `${script}\n${done.stdout}\n${done.stderr}`)
}
