import type { Address } from '../model/address.ts'
import type { NetworkId } from '../model/network.ts'
import { hash160, sha256 } from '../std/digest.ts'
import * as BitcoinAddress from './bitcoin-address.ts'
import * as Key from './key.ts'
import { isPublicKey, OP_CHECKMULTISIG, OP_CHECKSIG, toKey, typeOf } from './script.ts'

/**
 * The address that an input reveals by its own scripts, for inputs whose previous output was not read.
 *
 * It is inferred, not read: a spender must show the key or script that the output's hash commits to, so the address
 * follows from what is shown; but which kind of output it was, is told by the form alone. What could be two kinds
 * gives null, and so do P2PK, bare multisig (they pay no address) and taproot (it shows no address).
 */
export function addressOfInput(
  network: NetworkId,
  scriptSig: Uint8Array,
  witness: readonly Uint8Array[],
): Address | null {
  const key = keyOfInput(scriptSig, witness)
  return key === null ? null : BitcoinAddress.format(network, key.type, key.payload)
}

/** The same as bytes: for columns. */
export function keyOfInput(scriptSig: Uint8Array, witness: readonly Uint8Array[]): Key.Key | null {
  if (scriptSig.length === 0) return witness.length === 0 ? null : keyOfWitness(witness)
  const pushes = readPushes(scriptSig)
  if (pushes === undefined || pushes.length === 0) return null
  return witness.length === 0 ? keyOfPushes(pushes) : keyOfNested(pushes, witness)
}

/** P2WPKH: a signature and a key. P2WSH: anything and a script. Taproot is told apart by its control block or annex. */
function keyOfWitness(witness: readonly Uint8Array[]): Key.Key | null {
  const last = witness[witness.length - 1]!
  if (witness.length === 2 && last.length === 33 && isPublicKey(last)) {
    return isSignature(witness[0]!) ? { type: Key.P2WPKH, payload: hash160(last) } : null
  }
  if (last.length === 0 || isTaproot(witness, last)) return null
  return { type: Key.P2WSH, payload: sha256(last) }
}

/**
 * One item of 64 or 65 bytes may be a taproot key path; a last item beginning with 0x50 (reserved, never a script
 * that ran) is an annex; one of 33 + 32·k bytes beginning with a leaf version is a control block. BIP 341 (footnote on
 * the leaf version) keeps to bytes that begin neither a key nor a script that could run, so that script spends are
 * told apart without the output.
 */
function isTaproot(witness: readonly Uint8Array[], last: Uint8Array): boolean {
  const first = last[0]!
  if (witness.length === 1) return last.length === 64 || last.length === 65
  if (first === 0x50) return true
  if (last.length < 33 || (last.length - 33) % 32 !== 0) return false
  const leaf = first & 0xfe
  return leaf >= 0xc0 || OTHER_LEAVES.has(leaf)
}

/** BIP 341, footnote on leaf versions: those below 0xc0 that are left to the future. */
const OTHER_LEAVES = new Set([0x66, 0x7e, 0x80, 0x84, 0x96, 0x98, 0xba, 0xbc, 0xbe])

/** P2SH around a witness program: the one push must be the program that the witness fulfils. */
function keyOfNested(pushes: readonly Uint8Array[], witness: readonly Uint8Array[]): Key.Key | null {
  const redeem = pushes[0]!
  if (pushes.length !== 1) return null
  const inner = keyOfWitness(witness)
  if (inner === null || typeOf(toKey(redeem, 0, redeem.length)) !== inner.type) return null
  return endsWith(redeem, inner.payload) ? { type: Key.P2SH, payload: hash160(redeem) } : null
}

/**
 * P2PKH: exactly a signature and a key. P2SH: the last push parses as a script that checks a signature. Without that
 * a script may be a bare puzzle whose last argument only looks like one.
 */
function keyOfPushes(pushes: readonly Uint8Array[]): Key.Key | null {
  const last = pushes[pushes.length - 1]!
  if (isPublicKey(last)) {
    const paid = pushes.length === 2 && isSignature(pushes[0]!)
    return paid ? { type: Key.P2PKH, payload: hash160(last) } : null
  }
  return checksSignature(last) ? { type: Key.P2SH, payload: hash160(last) } : null
}

/** DER with its sighash byte (BIP 66): 9 to 73 bytes, a sequence whose length fits. */
function isSignature(bytes: Uint8Array): boolean {
  if (bytes.length < 9 || bytes.length > 73 || bytes[0] !== 0x30) return false
  return bytes[1] === bytes.length - 3
}

/** The pushes of a script that has nothing else; undefined otherwise. OP_0 and OP_1…16 push too. */
function readPushes(script: Uint8Array): Uint8Array[] | undefined {
  const pushes: Uint8Array[] = []
  let at = 0
  while (at < script.length) {
    const opcode = script[at]!
    if (opcode > 0x60 || opcode === 0x50) return undefined
    const { start, end } = pushAt(script, at)
    if (end > script.length) return undefined
    pushes.push(script.subarray(start, end))
    at = end
  }
  return pushes
}

/** Whether bytes parse as a script to their end and hold an opcode that checks a signature. */
function checksSignature(script: Uint8Array): boolean {
  let found = false
  let at = 0
  while (at < script.length) {
    const opcode = script[at]!
    if (opcode >= OP_CHECKSIG && opcode <= OP_CHECKMULTISIG + 1) found = true
    at = pushAt(script, at).end
  }
  return found && at === script.length
}

/** Where the data of the opcode at `at` lies; past the script's end where the script is cut off. */
function pushAt(script: Uint8Array, at: number): { start: number; end: number } {
  const opcode = script[at]!
  if (opcode === 0 || opcode > OP_PUSHDATA4) return { start: at + 1, end: at + 1 }
  if (opcode < OP_PUSHDATA1) return { start: at + 1, end: at + 1 + opcode }
  const width = opcode === OP_PUSHDATA1 ? 1 : opcode === OP_PUSHDATA2 ? 2 : 4
  if (at + 1 + width > script.length) return { start: script.length, end: Number.POSITIVE_INFINITY }
  let length = 0
  for (let i = width; i > 0; i--) length = length * 256 + script[at + i]!
  return { start: at + 1 + width, end: at + 1 + width + length }
}

function endsWith(bytes: Uint8Array, end: Uint8Array): boolean {
  const from = bytes.length - end.length
  if (from < 0) return false
  for (let i = 0; i < end.length; i++) if (bytes[from + i] !== end[i]) return false
  return true
}

const OP_PUSHDATA1 = 0x4c
const OP_PUSHDATA2 = 0x4d
const OP_PUSHDATA4 = 0x4e
