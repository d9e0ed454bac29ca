import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseHex, toHex } from './bytes.ts'
import * as Signature from './signature.ts'

test('Ed25519 gives the signatures of RFC 8032, section 7.1, tests 1 and 2', () => {
  const vectors = [
    {
      seed: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
      key: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
      text: '',
      signature:
        'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155' +
        '5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    },
    {
      seed: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
      key: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
      text: 'r',
      signature:
        '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da' +
        '085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    },
  ]
  for (const { seed, key, text, signature } of vectors) {
    const made = Signature.fromSeed(parseHex(seed)!)
    assert.equal(toHex(made.publicKey), key)
    assert.equal(toHex(Signature.sign(made, text)), signature)
    assert.equal(Signature.verify(made.publicKey, text, parseHex(signature)!), true)
    assert.equal(Signature.fromPem(made.pem).fingerprint, made.fingerprint)
  }
})

test('another text, another key, a flipped or cut signature say no and never throw', () => {
  const [a, b] = [Signature.fromSeed(new Uint8Array(32).fill(1)), Signature.fromSeed(new Uint8Array(32).fill(2))]
  const signature = Signature.sign(a, 'text')
  assert.equal(Signature.verify(a.publicKey, 'Text', signature), false)
  assert.equal(Signature.verify(b.publicKey, 'text', signature), false)
  assert.equal(Signature.verify(a.publicKey, 'text', signature.with(5, signature[5]! ^ 1)), false)
  assert.equal(Signature.verify(a.publicKey, 'text', signature.subarray(1)), false)
  assert.equal(Signature.verify(new Uint8Array(32).fill(255), 'text', signature), false)
  assert.equal(Signature.verify(new Uint8Array(3), 'text', signature), false)
})
