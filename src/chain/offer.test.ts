import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from './offer.ts'

/** Offers of BOLT 12's format-string-test.json and offers-test.json (lightning/bolts, CC-BY 4.0). */
const PLAIN =
  'lno1pqps7sjqpgtyzm3qv4uxzmtsd3jjqer9wd3hy6tsw35k7msjzfpy7nz5yqcnygrfdej82um5wf5k2uckyypwa3eyt44h6txtxquqh7' +
  'lz5djge4afgfjn7k4rgrkuag0jsd5xvxg'

test('offers of BOLT 12, in its forms', () => {
  const offer = parse(PLAIN)!
  assert.deepEqual(offer, {
    ...{ kind: 'offer', description: 'An example description', issuer: 'BOLT 12 industries', currency: null },
    ...{ millisatoshis: 1_000_000n, expiresAt: null },
    issuerId: '02eec7245d6b7d2ccb30380bfbe2a3648cd7a942653f5aa340edcea1f283686619',
  })
  assert.deepEqual(parse(PLAIN.toUpperCase()), offer)
  assert.deepEqual(parse(`${PLAIN.slice(0, 20)}+ ${PLAIN.slice(20, 60)}+\n${PLAIN.slice(60)}`), offer)
  for (const valid of [
    'lno1zcss9mk8y3wkklfvevcrszlmu23kfrxh49px20665dqwmn4p72pksese',
    'lno1pgx9getnwss8vetrw3hhyuckyypwa3eyt44h6txtxquqh7lz5djge4afgfjn7k4rgrkuag0jsd5xvxg',
    'lno1pgx9getnwss8vetrw3hhyucwq3ay997czcss9mk8y3wkklfvevcrszlmu23kfrxh49px20665dqwmn4p72pksese',
  ]) {
    assert.equal(parse(valid)?.kind, 'offer', valid)
  }
  assert.equal(
    parse('lno1pgx9getnwss8vetrw3hhyucwq3ay997czcss9mk8y3wkklfvevcrszlmu23kfrxh49px20665dqwmn4p72pksese')!.expiresAt,
    2_051_184_600,
  )
})

test('what BOLT 12 calls malformed is none', () => {
  for (const broken of [
    PLAIN.replace(/[a-z]/g, (letter, at: number) => (at % 2 === 0 ? letter : letter.toUpperCase())),
    'lno1',
    'lno1pg',
    'lno1pt7s',
    'lno1pgpq',
    'lno1pgpyz',
    'lno1zcss9mk8y3wkklfvevcrszlmu23kfrxh49px20665dqwmn4p72pkseseq',
    'lno1pgx9getnwss8vetrw3hhyuc',
    'lno1pqpzwyqkyypwa3eyt44h6txtxquqh7lz5djge4afgfjn7k4rgrkuag0jsd5xvxg',
    'lno1zcssyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszpgz5znzfgdzs',
    PLAIN.slice(0, -2),
    PLAIN.replace('lno1', 'lnr1'),
  ]) {
    assert.equal(parse(broken), undefined, broken)
  }
})
