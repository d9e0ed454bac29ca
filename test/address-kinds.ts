import * as Key from '../src/chain/key.ts'

/** Kinds of addresses with the bytes of their payload, for tests that make some of each. */
export const KINDS = [
  ...([
    ['bitcoin', Key.P2PKH, 20],
    ['bitcoin', Key.P2SH, 20],
    ['bitcoin', Key.P2WPKH, 20],
  ] as const),
  ...([
    ['bitcoin', Key.P2WSH, 32],
    ['bitcoin', Key.P2TR, 32],
    ['tron', Key.TRON, 20],
  ] as const),
  ...([
    ['ethereum', Key.EVM, 20],
    ['litecoin', Key.P2PKH, 20],
    ['litecoin', Key.P2SH, 20],
  ] as const),
  ...([
    ['litecoin', Key.P2WPKH, 20],
    ['bitcoin-testnet3', Key.P2PKH, 20],
    ['bitcoin-testnet3', Key.P2SH, 20],
  ] as const),
  ['bitcoin-testnet3', Key.P2WPKH, 20],
] as const
