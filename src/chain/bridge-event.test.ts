import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type AbiParameter, encodeAbiParameters, type Hex, parseAbi, toEventSelector } from 'viem'
import type { NetworkId } from '../model/network.ts'
import * as BridgeEvent from './bridge-event.ts'
import * as Protocol from './bridge-protocol.ts'
import { topicOf } from './event-topic.ts'
import * as TronAddress from './tron-address.ts'

/** First topics as they stand in logs of the chains, from programs that filter by them. */
const PUBLISHED = [
  '32ed1a409ef04c7b0227189c3a103dc5ac10e775a15b785dcc510201f7c25ad3',
  'a123dc29aebf7d0c3322c8eeb5b999e859f39937950ed31056532713d0de396f',
  '44b559f101f8fbcc8a0ea43fa91a05a729a5ea6e14a7c75aa750374690137208',
  '571749edf1d5c9599318cdbc4e28a6475d65e87fd3b2ddbe1e9a8d5e7a0f0ff7',
  '2fa9ca894982930190727e75500a97d8dc500233a5065e0f3126c48fbe0343c0',
  '58200b4c34ae05ee816d710053fff3fb75af4395915d3d2a771b24aa10e3cc5d',
  '0c8c1cbdc5190613ebd485511d4e2812cfa45eecb79d845893331fedad5130a5',
  'ff48c13eda96b1cceacc6b9edeedc9e9db9d6226afbc30146b720c19d3addb1c',
  '85496b760a4b7f8d66384b9df21b381f5d1b1e79f229a47aaf4c232edc2fe59a',
  'efed6d3500546b29533b128a29e3a94d70788727f0507505ac12eaf2e578fd9c',
]

test('the first topic of each event is the published one, and what an independent program computes', () => {
  assert.deepEqual(
    BridgeEvent.kinds.map(({ signature }) => topicOf(signature)),
    PUBLISHED,
  )
  for (const { signature } of BridgeEvent.kinds) {
    assert.equal(`0x${topicOf(signature)}`, toEventSelector(`event ${signature}`), signature)
  }
})

const [A, B, TOKEN, FAR] = [1, 2, 3, 4].map(n => `0x${`${n}`.repeat(40)}`) as [Hex, Hex, Hex, Hex]
const wide = (address: Hex): Hex => `0x${address.slice(2).padStart(64, '0')}`
const NOTHING = wide('0x')

/** An event as a node gives it: which of its parts are topics is as its contract declares. */
function told(here: NetworkId, first: string, indexed: number[], args: unknown[]): BridgeEvent.BridgeEvent | null {
  const { signature } = BridgeEvent.kinds.find(kind => topicOf(kind.signature).startsWith(first))!
  const [event] = parseAbi([`event ${signature}`] as readonly string[]) as unknown as readonly [
    { inputs: AbiParameter[] },
  ]
  const pick = (chosen: boolean) => [...args.keys()].filter(at => indexed.includes(at) === chosen)
  const encode = (places: number[]): string =>
    encodeAbiParameters(
      places.map(at => event.inputs[at]!),
      places.map(at => args[at]),
    ).slice(2)
  const topics = [topicOf(signature), ...pick(true).map(at => encode([at]))]
  const place = { network: here, contract: FAR, txid: 'ab'.repeat(32), logIndex: 7, height: 5, time: 6 }
  return BridgeEvent.read(place, topics, encode(pick(false)))
}

/** What both sides have in common, and what each says moved. */
const gist = (event: BridgeEvent.BridgeEvent | null) => {
  const { protocol, side, id, party, token, units, farChain, farParty, farUnits } = event!
  return [protocol, side, id, party, token, units, farChain, farParty, farUnits]
}

test('Across: deposit and fill, of both generations; what a fill paid in the end counts', () => {
  const [input, output, a, b] = [TOKEN, FAR, A, B].map(wide)
  const sent = ['across', 'sent', '1:77', A, TOKEN, 1000n, '8453', B, 990n]
  assert.deepEqual(
    gist(
      told('ethereum', '32ed', [4, 5, 9], [input, output, 1000n, 990n, 8453n, 77n, 1, 2, 3, a, b, NOTHING, '0x1234']),
    ),
    sent,
  )
  assert.deepEqual(
    gist(told('ethereum', 'a123', [4, 5, 9], [TOKEN, FAR, 1000n, 990n, 8453n, 77, 1, 2, 3, A, B, A, '0x'])),
    sent,
  )
  const received = ['across', 'received', '1:77', B, FAR, 985n, '1', A, 1000n]
  const info = [b, NOTHING, 985n, 0]
  assert.deepEqual(
    gist(
      told(
        'base',
        '44b5',
        [5, 6, 10],
        [input, output, 1000n, 990n, 1n, 1n, 77n, 1, 2, NOTHING, wide(FAR), a, a, NOTHING, info],
      ),
    ),
    received,
  )
  const info3 = [B, '0x12', 985n, 0]
  assert.deepEqual(
    gist(told('base', '5717', [5, 6, 10], [TOKEN, FAR, 1000n, 990n, 1n, 1n, 77, 1, 2, A, FAR, A, A, '0x55', info3])),
    received,
  )
})

const word = (value: bigint): string => value.toString(16).padStart(64, '0')
const bodyOf = (...words: readonly (string | bigint)[]): Hex =>
  `0x00000001${words.map(one => (typeof one === 'bigint' ? word(one) : one.slice(2))).join('')}`

test('CCTP v1: the nonce of the sender’s domain is the id; a message that is no burn is none', () => {
  assert.deepEqual(gist(told('ethereum', '2fa9', [0, 1, 3], [9n, TOKEN, 500n, A, wide(B), 6, NOTHING, NOTHING])), [
    'cctp-1',
    'sent',
    '0:9',
    A,
    TOKEN,
    500n,
    '6',
    B,
    500n,
  ])
  const body = bodyOf(wide(TOKEN), wide(B), 500n, wide(A))
  assert.deepEqual(gist(told('base', '5820', [0, 2], [A, 0, 9n, wide(FAR), body])), [
    'cctp-1',
    'received',
    '0:9',
    B,
    null,
    500n,
    '0',
    A,
    500n,
  ])
  assert.equal(told('base', '5820', [0, 2], [A, 0, 9n, wide(FAR), `${body}00`]), null)
})

test('CCTP v2: the message less what Circle fills in is the id; the fee is taken from what is minted', () => {
  for (const hook of ['0x', '0xbeef', `0x${'7'.repeat(130)}`] as const) {
    const sent = told('ethereum', '0c8c', [0, 2, 8], [TOKEN, 500n, A, wide(B), 6, NOTHING, NOTHING, 3n, 1000, hook])!
    const body = `${bodyOf(wide(TOKEN), wide(B), 500n, wide(A), 3n, 2n, 99n)}${hook.slice(2)}`
    const received = told('base', 'ff48', [0, 2, 4], [A, 0, `0x${'5'.repeat(64)}`, wide(FAR), 1000, body])!
    assert.deepEqual(gist(sent).toSpliced(2, 1), ['cctp-2', 'sent', A, TOKEN, 500n, '6', B, null])
    assert.deepEqual(gist(received).toSpliced(2, 1), ['cctp-2', 'received', B, null, 498n, '0', A, 500n])
    assert.equal(sent.id, received.id)
    const other = told('ethereum', '0c8c', [0, 2, 8], [TOKEN, 501n, A, wide(B), 6, NOTHING, NOTHING, 3n, 1000, hook])!
    assert.notEqual(other.id, sent.id)
  }
})

test('LayerZero OFT: the guid is the id; on Tron addresses are Tron’s', () => {
  const guid = `0x${'cd'.repeat(32)}`
  const tron = TronAddress.fromBytes(new Uint8Array(20).fill(0x11))
  const sent = ['layerzero-oft', 'sent', guid, tron, null, 100n, '30110', null, 99n]
  assert.deepEqual(gist(told('tron', '8549', [0, 2], [guid, 30110, A, 100n, 99n])), sent)
  const received = ['layerzero-oft', 'received', guid, B, null, 99n, '30420', null, null]
  assert.deepEqual(gist(told('arbitrum', 'efed', [0, 2], [guid, 30420, B, 99n])), received)
})

test('any topics and data after a known first topic: a reading or nothing, never an exception', () => {
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
  const place = { network: 'ethereum', contract: A, txid: '', logIndex: 0, height: 0, time: 0 } as const
  fc.assert(
    fc.property(
      fc.constantFrom(...PUBLISHED),
      fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 3 }),
      fc.array(
        fc.oneof(
          fc.nat(700).map(n => word(BigInt(n))),
          fc.uint8Array({ minLength: 32, maxLength: 32 }).map(hex),
        ),
        {
          maxLength: 18,
        },
      ),
      (first, topics, words) => {
        BridgeEvent.read(place, [first, ...topics.map(hex)], words.join(''))
      },
    ),
    { numRuns: 3000 },
  )
})

test('every contract is in canonical form, and every number stands for one network', () => {
  for (const [id, { chains, contracts }] of Object.entries(Protocol.protocols)) {
    for (const [network, number] of Object.entries(chains)) {
      assert.equal(Protocol.networkOf(id as Protocol.ProtocolId, number), network)
    }
    for (const [network, list] of Object.entries(contracts)) {
      for (const contract of list) {
        assert.match(contract, /^0x[0-9a-f]{40}$/)
        assert.ok(Protocol.isOwn(id as Protocol.ProtocolId, network as NetworkId, contract))
      }
    }
  }
  assert.equal(Protocol.networkOf('cctp-1', '5'), null)
})
