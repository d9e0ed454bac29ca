import { writeSync } from 'node:fs'
import { findManifest, openIngest } from '../../src/ledger/ledger.ts'
import { readBlocks } from '../../src/source/block-file.ts'
import { systemClock } from '../../src/std/clock.ts'
import { sha256Hex } from '../../src/std/digest.ts'
import { openWriter } from '../../src/store/store.ts'

/**
 * A process to be killed: takes the blocks of a file into a data directory, commits after each, and says on stdout how
 * many are committed.
 */
const [directory, file] = process.argv.slice(2)
const store = openWriter(directory!)
const ingest = openIngest(store, 'bitcoin-regtest', systemClock, true, 1)
const content = new TextEncoder().encode(file!)
ingest.begin({
  ...{ kind: 'blocks', name: 'chain.dat', sha256: sha256Hex(content), bytes: content.length, path: null },
  ...{ height: null, statedHeight: null, undo: null, content },
})
let done = findManifest(store, 'bitcoin-regtest')?.blocks ?? 0
for (const found of readBlocks(file!, 'bitcoin-regtest')) {
  if (!found.ok) continue
  const block = { bytes: found.bytes, offset: found.offset, height: null, statedHeight: null, spent: null }
  if (ingest.add(block) === 'added') writeSync(1, `${++done}\n`)
}
ingest.finish()
writeSync(1, 'end\n')
store.close()
