import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { root } from './source.ts'

// Node refuses to strip types inside node_modules, so what npm installs must be compiled: this is the test that it is.

let folder = ''

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'athar-package-'))
  execFileSync(process.execPath, ['tools/run.mjs', 'build'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], { cwd: root })
  const tarball = readdirSync(folder).find(name => name.endsWith('.tgz'))!
  writeFileSync(join(folder, 'package.json'), '{"private":true}')
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline']
  execFileSync('npm', ['install', ...quiet, join(folder, tarball)], { cwd: folder, stdio: 'ignore' })
})

after(() => rmSync(folder, { recursive: true, force: true }))

function athar(...words: string[]) {
  const bin = join(folder, 'node_modules', '.bin', 'athar')
  const environment = { ...process.env, ATHAR_DATA: join(folder, 'data') }
  return spawnSync(bin, words, { cwd: folder, encoding: 'utf8', env: environment })
}

test('the installed program prints its help', () => {
  const { status, stdout, stderr } = athar('--help')
  assert.equal(status, 0, stderr)
  assert.match(stdout, /mention find/)
})

test('the installed program reads a post', () => {
  writeFileSync(join(folder, 'post.txt'), 'تبرعوا: 1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq')
  const { status, stdout, stderr } = athar('mention', 'find', 'post.txt', '--json')
  assert.equal(status, 0, stderr)
  const [mention] = JSON.parse(stdout).files[0].mentions
  assert.deepEqual(
    [mention.address, mention.network, mention.type],
    ['1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq', 'bitcoin', 'p2pkh'],
  )
})

test('the installed program runs the sample investigation', () => {
  const { status, stdout, stderr } = athar('demo', '--out', join(folder, 'sample'), '--json')
  assert.equal(status, 0, stderr)
  assert.equal(typeof JSON.parse(stdout), 'object')
})

test('nothing but the program is in the package', () => {
  const inside = readdirSync(join(folder, 'node_modules', 'athar'), { recursive: true }) as string[]
  assert.deepEqual(
    inside.filter(path => /\.test\.|\.bench\.|(^|\/)test\//.test(path)),
    [],
  )
  assert.deepEqual(
    inside.filter(path => path.endsWith('.ts') && !path.endsWith('.d.ts')),
    [],
  )
})
