import assert from 'node:assert/strict'
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fixedClock } from '../../std/clock.ts'
import { sha256Hex } from '../../std/digest.ts'
import { perform } from '../perform.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-backup-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const SECRET = 'the widow of Street Nine asked not to be named'
const POST = join(folder, 'post.txt')
writeFileSync(POST, SECRET)
const SHA256 = sha256Hex(SECRET)
const ORDER = { sha256: SHA256, authority: 'Court', reason: 'a bystander' }

function at(directory: string) {
  const clock = fixedClock(1_700_000_000)
  const setting = { directory, user: 'tester', clock, progress: () => {}, signal: new AbortController().signal }
  return async <T>(name: string, input: object) => (await perform(name, input, setting)) as T
}

type Verified = { ok: boolean; withheld: { sha256: string }[]; checked: { captures: number; bytes: number } }

function namesOf(directory: string, text: string): string[] {
  const forms = [Buffer.from(text), Buffer.from(text, 'utf16le'), Buffer.from(Buffer.from(text).toString('base64'))]
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter(item => item.isFile())
    .filter(item => forms.some(form => readFileSync(join(item.parentPath, item.name)).includes(form)))
    .map(item => item.name)
}

test('a backup comes back whole, with its keys; without them captures are there and cannot be read', async () => {
  const data = at(join(folder, 'one'))
  await data('capture add', { paths: [POST] })
  await data('claim add', {
    ...{ subject: 'Brigade', predicate: 'owner', object: 'somebody', kind: 'entity' },
    ...{ speaker: 'a witness', medium: 'post', words: SECRET, capture: SHA256, start: 0, end: SECRET.length },
  })
  const file = join(folder, 'one.tar')
  await data('backup', { file })
  await assert.rejects(data('backup', { file }), { name: 'Backup.Exists' })
  await assert.rejects(data('restore', { file }), { name: 'Backup.Occupied' })

  const back = at(join(folder, 'back'))
  await back('restore', { file })
  const whole = await back<Verified>('capture verify', {})
  assert.deepEqual([whole.ok, whole.checked.captures, whole.checked.bytes], [true, 1, SECRET.length])

  const bare = at(join(folder, 'bare'))
  copyFileSync(file, join(folder, 'alone.tar'))
  await bare('restore', { file: join(folder, 'alone.tar') })
  await assert.rejects(bare('capture show', { sha256: SHA256 }), { name: 'Vault.NoKey' })

  // After an erasure: nothing in the folder, nothing in a backup of before that is restored, keys beside it or not.
  await data('capture erase', ORDER)
  assert.deepEqual(namesOf(join(folder, 'one'), SECRET), [])
  for (const [name, keys] of Object.entries({ later: undefined, again: `${file}.keys` })) {
    const restored = at(join(folder, name))
    await restored('restore', { file, ...(keys === undefined ? {} : { keys }) })
    const { ok, withheld } = await restored<Verified>('capture verify', {})
    assert.deepEqual([ok, withheld.map(one => one.sha256)], [true, [SHA256]])
    assert.deepEqual(namesOf(join(folder, name), SECRET), [])
    await assert.rejects(restored('capture add', { paths: [POST] }), { name: 'Capture.Withheld' })
  }
})

test('a backup that was altered anywhere is refused, and nothing is restored', async () => {
  const data = at(join(folder, 'two'))
  await data('capture add', { paths: [POST] })
  const file = join(folder, 'two.tar')
  await data('backup', { file })
  const whole = readFileSync(file)
  for (let at = 700; at < whole.length - 2048; at += Math.floor(whole.length / 40)) {
    const altered = Buffer.from(whole)
    altered[at]! ^= 1
    writeFileSync(join(folder, 'altered.tar'), altered)
    const to = join(folder, `altered-${at}`)
    const outcome = await atOutcome(to, join(folder, 'altered.tar'))
    assert.ok(outcome === 'Backup.Damaged' || isPadding(whole, at), `byte ${at}: ${outcome}`)
  }
  writeFileSync(join(folder, 'cut.tar'), whole.subarray(0, whole.length >> 1))
  assert.equal(await atOutcome(join(folder, 'cut'), join(folder, 'cut.tar')), 'Backup.Damaged')
  assert.equal(await atOutcome(join(folder, 'none'), join(folder, 'none.tar')), 'Backup.Missing')
})

async function atOutcome(directory: string, file: string): Promise<string> {
  try {
    await at(directory)('restore', { file })
    return 'restored'
  } catch (cause) {
    return (cause as Error).name
  }
}

/** Zeros between members are of no file. */
function isPadding(whole: Buffer, at: number): boolean {
  return whole[at] === 0
}
