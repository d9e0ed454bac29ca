import type { Hex } from 'viem'
import { type Anvil, type Receipt, startAnvil } from './anvil.ts'

/**
 * Two chains of two real nodes, Ethereum's and Base's numbers, with bridges and dollars in the published shapes at the
 * published addresses (src/chain/bridge-protocol.ts).
 */
export type TwoChains = Awaited<ReturnType<typeof startTwoChains>>

export const POOL = {
  ethereum: '0x5c7bcd6e7de5423a257d81b442095a1a6ced35c5',
  base: '0x09aea4b2242abc8bb4bb78d537a67a245a7bec64',
} as const
export const DOLLAR = {
  ethereum: '0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48',
  base: '0x833589fcd6edb6e08f4c7c32d4f71b54bda02913',
} as const
export const MESSENGER = '0xbd3fa81b58ba92a82136038b25adec7066af3155'
export const MINTER = '0xc4922d64a24675e16e1586e3e3aa56c06fabe907'
export const TRANSMITTER = '0xad09780d193884d503182ad4588450c416d6f9d4'
export const MESSENGER_2 = '0x28b5a0e9c621a5badaa536219b3a228c8168cf5d'
export const TRANSMITTER_2 = '0x81d40f21f12a8f0e3252bccb954d722d4c464b64'
export const NOBODY = `0x${'0'.repeat(40)}` as const
export const PLENTY = 10n ** 30n

export const wide = (address: Hex): Hex => `0x${address.slice(2).padStart(64, '0')}`
export const number = (value: number | bigint, bytes: number): string => value.toString(16).padStart(2 * bytes, '0')

export async function startTwoChains() {
  const [here, there] = await Promise.all([startAnvil(), startAnvil('--chain-id', '8453')])
  await setUp(here, there)
  let fresh = 0
  const stranger = (): Hex => `0x${(++fresh + 0xb000).toString(16).padStart(40, '6')}`
  /** A payer of its own for each test, with dollars from a donor of its own. */
  const given = async (at: number, units: bigint): Promise<{ donor: Hex; payer: Hex }> => {
    const [donor, payer] = [stranger(), here.accounts[at]!]
    await here.send('Dollar', DOLLAR.ethereum, 'mint', [donor, units])
    await here.call('anvil_impersonateAccount', donor)
    await here.call('anvil_setBalance', donor, '0xde0b6b3a7640000')
    await here.send('Dollar', DOLLAR.ethereum, 'transfer', [payer, units], { from: donor })
    return { donor, payer: payer.toLowerCase() as Hex }
  }
  const deposit = (payer: Hex, heir: Hex, units: bigint, out: bigint, more: object = {}): Promise<Receipt> =>
    here.send(
      'SpokePool',
      POOL.ethereum,
      'depositV3',
      [payer, heir, DOLLAR.ethereum, DOLLAR.base, units, out, 8453n, NOBODY, 1, 2, 3, '0x'],
      { from: payer, ...more },
    )
  const relayOf = (id: bigint, payer: Hex, heir: Hex, units: bigint, out: bigint): object => ({
    ...{ depositor: wide(payer), recipient: wide(heir), exclusiveRelayer: wide(NOBODY), originChainId: 1n },
    ...{ inputToken: wide(DOLLAR.ethereum), outputToken: wide(DOLLAR.base), inputAmount: units, outputAmount: out },
    ...{ depositId: id, fillDeadline: 2, exclusivityDeadline: 3, message: '0x' },
  })
  const fill = (pool: Hex, relay: object, more: object = {}): Promise<unknown> =>
    there.send('SpokePool', pool, 'fillRelay', [relay, 1n, wide(NOBODY)], { from: there.accounts[1], ...more })
  const deposits = async (): Promise<bigint> =>
    (await here.ask('SpokePool', POOL.ethereum, 'numberOfDeposits', [])) as bigint
  const stop = (): Promise<unknown> => Promise.all([here.stop(), there.stop()])
  return { here, there, stranger, given, deposit, relayOf, fill, deposits, stop }
}

async function setUp(here: Anvil, there: Anvil): Promise<void> {
  await here.put('Dollar', DOLLAR.ethereum)
  await there.put('Dollar', DOLLAR.base)
  await here.put('SpokePool', POOL.ethereum)
  await there.put('SpokePool', POOL.base)
  await here.put('TokenMessenger', MESSENGER)
  await here.put('TokenMinter', MINTER)
  await there.put('MessageTransmitter', TRANSMITTER)
  await here.put('TokenMessengerV2', MESSENGER_2)
  await there.put('MessageTransmitterV2', TRANSMITTER_2)
  for (const payer of here.accounts.slice(0, 8)) {
    for (const taker of [POOL.ethereum, MESSENGER, MESSENGER_2]) {
      await here.send('Dollar', DOLLAR.ethereum, 'approve', [taker, PLENTY], { from: payer })
    }
  }
  const relayer = there.accounts[1]!
  await there.send('Dollar', DOLLAR.base, 'mint', [relayer, 10n ** 12n])
  await there.send('Dollar', DOLLAR.base, 'approve', [POOL.base, PLENTY], { from: relayer })
}
