import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import * as Files from '../../test/list-files.ts'
import { add, day, fresh, ofacXml } from '../../test/lists.ts'
import { Failure } from '../std/failure.ts'
import type { Store } from '../store/store.ts'
import * as Attribution from './attribution.ts'
import { formatOf } from './sniff.ts'
import * as Table from './table.ts'

const { BITCOIN, NOTED, TRON, EVM } = Files

function designations(store: Store, address: string, asOf = '2026-11-25') {
  const known = Attribution.knowledge(store, { asOf: day(asOf), knownAt: day('2026-12-01') })
  return known.networksOf(address).flatMap(network => known.designationsOf(network, address))
}

const parties = (store: Store) => [...Attribution.parties(store, day('2026-12-01'))]

test('UN: people and bodies with their names; a wallet in the comments is graded apart', context => {
  const { store, write } = fresh(context)
  const added = add(store, 'un', write('un.xml', Files.UN))
  assert.deepEqual(
    [added.authority, added.published, added.publishedBy, added.entities, added.names, added.inFreeText],
    ['UN', 1_795_132_801, 'file', 2, 6, 1],
  )
  const [found] = designations(store, NOTED)
  assert.deepEqual(
    [found!.entity, found!.entry, found!.program, found!.listedAt, found!.grade, Attribution.categoryOf(found!)],
    ['EXAMPLE Alpha', 'QDi.901', ['Al-Qaida'], day('2015-03-02'), 'comment', 'terrorist-financing'],
  )
  const [alpha, fund] = parties(store)
  assert.deepEqual(
    [alpha!.type, alpha!.born, alpha!.countries, alpha!.names.map(name => [name.text, name.kind, name.weak])],
    [
      ...['person', ['1970'], ['Nowhere']],
      [
        ['EXAMPLE Alpha', 'primary', false],
        ['مثال ألفا', 'aka', false],
        ['Abu Mithal', 'aka', false],
        ['Mithal', 'aka', true],
      ],
    ],
  )
  assert.deepEqual([fund!.type, fund!.names[1]!.kind], ['organisation', 'fka'])
})

test('EU: all from attributes; weak names down-weighted; wallets in remarks and identification', context => {
  const { store, write } = fresh(context)
  const added = add(store, 'eu', write('eu.xml', Files.EU))
  assert.deepEqual([added.authority, added.version, added.addresses, added.inFreeText], ['EU', '2026-11-19', 2, 2])
  const [found] = designations(store, TRON)
  assert.deepEqual(
    [found!.entry, found!.program, found!.listedAt, Attribution.categoryOf(found!)],
    ['EU.901.1', ['TERR'], day('2019-01-11'), 'terrorist-financing'],
  )
  const [fund, alpha] = parties(store)
  assert.deepEqual(
    fund!.names.map(name => [name.text, name.weak]),
    [
      ['EXAMPLE FUND', false],
      ['Old Fund', true],
    ],
  )
  assert.deepEqual([alpha!.type, alpha!.born, alpha!.countries], ['person', ['1970-01-01'], ['XX']])
})

test('UK: days as dd/mm/yyyy, names by their parts in any spelling of their type, wallets in free text', context => {
  const { store, write } = fresh(context)
  const added = add(store, 'uk', write('uk.xml', Files.UK))
  assert.deepEqual([added.authority, added.version, added.inFreeText], ['UK', '2026-11-18', 2])
  const [found] = designations(store, NOTED)
  assert.deepEqual(
    [found!.entity, found!.entry, found!.listedAt, Attribution.categoryOf(found!)],
    ['Example ALPHA', 'CTI0901', day('2020-12-31'), 'terrorist-financing'],
  )
  assert.equal(designations(store, EVM).length, 7, 'an EVM address in a remark may stand on any EVM network')
  assert.deepEqual(
    parties(store)[0]!.names.map(name => [name.text, name.kind, name.weak]),
    [
      ['Example ALPHA', 'primary', false],
      ['MITHAL', 'aka', true],
      ['مثال', 'aka', false],
    ],
  )
})

test('UK as CSV: rows of one Unique ID are one designation, which is what the XML says of it', context => {
  const { store, write } = fresh(context)
  const csv = write('uk.csv', Files.UK_CSV)
  const added = add(store, 'uk', csv)
  assert.deepEqual([added.authority, added.version, added.inFreeText], ['UK', '2026-11-18', 2])
  const other = fresh(context)
  add(other.store, 'uk', other.write('uk.xml', Files.UK))
  assert.deepEqual(parties(store), parties(other.store))
  assert.deepEqual(
    designations(store, NOTED).map(one => [one.entity, one.entry, one.listedAt]),
    designations(other.store, NOTED).map(one => [one.entity, one.entry, one.listedAt]),
  )
  assert.equal(formatOf(csv), 'uk')
})

test('OFAC Enhanced is a version of the same list as Advanced and classic', context => {
  const { store, write } = fresh(context)
  const wallets = [
    ['XBT', BITCOIN],
    ['USDT', TRON],
  ] as const
  const party = { id: '36', name: 'EXAMPLE Alpha', listed: '2019-08-21', program: 'SDGT', wallets }
  const advanced = ofacXml('2026-11-17', [{ ...party, comment: `Also ${NOTED}.` }])
  add(store, 'ofac-advanced', write('advanced.xml', advanced))
  const added = add(store, 'ofac-enhanced', write('enhanced.xml', Files.OFAC_ENHANCED))
  assert.deepEqual(
    [added.version, added.added, added.removed, added.unchanged + added.changed, added.names],
    ['2026-11-18', 0, 0, 3, 2],
  )
  const [found] = designations(store, BITCOIN)
  assert.deepEqual([found!.listedAt, found!.program, found!.asset], [day('2019-08-21'), ['SDGT'], 'XBT'])
  assert.deepEqual(
    parties(store)[0]!.names.map(name => [name.text, name.script, name.kind]),
    [
      ['EXAMPLE Alpha', 'Latn', 'primary'],
      ['مثال', 'Arab', 'aka'],
    ],
  )
})

test('OpenSanctions: a wallet is a designation by its holder’s sanction, else a label', context => {
  const { store, write } = fresh(context)
  const added = add(store, 'opensanctions', write('entities.ftm.json', Files.FTM))
  assert.deepEqual([added.list, added.version, added.addresses, added.entities], ['xx_list', '2026-11-20', 2, 1])
  const [found] = designations(store, TRON)
  assert.deepEqual(
    [found!.authority, found!.entity, found!.program, found!.listedAt, found!.entry],
    ['OpenSanctions', 'Example Alpha', ['XX-TERROR', 'crime.terror'], day('2022-03-31'), 'xx-w1'],
  )
  assert.deepEqual(designations(store, BITCOIN), [])
  const known = Attribution.knowledge(store, { asOf: day('2026-11-25'), knownAt: day('2026-12-01') })
  assert.deepEqual(
    known.labelsOf('bitcoin', BITCOIN).map(label => [label.name, label.category]),
    [['Lock', 'other']],
  )
  const nested = fresh(context)
  add(nested.store, 'opensanctions', nested.write('targets.nested.json', Files.NESTED))
  const [same] = designations(nested.store, TRON)
  const { citation: _, ...rest } = found!
  const { citation: __, ...other } = same!
  assert.deepEqual(other, rest, 'both files say the same')
})

test('STIX and MISP of others become labels with what stands around them', context => {
  const { store, write } = fresh(context)
  const stix = add(store, 'stix', write('bundle.json', Files.STIX))
  const misp = add(store, 'misp', write('event.json', Files.MISP))
  assert.deepEqual(
    [stix.addresses, stix.version, misp.authority, misp.version],
    [2, '2026-02-01', 'CERT Example', '2026-10-01'],
  )
  const known = Attribution.knowledge(store, { asOf: day('2026-11-25'), knownAt: day('2026-12-01') })
  const said = (network: 'bitcoin' | 'tron', address: string) =>
    known.labelsOf(network, address).map(label => [label.name, label.confidence.id, label.category])
  assert.deepEqual(said('bitcoin', BITCOIN), [
    ['Example Exchange', 'unknown', 'other'],
    ['Seen beside', 'unknown', 'terrorist-financing'],
  ])
  assert.deepEqual(said('tron', TRON), [
    ['Campaign wallet', 'forensic_investigation', 'other'],
    ['Donation wallet', 'unknown', 'terrorist-financing'],
  ])
  assert.deepEqual(designations(store, TRON), [], 'a platform’s word is no designation')
})

test('a damaged file of any format: refused by name with its place, and the version before stays in force', context => {
  const { store, write } = fresh(context)
  for (const { format, name, text, addresses } of Files.FILES) {
    const added = add(store, format, write(name, text), { authority: `by ${name}` })
    assert.equal(added.addresses, addresses, name)
  }
  const before = stateOf(store)
  for (const { format, name, text } of Files.FILES) {
    // A file of lines that is cut between two of them is whole in form: only the warning about lost addresses tells.
    if (/\.(csv|yaml|ftm\.json)$/.test(name)) continue
    for (const share of [0.2, 0.45, 0.7, 0.95]) {
      const half = text.slice(0, Math.floor(text.length * share))
      const failure = attempt(() => add(store, format, write(name, half), { authority: `by ${name}` }))
      assert.equal(failure?.name, 'List.Malformed', `${name} cut at ${share}`)
      assert.match(failure.message, /line \d+/, name)
    }
  }
  for (const [format, name, wanted, bad] of DAMAGED) {
    const failure = attempt(() => add(store, format, write('bad.file', bad), { authority: `by ${name}` }))
    assert.equal(failure?.name, wanted, `${format}, ${name}: ${bad.slice(0, 200)}`)
    assert.ok(failure.hint !== null, wanted)
  }
  assert.equal(stateOf(store), before)
})

/** Format, words for the message, the failure, and the damaged text. */
const DAMAGED: readonly (readonly [string, string, string, string])[] = [
  ...(['un', 'eu', 'uk', 'ofac-enhanced', 'ofac-sdn'] as const).flatMap(format => {
    const { text } = Files.FILES.find(file => file.format === format)!
    const bomb = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    const bare = text.replace(/^<\?xml[^>]*\?>\s*/, '')
    return [
      [format, 'an entity bomb', 'Xml.Doctype', `${bomb}${bare}`],
      [format, 'an unknown entity', 'List.Malformed', text.replace('EXAMPLE', '&nope;').replace('Example', '&nope;')],
      [format, 'another root', 'List.OtherFormat', '<html><body>Just a moment…</body></html>'],
      [
        format,
        'depth',
        'List.TooDeep',
        text.replace(/(<(?:INDIVIDUAL|sanctionEntity|Designation|entity|sdnEntry)\b[^>]*>)/, `$1${'<a>'.repeat(100)}`),
      ],
    ] as const
  }),
  [
    'un',
    'changed schema',
    'List.Incomplete',
    Files.UN.replaceAll('INDIVIDUAL>', 'PERSON>').replaceAll('ENTITY>', 'BODY>'),
  ],
  [
    'un',
    'changed field',
    'List.Incomplete',
    Files.UN.replaceAll('FIRST_NAME', 'NAME_1').replaceAll('SECOND_NAME', 'NAME_2'),
  ],
  ['un', 'no date', 'List.Incomplete', Files.UN.replace('dateGenerated', 'generated')],
  ['un', 'duplicate', 'List.DuplicateId', Files.UN.replace('6908556', '6908555')],
  ['un', 'impossible date', 'List.BadDate', Files.UN.replace('2015-03-02', '2015-02-30')],
  ['eu', 'changed schema', 'List.Incomplete', Files.EU.replaceAll('sanctionEntity', 'subject')],
  ['eu', 'changed field', 'List.Incomplete', Files.EU.replaceAll('nameAlias', 'alias')],
  ['eu', 'duplicate', 'List.DuplicateId', Files.EU.replace('logicalId="902"', 'logicalId="901"')],
  ['eu', 'impossible date', 'List.BadDate', Files.EU.replace('2019-01-11', '2019-13-11')],
  ['uk', 'changed schema', 'List.Incomplete', Files.UK.replaceAll('Designation>', 'Listing>')],
  ['uk', 'CSV without its ids', 'List.Incomplete', Files.UK_CSV.replace('Unique ID', 'Id')],
  ['uk', 'CSV without its day', 'List.Incomplete', Files.UK_CSV.replace(/^.*\n/, '')],
  ['uk', 'CSV without a column', 'List.WrongColumns', Files.UK_CSV.replace('Name type', 'Kind')],
  ['uk', 'CSV with a day that is none', 'List.BadDate', Files.UK_CSV.replace('31/12/2020', '31/11/2020')],
  ['uk', 'CSV of a day that is none', 'List.BadDate', Files.UK_CSV.replace('18-Nov-2026', '31-Nov-2026')],
  ['uk', 'changed field', 'List.Incomplete', Files.UK.replaceAll('UniqueID', 'Id')],
  ['uk', 'impossible date', 'List.BadDate', Files.UK.replace('31/12/2020', '31/11/2020')],
  ['uk', 'a date of another form', 'List.BadDate', Files.UK.replace('18/11/2026', '2026-11-18')],
  [
    'ofac-enhanced',
    'changed schema',
    'List.Incomplete',
    Files.OFAC_ENHANCED.replaceAll('entity ', 'subject ').replace('</entity>', '</subject>'),
  ],
  [
    'ofac-enhanced',
    'no programme',
    'List.Incomplete',
    Files.OFAC_ENHANCED.replaceAll('sanctionsProgram>', 'p>').replace('<sanctionsProgram ', '<p '),
  ],
  ['ofac-enhanced', 'impossible date', 'List.BadDate', Files.OFAC_ENHANCED.replace('2019-08-21', '2019-08-41')],
  ['opensanctions', 'changed schema', 'List.Malformed', Files.FTM.replaceAll('"properties"', '"props"')],
  ['opensanctions', 'an entity without id', 'List.Malformed', Files.FTM.replace('"id":"xx-w1"', '"key":"xx-w1"')],
  ['opensanctions', 'duplicate', 'List.DuplicateId', Files.FTM.replace('ransom-1', 'xx-w1')],
  ['opensanctions', 'impossible date', 'List.BadDate', Files.FTM.replace('2022-03', '2022-14')],
  ['opensanctions', 'depth', 'List.TooDeep', `${'['.repeat(100_000)}\n`],
  ['opensanctions', 'nothing', 'List.Incomplete', '\n\n'],
  ['stix', 'not a bundle', 'List.Incomplete', '{"type":"report"}'],
  ['stix', 'changed schema', 'List.Incomplete', Files.STIX.replaceAll('cryptocurrency-wallet', 'wallet')],
  ['stix', 'an object that is none', 'List.Malformed', Files.STIX.replace('"objects": [', '"objects": [7,')],
  [
    'stix',
    'duplicate',
    'List.DuplicateId',
    Files.STIX.replace(/"objects": \[\s*(\{[\s\S]*?\n {2}\},)/, '"objects": [$1$1'),
  ],
  ['stix', 'impossible date', 'List.BadDate', Files.STIX.replaceAll('2026-02-01T', '2026-02-31T')],
  ['stix', 'depth', 'List.TooDeep', `{"type":"bundle","objects":${'['.repeat(500)}`],
  ['misp', 'changed schema', 'List.Incomplete', Files.MISP.replace('"Event"', '"event"')],
  [
    'misp',
    'no wallet',
    'List.Incomplete',
    '{"Event":{"info":"x","Attribute":[{"type":"ip-dst","value":"192.0.2.1"}]}}',
  ],
  ['misp', 'duplicate', 'List.DuplicateId', Files.MISP.replace('6668', '6667')],
  ['misp', 'impossible date', 'List.BadDate', Files.MISP.replace('2026-10-01', '2026-10-32')],
  ['misp', 'no value', 'List.Incomplete', '{"Event":{"info":"x","Attribute":[{"type":"btc"}]}}'],
  ['issuer-freezes', 'no event', 'List.Incomplete', '{"result":[]}'],
  ['issuer-freezes', 'changed schema', 'List.Incomplete', Files.FREEZES.replaceAll('topics', 'theme')],
  [
    'issuer-freezes',
    'duplicate',
    'List.DuplicateId',
    Files.FREEZES.replace('[{', `[${JSON.stringify(Files.log('added', EVM, 100, 1))},{`),
  ],
  ['issuer-freezes', 'no transaction', 'List.Incomplete', Files.FREEZES.replaceAll('transactionHash', 'tx')],
]

test('fuzz: a file with some of it cut out, doubled or replaced is read whole or refused by name', context => {
  const { store, write } = fresh(context)
  const piece = fc.constantFrom(
    '',
    '"',
    '<',
    '{',
    '[',
    ']]>',
    '\u0000',
    '\ud800',
    'null',
    '-1',
    '&#x0;',
    '\n',
    '\\',
    '0x',
  )
  const damage = fc.tuple(fc.nat({ max: 10_000 }), fc.nat({ max: 30 }), piece, fc.boolean())
  fc.assert(
    fc.property(fc.constantFrom(...Files.FILES), fc.array(damage, { minLength: 1, maxLength: 4 }), (file, damages) => {
      let text = file.text
      for (const [place, length, other, doubled] of damages) {
        const at = place % text.length
        const cut = text.slice(at, at + length)
        text = text.slice(0, at) + (doubled ? cut + cut : other) + text.slice(at + length)
      }
      attempt(() => add(store, file.format, write(file.name, text), { authority: 'Fuzz', rehearse: true }))
    }),
    { numRuns: 250 },
  )
  assert.deepEqual(Table.versions(store), [])
})

test('an address with invisible characters is cleaned and flagged in every format that states addresses', context => {
  const { store, write } = fresh(context)
  const hidden = `${BITCOIN.slice(0, 9)}\u200b${BITCOIN.slice(9)}\u202e`
  const shown = Files.FILES.filter(({ text }) => text.includes(BITCOIN))
  assert.deepEqual(
    [...new Set(shown.map(file => file.format))],
    ['ofac-enhanced', 'ofac-sdn', 'opensanctions', 'stix', 'misp', 'tagpack', 'addresses'],
  )
  for (const { format, name, text } of shown) {
    const more = { authority: name, rehearse: true }
    const clean = add(store, format, write(name, text), more)
    const added = add(store, format, write(name, text.replaceAll(BITCOIN, hidden)), more)
    assert.deepEqual([added.flagged, added.invalid], [clean.flagged + 1, 0], name)
    assert.equal(added.addresses, clean.addresses, name)
  }
})

test('a file of another format than the one named: the hint says what it looks like; auto takes that', context => {
  const { store, write } = fresh(context)
  for (const { format, name, text } of Files.FILES) {
    const path = write(name, text)
    assert.equal(Attribution.formatFrom('auto', path).id, format, name)
    const wrong = format === 'un' ? 'eu' : 'un'
    const failure = attempt(() => add(store, wrong, path))
    assert.match(failure!.hint!, new RegExp(`This looks like ${format}, and ${wrong} was named`), name)
  }
})

test('auto: a packed list is looked into, or the hint says how to unpack it; no file is missing', context => {
  const { write } = fresh(context)
  const plain = write('list.xml', Files.UN)
  writeFileSync(`${plain}.gz`, gzipSync(Files.UN))
  assert.equal(Attribution.formatFrom('auto', `${plain}.gz`).id, 'un')
  writeFileSync(`${plain}.bz2`, 'BZh9')
  const refused = attempt(() => Attribution.formatFrom('auto', `${plain}.bz2`))
  assert.deepEqual([refused!.name, refused!.hint], ['List.Packed', PACKED_HINT])
  assert.equal(
    attempt(() => Attribution.formatFrom('auto', write('a.txt', 'x').replace('a.txt', 'b')))!.name,
    'List.Missing',
  )
  writeFileSync(`${plain}.damaged.gz`, 'no gzip')
  assert.equal(attempt(() => Attribution.formatFrom('auto', `${plain}.damaged.gz`))!.name, 'List.NoGuess')
})

const PACKED_HINT = 'Unpack it first: bzip2 -dk FILE (or pack it as .gz or .zst).'

function stateOf(store: Store): string {
  return JSON.stringify([Table.versions(store), [...Table.addresses(store)]])
}

function attempt(work: () => unknown): Failure | null {
  try {
    work()
    return null
  } catch (cause) {
    assert.ok(cause instanceof Failure, String((cause as Error).stack))
    return cause
  }
}
