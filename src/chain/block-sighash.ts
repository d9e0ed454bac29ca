/**
 * Whether an input is signed `SINGLE|ANYONECANPAY` (0x83) throughout: its signers vouch for one output and for nothing
 * else in the transaction, so standing beside other inputs links them to nobody (sales by PSBT are made this way).
 *
 * Signatures are told by form: DER with its sighash byte (BIP 66) among the pushes of the input's script and among
 * its witness items; 64 or 65 bytes of Schnorr (BIP 341) where the witness has no DER. An input without any
 * signature gives false.
 *
 * @param script the input's script · @param witness its witness items, none where there are none
 */
export function isSingleAnyoneCanPay(script: Uint8Array, witness: readonly Uint8Array[]): boolean {
  const types = [...pushesOf(script), ...witness].filter(isDer).map(signature => signature[signature.length - 1]!)
  if (types.length > 0) return types.every(type => type === SINGLE_ANYONE_CAN_PAY)
  const schnorr = witness.filter(item => item.length === 64 || item.length === 65)
  return schnorr.length > 0 && schnorr.every(item => item.length === 65 && item[64] === SINGLE_ANYONE_CAN_PAY)
}

/** SIGHASH_SINGLE 3 with SIGHASH_ANYONECANPAY 0x80 (Bitcoin Core, script/interpreter.h). */
const SINGLE_ANYONE_CAN_PAY = 0x83

function isDer(bytes: Uint8Array): boolean {
  return bytes.length >= 9 && bytes.length <= 73 && bytes[0] === 0x30 && bytes[1] === bytes.length - 3 && bytes[2] === 2
}

/** What a script pushes, up to the first opcode that cannot be read. */
function pushesOf(script: Uint8Array): Uint8Array[] {
  const pushes: Uint8Array[] = []
  for (let at = 0; at < script.length; ) {
    const opcode = script[at++]!
    let length = opcode < 0x4c ? opcode : 0
    if (opcode >= 0x4c && opcode <= 0x4e) {
      const width = 2 ** (opcode - 0x4c)
      for (let i = width - 1; i >= 0; i--) length = length * 256 + (script[at + i] ?? 0)
      at += width
    }
    if (at + length > script.length) break
    if (length > 0) pushes.push(script.subarray(at, at + length))
    at += length
  }
  return pushes
}
