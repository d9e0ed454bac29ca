import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import * as Attribution from '../src/attribution/attribution.ts'
import * as Instant from '../src/model/instant.ts'
import { openWriter, type Store } from '../src/store/store.ts'

/** A fresh folder with an empty store in it; both are gone when the test ends. */
export function fresh(context: TestContext): {
  store: Store
  write: (name: string, text: string | Uint8Array) => string
} {
  const folder = mkdtempSync(join(tmpdir(), 'athar-list-'))
  const store = openWriter(join(folder, 'data'))
  context.after(() => {
    store.close()
    rmSync(folder, { recursive: true })
  })
  return {
    store,
    write(name, text) {
      const path = join(folder, name)
      writeFileSync(path, text)
      return path
    },
  }
}

/** Imports a file as a list in the given format, known at a day. */
export function add(store: Store, format: string, path: string, more: Partial<Attribution.Request> = {}) {
  return Attribution.addVersion(store, {
    ...{ format: Attribution.formatFrom(format), path, authority: null, publishedAt: null, knownAt: day('2026-11-01') },
    ...{ by: 'tester', rehearse: false, watch: () => {} },
    ...more,
  })
}

export function day(text: string): Instant.Instant {
  return Instant.parse(text)!
}

export type OfacParty = {
  readonly id: string
  readonly name: string
  readonly listed: string
  readonly program: string
  readonly wallets: readonly (readonly [symbol: string, address: string])[]
  readonly comment?: string
}

/** A small list in the shape of SDN_ADVANCED.XML, published on a day. */
export function ofacXml(published: string, parties: readonly OfacParty[]): string {
  const symbols = [...new Set(['XBT', ...parties.flatMap(party => party.wallets.map(([symbol]) => symbol))])]
  const types = symbols.map(
    (symbol, i) => `<FeatureType ID="${900 + i}">Digital Currency Address - ${symbol}</FeatureType>`,
  )
  const typeOf = (symbol: string) => 900 + symbols.indexOf(symbol)
  return `<?xml version="1.0" encoding="utf-8"?>
<Sanctions xmlns="https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ADVANCED_XML">
<DateOfIssue>${ymd(published)}</DateOfIssue>
<ReferenceValueSets><AliasTypeValues><AliasType ID="1403">Name</AliasType></AliasTypeValues>
<FeatureTypeValues>${types.join('')}</FeatureTypeValues>
<PartySubTypeValues><PartySubType ID="4" PartyTypeID="1">Unknown</PartySubType></PartySubTypeValues>
<ScriptValues><Script ID="215" ScriptCode="Latn">Latin</Script></ScriptValues></ReferenceValueSets>
<DistinctParties>
${parties.map(party => distinctParty(party, typeOf)).join('\n')}
</DistinctParties>
<SanctionsEntries>
${parties.map(sanctionsEntry).join('\n')}
</SanctionsEntries>
</Sanctions>
`
}

function distinctParty({ id, name, wallets, comment }: OfacParty, typeOf: (symbol: string) => number): string {
  const features = wallets.map(
    ([symbol, address], i) => `<Feature ID="${id}${i}" FeatureTypeID="${typeOf(symbol)}"><FeatureVersion ID="1">
<Comment /><VersionDetail DetailTypeID="1432">${address}</VersionDetail></FeatureVersion></Feature>`,
  )
  return `<DistinctParty FixedRef="${id}"><Comment>${comment ?? ''}</Comment><Profile ID="${id}" PartySubTypeID="4">
<Identity ID="1" Primary="true"><Alias AliasTypeID="1403" Primary="true" LowQuality="false"><DocumentedName ID="1">
<DocumentedNamePart><NamePartValue ScriptID="215">${name}</NamePartValue></DocumentedNamePart></DocumentedName></Alias>
</Identity>${features.join('')}</Profile></DistinctParty>`
}

function sanctionsEntry({ id, listed, program }: OfacParty): string {
  return `<SanctionsEntry ID="${id}" ProfileID="${id}">
<EntryEvent ID="${id}"><Comment /><Date>${ymd(listed)}</Date></EntryEvent>
<SanctionsMeasure SanctionsTypeID="1705"><Comment /></SanctionsMeasure>
<SanctionsMeasure SanctionsTypeID="1"><Comment>${program}</Comment></SanctionsMeasure></SanctionsEntry>`
}

function ymd(text: string): string {
  const [year, month, date] = text.split('-')
  return `<Year>${year}</Year><Month>${month}</Month><Day>${date}</Day>`
}
