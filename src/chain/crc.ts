/** Checksums that addresses of some networks carry: too short to prove anything, enough against a slip of the pen. */

/** CRC-16/XMODEM (polynomial 0x1021, start 0) of the first `length` bytes: TON and Stellar. */
export function crc16(bytes: Uint8Array, length: number = bytes.length): number {
  let crc = 0
  for (let i = 0; i < length; i++) {
    crc ^= bytes[i]! << 8
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff
  }
  return crc
}

/** CRC-32 (IEEE 802.3, reflected), as Cardano's Byron addresses carry it. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffff_ffff
  for (let i = 0; i < bytes.length; i++) {
    crc ^= bytes[i]!
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb8_8320 : crc >>> 1
  }
  return (crc ^ 0xffff_ffff) >>> 0
}
