import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { find, repairWritten } from './mention.ts'

const BITCOIN = '1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq'
const TRON = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'
/** BIP 173's own example. */
const SEGWIT = 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4'
const EVM = '0xdAC17F958D2ee523a2206206994597C13D831ec7'

function read(text: string, known: readonly string[] = []): string[] {
  return find(text, () => null, known).mentions.flatMap(one =>
    one.kind === 'address' ? [`${one.certainty} ${one.repaired?.rule ?? ''} ${one.address}`.replace('  ', ' ')] : [],
  )
}

const groups = (address: string, size: number, sign: string) =>
  address.match(new RegExp(`.{1,${size}}`, 'g'))!.join(sign)

test('taken apart: spaces, lines, dashes, dots, emoji', () => {
  for (const address of [BITCOIN, TRON, SEGWIT]) {
    for (const [sign, rule] of [
      [' ', 'spaces'],
      ['\n', 'lines'],
      ['-', 'dashes'],
      ['.', 'dots'],
      ['🔥', 'emoji'],
      [' 🔥\n', 'lines+spaces+emoji'],
    ] as const) {
      assert.deepEqual(read(`تبرع ${groups(address, 7, sign)} والله`), [`probable ${rule} ${address}`])
    }
  }
  const spelt = find([...TRON].join(' ')).mentions[0]
  assert.deepEqual(spelt?.repaired, {
    ...{ from: [...TRON].join(' '), edits: 33, rule: 'spaces', confidence: 'probable', falsePositive: 2 ** -32 },
  })
})

test('turned round, and in two marked parts', () => {
  assert.deepEqual(read([...BITCOIN].reverse().join('')), [`probable reversed ${BITCOIN}`])
  const [head, tail] = [TRON.slice(0, 15), TRON.slice(15)]
  assert.deepEqual(read(`First half is ${head}, and the second half: ${tail}`), [`probable parts ${TRON}`])
  assert.deepEqual(read(`النصف الثاني ${tail} والنصف الأول: ${head}`), [`probable parts ${TRON}`])
  assert.deepEqual(read(`First half is ${head}, and the second half: ${tail.slice(1)}x`), [])
})

test('one typing error, what OCR confuses: probable, and the run stays rejected', () => {
  for (const address of [BITCOIN, TRON, SEGWIT]) {
    const swapped = address.slice(0, 12) + address[13] + address[12] + address.slice(14)
    for (const wrong of [
      `${address.slice(0, 20)}7${address.slice(21)}`,
      swapped,
      `${address.slice(0, 9)}${address.slice(10)}`,
    ]) {
      assert.deepEqual(read(wrong), [`probable typing ${address}`], wrong)
    }
  }
  assert.equal(find(`${BITCOIN.slice(0, -1)}r`).rejected[0]?.reason, 'checksum')
  assert.deepEqual(read(BITCOIN.replace('o', '0')), [`probable ocr ${BITCOIN}`])
  assert.deepEqual(read(TRON.replace('8', 'B').replace('8', 'B')), [`probable ocr ${TRON}`])
  assert.deepEqual(read(SEGWIT.replaceAll('0', 'o').replace('bc1', 'bcl')), [`probable ocr ${SEGWIT}`])
  assert.deepEqual(read(EVM.replace('0xd', '0xd').replace('06', 'O6')), [`probable ocr ${EVM.toLowerCase()}`])
})

test('in one case: possible, since the bound is passed; an address that is known is recognised', () => {
  assert.deepEqual(read(TRON.toLowerCase()), [`possible case ${TRON.toLowerCase()}`])
  assert.deepEqual(read(TRON.toLowerCase(), [TRON]), [`probable known ${TRON}`])
  assert.deepEqual(read(`${TRON} ${TRON.toUpperCase()}`), [`found ${TRON}`, `probable known ${TRON}`])
})

test('beyond the bound nothing is invented', () => {
  const twice = `${BITCOIN.slice(0, 5)}7${BITCOIN.slice(6, 18)}w${BITCOIN.slice(19)}`
  assert.deepEqual(read(twice), [])
  assert.deepEqual(read(`${BITCOIN.slice(0, 17)} و ${BITCOIN.slice(17)}`), [], 'a letter stands between')
  assert.equal(repairWritten(twice), null)
  assert.equal(repairWritten(BITCOIN), null)
  assert.equal(repairWritten(`${BITCOIN.slice(0, -1)}r`)?.address, BITCOIN)
})

test('random runs of an address form are not repaired', () => {
  const letters = [...'123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz']
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...letters), { minLength: 33, maxLength: 33 }), drawn => {
      assert.deepEqual(read(`1${drawn.join('')}`), [])
      assert.deepEqual(read(`T${groups(drawn.join(''), 5, ' ')}`), [])
    }),
    { numRuns: 60, seed: 7 },
  )
})
