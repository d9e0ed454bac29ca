// Every test file, those that take longest first: node's own order is by name, and a long file that begins last leaves
// a core idle. Tests of the browser keep more than one core at work and tests of nodes wait for them: they are mixed.
import { globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'

/** At once: two for two cores, and one for what only waits. */
const AT_ONCE = 3
const TIMEOUT_MILLISECONDS = 300_000

/** In the browser, and elsewhere: what took five seconds or more, the longest first. Any file may be missing here. */
const BROWSER = ['workbench', 'alert', 'graph', 'journey', 'alert-chain', 'control', 'evidence', 'desk', 'golden']
const ELSEWHERE = [
  ...['src/app/ledger/sync-follow', 'test/trial/real-input', 'test/package', 'src/attribution/tagpack'],
  ...['src/app/ledger/sync-doubt', 'src/ledger/clickhouse/clickhouse', 'src/app/ledger/compare'],
  ...['src/app/ledger/fetch-proven', 'src/app/read/long', 'test/conformance/transfer', 'src/app/monitor/rate'],
  ...['src/app/follow/crossing-evm', 'src/attribution/name-quality', 'src/app/ledger/fetch-doubt'],
  ...['test/fault/ledger-kill', 'src/capture/read/ocr', 'test/docs', 'src/cli/cli', 'src/app/demo/demo'],
]

const all = globSync(['src/**/*.test.ts', 'test/**/*.test.ts', 'web/**/*.test.ts']).sort()
const ranked = (files, longest) => {
  const rank = file => (longest.indexOf(file) + longest.length + 1) % (longest.length + 1)
  return files.toSorted((a, b) => rank(a) - rank(b))
}
const isBrowser = file => file.startsWith('test/browser/')
const pages = ranked(
  all.filter(isBrowser),
  BROWSER.map(name => `test/browser/${name}.test.ts`),
)
const others = ranked(
  all.filter(file => !isBrowser(file)),
  ELSEWHERE.map(name => `${name}.test.ts`),
)
const files = others.flatMap((file, i) => (i < pages.length ? [pages[i], file] : [file]))

const place = mkdtempSync(join(tmpdir(), 'athar-suite-'))
process.env.ATHAR_SUITE = place
process.once('exit', () => rmSync(place, { recursive: true, force: true }))

run({ files, concurrency: AT_ONCE, timeout: TIMEOUT_MILLISECONDS })
  .on('test:summary', ({ success }) => {
    if (!success) process.exitCode = 1
  })
  .compose(spec)
  .pipe(process.stdout)
