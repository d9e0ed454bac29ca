import assert from 'node:assert/strict'
import { test } from 'node:test'
import { concat } from '../std/bytes.ts'
import { isSingleAnyoneCanPay } from './block-sighash.ts'

const NONE: readonly Uint8Array[] = []
const KEY = new Uint8Array(33).fill(2)

function der(type: number): Uint8Array {
  return concat(Uint8Array.of(0x30, 6, 2, 1, 1, 2, 1, 1), Uint8Array.of(type))
}

function schnorr(type: number): Uint8Array {
  return new Uint8Array(65).fill(7).with(64, type)
}

function push(...items: readonly Uint8Array[]): Uint8Array {
  return concat(...items.map(item => concat(Uint8Array.of(item.length), item)))
}

test('P2PKH', () => {
  assert.equal(isSingleAnyoneCanPay(push(der(0x83), KEY), NONE), true)
  for (const type of [1, 2, 3, 0x81, 0x82]) assert.equal(isSingleAnyoneCanPay(push(der(type), KEY), NONE), false)
})

test('P2WPKH and P2WSH', () => {
  assert.equal(isSingleAnyoneCanPay(new Uint8Array(0), [der(0x83), KEY]), true)
  assert.equal(isSingleAnyoneCanPay(new Uint8Array(0), [new Uint8Array(0), der(0x83), der(0x83), KEY]), true)
  assert.equal(isSingleAnyoneCanPay(new Uint8Array(0), [new Uint8Array(0), der(0x83), der(1), KEY]), false)
})

test('P2SH multisig: all signatures', () => {
  const script = (a: number, b: number) =>
    concat(Uint8Array.of(0), push(der(a), der(b)), Uint8Array.of(0x4c, 2, 0x51, 0xae))
  assert.equal(isSingleAnyoneCanPay(script(0x83, 0x83), NONE), true)
  assert.equal(isSingleAnyoneCanPay(script(0x83, 0x01), NONE), false)
})

test('taproot: 65 bytes with the type, 64 stand for all', () => {
  assert.equal(isSingleAnyoneCanPay(new Uint8Array(0), [schnorr(0x83)]), true)
  assert.equal(isSingleAnyoneCanPay(new Uint8Array(0), [schnorr(0x01)]), false)
  assert.equal(isSingleAnyoneCanPay(new Uint8Array(0), [new Uint8Array(64).fill(0x83)]), false)
})

test('no signature, a script cut off, a push beyond its end', () => {
  assert.equal(isSingleAnyoneCanPay(new Uint8Array(0), NONE), false)
  assert.equal(isSingleAnyoneCanPay(Uint8Array.of(0x83), NONE), false)
  assert.equal(isSingleAnyoneCanPay(Uint8Array.of(0x4e, 0xff, 0xff, 0xff, 0xff), NONE), false)
  assert.equal(isSingleAnyoneCanPay(Uint8Array.of(0x4d, 1), NONE), false)
})
