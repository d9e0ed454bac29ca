// `npm start`, `npm test` and the rest begin here: set up when needed, then run with the right Node.
// Plain JavaScript on purpose: it must run on the system's Node (18 or newer).
import { join } from 'node:path'
import { buildWeb, needNode, root, run, setUp, setUpPeers } from './setup.mjs'

const [verb = 'athar', ...rest] = process.argv.slice(2)
const at = path => join(root, path)
const quiet = ['--disable-warning=ExperimentalWarning']

await setUp()
const node = needNode()

const verbs = {
  async athar() {
    if (rest[0] === 'serve' || rest.includes('--serve')) await buildWeb(node)
    return run(node, [...quiet, at('src/cli/main.ts'), ...rest])
  },
  async start() {
    await buildWeb(node)
    return run(node, [...quiet, at('src/cli/main.ts'), 'demo', '--serve', ...rest])
  },
  /** All that tests need, so that they begin at once. */
  async prepare() {
    await buildWeb(node)
    await setUpPeers()
    return 0
  },
  async test() {
    await this.prepare()
    process.chdir(root)
    // What every test file and every program that it starts would else compile for itself.
    process.env.NODE_COMPILE_CACHE ??= at('.athar/compiled')
    if (rest.length === 0) return run(node, [...quiet, at('tools/suite.mjs')])
    return run(node, [...quiet, '--test', '--test-concurrency=2', '--test-timeout=300000', ...rest])
  },
  async bench() {
    await setUpPeers()
    return run(node, [...quiet, at('bench/run.ts'), ...rest])
  },
  async check() {
    const types = await run(node, [at('node_modules/typescript/bin/tsc'), '-p', root])
    const style = await run(at('node_modules/.bin/biome'), ['check', root])
    return types === 0 ? style : types
  },
  async build() {
    const compiled = await run(node, [at('node_modules/typescript/bin/tsc'), '-p', at('tsconfig.build.json')])
    await buildWeb(node)
    return compiled
  },
}

if (!Object.hasOwn(verbs, verb)) {
  process.stderr.write(`athar: unknown verb "${verb}"; known: ${Object.keys(verbs).join(', ')}\n`)
  process.exit(2)
}
process.exit(await verbs[verb]())
