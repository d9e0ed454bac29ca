import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { asynchronous, homes, layers, open } from '../src/layers.ts'
import { root, type Source, sources } from './source.ts'

const everything = sources('src', 'test', 'bench', 'web')
const product = everything.filter(source => source.path.startsWith('src/') && !isTest(source))

const LINE_MAX = 120
const FILE_LINES_MAX = 400
const FUNCTION_LINES_MAX = 70

test('the import law: each folder imports only what src/layers.ts allows', () => {
  const broken = product.flatMap(source => {
    const home = folderOf(source.path)
    const allowed = layers[home]
    if (allowed === undefined) return source.path.split('/').length > 2 ? [`${source.path}: no layer "${home}"`] : []
    return source.imports
      .filter(({ target, relative }) => relative && folderOf(target) !== home && !allowed.includes(folderOf(target)))
      .map(({ target }) => `${source.path} imports ${target}`)
  })
  assert.deepEqual(broken, [])
})

test('faces: another noun is entered by the file with its folder’s name', () => {
  const broken = product.flatMap(source =>
    source.imports
      .filter(({ target, relative }) => relative && target.startsWith('src/'))
      .filter(({ target }) => folderOf(target) !== folderOf(source.path) && !open.includes(folderOf(target)))
      .filter(({ target }) => !isFace(target) && folderOf(target) !== 'app' && target.split('/').length > 2)
      .map(({ target }) => `${source.path} enters ${target}`),
  )
  assert.deepEqual(broken, [])
})

test('no import cycles between files', () => {
  const edges = new Map(product.map(source => [source.path, staticTargets(source)]))
  assert.deepEqual(cycleIn(edges), [])
})

test('only table.ts touches the store, besides app', () => {
  const broken = product
    .filter(({ path }) => !path.startsWith('src/app/') && !path.startsWith('src/store/'))
    .filter(({ path }) => !path.endsWith('/table.ts'))
    .filter(({ imports }) => imports.some(({ target, typeOnly }) => target.startsWith('src/store/') && !typeOnly))
    .map(({ path }) => path)
  assert.deepEqual(broken, [])
})

test('one home for the clock, randomness, the environment, the console, fetch and SQL', () => {
  const broken = product.flatMap(source =>
    homes
      .filter(({ home }) => !home.some(place => source.path.startsWith(place) || source.path.endsWith(place)))
      .filter(({ pattern }) => pattern.test(withoutComments(source.text)))
      .map(({ what }) => `${source.path} uses ${what}`),
  )
  assert.deepEqual(broken, [])
})

test('async stands only where waiting is the work', () => {
  const broken = product
    .filter(({ path }) => !asynchronous.some(place => path.startsWith(place)))
    .flatMap(({ path, asyncLines }) => asyncLines.map(line => `${path}:${line}`))
  assert.deepEqual(broken, [])
})

test(`files have at most ${FILE_LINES_MAX} lines, functions ${FUNCTION_LINES_MAX}, lines ${LINE_MAX} columns`, () => {
  const broken = everything.flatMap(({ path, text, functions }) => {
    const lines = text.split('\n')
    const wide = lines.flatMap((line, i) =>
      line.length > LINE_MAX ? [`${path}:${i + 1} has ${line.length} columns`] : [],
    )
    const long = isTestPath(path) ? [] : functions.filter(({ length }) => length > FUNCTION_LINES_MAX)
    return [
      ...wide,
      ...(lines.length - 1 > FILE_LINES_MAX ? [`${path} has ${lines.length - 1} lines`] : []),
      ...long.map(({ line, length }) => `${path}:${line} is a function of ${length} lines`),
    ]
  })
  assert.deepEqual(broken, [])
})

test('no any, enum, default export, parameter property or silenced type error', () => {
  const broken = everything.flatMap(({ path, text, anyLines, forbidden }) => [
    ...anyLines.map(line => `${path}:${line} any`),
    ...forbidden
      .filter(() => !/(vite|playwright)\.config/.test(path))
      .map(({ line, what }) => `${path}:${line} ${what}`),
    ...(/@ts-(ignore|expect-error|nocheck)\b/.test(text) && !path.startsWith('test/')
      ? [`${path} silences the types`]
      : []),
  ])
  assert.deepEqual(broken, [])
})

test('names: kebab-case, and none of utils, helpers, common, types', () => {
  const broken = everything
    .map(({ path }) => path)
    .filter(path => /(^|\/)(utils?|helpers?|common|types|misc)(\.|\/)/.test(path) || !/^[a-z0-9./-]+$/.test(path))
  assert.deepEqual(broken, [])
})

test('no barrels: a file that only re-exports is a face or src/index.ts', () => {
  const broken = product
    .filter(({ text }) => withoutComments(text).trim() !== '')
    .filter(
      ({ text }) =>
        withoutComments(text)
          .replace(/export (type )?(\*|\{[^}]*\})( as \w+)? from '[^']*'/g, '')
          .trim() === '',
    )
    .map(({ path }) => path)
    .filter(path => path !== 'src/index.ts' && !isFace(path))
  assert.deepEqual(broken, [])
})

test('docs/errors.md lists each failure, and no other', () => {
  const thrown = new Set(
    product.flatMap(({ text }) => [...text.matchAll(/new Failure\(\s*'([\w.]+)'/g)].map(hit => hit[1]!)),
  )
  const listed = new Set(
    [...readFileSync(join(root, 'docs/errors.md'), 'utf8').matchAll(/^\| `([\w.]+)`/gm)].map(hit => hit[1]!),
  )
  assert.deepEqual([...thrown].filter(name => !listed.has(name)).sort(), [], 'thrown but not in docs/errors.md')
  assert.deepEqual([...listed].filter(name => !thrown.has(name)).sort(), [], 'in docs/errors.md but never thrown')
})

test('the glossary holds the words of the house', () => {
  const glossary = readFileSync(join(root, 'docs/glossary.md'), 'utf8')
  const words = ['capture', 'mention', 'claim', 'judgement', 'label', 'entity', 'designation', 'campaign', 'role']
  const more = ['ledger', 'cluster', 'service', 'trace', 'exposure', 'receipts', 'alert', 'case', 'report', 'bundle']
  assert.deepEqual(
    [...words, ...more].filter(word => !new RegExp(`^\\| \\*\\*${word}\\*\\*`, 'm').test(glossary)),
    [],
  )
})

test('nothing committed carries a path of one machine', () => {
  const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean)
  const broken = tracked
    .filter(path => /\.(ts|tsx|mjs|json|md|sh|yml|yaml|css|html)$/.test(path) && path !== 'package-lock.json')
    .filter(path => /(^|[\s'"`(=])\/(work|root|home)\/[A-Za-z0-9_]/m.test(readFileSync(join(root, path), 'utf8')))
  assert.deepEqual(broken, [])
})

test('each folder of the law exists or is still empty on purpose', () => {
  const present = readdirSync(join(root, 'src'), { withFileTypes: true }).filter(entry => entry.isDirectory())
  assert.deepEqual(
    present.map(entry => entry.name).filter(name => layers[name] === undefined),
    [],
  )
})

function isTest(source: Source): boolean {
  return isTestPath(source.path)
}

function isTestPath(path: string): boolean {
  return /\.(test|bench)\.tsx?$/.test(path) || path.startsWith('test/') || path.startsWith('bench/')
}

/** `src/trace/sweep.ts` → `trace`. */
function folderOf(path: string): string {
  return path.split('/')[1] ?? ''
}

/** `src/trace/trace.ts` is a face; so is `src/source/page/page.ts`. */
function isFace(path: string): boolean {
  const parts = path.replace(/\.tsx?$/, '').split('/')
  return parts.at(-1) === parts.at(-2)
}

/** Imports that run at load time: a type or a dynamic import closes no circle. */
function staticTargets(source: Source): string[] {
  return source.imports
    .filter(({ relative, dynamic, typeOnly }) => relative && !dynamic && !typeOnly)
    .map(({ target }) => target)
}

/** The files of one cycle, or none (depth-first search with a stack of the open path). */
function cycleIn(edges: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>()
  const path: string[] = []
  const walk = (file: string): string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
    if (done.has(file)) return []
    path.push(file)
    for (const target of edges.get(file) ?? []) {
      const cycle = walk(target)
      if (cycle.length > 0) return cycle
    }
    path.pop()
    done.add(file)
    return []
  }
  for (const file of edges.keys()) {
    const cycle = walk(file)
    if (cycle.length > 0) return cycle
  }
  return []
}

function withoutComments(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(/([^:'"`])\/\/.*$/gm, '$1')
}
