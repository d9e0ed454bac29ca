/**
 * Finds the places where an address or a transaction id could stand, in bytes: whole runs of ASCII letters and digits
 * of a length that some identifier has. A run is taken whole or not at all, so an address-like part of a longer string
 * (a hash, base64, a hex dump) is never a candidate.
 *
 * The shortest address has 26 characters, so only each 26th byte is looked at; on a hit the bytes before it are walked
 * back, and the first break tells where the next run could begin (as Boyer and Moore do for strings). The bound is
 * memory: 12 GB/s over 26, plus the walks; text of short words costs about six bytes of 26.
 */
export type Runs = { readonly count: number; readonly starts: Uint32Array; readonly ends: Uint32Array }

/** Runs of RUN_MIN to RUN_MAX letters and digits, in order. Works on UTF-8 as on one byte per character. */
export function scan(bytes: Uint8Array): Runs {
  let starts = new Uint32Array(1024)
  let ends = new Uint32Array(1024)
  let count = 0
  const { length } = bytes
  let floor = 0
  let probe = RUN_MIN - 1
  while (probe < length) {
    let start = probe
    while (start >= floor && IN_RUN[bytes[start]!] === 1) start--
    if (start >= floor) {
      floor = start + 1
      probe = start + RUN_MIN
      continue
    }
    let end = probe + 1
    while (end < length && IN_RUN[bytes[end]!] === 1) end++
    if (end - floor <= RUN_MAX) {
      if (count === starts.length) {
        starts = grown(starts)
        ends = grown(ends)
      }
      starts[count] = floor
      ends[count++] = end
    }
    floor = end + 1
    probe = end + RUN_MIN
  }
  return { count, starts, ends }
}

/** Bitcoin's shortest address with a checksum (Base58Check of 20 bytes whose leading bytes are zero): 26 characters. */
export const RUN_MIN = 26

/** Litecoin's MWEB and Cardano's addresses are the longest that are read. */
export const RUN_MAX = 130

const IN_RUN = new Uint8Array(256)
for (let byte = 48; byte < 123; byte++) {
  if (byte < 58 || (byte >= 65 && byte < 91) || byte >= 97) IN_RUN[byte] = 1
}

function grown(column: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(column.length * 2)
  larger.set(column)
  return larger
}
