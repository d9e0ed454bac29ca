import { createRequire } from 'node:module'

/**
 * One ClickHouse server, as a process of its own: the call blocks until the FIFO that the last query reads is written
 * to. Started by test/clickhouse.ts with the peer's folder, the place of ffi-rs and the server's arguments.
 */
const [ffi, library, ...rest] = process.argv.slice(2)
const { open, load, DataType } = createRequire(import.meta.url)(ffi!) as {
  open(what: { library: string; path: string }): void
  load(call: object): unknown
  DataType: Record<'I32' | 'StringArray' | 'External', number>
}
open({ library: 'chdb', path: library! })
const given = ['clickhouse-local', ...rest]
load({
  ...{ library: 'chdb', funcName: 'chdb_query_cmdline', retType: DataType.External },
  ...{ paramsType: [DataType.I32, DataType.StringArray], paramsValue: [given.length, given] },
})
process.exit(0)
