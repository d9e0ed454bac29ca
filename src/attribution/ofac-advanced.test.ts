import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { add, day, fresh, ofacXml } from '../../test/lists.ts'
import { shared, skipWithout } from '../../test/shared.ts'
import { Failure } from '../std/failure.ts'
import { openReader } from '../store/store.ts'
import * as Attribution from './attribution.ts'
import * as Table from './table.ts'

const PARTIES = [
  {
    ...{ id: '36', name: 'EXAMPLE Alpha', listed: '2019-08-21', program: 'SDGT' },
    wallets: [
      ['XBT', '12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h'],
      ['USDT', 'TA3941uFAvmVibSkQ6fMJXxmaSNovX86mz'],
    ] as const,
    comment: 'Said to use 1Kuf2Rd8mDyAViwBozGTNYnvWL8uYFrkVo as well.',
  },
  {
    ...{ id: '40', name: 'EXAMPLE Beta', listed: '2020-01-02', program: 'CYBER2' },
    wallets: [['ETH', '0x901bb9583b24d97e995513c6778dc6888ab6870e']] as const,
  },
]
const GOOD = ofacXml('2024-05-06', PARTIES)

test('parties, programmes, dates, wallets and wallets in free text are read', context => {
  const { store, write } = fresh(context)
  const added = add(store, 'ofac-advanced', write('sdn.xml', GOOD))
  assert.deepEqual(
    [added.authority, added.version, added.publishedBy, added.entities, added.addresses, added.inFreeText],
    ['OFAC', '2024-05-06', 'file', 2, 4, 1],
  )
  const known = Attribution.knowledge(store, { asOf: day('2024-06-01'), knownAt: day('2026-12-01') })
  const [stated] = known.designationsOf('bitcoin', '12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h')
  assert.deepEqual(stated, {
    ...{ authority: 'OFAC', program: ['SDGT'], entity: 'EXAMPLE Alpha', network: 'bitcoin' },
    address: '12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h',
    ...{ listedAt: day('2019-08-21'), removedAt: null, expiresAt: null, knownAt: day('2026-11-01') },
    citation: { kind: 'list', authority: 'OFAC', version: '2024-05-06', sha256: added.sha256, entry: '36' },
    ...{ asset: 'XBT', entry: '36', raw: '12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h', conflict: null },
    ...{ grade: 'stated', forfeiture: null },
  })
  const [comment] = known.designationsOf('bitcoin', '1Kuf2Rd8mDyAViwBozGTNYnvWL8uYFrkVo')
  assert.equal(comment!.grade, 'comment')
  assert.equal(Attribution.categoryOf(stated!), 'terrorist-financing')
})

test('a list that cannot be trusted is refused by name and with its place, and nothing of it is kept', context => {
  const { store, write } = fresh(context)
  add(store, 'ofac-advanced', write('before.xml', GOOD))
  const digest = () => JSON.stringify([Table.versions(store), Table.addresses(store).size])
  const before = digest()
  const bomb = '<!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
  const cases: [string, string | Uint8Array][] = [
    ['Xml.Doctype', GOOD.replace('?>', `?>${bomb}`)],
    ['List.Malformed', GOOD.slice(0, GOOD.length / 2)],
    ['List.Malformed', GOOD.replace('</DistinctParty>', '')],
    ['List.Malformed', GOOD.replace('EXAMPLE Alpha', '&undefined;')],
    ['List.OtherFormat', GOOD.replaceAll('Sanctions ', 'Other ').replace('</Sanctions>', '</Other>')],
    ['List.Incomplete', GOOD.replaceAll('SanctionsEntry', 'Entry')],
    ['List.Incomplete', GOOD.replaceAll('Digital Currency Address', 'Wallet')],
    ['List.Incomplete', GOOD.replaceAll('DateOfIssue', 'Issued')],
    ['List.Incomplete', GOOD.replaceAll('NamePartValue', 'Part')],
    ['List.Incomplete', GOOD.replace('ProfileID="40"', 'ProfileID="41"')],
    ['List.DuplicateId', GOOD.replaceAll('"40"', '"36"')],
    ['List.BadDate', GOOD.replace('<Month>08</Month><Day>21', '<Month>02</Month><Day>30')],
    ['List.BadDate', GOOD.replace('<Year>2024', '<Year>')],
    ['List.TooLong', GOOD.replace('EXAMPLE Alpha', 'A'.repeat(3_000_000))],
    ['List.TooDeep', GOOD.replace('EXAMPLE Alpha', '<a>'.repeat(100))],
    ['List.NotUtf8', Buffer.concat([Buffer.from(GOOD.slice(0, 900)), Uint8Array.of(0xff, 0xfe), Buffer.from(GOOD)])],
    ['List.Malformed', ''],
  ]
  for (const [name, text] of cases) {
    const path = write('bad.xml', text)
    const failure = attempt(() => add(store, 'ofac-advanced', path))
    assert.equal(failure?.name, name, String(text).slice(0, 300))
    assert.equal(digest(), before)
  }
  const cut = attempt(() => add(store, 'ofac-advanced', write('cut.xml', GOOD.slice(0, 1500))))
  assert.deepEqual(Object.keys(cut!.facts), ['line', 'column', 'offset'])
})

test('cut anywhere, nothing is half imported', context => {
  const { store, write } = fresh(context)
  const end = GOOD.indexOf('</Sanctions>') + '</Sanctions>'.length
  for (let at = 0; at < end; at += 37) {
    const failure = attempt(() => add(store, 'ofac-advanced', write('cut.xml', GOOD.slice(0, at))))
    assert.ok(failure instanceof Failure, `cut at ${at}`)
  }
  assert.deepEqual([Table.versions(store), Table.addresses(store).size], [[], 0])
})

test('stopped by the user: nothing is kept', context => {
  const { store, write } = fresh(context)
  const stop = () => {
    throw new Failure('List.Cancelled', 'cancelled', 'stopped')
  }
  assert.throws(() => add(store, 'ofac-advanced', write('sdn.xml', GOOD), { watch: stop }), { name: 'List.Cancelled' })
  assert.deepEqual(Table.versions(store), [])
})

function attempt(work: () => unknown): Failure | null {
  try {
    work()
    return null
  } catch (cause) {
    assert.ok(cause instanceof Failure, String(cause))
    return cause
  }
}

const PACKED = 'data/lists/ofac/sdn_advanced.xml.bz2'
const folder = mkdtempSync(join(tmpdir(), 'athar-ofac-'))
after(() => rmSync(folder, { recursive: true }))

test('the real list of 2025-11-19: 761 addresses by symbol, under 250 MB and a minute', {
  skip: skipWithout(PACKED),
}, context => {
  const path = join(folder, 'sdn_advanced.xml')
  const descriptor = openSync(path, 'w')
  const unpacked = spawnSync('bzip2', ['-dc', shared(PACKED)], { stdio: ['ignore', descriptor, 'inherit'] })
  closeSync(descriptor)
  if (unpacked.error !== undefined) return context.skip('SKIPPED: bzip2 is not on this machine')
  const script = `
    import { openWriter } from '${join(import.meta.dirname, '../store/store.ts')}'
    import * as Attribution from '${join(import.meta.dirname, 'attribution.ts')}'
    const store = openWriter('${join(folder, 'data')}')
    const before = process.cpuUsage()
    const added = Attribution.addVersion(store, { format: Attribution.formatFrom('ofac-advanced'), path: '${path}',
      authority: null, publishedAt: null, knownAt: 1_790_000_000, by: 'tester', rehearse: false, watch() {} })
    const { user, system } = process.cpuUsage(before)
    const seconds = (user + system) / 1e6
    console.log(JSON.stringify({ added, seconds, kilobytes: process.resourceUsage().maxRSS }))
    store.close()`
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  assert.equal(run.status, 0, run.stderr)
  const { added, seconds, kilobytes } = JSON.parse(run.stdout)
  context.diagnostic(`${Math.round(kilobytes / 1024)} MB at most, ${seconds.toFixed(1)} s`)
  assert.deepEqual(added.bySymbol, {
    ...{ XBT: 519, ETH: 77, USDT: 93, TRX: 29, LTC: 11, XMR: 8, BCH: 7, ZEC: 3, DASH: 3, USDC: 2 },
    ...{ BTG: 1, ETC: 1, BSV: 1, XVG: 1, XRP: 1, BNB: 1, ARB: 1, BSC: 1, SOL: 1 },
  })
  assert.deepEqual(
    [added.version, added.addresses, added.entities, added.invalid, added.conflicts],
    ['2025-11-19', 761, 18_367, 1, 4],
  )
  assert.ok(kilobytes < 250 * 1024, `${kilobytes} kB`)
  assert.ok(seconds < 60, `${seconds} s`)
  assert.equal(readFileSync(path).length, 120_977_559)
  realNames(context, added.sha256)
  realScreening(context)
})

/** Names keep script and strength: the ground for matching Arabic names. */
function realNames(context: { after(work: () => void): void }, sha256: string): void {
  const store = openReal()
  context.after(() => store.close())
  assert.equal(store.files.get(sha256).length, 120_977_559, 'the list itself is kept')
  let [arabic, weak] = [0, 0]
  for (const party of Attribution.parties(store, 1_790_000_000)) {
    arabic += party.names.filter(name => name.script === 'Arab').length
    weak += party.names.filter(name => name.weak).length
    assert.ok(party.listedAt !== null && party.program.length > 0 && party.names[0] !== undefined)
  }
  assert.deepEqual([arabic > 500, weak], [true, 4454])
}

/** Every listed address of a chain that is read is found again; the 155 forfeited ones are not on this list. */
function realScreening(context: { after(work: () => void): void }): void {
  const store = openReal()
  context.after(() => store.close())
  const known = Attribution.knowledge(store, { asOf: day('2025-12-01'), knownAt: day('2030-01-01') })
  let [found, elsewhere] = [0, 0]
  for (const row of Table.entriesOfList(store, 1, ['address'])) {
    const networks = known.networksOf(row.address!)
    if (networks.length === 0) elsewhere++
    else found++
    for (const network of networks) {
      const standings = known
        .designationsOf(network, row.address!)
        .map(one => Attribution.standingOf(one, day('2025-12-01')))
      assert.ok(standings.includes('listed'), row.address!)
    }
  }
  // Elsewhere: XMR 8, BCH in its own form 6, ZEC and DASH 3 each, BTG, XVG, XRP, SOL and the old BNB chain 1 each.
  assert.deepEqual([found, elsewhere], [736, 25])
  const pack = readFileSync(shared('data/tagpacks/packs/aft-alqaeda-forfeit_vc.yaml'), 'utf8')
  const forfeited = [...pack.matchAll(/address: (\w+)/g)].map(match => match[1]!)
  assert.equal(forfeited.length, 155)
  for (const address of forfeited) assert.deepEqual(known.designationsOf('bitcoin', address), [])
}

function openReal() {
  return openReader(join(folder, 'data'))
}
