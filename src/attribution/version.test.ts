import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { add, day, fresh, ofacXml } from '../../test/lists.ts'
import { openWriter } from '../store/store.ts'
import * as Attribution from './attribution.ts'
import * as Table from './table.ts'

const A = '12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h'
const B = '1Kuf2Rd8mDyAViwBozGTNYnvWL8uYFrkVo'
const C = '13f59kUM5FU8MfTG7DCEugYarDhSD7XCoC'

const party = (id: string, address: string, more: { name?: string; program?: string } = {}) => ({
  ...{ id, name: more.name ?? `PARTY ${id}`, listed: '2020-01-01', program: more.program ?? 'SDGT' },
  wallets: [['XBT', address]] as const,
})

test('versions are compared with the one published before; the same file again is a no-op', context => {
  const { store, write } = fresh(context)
  const v1 = ofacXml('2024-01-10', [party('1', A), party('2', B)])
  const v2 = ofacXml('2024-02-10', [party('2', B, { program: 'CYBER2' }), party('3', C)])
  const first = add(store, 'ofac-advanced', write('v1.xml', v1))
  const second = add(store, 'ofac-advanced', write('v2.xml', v2))
  assert.deepEqual([first.added, first.removed, first.changed, first.unchanged], [2, 0, 0, 0])
  assert.deepEqual([second.added, second.removed, second.changed, second.unchanged], [1, 1, 1, 0])
  const again = add(store, 'ofac-advanced', write('again.xml', v2), { knownAt: day('2026-12-01') })
  assert.deepEqual([again.alreadyKnown, again.knownAt, again.unchanged], [true, day('2026-11-01'), 2])
  assert.equal(Table.versions(store).length, 2)
})

test('diff: in force on one day and not on the other, by removal or by lapse', context => {
  const { store, write } = fresh(context)
  add(store, 'ofac-advanced', write('v1.xml', ofacXml('2024-01-10', [party('1', A), party('2', B)])))
  const renamed = party('2', B, { name: 'ANOTHER NAME' })
  add(store, 'ofac-advanced', write('v2.xml', ofacXml('2024-02-10', [renamed, party('3', C)])))
  const diff = Attribution.diff(store, 'OFAC', day('2024-01-10'), day('2024-02-10'), day('2026-12-01'))
  const row = (address: string, entity: string) => ({
    ...{ address, network: 'bitcoin', networks: ['bitcoin'], entity, program: ['SDGT'], asset: 'XBT' },
  })
  assert.deepEqual(diff, {
    ...{ authority: 'OFAC', from: '2024-01-10T00:00:00Z', to: '2024-02-10T00:00:00Z' },
    added: [row(C, 'PARTY 3')],
    removed: [{ ...row(A, 'PARTY 1'), why: 'removed' }],
    changed: [{ ...row(B, 'ANOTHER NAME'), before: { entity: 'PARTY 2', program: ['SDGT'] } }],
    versions: [
      { list: 'SDN', version: '2024-01-10' },
      { list: 'SDN', version: '2024-02-10' },
    ],
  })
  const same = Attribution.diff(store, 'OFAC', day('2024-02-10'), day('2026-10-01'), day('2026-12-01'))
  assert.deepEqual([same.added, same.removed, same.changed], [[], [], []])
  assert.throws(() => Attribution.diff(store, 'EU', 0, 1, 2), { name: 'List.UnknownAuthority' })
})

test('classic and Advanced are versions of one list: the same wallets are neither added nor removed', context => {
  const { store, write } = fresh(context)
  add(store, 'ofac-advanced', write('v1.xml', ofacXml('2024-01-10', [party('1', A)])))
  const sdn = `<sdnList><publshInformation><Publish_Date>01/20/2024</Publish_Date></publshInformation>
<sdnEntry><uid>1</uid><lastName>PARTY 1</lastName><sdnType>Individual</sdnType><programList><program>SDGT</program>
</programList><idList><id><uid>7</uid><idType>Digital Currency Address - XBT</idType><idNumber>${A}</idNumber></id>
</idList>
<akaList><aka><uid>8</uid><type>a.k.a.</type><category>weak</category><lastName>Abu X</lastName></aka></akaList>
</sdnEntry></sdnList>`
  const added = add(store, 'ofac-sdn', write('sdn.xml', sdn))
  assert.deepEqual([added.version, added.added, added.removed, added.names], ['2024-01-20', 0, 0, 2])
  assert.throws(() => add(store, 'ofac-sdn', write('bad.xml', sdn.replace('01/20', '13/20'))), { name: 'List.BadDate' })
})

test('plain lists: comments, columns, symbols from the name, typing errors kept and flagged', context => {
  const { store, write } = fresh(context)
  const text = `# a comment\r\n\r\n${A}\n ${B} \n12QtD5BFwRsdNsAZY76UVE1xyCGNT0jH9h\n${A}\n`
  const added = add(store, 'addresses', write('sanctioned_addresses_XBT.txt', text), { authority: 'OFAC copy' })
  assert.deepEqual([added.addresses, added.invalid, added.flagged, added.bySymbol], [3, 1, 1, { XBT: 3 }])
  const csv = `Address,Entity,Network,Program\n"${A}","Some, One",BTC,"P1|P2"\n`
  add(store, 'addresses', write('b.csv', csv), { authority: 'Unit' })
  const known = Attribution.knowledge(store, { asOf: day('2026-11-15'), knownAt: day('2026-11-15') })
  const found = known.designationsOf('bitcoin', A).map(one => [one.authority, one.entity, one.program])
  assert.deepEqual(found, [
    ['OFAC copy', 'OFAC copy', []],
    ['Unit', 'Some, One', ['P1', 'P2']],
  ])
  for (const [name, bad] of [
    ['List.Incomplete', '# nothing\n'],
    ['List.OtherFormat', 'title: a pack\ntags:\n- label: prose and no address\n'],
    ['List.OtherFormat', 'Words of a letter, and more of them.\n'],
    ['List.TooLong', 'x'.repeat(200_000)],
    ['List.Malformed', `"${A}\n`],
    ['List.BadDate', `address,listed\n${A},2024-02-31\n`],
  ] as const) {
    assert.throws(() => add(store, 'addresses', write('bad.txt', bad), { authority: 'X' }), { name })
  }
})

test('a rehearsal counts and keeps nothing; packed files are read; wrong files are named', context => {
  const { store, write } = fresh(context)
  const dry = add(store, 'addresses', write('a.txt', A), { authority: 'X', rehearse: true })
  assert.deepEqual([dry.added, Table.versions(store), Table.addresses(store).size], [1, [], 0])
  const plain = add(store, 'addresses', write('a.txt', A), { authority: 'X', publishedAt: 0 })
  const packed = add(store, 'addresses', write('a.txt.gz', gzipSync(A)), { authority: 'X', publishedAt: 0 })
  const pipe = join(store.directory, 'pipe')
  spawnSync('mkfifo', [pipe])
  assert.deepEqual([packed.sha256, packed.alreadyKnown], [plain.sha256, true])
  for (const [name, path] of [
    ['List.Missing', '/nowhere/at/all.txt'],
    ['List.Directory', store.directory],
    ['List.NotAFile', pipe],
    ['List.TooBig', write('c.txt.gz', gzipSync(new Uint8Array(2 ** 28 + 1)))],
    ['List.Packed', write('a.xml.bz2', 'BZh')],
    ['List.Malformed', write('b.txt.gz', 'no gzip')],
  ] as const) {
    assert.throws(() => add(store, 'addresses', path, { authority: 'X' }), { name })
  }
  assert.throws(() => Attribution.formatFrom('nope'), { name: 'List.UnknownFormat' })
  assert.throws(() => Attribution.formatFrom('auto', write('prose.txt', 'Words alone.')), { name: 'List.NoGuess' })
})

test('a list that lost most of its addresses is imported with a warning', context => {
  const { store, write } = fresh(context)
  const many = Array.from({ length: 12 }, (_, i) => `0x${i.toString(16).padStart(40, '0')}`)
  add(store, 'addresses', write('a.txt', many.join('\n')), { authority: 'X', publishedAt: day('2024-01-01') })
  const added = add(store, 'addresses', write('a.txt', many[0]!), { authority: 'X', publishedAt: day('2024-02-01') })
  assert.match(added.warnings.join(), /11 of 12 addresses of the version before are gone/)
})

test('two files of one day that contradict each other: said, and the one imported last stands', context => {
  const { store, write } = fresh(context)
  add(store, 'ofac-advanced', write('v1.xml', ofacXml('2024-01-10', [party('1', A), party('2', B)])))
  const added = add(store, 'ofac-advanced', write('v2.xml', ofacXml('2024-01-10', [party('2', B)])))
  assert.match(added.warnings.join(), /Another file \(v1.xml, imported 2026-11-01\) has the same publication date/)
  const known = Attribution.knowledge(store, { asOf: day('2024-02-01'), knownAt: day('2026-12-01') })
  assert.deepEqual([known.designationsOf('bitcoin', A).length, known.designationsOf('bitcoin', B).length], [0, 1])
})

test('two lists that contradict: each answers for itself, with its own source', context => {
  const { store, write } = fresh(context)
  add(store, 'ofac-advanced', write('v1.xml', ofacXml('2024-01-10', [party('1', A)])))
  const listed = (name: string, published: string, address: string) =>
    add(store, 'addresses', write(`${name}.csv`, `address,entity\n${address},${name}\n`), {
      ...{ authority: 'Unit', publishedAt: day(published) },
    })
  listed('other', '2024-01-05', A)
  const file = write('other.csv', `address,entity\n${B},other\n`)
  add(store, 'addresses', file, { authority: 'Unit', publishedAt: day('2024-02-05') })
  const at = day('2024-03-01')
  const known = Attribution.knowledge(store, { asOf: at, knownAt: day('2026-12-01') })
  assert.deepEqual(
    known.designationsOf('bitcoin', A).map(one => [one.authority, one.entity, Attribution.standingOf(one, at)]),
    [
      ['OFAC', 'PARTY 1', 'listed'],
      ['Unit', 'other', 'formerly-listed'],
    ],
  )
})

test('status names the version in force and says what is stale', context => {
  const { store, write } = fresh(context)
  add(store, 'ofac-advanced', write('v1.xml', ofacXml('2024-01-10', [party('1', A)])), { knownAt: day('2024-01-11') })
  const at = (now: string) => Attribution.status(store, day(now)).map(one => [one.version, one.ageDays, one.stale])
  assert.deepEqual(
    [at('2024-01-10'), at('2024-01-17'), at('2024-01-18')],
    [...[[], [['2024-01-10', 7, false]], [['2024-01-10', 8, true]]]],
  )
})

test('killed in the middle of an import: nothing is half there, and the same command finishes the work', context => {
  const { store, write } = fresh(context)
  const many = Array.from({ length: 20_000 }, (_, i) => `0x${i.toString(16).padStart(40, '0')}`).join('\n')
  const path = write('many.txt', many)
  const folder = join(dirname(path), 'killed')
  const script = `
    import { openWriter } from '${join(import.meta.dirname, '../store/store.ts')}'
    import * as Attribution from '${join(import.meta.dirname, 'attribution.ts')}'
    const watch = bytes => bytes > 400_000 && process.kill(process.pid, 'SIGKILL')
    Attribution.addVersion(openWriter('${folder}'), { format: Attribution.formatFrom('addresses'), path: '${path}',
      authority: 'X', publishedAt: 0, knownAt: 0, by: 'tester', rehearse: false, watch })`
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  assert.equal(run.signal, 'SIGKILL', run.stderr)
  const again = openWriter(folder)
  assert.deepEqual([Table.versions(again), Table.addresses(again).size], [[], 0])
  assert.equal(add(again, 'addresses', path, { authority: 'X' }).added, 20_000)
  again.close()
  assert.deepEqual(Table.versions(store), [])
})
