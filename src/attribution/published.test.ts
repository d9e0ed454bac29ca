import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as Files from '../../test/list-files.ts'
import { add, day, fresh } from '../../test/lists.ts'
import type { Failure } from '../std/failure.ts'
import * as Attribution from './attribution.ts'

/**
 * What published files hold beyond the plainest entry, in small files of ours: names of elements and forms of dates as
 * the crawlers of OpenSanctions read them (datasets un_sc_sanctions, eu_fsf, gb_fcdo_sanctions, us_ofac_sdn of
 * github.com/opensanctions/opensanctions, 2026-08) and as others quote the files.
 */
const NS = 'https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ENHANCED_XML'

test('OFAC: a file of its other lists, or of changes, never takes the SDN list’s place', context => {
  const { store, write } = fresh(context)
  const first = add(store, 'ofac-enhanced', write('sdn.xml', Files.OFAC_ENHANCED))
  assert.deepEqual([first.list, first.added], ['SDN', 3])
  // CONS_ENHANCED.XML: entries of lists other than the SDN list, under the name “Consolidated List” as well.
  const other = Files.OFAC_ENHANCED.replace('>SDN List<', '>Non-SDN Palestinian Legislative Council List<')
    .replace(/<features>[\s\S]*<\/features>/, '')
    .replace(`Also ${Files.NOTED}.`, '')
    .replace('2026-11-18', '2026-11-19')
  const second = add(store, 'ofac-enhanced', write('cons.xml', other))
  assert.deepEqual([second.list, second.removed], ['consolidated', 0])
  const known = Attribution.knowledge(store, { asOf: day('2026-11-25'), knownAt: day('2026-12-01') })
  const [found] = known.designationsOf('bitcoin', Files.BITCOIN)
  assert.equal(Attribution.standingOf(found!, day('2026-11-25')), 'listed')
  const silent = Files.OFAC_ENHANCED.replace(/<sanctionsLists>.*<\/sanctionsLists>/, '').replace('11-18', '11-20')
  assert.equal(add(store, 'ofac-enhanced', write('silent.xml', silent)).list, 'SDN', 'a file that names no list')
  const delta = Files.OFAC_ENHANCED.replace(NS, 'https://www.treasury.gov/ofac/DeltaFile/1.0')
    .replace('<entity id="36">', '<entity id="36" action="remove">')
    .replace(/<dataAsOf>.*<\/dataAsOf>/, '<datePublished>2026-11-20T00:00:00-05:00</datePublished>')
  assert.equal(
    failed(() => add(store, 'ofac-enhanced', write('delta.xml', delta), { publishedAt: day('2026-11-20') })),
    'List.Delta',
  )
  const classic = add(store, 'ofac-sdn', write('consolidated.xml', Files.OFAC_SDN.replace('11/18', '11/20')))
  assert.equal(classic.list, 'consolidated')
})

test('OFAC Enhanced: the day of dataAsOf is Washington’s, whatever its zone', context => {
  for (const written of [
    '2026-10-02T00:00:00-04:00',
    '2026-10-02T21:30:00-04:00',
    '2026-10-02T00:00:00',
    '2026-10-02',
  ]) {
    const { store, write } = fresh(context)
    const added = add(
      store,
      'ofac-enhanced',
      write('e.xml', Files.OFAC_ENHANCED.replace('2026-11-18T16:30:00', written)),
    )
    assert.equal(added.version, '2026-10-02', written)
  }
})

test('UN: dates of each year’s files; several names in one alias; notes beside aliases and addresses', context => {
  for (const written of ['2018-12-27T19:04:20.174-05:00', '2026-07-20T00:00:00', '2026-08-14T23:00:04.744Z']) {
    const { store, write } = fresh(context)
    const text = Files.UN.replace('2026-11-20T00:00:01.806Z', written).replace(
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    )
    const dated = add(store, 'un', write('consolidated.xml', text))
    assert.match(dated.version, written.startsWith('2018') ? /^2018-12-28/ : /^2026-0[78]-/)
  }
  const { store, write } = fresh(context)
  const text = Files.UN.replace('>Abu Mithal<', '>Abu Mithal; Abu l-Mithal<')
    .replace('</ENTITY_ALIAS>', '</ENTITY_ALIAS><ENTITY_ALIAS><QUALITY/><ALIAS_NAME/></ENTITY_ALIAS>')
    .replace('</ENTITY>', `<ENTITY_ADDRESS><NOTE>or ${Files.EVM}</NOTE></ENTITY_ADDRESS></ENTITY>`)
  assert.equal(add(store, 'un', write('consolidated.xml', text)).addresses, 2)
  const party = [...Attribution.parties(store, day('2026-12-01'))].find(one => one.entry === 'QDi.901')
  assert.deepEqual(
    party!.names.map(name => name.text),
    ['EXAMPLE Alpha', 'مثال ألفا', 'Abu Mithal', 'Abu l-Mithal', 'Mithal'],
  )
})

test('EU: a wallet among the ways of contact', context => {
  const { store, write } = fresh(context)
  const info = `<contactInfo key="OTHER" value="${Files.EVM}"/>`
  const contact = `<address city="" logicalId="9">${info}</address></sanctionEntity>`
  const added = add(store, 'eu', write('fsf.xml', Files.EU.replace('</sanctionEntity>', contact)))
  assert.deepEqual([added.addresses, added.inFreeText], [3, 3])
})

function failed(work: () => unknown): string | null {
  try {
    work()
    return null
  } catch (cause) {
    return (cause as Failure).name
  }
}
