import * as Asset from '../model/asset.ts'
import type { Instant } from '../model/instant.ts'
import * as Instants from '../model/instant.ts'
import * as Csv from './csv.ts'
import * as FreezeEvent from './freeze-event.ts'
import { badDate, duplicateId, type ImportFile, incomplete } from './importer.ts'
import * as Json from './json.ts'

/**
 * Events and calls out of the files that nodes and providers give: `eth_getLogs` answers, logs of receipts, rows of
 * ethereum-etl, TronGrid's events and logs, Etherscan's lists of transactions, and what `ledger sync` answers of
 * issuers; as one JSON document, one object a line, or CSV.
 */
export type Found = {
  readonly events: readonly FreezeEvent.Event[]
  /** Calls that ask signers for a freeze, not yet judged by whom they were sent to. */
  readonly calls: readonly (FreezeEvent.Event & { readonly to: string })[]
  /** Contract that each transaction called, where the file has transactions. */
  readonly calledBy: ReadonlyMap<string, string>
  /** Rows that were looked at, and those of them with such an event at a contract that is no issuer's. */
  readonly rows: number
  readonly impostors: number
}

export function read(text: string, file: ImportFile): Found {
  const rows = rowsOf(text, file)
  const found = { events: [] as FreezeEvent.Event[], calls: [] as Found['calls'][number][], impostors: 0 }
  const calledBy = new Map<string, string>()
  const seen = new Set<string>()
  for (const { fields, where } of rows) {
    const call = callOf(fields, where)
    if (call !== null) found.calls.push(call)
    const [txid, to] = [txidOf(fields), Json.text(fields['to'])]
    if (txid !== null && to !== null) calledBy.set(txid, to.toLowerCase())
    const event = eventOf(fields, where)
    if (event === 'impostor') found.impostors++
    else if (event !== null) {
      const id = `${event.txid}:${Json.text(pick(fields, LOG_INDEX)) ?? `${event.stage}:${event.address}`}`
      if (seen.has(id)) throw duplicateId(`event ${id}`, where)
      seen.add(id)
      found.events.push(event)
    }
  }
  return { ...found, calledBy, rows: rows.length }
}

function rowsOf(text: string, file: ImportFile): Json.Placed[] {
  const start = text.replace(/^\uFEFF/, '').trimStart()
  if (start.startsWith('{') || start.startsWith('[')) return jsonRows(start, file)
  const records = Csv.rows(text, file.path, [])
  const header = Csv.headerOf(text)
  const missing = ['address'].filter(name => !header.includes(name))
  if (missing.length > 0 || !['event', 'kind', 'topics'].some(name => header.includes(name))) {
    throw incomplete('freeze', 'column “event” or “topics” beside “address”')
  }
  return records.map(({ line, get }) => {
    const fields: Record<string, unknown> = {}
    for (const name of header) if (get(name) !== '') fields[name] = get(name)
    if (typeof fields['topics'] === 'string') fields['topics'] = fields['topics'].split(/[,|;\s]+/)
    return { fields, where: `line ${line}` }
  })
}

/** One document, or a line for each object: a second line that begins an object tells them apart. */
function jsonRows(text: string, file: ImportFile): Json.Placed[] {
  if (/^\{[^\n]*\}\s*\n\s*\{/.test(text.slice(0, 2 ** 20))) {
    return text.split('\n').flatMap((line, index) => {
      if (line.trim() === '') return []
      const where = `line ${index + 1}`
      return flat(Json.object(Json.parse(line, file.path, index + 1), file.path, where), where)
    })
  }
  const document = Json.parse(text, file.path, null)
  const list = Array.isArray(document) ? document : listIn(document)
  return list.flatMap((one: unknown, index) => {
    const where = `item ${index + 1}`
    return flat(Json.object(one, file.path, where), where)
  })
}

/** Where the list is: `result` (nodes, Etherscan), `data` (TronGrid), `issuer` (`ledger sync`), `logs` (receipts). */
function listIn(document: unknown): readonly unknown[] {
  if (!Json.isObject(document)) return []
  for (const name of ['result', 'data', 'issuer', 'logs', 'events', 'log']) {
    const value = document[name]
    if (Array.isArray(value)) return value
    if (Json.isObject(value)) return [value]
  }
  return [document]
}

/** The object itself, and the logs inside it with what they inherit from their receipt. */
function flat(fields: Json.Fields, where: string): Json.Placed[] {
  const logs = [...Json.objects(fields['logs']), ...Json.objects(fields['log'])]
  const inherited = Object.fromEntries([...TXID, ...HEIGHT, ...TIME].map(name => [name, fields[name]]))
  const inner = logs.map((log, index) => ({ fields: { ...inherited, ...log }, where: `${where}, log ${index + 1}` }))
  return [{ fields, where }, ...inner]
}

const TXID = ['transactionHash', 'transaction_hash', 'transaction_id', 'txid', 'hash', 'txID', 'id'] as const
const HEIGHT = ['blockNumber', 'block_number', 'height'] as const
const LOG_INDEX = ['logIndex', 'log_index', 'event_index'] as const
const TIME = ['blockTimestamp', 'block_timestamp', 'timeStamp', 'blockTimeStamp', 'timestamp', 'time'] as const

function pick(fields: Json.Fields, names: readonly string[]): unknown {
  return names.map(name => fields[name]).find(value => Json.text(value) !== null)
}

function txidOf(fields: Json.Fields): string | null {
  return Json.text(pick(fields, TXID))?.toLowerCase() ?? null
}

function eventOf(fields: Json.Fields, where: string): FreezeEvent.Event | 'impostor' | null {
  const topics = Json.texts(fields['topics'])
  const name = Json.text(pick(fields, ['event_name', 'event', 'kind']))
  const stage = name === null ? FreezeEvent.stageOfTopic(topics[0] ?? '') : FreezeEvent.stageOfName(name)
  if (stage === undefined) return null
  const contract = Json.text(pick(fields, ['contract_address', 'contract'])) ?? Json.text(fields['address']) ?? ''
  const token = FreezeEvent.tokenAt(contract)
  if (token === undefined) return 'impostor'
  const network = Json.text(fields['network'])
  if (network !== null && FreezeEvent.networkIn(network) !== token.network) return 'impostor'
  const data = Json.text(fields['data']) ?? ''
  const written = name === null ? (topics[1] ?? data) : addressField(fields)
  const address = FreezeEvent.addressIn(written, token)
  if (address === undefined) throw incomplete('freeze', `address in the event at ${where}`)
  const units = stage === 'destroyed' ? (unitsField(fields) ?? FreezeEvent.unitsIn(data, topics.length > 1)) : undefined
  return { token, address, ...stepOf(fields, where), stage, ...(units === undefined ? {} : { units }) }
}

/** TronGrid puts arguments under `result`, by name and by place; a CSV has the frozen address as `address`. */
function addressField(fields: Json.Fields): string {
  const result = Json.isObject(fields['result']) ? fields['result'] : fields
  const names = ['_user', '_blackListedUser', '_account', '0', 'address']
  return Json.text(pick(result, names)) ?? ''
}

function unitsField(fields: Json.Fields): string | undefined {
  const result = Json.isObject(fields['result']) ? fields['result'] : fields
  const text = Json.text(pick(result, ['_balance', '1', 'amount', 'units']))
  return text !== null && /^\d{1,78}$/.test(text) ? text : undefined
}

function callOf(fields: Json.Fields, where: string): Found['calls'][number] | null {
  const input = Json.text(fields['input'])
  const to = Json.text(fields['to'])
  if (input === null || to === null) return null
  const asked = FreezeEvent.submissionIn(input)
  if (asked === undefined) return null
  return { ...asked, ...stepOf(fields, where), stage: 'submitted', to: to.toLowerCase() }
}

function stepOf(fields: Json.Fields, where: string) {
  const txid = txidOf(fields)
  if (txid === null) throw incomplete('freeze', `transaction id in the event at ${where}`)
  return { at: timeOf(fields, where), height: numberOf(Json.text(pick(fields, HEIGHT))), txid }
}

function numberOf(text: string | null): number | null {
  if (text === null || !/^(0x[0-9a-f]{1,12}|\d{1,14})$/i.test(text)) return null
  return Number(text)
}

/** Seconds (also in hex), milliseconds as Tron counts, or RFC 3339. */
function timeOf(fields: Json.Fields, where: string): Instant | null {
  const text = Json.text(pick(fields, TIME))
  if (text === null) return null
  const number = numberOf(text)
  const at = number === null ? Instants.parse(text) : number > 1e11 ? Math.floor(number / 1000) : number
  if (at === undefined) throw badDate(text, where)
  return at
}

/** The tokens whose events these are, each once. */
export function tokensOf({ events, calls }: Found): Asset.Asset[] {
  const all = [...events, ...calls].map(one => one.token)
  return [...new Map(all.map(token => [Asset.key(token), token])).values()]
}
