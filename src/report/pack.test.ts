import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { parse as parseYaml } from 'yaml'
import * as Files from '../../test/list-files.ts'
import { add, day, fresh } from '../../test/lists.ts'
import { material } from '../../test/report-material.ts'
import { shared, skipWithout } from '../../test/shared.ts'
import * as Attribution from '../attribution/attribution.ts'
import type { Store } from '../store/store.ts'
import { PACK_FORMATS, type PackFormat, printPacks } from './pack.ts'
import { packsOfCase } from './pack-case.ts'

const NOW = day('2026-11-25')

function packs(store: Store, authority: string | null = null): Attribution.Pack[] {
  return Attribution.packs(store, authority, NOW, day('2027-01-01'))
}

function print(format: PackFormat, of: readonly Attribution.Pack[]): string {
  return [...printPacks(format, of, of.length === 1 ? of[0]!.authority : 'Athar')!].join('')
}

const READS: Readonly<Record<PackFormat, readonly [format: string, name: string]>> = {
  tagpack: ['tagpack', 'out.yaml'],
  ftm: ['opensanctions', 'out.ftm.json'],
  stix: ['stix', 'out.stix.json'],
  misp: ['misp', 'out.misp.json'],
  csv: ['addresses', 'out.csv'],
}

/** Reads a printed pack back into an empty store. */
function readBack(context: Parameters<typeof fresh>[0], format: PackFormat, text: string): Attribution.Pack {
  const { store, write } = fresh(context)
  const [reader, name] = READS[format]
  add(store, reader, write(name, text))
  return packs(store)[0]!
}

/** Every kind of entry, from files of several formats. */
function everything(context: Parameters<typeof fresh>[0]): Store {
  const { store, write } = fresh(context)
  for (const { format, name, text } of Files.FILES) {
    if (name !== 'targets.nested.json') add(store, format, write(name, text))
  }
  return store
}

/** Entries in the order of their keys: the order of a file is no part of what it says. */
function sorted({ entries }: Attribution.Pack): Attribution.Entry[] {
  const keyOf = (entry: Attribution.Entry) => `${entry.kind}/${entry.key}`
  return [...entries].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}

test('STIX, MISP and CSV carry each entry whole: what is read back is what left', context => {
  const store = everything(context)
  for (const pack of packs(store).filter(one => !one.entries.some(entry => entry.kind === 'actor'))) {
    for (const format of ['stix', 'misp', 'csv'] as const) {
      const back = readBack(context, format, print(format, [pack]))
      assert.deepEqual(sorted(back), sorted(pack), `${pack.authority} as ${format}`)
      assert.deepEqual(
        [back.authority, back.list, back.version],
        [pack.authority, pack.list, pack.version],
        `${pack.authority} as ${format}`,
      )
    }
  }
})

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).map(value => `w${value.trim()}w`)
const wild = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .filter(value => value.trim() === value && value !== '')
const address = fc.constantFrom(
  ...([
    ['BTC', Files.BITCOIN],
    ['USDT', Files.TRON],
    ['TRX', Files.TRON],
    ['ETH', Files.EVM],
    ['XMR', '44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A'],
  ] as const),
)
const moment = fc.integer({ min: 0, max: 2_000_000_000 }).map(at => new Date(at * 1000).toISOString().slice(0, 19))

const tagSheet = fc.record(
  {
    ...{ kind: fc.constant(['tag']), at: address, entity: text.map(one => [one]) },
    concept: fc.uniqueArray(fc.constantFrom('exchange', 'terrorism', 'donation', 'hot_wallet', 'scam'), {
      maxLength: 3,
    }),
    confidence: fc.constantFrom(...Attribution.Confidence.all.map(one => [one.id])),
    ...{ source: wild.map(one => [one]), actor: wild.map(one => [one]), context: wild.map(one => [one]) },
    tag_type: fc.constantFrom(['actor'], ['event'], ['mention']),
    ...{ cluster_definer: fc.constant(['true']), lastmod: moment.map(one => [one.slice(0, 10)]) },
  },
  { requiredKeys: ['kind', 'at', 'entity', 'concept', 'confidence', 'source'] },
)

const listedSheet = fc.record(
  {
    ...{ kind: fc.constant(['address']), at: address, entity: wild.map(one => [one]), entry: text.map(one => [one]) },
    program: fc.uniqueArray(wild, { maxLength: 3 }),
    listed: moment.map(one => [`${one}Z`]),
    expires: moment.map(one => [`${one}Z`]),
    ended: moment.map(one => [`${one}Z`]),
    ...{ forfeiture: wild.map(one => [one]), note: wild.map(one => [one]), grade: fc.constant(['stated']) },
    listed_by: fc.uniqueArray(wild, { minLength: 1, maxLength: 3 }),
  },
  { requiredKeys: ['kind', 'at', 'entity', 'entry', 'program', 'grade'] },
)

type Drawn = Readonly<Record<string, readonly string[]>> & { readonly at: readonly [string, string] }

function entryOf({ at: [symbol, written], ...sheet }: Drawn): Attribution.Entry {
  const field = sheet['kind']![0] === 'tag' ? 'currency' : 'network'
  const kept = Object.entries(sheet).filter(([, values]) => values !== undefined && values.length > 0)
  return Attribution.Sheet.fromSheet({ ...Object.fromEntries(kept), address: [written], [field]: [symbol] }, 'here')!
}

function packOf(drawn: readonly Drawn[]): Attribution.Pack {
  const entries: Attribution.Entry[] = []
  const put = Attribution.Sheet.numbered(entry => entries.push(entry))
  for (const one of drawn) put(entryOf(one))
  const base = {
    authority: 'Unit',
    list: 'drawn',
    title: 'Drawn',
    version: '2026-11-01',
    publishedAt: day('2026-11-01'),
  }
  return { ...base, sha256: null, entries, leftOut: 0 }
}

test('property: STIX, MISP and CSV lose nothing of any entry', context => {
  const { store, write } = fresh(context)
  let run = 0
  const some = fc.array(fc.oneof(tagSheet, listedSheet), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(some, fc.constantFrom('stix', 'misp', 'csv'), (drawn, format) => {
      const pack = packOf(drawn as unknown as Drawn[])
      const [reader, name] = READS[format]
      const authority = `run ${run++}`
      add(store, reader, write(name, print(format, [pack])), { authority })
      const back = packs(store, authority)[0]!
      assert.deepEqual(sorted(back), sorted(pack), format)
    }),
    { numRuns: 60 },
  )
})

test('property: a tag pack carries tags whole, but for concepts that it orders by kind', context => {
  const { store, write } = fresh(context)
  let run = 0
  fc.assert(
    fc.property(fc.array(tagSheet, { minLength: 1, maxLength: 5 }), drawn => {
      const pack = packOf(drawn as unknown as Drawn[])
      const authority = `run ${run++}`
      add(store, 'tagpack', write('out.yaml', print('tagpack', [pack])), { authority })
      const back = packs(store, authority)[0]!
      const said = ({ entries }: Attribution.Pack) =>
        entries
          .map(entry => {
            const { network: _, ...tag } = Attribution.Sheet.toSheet(entry)
            return JSON.stringify({ ...tag, networks: entry.networks })
          })
          .sort()
      assert.deepEqual(said(back), said(pack))
    }),
    { numRuns: 40 },
  )
})

test('FtM carries designations, labels and parties: what is read back leaves as it came', context => {
  const store = everything(context)
  for (const pack of packs(store).filter(one => !one.entries.some(entry => entry.kind === 'actor'))) {
    const back = readBack(context, 'ftm', print('ftm', [pack]))
    const said = (one: Attribution.Pack) =>
      one.entries
        .filter(entry => entry.kind === 'address')
        .map(({ address: at, networks, content }) => {
          const { entity, listedAt, expiresAt, endedAt, asset, grade } = content as Attribution.ListedAddress
          return JSON.stringify([at, networks, entity, listedAt, expiresAt, endedAt ?? null, asset, grade])
        })
        .sort()
    assert.deepEqual(said(back), said(pack), pack.authority)
    const names = (one: Attribution.Pack) =>
      one.entries.flatMap(({ kind, content }) =>
        kind === 'entity' ? (content as Attribution.Party).names.map(name => `${name.text} ${name.weak}`).sort() : [],
      )
    assert.deepEqual(names(back), names(pack), pack.authority)
  }
})

test('property: FtM carries tags whole', context => {
  const { store, write } = fresh(context)
  let run = 0
  fc.assert(
    fc.property(fc.array(tagSheet, { minLength: 1, maxLength: 4 }), drawn => {
      const pack = packOf(drawn as unknown as Drawn[])
      const authority = `run ${run++}`
      add(store, 'opensanctions', write('out.ftm.json', print('ftm', [pack])), { authority })
      const back = packs(store, authority)[0]!
      const said = ({ entries }: Attribution.Pack) =>
        entries
          .filter(entry => entry.kind === 'tag')
          .map(entry => {
            const { concept, ...tag } = Attribution.Sheet.toSheet(entry)
            return JSON.stringify({
              ...tag,
              concept: [...(concept ?? [])].filter(one => one !== 'terrorism_financing'),
            })
          })
          .sort()
      assert.deepEqual(said(back), said(pack))
    }),
    { numRuns: 40 },
  )
})

test('a label judged “no” is not handed on', context => {
  const { store, write } = fresh(context)
  add(store, 'tagpack', write('pack.yaml', Files.TAGPACK))
  const clocks = { asOf: NOW, knownAt: day('2026-12-01') }
  const [label] = Attribution.knowledge(store, clocks).labelsOf('bitcoin', Files.BITCOIN)
  const judgement = { target: label!.id!, verdict: 'no' as const, reason: 'Wrong.', by: 'tester', knownAt: NOW }
  Attribution.addJudgement(store, judgement)
  const [pack] = packs(store)
  assert.deepEqual([pack!.entries.length, pack!.leftOut], [1, 1])
  assert.ok(!print('tagpack', [pack!]).includes(Files.BITCOIN))
})

test('a spreadsheet runs nothing of a CSV', context => {
  const { store, write } = fresh(context)
  add(store, 'addresses', write('a.csv', `address,entity\n${Files.BITCOIN},"=HYPERLINK(1)"\n`), { authority: '+Unit' })
  const text = print('csv', packs(store))
  assert.ok(text.includes(`'=HYPERLINK(1)`) && text.includes(`\n'+Unit,`))
})

const STIX = 'schemas/stix/stix2.1/schemas'

test('STIX holds the OASIS schemas and dogesec’s wallet', { skip: skipWithout(STIX) }, context => {
  const ajv = new Ajv2020({ strict: false, unicodeRegExp: false, validateFormats: false })
  for (const folder of ['common', 'observables', 'sdos', 'sros']) {
    for (const name of readdirSync(shared(`${STIX}/${folder}`))) {
      ajv.addSchema(JSON.parse(readFileSync(join(shared(`${STIX}/${folder}`), name), 'utf8')))
    }
  }
  const base = 'http://raw.githubusercontent.com/oasis-open/cti-stix2-json-schemas/stix2.1/schemas'
  const wallet = JSON.parse(readFileSync(shared('schemas/stix/dogesec/cryptocurrency-wallet.schema.json'), 'utf8'))
  wallet.allOf[0] = { $ref: `${base}/common/cyber-observable-core.json` }
  const isWallet = ajv.compile(wallet)
  const isBundle = ajv.getSchema(`${base}/common/bundle.json`)!
  const bundle = JSON.parse(print('stix', packs(everything(context))))
  assert.ok(isBundle(bundle), JSON.stringify(isBundle.errors?.slice(0, 3)))
  const ids = new Set<string>()
  const counts = new Map<string, number>()
  for (const object of bundle.objects) {
    counts.set(object.type, (counts.get(object.type) ?? 0) + 1)
    assert.ok(!ids.has(object.id), object.id)
    ids.add(object.id)
    if (object.type === 'cryptocurrency-wallet') assert.ok(isWallet(object), JSON.stringify(isWallet.errors))
    for (const folder of ['sdos', 'sros', 'observables']) {
      const own = ajv.getSchema(`${base}/${folder}/${object.type}.json`)
      if (own !== undefined) assert.ok(own(object), `${object.type}: ${JSON.stringify(own.errors?.slice(0, 3))}`)
    }
  }
  for (const object of bundle.objects) {
    const single = [object.created_by_ref, object.source_ref, object.target_ref].filter(Boolean)
    const refs = [...(object.object_refs ?? []), ...single]
    for (const ref of refs) assert.ok(ids.has(ref), `${object.id} names ${ref}, which is not in the bundle`)
  }
  assert.deepEqual(
    ['cryptocurrency-wallet', 'observed-data', 'report', 'indicator', 'identity'].map(type => counts.has(type)),
    [true, true, true, true, true],
  )
})

test('a tag pack holds its schema and its taxonomies', { skip: skipWithout('schemas/graphsense') }, context => {
  const read = (name: string) => readFileSync(shared(`schemas/graphsense/${name}`), 'utf8')
  const schema = parseYaml(read('tagpack_schema.yaml'))
  const concepts = new Set([...read('concepts.yaml').matchAll(/^\s+id: (\S+)/gm)].map(match => match[1]!))
  const column = (name: string) =>
    new Set(
      read(name)
        .split('\n')
        .slice(1)
        .map(line => line.split(',')[1]!),
    )
  const taxonomy = new Map([
    ['concept', concepts],
    ['confidence', new Set(Attribution.Confidence.all.map(one => one.id))],
    ['tag_type', column('tag_types.csv')],
  ])
  const pack = parseYaml(print('tagpack', packs(everything(context))))
  holds(pack, schema.header, taxonomy)
  assert.ok(pack.tags.length > 5)
  for (const tag of pack.tags) holds(tag, schema.tag, taxonomy)
  for (const concept of concepts) assert.ok(Attribution.isConcept(concept), concept)
})

type FieldRule = { type: string; mandatory: boolean; taxonomy?: string }

function holds(
  value: Readonly<Record<string, unknown>>,
  schema: Readonly<Record<string, FieldRule>>,
  taxonomy: ReadonlyMap<string, ReadonlySet<string>>,
): void {
  for (const [name, { mandatory, type, taxonomy: terms }] of Object.entries(schema)) {
    const field = value[name]
    assert.ok(!mandatory || field !== undefined, `${name} is mandatory: ${JSON.stringify(value).slice(0, 200)}`)
    if (field === undefined) continue
    const is = { text: 'string', boolean: 'boolean', list: 'object', datetime: 'string' }[type]
    assert.equal(typeof field, is, `${name}: ${JSON.stringify(field)}`)
    const list = Array.isArray(field) ? field : [field]
    if (terms !== undefined) for (const term of list) assert.ok(taxonomy.get(terms)!.has(term), `${name}: ${term}`)
  }
  for (const name of Object.keys(value)) assert.ok(schema[name] !== undefined, `${name} is no field of a tag pack`)
}

test('MISP keeps to the templates of its objects', { skip: skipWithout('schemas/misp') }, context => {
  const { response } = JSON.parse(print('misp', packs(everything(context))))
  const uuids = new Set<string>()
  let objects = 0
  for (const { Event } of response) {
    for (const object of Event.Object) {
      const template = JSON.parse(readFileSync(shared(`schemas/misp/${object.name}.json`), 'utf8'))
      assert.deepEqual(
        [object.template_uuid, object.template_version, object['meta-category']],
        [template.uuid, String(template.version), template['meta-category']],
      )
      const relations = object.Attribute.map((one: { object_relation: string }) => one.object_relation)
      if (template.requiredOneOf) {
        assert.ok(
          template.requiredOneOf.some((one: string) => relations.includes(one)),
          relations.join(),
        )
      }
      for (const { object_relation, type, uuid } of object.Attribute) {
        assert.equal(type, template.attributes[object_relation]['misp-attribute'], object_relation)
        assert.ok(!uuids.has(uuid))
        uuids.add(uuid)
      }
      objects++
    }
  }
  assert.ok(objects > 10)
})

test('a case hands on what its campaigns published, and no other address that it holds', context => {
  const packs = packsOfCase(material)
  const [donation] = material.campaigns.flatMap(campaign => campaign.addresses)
  const others = material.traces.flatMap(trace => [
    ...trace.destinations.map(one => one.address!),
    ...trace.links.flatMap(link => [link.from, link.to]),
  ])
  const forms = new Set(others.filter(one => one.startsWith('bcrt1')))
  assert.ok(forms.size >= 3)
  for (const format of PACK_FORMATS) {
    const text = print(format, packs)
    assert.ok(text.includes(donation!.address), format)
    for (const other of forms) assert.ok(!text.includes(other), `${format}: ${other}`)
    for (const row of material.campaigns[0]!.receipts!.rows) assert.ok(!text.includes(row.txid), format)
    const { store, write } = fresh(context)
    const [reader, name] = READS[format]
    const added = add(store, reader, write(name, text), { authority: 'Athar' })
    assert.ok(added.addresses >= 2, format)
  }
  assert.deepEqual(
    packs.map(pack => [pack.authority, pack.entries.map(entry => entry.kind)]),
    [
      ['Athar', ['tag', 'tag']],
      ['SAMPLE', ['address']],
    ],
  )
  const { screened: _, ...rest } = material
  assert.deepEqual(packsOfCase({ ...rest, screened: [], campaigns: [], claims: [] }), [])
})
