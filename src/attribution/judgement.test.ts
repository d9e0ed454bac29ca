import assert from 'node:assert/strict'
import { test } from 'node:test'
import { day, fresh } from '../../test/lists.ts'
import * as Signature from '../std/signature.ts'
import type { Store } from '../store/store.ts'
import { addUserKey, removeUserKey } from '../store/user-key.ts'
import * as Attribution from './attribution.ts'
import { signedText } from './judgement.ts'
import * as Table from './table.ts'

const A = '12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h'

function claimed(store: Store, object = 'al-Qassam Brigades') {
  return Attribution.addClaim(store, content(object), day('2026-01-01'), 'layla')
}

function content(object: string): Attribution.ClaimContent {
  return {
    subject: { kind: 'address', network: 'bitcoin', address: A },
    ...{ predicate: 'owner', object, category: null, role: null, grade: 'alleged', speaker: 'Reporter' },
    ...{ medium: 'article', saidAt: null, words: 'It is theirs.', url: null, capture: null, confidence: 'web_crawl' },
    ...{ validFrom: null, validTo: null },
  }
}

function signerOf(key: Signature.PrivateKey): Attribution.Signer {
  return { fingerprint: key.fingerprint, sign: text => Signature.sign(key, text) }
}

const KEY = Signature.fromSeed(new Uint8Array(32).fill(7))
const OTHER = Signature.fromSeed(new Uint8Array(32).fill(8))

const labels = (store: Store, knownAt = '2027-01-01') =>
  Attribution.knowledge(store, { asOf: day('2027-01-01'), knownAt: day(knownAt) }).labelsOf('bitcoin', A)

test('before a user has a key judgements are unsigned and shown so; from then on each is signed', context => {
  const { store } = fresh(context)
  const { id } = claimed(store)
  const judge = (at: string, signer: Attribution.Signer | null, verdict: Attribution.Judgement['verdict'] = 'yes') =>
    Attribution.addJudgement(store, { target: id, verdict, reason: 'seen', by: 'layla', knownAt: day(at) }, signer)
  assert.deepEqual([judge('2026-02-01', null).signed, judge('2026-02-01', null).signature], ['unsigned', null])
  addUserKey(store, 'layla', KEY.publicKey, day('2026-03-01'), 'admin')
  assert.throws(() => judge('2026-04-01', null), { name: 'Judgement.Unsigned' })
  assert.throws(() => judge('2026-04-01', signerOf(OTHER)), { name: 'Judgement.Unsigned' })
  const signed = judge('2026-04-01', signerOf(KEY), 'unsure')
  assert.deepEqual([signed.signed, signed.signer, signed.signature?.length], ['valid', KEY.fingerprint, 64])
  removeUserKey(store, 'layla', day('2026-05-01'), 'admin')
  assert.equal(judge('2026-06-01', null, 'no').signed, 'unsigned', 'no key, nothing to sign with')
  addUserKey(store, 'layla', OTHER.publicKey, day('2026-07-01'), 'admin')
  assert.equal(judge('2026-08-01', signerOf(OTHER)).signed, 'valid')
  assert.deepEqual(
    Attribution.judgements(store, id).map(one => [one.verdict, one.signed]),
    [
      ['yes', 'unsigned'],
      ['unsure', 'valid'],
      ['no', 'unsigned'],
      ['yes', 'valid'],
    ],
    'what an old key signed stays signed, and nothing was written over',
  )
  assert.deepEqual(
    ['2026-02-15', '2026-04-15', '2026-06-15', '2026-08-15'].map(at => labels(store, at).map(one => one.judgement)),
    [['yes'], ['unsure'], [], ['yes']],
  )
})

test('a judgement that was forged in the database is shown as invalid and decides nothing', context => {
  const { store } = fresh(context)
  const { id } = claimed(store)
  addUserKey(store, 'layla', KEY.publicKey, day('2026-03-01'), 'admin')
  const plain = {
    target: id,
    verdict: 'no',
    reason: 'forged',
    judged_by: 'layla',
    known_at: day('2026-04-01'),
  } as const
  const forged: Omit<Table.JudgementRow, 'id'>[] = [
    { ...plain, signature: null, signer: null },
    { ...plain, signature: new Uint8Array(64), signer: KEY.fingerprint },
    { ...plain, signature: Signature.sign(OTHER, signedText(plain)), signer: OTHER.fingerprint },
    { ...plain, signature: Signature.sign(KEY, signedText({ ...plain, verdict: 'yes' })), signer: KEY.fingerprint },
    // A true signature of layla's under another's name.
    { ...plain, judged_by: 'omar', signature: Signature.sign(KEY, signedText(plain)), signer: KEY.fingerprint },
  ]
  for (const [i, row] of forged.entries()) Table.insertJudgement(store, { ...row, id: `forged-${i}` })
  assert.deepEqual(
    Attribution.judgements(store, id).map(one => one.signed),
    forged.map(() => 'invalid'),
  )
  assert.equal(labels(store).length, 1, 'the label stands')
  assert.equal(labels(store)[0]!.judgement, null)
  assert.throws(() => store.database.exec("UPDATE judgement SET verdict = 'no'"), /append-only/)
  assert.throws(() => store.database.exec('DELETE FROM user_key'), /append-only/)
})

test('a dispute by a named person stands beside the label, whatever is judged, known from its day on', context => {
  const { store } = fresh(context)
  const { id } = claimed(store)
  const said = { by: 'A. Person', capacity: 'counsel', words: 'The wallet is not ours.', url: null, saidAt: null }
  const add = (more: object) =>
    Attribution.addDispute(store, { ...said, target: id, knownAt: day('2026-05-01'), ...more }, 'layla')
  const dispute = add({})
  assert.deepEqual(add({}), dispute, 'said twice, kept once')
  assert.deepEqual(labels(store)[0]!.disputes, [dispute])
  assert.equal(labels(store, '2026-04-01')[0]!.disputes, undefined)
  const yes = { target: id, verdict: 'yes', reason: 'seen', by: 'omar', knownAt: day('2026-06-01') } as const
  Attribution.addJudgement(store, yes)
  assert.deepEqual([labels(store)[0]!.judgement, labels(store)[0]!.disputes], ['yes', [dispute]])
  assert.throws(() => add({ by: ' ' }), { name: 'Dispute.Empty' })
  assert.throws(() => add({ words: 'x'.repeat(5000) }), { name: 'Dispute.TooLong' })
  assert.throws(() => add({ target: 'nothing' }), { name: 'Judgement.NoTarget' })
  assert.throws(() => add({ target: `listing:OFAC:${A}` }), { name: 'Judgement.NoTarget' })
})
