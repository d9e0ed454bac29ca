import { homedir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'

/**
 * What the surroundings say: the one place that reads the environment. Whoever needs a setting is given this value, so
 * two configurations can live in one process (tests do).
 */
export type Config = {
  /** The data directory, absolute. */
  readonly directory: string
  /** Somebody named it, by --data or ATHAR_DATA: to read where nothing is, is a mistake then. */
  readonly named: boolean
  /** Who asks, for custody and the audit log: the account's name. */
  readonly user: string
  /** NO_COLOR (no-color.org) is set to something, or the terminal is dumb. */
  readonly colorless: boolean
  /** COLUMNS, where it is set to a sensible number. */
  readonly columns: number | null
}

/** Reads the environment. `data` (from `--data`) wins over ATHAR_DATA, that over XDG_DATA_HOME, that over the home. */
export function read(data: string | undefined = undefined, environment: Environment = process.env): Config {
  return {
    directory: directoryOf(data, environment),
    named: data !== undefined || Boolean(environment['ATHAR_DATA']),
    user: environment['ATHAR_USER'] || accountName(environment),
    colorless: Boolean(environment['NO_COLOR']) || environment['TERM'] === 'dumb',
    columns: columnsOf(environment['COLUMNS']),
  }
}

/** How other machines may be asked. */
export type OutsideSettings = {
  /** ATHAR_NO_EGRESS is set to something: nothing may be asked. */
  readonly forbidden: boolean
  /** ATHAR_PROXY: of an HTTP proxy, or null. */
  readonly proxy: string | null
  /** ATHAR_SOURCE_SECRET: a key, or user:password, or null. */
  readonly secret: string | null
  /** ATHAR_USER_AGENT: how the program names itself where it fetches pages, or null. */
  readonly userAgent: string | null
}

export function outside(environment: Environment = process.env): OutsideSettings {
  return {
    forbidden: Boolean(environment['ATHAR_NO_EGRESS']),
    proxy: environment['ATHAR_PROXY'] || null,
    secret: environment['ATHAR_SOURCE_SECRET'] || null,
    userAgent: environment['ATHAR_USER_AGENT'] || null,
  }
}

/**
 * ATHAR_TESSDATA: the folder of Tesseract's language data; `none` switches the reading of words in pictures off. Null
 * where it is not set: the usual folders are looked at.
 */
export function languageFolder(environment: Environment = process.env): string | 'none' | null {
  return environment['ATHAR_TESSDATA'] || null
}

/** Where account chains beyond one machine lie: `ledger: clickhouse` (docs/scale.md). */
export type ClickHouseSettings = {
  /** ATHAR_CLICKHOUSE: one address for each shard, by comma, in the order of the cluster. */
  readonly urls: readonly string[]
  /** ATHAR_CLICKHOUSE_READER_PASSWORD and so on, or a file that holds it: …_PASSWORD_FILE. Null: not given. */
  readonly password: Readonly<Record<'admin' | 'loader' | 'reader', Secret>>
  /** ATHAR_CLICKHOUSE_CA: a file of certificates to trust, or null: the system's. */
  readonly ca: string | null
}

export type Secret = { readonly text: string } | { readonly file: string } | null

/** Null where ATHAR_CLICKHOUSE is not set: every ledger is the embedded one. */
export function clickhouse(environment: Environment = process.env): ClickHouseSettings | null {
  const urls = environment['ATHAR_CLICKHOUSE']?.split(',').map(url => url.trim()) ?? []
  if (urls.every(url => url === '')) return null
  const secret = (user: string): Secret => {
    const [text, file] = ['', '_FILE'].map(end => environment[`ATHAR_CLICKHOUSE_${user}_PASSWORD${end}`])
    return text ? { text } : file ? { file } : null
  }
  const password = { admin: secret('ADMIN'), loader: secret('LOADER'), reader: secret('READER') }
  return { urls, password, ca: environment['ATHAR_CLICKHOUSE_CA'] || null }
}

/** ATHAR_LEDGER: where what is read of account chains goes, `embedded` or `clickhouse`; null: not said. */
export function ledgerPlace(environment: Environment = process.env): string | null {
  return environment['ATHAR_LEDGER'] || null
}

export type Environment = Readonly<Record<string, string | undefined>>

/** The XDG base directory specification: a relative XDG_DATA_HOME is to be ignored. */
function directoryOf(data: string | undefined, environment: Environment): string {
  if (data !== undefined) return resolve(data)
  if (environment['ATHAR_DATA']) return resolve(environment['ATHAR_DATA'])
  const xdg = environment['XDG_DATA_HOME']
  if (xdg?.startsWith('/')) return join(xdg, 'athar')
  return join(homedir(), '.local', 'share', 'athar')
}

function accountName(environment: Environment): string {
  try {
    return userInfo().username
  } catch {
    return environment['USER'] || environment['LOGNAME'] || 'unknown'
  }
}

function columnsOf(text: string | undefined): number | null {
  const columns = Number(text)
  return text !== undefined && Number.isInteger(columns) && columns >= 40 && columns <= 400 ? columns : null
}
