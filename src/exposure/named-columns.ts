import type { Columns } from '../ledger/ledger.ts'

/** The same columns, each address encoded and looked up once, coverage read once: one answer asks for the same few. */
export function namingOnce<T extends Columns>(columns: T): T {
  const names = new Map<number, string>()
  const rows = new Map<string, number | undefined>()
  const { addresses } = columns
  const format = (row: number): string => {
    const held = names.get(row)
    if (held !== undefined) return held
    const name = addresses.format(row)
    names.set(row, name)
    rows.set(name, row)
    return name
  }
  const find = (address: string): number | undefined => {
    if (!rows.has(address)) rows.set(address, addresses.find(address))
    return rows.get(address)
  }
  let read: ReturnType<Columns['coverage']> | undefined
  const coverage = () => {
    read ??= columns.coverage()
    return read
  }
  return { ...columns, addresses: { ...addresses, format, find }, coverage }
}
