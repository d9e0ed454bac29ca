import { parseHex, toHex } from '../std/bytes.ts'
import { sha256 } from '../std/digest.ts'
import type { Control } from './control-event.ts'
import * as Note from './note.ts'
import * as TronAddress from './tron-address.ts'

/**
 * The signed part of a Tron transaction (`raw_data_hex`): its SHA-256 is the transaction id, so what is read from these
 * bytes no provider can alter.
 *
 * Source: tronprotocol/protocol, core/Tron.proto and core/contract/*.proto.
 */
export type TronRaw = {
  /** 64 lower-case hex digits. */
  readonly txid: string
  /** Number of the ContractType; undefined parts where the type is one that moves nothing we read. */
  readonly type: number
  /** Base58. */
  readonly owner: string | null
  readonly to: string | null
  /** In sun; of TransferAsset in the TRC-10 token's unit. */
  readonly units: bigint
  /** Id of the TRC-10 token, or null. */
  readonly asset: string | null
  /** First four bytes of the call's data in hex, or null. */
  readonly selector: string | null
  /** What it says of who may act for an account, or pays for it. */
  readonly control: readonly Control[]
  /** Its memo, where that is text. */
  readonly note: Note.Note | null
}

export const TRANSFER = 1
const TRANSFER_ASSET = 2
export const TRIGGER = 31

/** Undefined where the bytes are none of a transaction. */
export function parse(hex: string): TronRaw | undefined {
  const bytes = parseHex(hex)
  if (bytes === undefined || bytes.length === 0) return undefined
  const raw = fieldsOf(bytes)
  const contract = raw?.find(field => field.number === RAW_CONTRACT)?.bytes
  const outer = contract === undefined ? undefined : fieldsOf(contract)
  const value = fieldsOf(outer?.find(field => field.number === 2)?.bytes ?? NONE)?.find(field => field.number === 2)
  if (outer === undefined) return undefined
  const type = Number(outer.find(field => field.number === 1)?.whole ?? 0n)
  const inner = fieldsOf(value?.bytes ?? NONE)
  if (inner === undefined) return undefined
  const at = (number: number): Field | undefined => inner.find(field => field.number === number)
  const shape = SHAPES[type] ?? { owner: 1 }
  const data = shape.data === undefined ? undefined : at(shape.data)?.bytes
  return {
    txid: toHex(sha256(bytes)),
    type,
    owner: addressOf(at(shape.owner)?.bytes),
    to: shape.to === undefined ? null : addressOf(at(shape.to)?.bytes),
    units: shape.units === undefined ? 0n : (at(shape.units)?.whole ?? 0n),
    asset: shape.asset === undefined ? null : new TextDecoder().decode(at(shape.asset)?.bytes ?? NONE),
    selector: data === undefined || data.length < 4 ? null : toHex(data.subarray(0, 4)),
    control: controlOf(type, inner),
    note: Note.ofBytes(raw!.find(field => field.number === RAW_DATA)?.bytes ?? NONE),
  }
}

const NONE = new Uint8Array(0)

/** `Transaction.raw.data`, which wallets call a memo, and `Transaction.raw.contract`. */
const [RAW_DATA, RAW_CONTRACT] = [10, 11]

type Shape = { owner: number; to?: number; units?: number; asset?: number; data?: number }

/** Field numbers of the contracts that move value. */
const SHAPES: Readonly<Record<number, Shape>> = {
  [TRANSFER]: { owner: 1, to: 2, units: 3 },
  [TRANSFER_ASSET]: { asset: 1, owner: 2, to: 3, units: 4 },
  [TRIGGER]: { owner: 1, to: 2, units: 3, data: 4 },
}

const [ACCOUNT_CREATE, PERMISSION_UPDATE, DELEGATE, UNDELEGATE] = [0, 46, 57, 58]

function controlOf(type: number, inner: readonly Field[]): Control[] {
  const at = (number: number): Field | undefined => inner.find(field => field.number === number)
  const owner = addressOf(at(1)?.bytes)
  if (owner === null) return []
  if (type === PERMISSION_UPDATE) {
    return inner.filter(field => field.number >= 2 && field.number <= 4).flatMap(field => keysOf(owner, field.bytes))
  }
  const other = addressOf(at(type === ACCOUNT_CREATE ? 2 : 4)?.bytes)
  if (other === null) return []
  if (type === ACCOUNT_CREATE) return [{ kind: 'activated', account: other, party: owner, number: '' }]
  if (type !== DELEGATE && type !== UNDELEGATE) return []
  const number = `${at(3)?.whole ?? 0n} ${at(2)?.whole === 1n ? 'energy' : 'bandwidth'}`
  return [{ kind: type === DELEGATE ? 'resource-lent' : 'resource-returned', account: owner, party: other, number }]
}

/** Keys of a `Permission`: id 2, threshold 4, keys 7 with address 1 and weight 2. */
function keysOf(account: string, bytes: Uint8Array): Control[] {
  const permission = fieldsOf(bytes) ?? []
  const whole = (fields: readonly Field[], number: number) => fields.find(field => field.number === number)?.whole ?? 0n
  return permission
    .filter(field => field.number === 7)
    .flatMap(field => {
      const key = fieldsOf(field.bytes) ?? []
      const party = addressOf(key.find(part => part.number === 1)?.bytes)
      const number = `${whole(permission, 2)}:${whole(key, 2)}/${whole(permission, 4)}`
      return party === null ? [] : [{ kind: 'key' as const, account, party, number }]
    })
}

function addressOf(bytes: Uint8Array | undefined): string | null {
  return bytes?.length === 21 && bytes[0] === TronAddress.PREFIX ? TronAddress.fromBytes(bytes.subarray(1)) : null
}

type Field = { readonly number: number; readonly whole: bigint; readonly bytes: Uint8Array }

/** The fields of a protocol buffer message, the first two kinds of which are all that occurs here. */
function fieldsOf(bytes: Uint8Array): Field[] | undefined {
  const fields: Field[] = []
  let at = 0
  const varint = (): bigint | undefined => {
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at++]
      if (byte === undefined) return undefined
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return BigInt.asUintN(64, value)
    }
    return undefined
  }
  while (at < bytes.length) {
    const tag = varint()
    if (tag === undefined) return undefined
    const number = Number(tag >> 3n)
    if ((tag & 7n) === 0n) {
      const whole = varint()
      if (whole === undefined) return undefined
      fields.push({ number, whole, bytes: NONE })
    } else if ((tag & 7n) === 2n) {
      const length = varint()
      if (length === undefined || at + Number(length) > bytes.length) return undefined
      fields.push({ number, whole: 0n, bytes: bytes.subarray(at, at + Number(length)) })
      at += Number(length)
    } else return undefined
  }
  return fields
}
