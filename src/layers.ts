/**
 * The import law: who may import whom. test/tidy.test.ts holds the code to it.
 *
 * A folder may import itself and the folders listed. Folders of single nouns (`open`) may be imported file by file;
 * of the others only the face, the file with the folder's name.
 */
export const layers: Readonly<Record<string, readonly string[]>> = {
  std: [],
  model: ['std'],
  chain: ['std', 'model'],
  source: ['std', 'model', 'chain'],
  store: ['std', 'model'],
  capture: ['std', 'model', 'store'],
  mention: ['std', 'model', 'chain', 'capture', 'store'],
  attribution: ['std', 'model', 'chain', 'store', 'capture', 'mention'],
  ledger: ['std', 'model', 'chain', 'store'],
  cluster: ['std', 'model', 'chain', 'store', 'ledger'],
  trace: ['std', 'model', 'chain', 'store', 'ledger', 'cluster', 'attribution'],
  exposure: ['std', 'model', 'chain', 'store', 'ledger', 'cluster', 'attribution', 'trace'],
  campaign: ['std', 'model', 'chain', 'store', 'mention', 'ledger', 'cluster', 'attribution', 'trace', 'exposure'],
  monitor: ['std', 'model', 'chain', 'store', 'ledger', 'attribution', 'exposure', 'campaign'],
  casefile: ['std', 'model', 'store', 'monitor'],
  proof: ['std', 'model', 'chain', 'store', 'mention', 'ledger', 'cluster', 'trace', 'exposure', 'campaign'],
  report: [
    ...['std', 'model', 'chain', 'store', 'capture', 'mention', 'attribution', 'ledger', 'cluster', 'trace'],
    ...['exposure', 'campaign', 'casefile', 'proof'],
  ],
  world: ['std', 'model', 'chain'],
  app: [
    ...['std', 'model', 'chain', 'source', 'store', 'capture', 'mention', 'attribution', 'ledger', 'cluster'],
    ...['trace', 'exposure', 'campaign', 'monitor', 'casefile', 'proof', 'report', 'world'],
  ],
  http: ['std', 'model', 'app'],
  cli: ['std', 'model', 'app', 'http', 'mcp'],
  mcp: ['std', 'app'],
}

/** Folders whose files are nouns of their own, each importable by itself. */
export const open: readonly string[] = ['std', 'model', 'chain', 'source', 'store']

/** Things with one home each: the pattern, and the only files where it may stand. */
export const homes: readonly { what: string; pattern: RegExp; home: readonly string[] }[] = [
  { what: 'the clock', pattern: /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(/, home: ['src/std/clock.ts'] },
  { what: 'randomness', pattern: /\bMath\.random\(|\brandomBytes\(|\brandomUUID\(/, home: ['src/std/random.ts'] },
  { what: 'the environment', pattern: /\bprocess\.env\b/, home: ['src/app/config.ts'] },
  { what: 'the console', pattern: /\bconsole\.|process\.std(out|err)\b/, home: ['src/cli/terminal.ts'] },
  { what: 'fetch', pattern: /(?<![.\w])fetch\(/, home: ['src/source/', 'web/'] },
  { what: 'SQL', pattern: /\.prepare\(|\.exec\(['"`]/, home: ['src/store/', '/table.ts'] },
]

/** Folders in which `async` may stand; elsewhere everything is synchronous. */
export const asynchronous: readonly string[] = [
  ...['src/source/', 'src/app/', 'src/http/', 'src/cli/', 'src/mcp/', 'web/'],
  ...['src/capture/read', 'src/report/print', 'src/store/backup', 'src/ledger/clickhouse'],
]
