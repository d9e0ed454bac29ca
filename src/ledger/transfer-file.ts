import type { Asset } from '../model/asset.ts'
import type { NetworkId } from '../model/network.ts'
import { scanCsv } from './csv-scan.ts'
import { createByteReader, type Shelf } from './transfer-bytes.ts'
import type { Verdict } from './transfer-roll.ts'
import { createRowParser, parseHeader } from './transfer-row.ts'

/** What became of a row: told with the asset that it is about, null where the row could not be read. */
export type Note = (line: number, verdict: Verdict, asset: Asset | null) => void

/**
 * Takes the rows of a transfers file to the shelves that `open` gives; rows of a network that has none are passed
 * over. Rows in their usual form are read from bytes, the others from their texts: what is taken is the same.
 *
 * Failures: Transfers.* for the header, Csv.* for the text.
 */
export function readTransfers(
  pieces: Iterable<Uint8Array>,
  open: (network: NetworkId) => Shelf | undefined,
  note: Note,
): void {
  let parse: ReturnType<typeof createRowParser> | undefined
  let bytes: ReturnType<typeof createByteReader> | undefined
  scanCsv(pieces, {
    plain(record, cells, line) {
      const verdict = bytes?.take(record, cells)
      if (verdict === undefined) return false
      note(line, verdict, bytes!.asset)
      return true
    },
    text({ line, cells }) {
      if (parse === undefined) {
        const header = parseHeader(cells)
        parse = createRowParser(header)
        bytes = createByteReader(header, open)
        return
      }
      const parsed = parse(cells)
      if (!parsed.ok) return note(line, { conflict: parsed.reason }, null)
      const shelf = open(parsed.row.network)
      if (shelf !== undefined) note(line, shelf.roll.add(parsed.row), parsed.row.asset)
    },
  })
}
