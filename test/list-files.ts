/** One small whole file of each format of a list, in the shape of its publisher, for tests to read and to damage. */

export const BITCOIN = '12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h'
export const NOTED = '1Kuf2Rd8mDyAViwBozGTNYnvWL8uYFrkVo'
export const TRON = 'TA3941uFAvmVibSkQ6fMJXxmaSNovX86mz'
export const EVM = '0x901bb9583b24d97e995513c6778dc6888ab6870e'

/** UN: `sc-sanctions.xsd`. */
export const UN = `<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" dateGenerated="2026-11-20T00:00:01.806Z">
<INDIVIDUALS><INDIVIDUAL><DATAID>6908555</DATAID><VERSIONNUM>1</VERSIONNUM><FIRST_NAME>EXAMPLE</FIRST_NAME>
<SECOND_NAME>Alpha</SECOND_NAME><UN_LIST_TYPE>Al-Qaida</UN_LIST_TYPE><REFERENCE_NUMBER>QDi.901</REFERENCE_NUMBER>
<LISTED_ON>2015-03-02</LISTED_ON><NAME_ORIGINAL_SCRIPT>مثال ألفا</NAME_ORIGINAL_SCRIPT>
<COMMENTS1>Is reported to have taken gifts at ${NOTED}.</COMMENTS1><NATIONALITY><VALUE>Nowhere</VALUE></NATIONALITY>
<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Abu Mithal</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Mithal</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_DATE_OF_BIRTH><YEAR>1970</YEAR></INDIVIDUAL_DATE_OF_BIRTH></INDIVIDUAL></INDIVIDUALS>
<ENTITIES><ENTITY><DATAID>6908556</DATAID><FIRST_NAME>EXAMPLE FUND</FIRST_NAME>
<UN_LIST_TYPE>Al-Qaida</UN_LIST_TYPE><REFERENCE_NUMBER>QDe.902</REFERENCE_NUMBER><LISTED_ON>2014-05-14</LISTED_ON>
<ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>OLD FUND</ALIAS_NAME></ENTITY_ALIAS></ENTITY></ENTITIES>
</CONSOLIDATED_LIST>
`

/** EU: FSF 1.1; everything in attributes. */
export const EU = `<?xml version="1.0" encoding="UTF-8"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-11-19T14:21:14.000+01:00" globalFileId="160000">
<sanctionEntity designationDetails="" unitedNationId="" euReferenceNumber="EU.901.1" logicalId="901">
<remark>Wallet: ${NOTED}</remark><regulation regulationType="amendment" publicationDate="2019-01-10"
 entryIntoForceDate="2019-01-11" numberTitle="2019/25" programme="TERR" logicalId="1"><publicationUrl>u</publicationUrl>
</regulation><subjectType code="enterprise" classificationCode="E"/>
<nameAlias firstName="" middleName="" lastName="" wholeName="EXAMPLE FUND" strong="true" logicalId="2"/>
<nameAlias firstName="Old" middleName="" lastName="Fund" wholeName="" strong="false" logicalId="3"/>
<identification number="${TRON}" identificationTypeCode="other" logicalId="4"/>
</sanctionEntity>
<sanctionEntity euReferenceNumber="EU.902.2" logicalId="902"><regulation publicationDate="2020-02-01" programme="TAQA"/>
<subjectType code="person" classificationCode="P"/><nameAlias wholeName="Example ALPHA" strong="true"/>
<birthdate birthdate="1970-01-01" circa="false"/><citizenship countryIso2Code="XX"/></sanctionEntity></export>
`

/** UK: FCDO's XML. */
export const UK = `<?xml version="1.0" encoding="utf-8"?>
<Designations><DateGenerated>18/11/2026</DateGenerated>
<Designation><LastUpdated>01/02/2022</LastUpdated><DateDesignated>31/12/2020</DateDesignated>
<UniqueID>CTI0901</UniqueID><OFSIGroupID>900901</OFSIGroupID><Names><Name><Name6>ALPHA</Name6><Name1>Example</Name1>
<NameType>Primary Name</NameType></Name><Name><Name6>MITHAL</Name6><NameType>ALias</NameType>
<AliasStrength>Low quality a.k.a</AliasStrength></Name></Names><NonLatinNames><NonLatinName>
<NameNonLatinScript>مثال</NameNonLatinScript></NonLatinName></NonLatinNames>
<RegimeName>The Counter-Terrorism (International Sanctions) (EU Exit) Regulations 2019</RegimeName>
<IndividualEntityShip>Individual</IndividualEntityShip>
<OtherInformation>Used ${EVM} and ${NOTED}.</OtherInformation><IndividualDetails><Individual><DOBs>
<DOB>dd/mm/1970</DOB></DOBs><Nationalities><Nationality>Nowhere</Nationality></Nationalities></Individual>
</IndividualDetails></Designation></Designations>
`

const UK_ROW = [
  ...['01/02/2022', 'CTI0901', '900901', ''],
  '"The Counter-Terrorism (International Sanctions) (EU Exit) Regulations 2019"',
  ...['Individual', `"Used ${EVM} and ${NOTED}."`, 'dd/mm/1970', 'Nowhere', '31/12/2020'],
]
const ukRow = (names: readonly string[]): string => [...names, ...UK_ROW].join(',')

/** UK: the same as CSV, a row for each name and address. */
export const UK_CSV = `Report Date: 18-Nov-2026
Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Name type,Alias strength,Name non-latin script,Address Line 1,Last Updated,${[
  ...['Unique ID', 'OFSI Group ID', 'UN Reference Number', 'Regime Name', '"Individual, Entity, Ship"'],
  ...['Other Information', 'D.O.B', 'Nationality(/ies)', 'Date Designated'],
]}
${ukRow(['ALPHA', 'Example', '', '', '', '', 'Primary Name', '', '', '"1, Street"'])}
${ukRow(['ALPHA', 'Example', '', '', '', '', 'Primary Name', '', '', 'Elsewhere'])}
${ukRow(['MITHAL', '', '', '', '', '', 'Alias', 'Low quality a.k.a', 'مثال', ''])}
`

/** OFAC's Enhanced XML. */
export const OFAC_ENHANCED = `<?xml version="1.0" encoding="utf-8"?>
<sanctionsData xmlns="https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ENHANCED_XML">
<publicationInfo><dataAsOf>2026-11-18T16:30:00</dataAsOf></publicationInfo><entities>
<entity id="36"><generalInfo><identityId>4</identityId><entityType refId="600">Entity</entityType>
<remarks>Also ${NOTED}.</remarks></generalInfo>
<sanctionsLists><sanctionsList refId="1" id="2" datePublished="2019-08-21">SDN List</sanctionsList></sanctionsLists>
<sanctionsPrograms><sanctionsProgram refId="3" id="4">SDGT</sanctionsProgram></sanctionsPrograms>
<names><name id="5"><isPrimary>true</isPrimary><isLowQuality>false</isLowQuality><translations><translation id="6">
<isPrimary>true</isPrimary><script refId="215">Latin</script><formattedFullName>EXAMPLE Alpha</formattedFullName>
</translation><translation id="7"><isPrimary>false</isPrimary><script refId="160">Arabic</script>
<formattedFullName>مثال</formattedFullName></translation></translations></name></names>
<features><feature id="8"><type featureTypeId="344">Digital Currency Address - XBT</type>
<value>${BITCOIN}</value></feature>
<feature id="9"><type featureTypeId="887">Digital Currency Address - USDT</type><value>${TRON}</value></feature>
<feature id="10"><type featureTypeId="8">Birthdate</type><value>1970</value></feature></features></entity>
</entities></sanctionsData>
`

/** OFAC's classic SDN.XML. */
export const OFAC_SDN = `<sdnList><publshInformation><Publish_Date>11/18/2026</Publish_Date></publshInformation>
<sdnEntry><uid>36</uid><lastName>EXAMPLE Alpha</lastName><sdnType>Entity</sdnType><programList><program>SDGT</program>
</programList><idList><id><uid>7</uid><idType>Digital Currency Address - XBT</idType>
<idNumber>${BITCOIN}</idNumber></id>
</idList></sdnEntry></sdnList>
`

const line = (value: object) => `${JSON.stringify(value)}\n`

/** OpenSanctions, one entity a line. */
export const FTM = [
  {
    ...{ id: 'NK-alpha', caption: 'Example Alpha', schema: 'Person', datasets: ['xx_list'], target: true },
    properties: { name: ['Example Alpha'], weakAlias: ['Mithal'], topics: ['sanction', 'crime.terror'] },
    ...{ last_seen: '2026-11-20T06:00:00', first_seen: '2020-01-01T00:00:00' },
  },
  {
    ...{ id: 'xx-w1', caption: TRON, schema: 'CryptoWallet', datasets: ['xx_list'], target: true },
    properties: { publicKey: [TRON], currency: ['USDT'], holder: ['NK-alpha'], topics: ['crime.terror'] },
    last_seen: '2026-11-20T06:00:00',
  },
  {
    ...{ id: 'xx-s1', caption: 'XX', schema: 'Sanction', datasets: ['xx_list'], target: false },
    properties: { entity: ['NK-alpha'], authority: ['XX'], program: ['XX-TERROR'], startDate: ['2022-03'] },
    last_seen: '2026-11-20T06:00:00',
  },
  {
    ...{ id: 'ransom-1', caption: BITCOIN, schema: 'CryptoWallet', datasets: ['xx_list'], target: false },
    properties: { publicKey: [BITCOIN], currency: ['BTC'], name: ['Lock'], topics: ['crime.theft'] },
    last_seen: '2026-11-20T06:00:00',
  },
]
  .map(line)
  .join('')

/** The same as targets with what belongs to them inside. */
export const NESTED = line({
  ...{ id: 'NK-alpha', caption: 'Example Alpha', schema: 'Person', datasets: ['xx_list'], target: true },
  properties: {
    ...{ name: ['Example Alpha'], weakAlias: ['Mithal'], topics: ['sanction', 'crime.terror'] },
    sanctions: [
      {
        ...{ id: 'xx-s1', caption: 'XX', schema: 'Sanction', datasets: ['xx_list'] },
        properties: { entity: ['NK-alpha'], authority: ['XX'], program: ['XX-TERROR'], startDate: ['2022-03'] },
      },
    ],
    cryptoWallets: [
      {
        ...{ id: 'xx-w1', caption: TRON, schema: 'CryptoWallet', datasets: ['xx_list'] },
        properties: { publicKey: [TRON], currency: ['USDT'], topics: ['crime.terror'] },
      },
    ],
  },
  last_seen: '2026-11-20T06:00:00',
})

const WALLET = 'cryptocurrency-wallet--b6ae6083-875f-5fe9-84b9-89e168f89406'
const HOLDER = 'identity--1ee9d44a-c962-59b5-adbf-e47cb3f03b92'

/** A bundle as another platform writes it. */
export const STIX = JSON.stringify(
  {
    ...{ type: 'bundle', id: 'bundle--0b9cf2a0-0000-4000-8000-000000000001' },
    objects: [
      {
        ...{ type: 'cryptocurrency-wallet', spec_version: '2.1', id: WALLET, value: BITCOIN, holder_ref: HOLDER },
        extensions: { 'extension-definition--be78509e-6958-51b1-8b26-d17ee0eba2d7': { extension_type: 'new-sco' } },
      },
      {
        ...{ type: 'identity', spec_version: '2.1', id: HOLDER, name: 'Example Exchange' },
        ...{ created: '2026-01-02T00:00:00.000Z', modified: '2026-01-03T00:00:00.000Z' },
      },
      {
        ...{ type: 'indicator', spec_version: '2.1', id: 'indicator--11111111-1111-4111-8111-111111111111' },
        ...{ created: '2026-02-01T00:00:00.000Z', modified: '2026-02-01T00:00:00.000Z', confidence: 75 },
        ...{ name: 'Campaign wallet', pattern_type: 'stix', valid_from: '2026-02-01T00:00:00Z' },
        pattern: `[cryptocurrency-wallet:value = '${TRON}']`,
      },
    ],
  },
  null,
  1,
)

/** An event as another organisation writes it. */
export const MISP = JSON.stringify(
  {
    Event: {
      ...{ info: 'Campaign A', date: '2026-10-01', uuid: '5f0c5a3c-1111-4222-8333-444455556666' },
      ...{ Orgc: { name: 'CERT Example' }, Tag: [{ name: 'tlp:amber' }, { name: 'type:terrorism' }] },
      Object: [
        {
          ...{ name: 'coin-address', uuid: '5f0c5a3c-1111-4222-8333-444455556667' },
          Attribute: [
            { object_relation: 'address-crypto', type: 'text', value: TRON, comment: 'Donation wallet' },
            { object_relation: 'symbol', type: 'text', value: 'USDT' },
          ],
        },
      ],
      Attribute: [
        { type: 'btc', value: BITCOIN, uuid: '5f0c5a3c-1111-4222-8333-444455556668', comment: 'Seen beside' },
      ],
    },
  },
  null,
  1,
)

export const TAGPACK = `title: Example
creator: Example Unit
lastmod: 2026-03-04
confidence: web_crawl
source: https://example.org/post
currency: BTC
tags:
- address: ${BITCOIN}
  label: Campaign A
  abuse: terrorism
- address: ${NOTED}
  label: Example Exchange
  category: exchange
`

export const ACTORPACK = `title: Actors
creator: Example Unit
lastmod: 2026-03-04
actors:
- id: example
  label: Example
  uri: https://example.org
  categories: [exchange]
`

const COLUMNS = 'schema,order_id,start_date,end_date,last_updated,name,wallet_address,account_id,platform,currency'

export const SEIZURES = `${COLUMNS}
Wallet,ASO 18/26,2026-07-01,2028-07-01,2026-07-02,,${TRON},,,
Account,ASO 18/26,2026-07-01,2028-07-01,2026-07-02,Someone,,12345,Binance,
`

export const ADDRESSES = `address,network,entity,program,listed
${BITCOIN},BTC,Someone,P1,2026-01-02
${TRON},USDT,Someone,P1,2026-01-02
`

const USDT = '0xdac17f958d2ee523a2206206994597c13d831ec7'
const word = (hex: string) => `0x${hex.replace(/^0x/, '').padStart(64, '0')}`
const txid = (number: number) => word(number.toString(16))

/** Hashes of TetherToken.sol's events, as any explorer shows them. */
export const TOPICS = {
  added: '0x42e160154868087d6bfdc0ca23d96a1c1cfa32f1b72ba9ba27b69b98a0d819dc',
  removed: '0xd7e9ec6e6ecd65492dce6bf513cd6867560d49544421d0783ddf06e76c24470c',
  destroyed: '0x61e6e66b0d6339b2980aecc6ccc0039736791f0ccde9ed512e789a7fbdd698c6',
}

/** One answer of `eth_getLogs` with an event, its time as nodes now add it. */
export function log(kind: keyof typeof TOPICS, address: string, height: number, at: number, units = 0): object {
  const amount = kind === 'destroyed' ? word(units.toString(16)).slice(2) : ''
  return {
    ...{ address: USDT, topics: [TOPICS[kind]], data: `${word(address)}${amount}`, logIndex: '0x1' },
    ...{
      blockNumber: `0x${height.toString(16)}`,
      blockTimestamp: `0x${at.toString(16)}`,
      transactionHash: txid(height),
    },
  }
}

/** A call that asks Tether's signers on Ethereum to freeze an address (`submitTransaction` with `addBlackList`). */
export function submission(address: string, height: number, at: number, to = SIGNERS): object {
  const call = `0ecb93c0${word(address).slice(2)}`
  const words = [word(USDT), word('0'), word('60'), word((call.length / 2).toString(16))].map(part => part.slice(2))
  const input = `0xc6427474${words.join('')}${call.padEnd(128, '0')}`
  return { hash: txid(height), to, input, blockNumber: String(height), timeStamp: String(at) }
}

export const SIGNERS = '0xC6CDE7C39eB2f0F0095F41570af89eFC2C1Ea828'

/** 2024-01-01, 2024-02-01, 2024-03-01. */
export const FREEZES = JSON.stringify({
  result: [log('added', EVM, 100, 1_704_067_200), log('removed', EVM, 200, 1_706_745_600)],
})

/** Each format with a whole file, its ending, and how many addresses it holds. */
export const FILES: readonly { format: string; name: string; text: string; addresses: number }[] = [
  { format: 'un', name: 'un.xml', text: UN, addresses: 1 },
  { format: 'eu', name: 'eu.xml', text: EU, addresses: 2 },
  { format: 'uk', name: 'uk.xml', text: UK, addresses: 2 },
  { format: 'ofac-enhanced', name: 'enhanced.xml', text: OFAC_ENHANCED, addresses: 3 },
  { format: 'ofac-sdn', name: 'sdn.xml', text: OFAC_SDN, addresses: 1 },
  { format: 'opensanctions', name: 'entities.ftm.json', text: FTM, addresses: 2 },
  { format: 'opensanctions', name: 'targets.nested.json', text: NESTED, addresses: 1 },
  { format: 'stix', name: 'bundle.json', text: STIX, addresses: 2 },
  { format: 'misp', name: 'event.json', text: MISP, addresses: 2 },
  { format: 'tagpack', name: 'pack.yaml', text: TAGPACK, addresses: 2 },
  { format: 'actorpack', name: 'a.actorpack.yaml', text: ACTORPACK, addresses: 0 },
  { format: 'nbctf', name: 'seizures.csv', text: SEIZURES, addresses: 1 },
  { format: 'addresses', name: 'addresses.csv', text: ADDRESSES, addresses: 2 },
  { format: 'issuer-freezes', name: 'logs.json', text: FREEZES, addresses: 1 },
]
