import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { BUILT_IN_RULES } from '../../src/monitor/monitor.ts'
import { isSame, read, textsOf } from '../../web/src/rule/draft.ts'
import { said as inArabic, SENTENCES } from '../../web/src/word/note.ts'
import { root } from '../source.ts'
import { athar, faint, type Stage, sample, setStage, skipWithoutBrowser, violations } from './stage.ts'

// Who is told, what is watched, and rules as data: made, tried and taken back on the page, without the command line.

/** What the workbench itself writes into the record. */
const SLIP = 'Taken back: a slip of the hand.'

const UNWATCHED = 'TKDsMVAw9yZwDrRXbPXawWJTQwxqTPw2Ky'
const WATCHED = 'TC6MkTLPAXRKpk21kNzFV893nZpKMiWdbd'

test('thresholds are read out of a form: digits of both scripts, lists, bounds; nothing else passes', () => {
  const forms = [
    { name: 'minUsd', kind: 'number', most: 1e12 },
    { name: 'share', kind: 'number', most: 1 },
    { name: 'events', kind: 'days', most: null },
    { name: 'countries', kind: 'words', most: null },
  ] as const
  const good = { minUsd: '١٠٬٠٠٠', share: '0٫95', events: '2021-05-10، 2023-10-07', countries: 'AE, TR' }
  const { thresholds, wrong } = read(forms, good)
  assert.deepEqual(wrong, {})
  assert.deepEqual(thresholds, {
    ...{ minUsd: 10_000, share: 0.95, events: ['2021-05-10', '2023-10-07'], countries: ['AE', 'TR'] },
  })
  assert.ok(isSame(read(forms, textsOf(forms, thresholds)).thresholds, thresholds))
  const bad = read(forms, { minUsd: '-1', share: '1.5', events: 'soon', countries: ' ، ' })
  assert.deepEqual(bad.thresholds, {})
  assert.deepEqual(
    Object.entries(bad.wrong).map(([name, { word }]) => `${name} ${word}`),
    ['minUsd wrong', 'share wrong', 'events day', 'countries empty'],
  )
  assert.deepEqual(Object.keys(read(forms, {}).wrong).length, 4)
})

test('each sentence that is put into Arabic is one that the program says, piece by piece', () => {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  const program = files
    .filter(name => /(?<!\.test)\.ts$/.test(name))
    .map(name => readFileSync(join(root, 'src', name), 'utf8'))
  const said = [...program, SLIP].join('\n')
  const stale = SENTENCES.map(([form]) => form).filter(form => !piecesOf(form).every(piece => said.includes(piece)))
  assert.deepEqual(stale, [])
})

test('who states the thresholds of a rule is said in Arabic, to the last part', () => {
  const left = BUILT_IN_RULES.flatMap(({ source }) => inArabic('ar', source).split('؛ ')).filter(one =>
    one.startsWith('\u2068'),
  )
  assert.deepEqual(left, [])
})

/** The words of a form without what it catches: clauses are joined where they are said. */
function piecesOf(form: RegExp): string[] {
  const bare = form.source.slice(1, -1).split(/\(.*?\)|\.\*|: |; /)
  return bare.map(piece => piece.replaceAll('\\', '').trim())
}

// Each is done in one language: that all words are there in both is a test of its own.
const ar = {
  ...{ receivers: 'من يُبلَّغ', name: 'الاسم', hook: 'رابط الاستدعاء', key: /^ملف مفتاح/, add: 'أضف' },
  ...{ test: /^أرسل رسالة/, taken: /استلمت/, notTaken: /لم تستلم/, pause: /^أوقف/, resume: /^استأنف/ },
  ...{ remove: /^احذف/, yes: 'نعم، احذف', no: 'أبقِها', gone: /لن تُبلَّغ/ },
} as const

const en = {
  ...{ rules: 'Rules', watch: 'Watch', watched: 'watched', undo: 'Take back', edit: /^Other thresholds for/ },
  ...{ save: 'Save as a draft', same: /change one/, wrong: /no number between/, result: 'What the test found' },
  ...{ threshold: /^limit in US dollars/, run: 'Test the rule amounts just below a limit' },
  ...{ force: 'In force: amounts just below a limit' },
} as const

const FOCUSED = 'document.activeElement?.getAttribute("aria-label") ?? ""'

describe('watching', { skip: skipWithoutBrowser() }, () => {
  let stage: Stage
  let desk: Server
  let status = 403
  const came: string[] = []
  before(async () => {
    stage = await setStage(sample)
    desk = createServer((request, response) => {
      came.push(String(request.headers['webhook-id']))
      response.writeHead(status).end()
    })
    await new Promise<void>(resolve => desk.listen(0, '127.0.0.1', resolve))
  })
  after(async () => {
    desk?.close()
    await stage?.close()
  })

  test('a receiver: added, tried, failing with its reason, paused, removed after a second question', async () => {
    const { page, context, troubles, strangers } = await stage.enter({ language: 'ar' })
    await page.goto(`${stage.origin()}/alerts`)
    const card = page.getByRole('region', { name: ar.receivers, exact: true })
    const add = card.locator('details > form')
    await add.getByLabel(ar.name).fill('desk')
    await add.getByLabel(ar.hook).fill(`http://127.0.0.1:${(desk.address() as AddressInfo).port}/in`)
    await add.getByLabel(ar.key).fill(join(stage.data, 'missing.key'))
    await add.getByRole('button', { name: ar.add, exact: true }).click()
    await add.getByRole('alert').waitFor()
    await add.getByLabel(ar.key).fill('')
    await add.getByRole('button', { name: ar.add, exact: true }).click()
    const item = card.locator('[data-receiver=desk]')
    const state = (one: string) => card.locator(`[data-receiver=desk][data-state=${one}]`)
    await state('fresh').waitFor()

    status = 403
    await item.getByRole('button', { name: ar.test }).click()
    await item.getByRole('alert').filter({ hasText: ar.notTaken }).filter({ hasText: '403' }).waitFor()
    status = 200
    await item.getByRole('button', { name: ar.test }).click()
    await item.getByRole('status').filter({ hasText: ar.taken }).waitFor()
    assert.ok(came.every(id => id.startsWith('test-')))

    status = 403
    await athar('watch', 'add', WATCHED, '--network', 'tron', '--data', stage.data)
    await athar('watch', 'run', '--data', stage.data)
    came.length = 0
    await page.reload()
    await state('failing').filter({ hasText: '403' }).waitFor()
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme })
      assert.deepEqual(await (scheme === 'light' ? violations(page) : faint(page)), [], scheme)
    }
    await item.getByRole('button', { name: ar.pause }).click()
    await state('paused').waitFor()
    await item.getByRole('button', { name: ar.resume }).click()
    await state('failing').waitFor()

    await item.getByRole('button', { name: ar.remove }).focus()
    await page.keyboard.press('Enter')
    await item.getByRole('button', { name: ar.no }).waitFor()
    await page.keyboard.press('Escape')
    assert.match(await page.evaluate<string>(FOCUSED), ar.remove, 'the focus is where it was')
    await item.getByRole('button', { name: ar.remove }).click()
    await item.getByRole('button', { name: ar.yes }).click()
    await item.waitFor({ state: 'detached' })
    await card.getByRole('status').filter({ hasText: ar.gone }).waitFor()
    assert.deepEqual([troubles.filter(one => !/404/.test(one)), strangers], [[], []])
    await context.close()
  })

  test('an address is watched from its own page: taken back, and its alerts a click away', async () => {
    const { page, context, troubles } = await stage.enter()
    await page.goto(`${stage.origin()}/address/tron/${UNWATCHED}`)
    await page.getByRole('button', { name: en.watch, exact: true }).click()
    await page.getByRole('link', { name: en.watched, exact: true }).waitFor()
    await page.getByRole('button', { name: en.undo }).click()
    await page.getByRole('button', { name: en.watch, exact: true }).click()
    await page.getByRole('link', { name: en.watched, exact: true }).click()
    await page.waitForURL(/alerts\?watch=TKDs/)
    assert.deepEqual(troubles, [])
    await context.close()
  })

  test('a rule: other thresholds are a new draft, which is tried and then in force', async () => {
    const { page, context, troubles } = await stage.enter()
    await page.goto(`${stage.origin()}/alerts`)
    const card = page.getByRole('region', { name: en.rules, exact: true })
    const rule = (version: number) => card.locator(`[data-rule=structuring][data-version="${version}"]`)
    await rule(1).getByRole('button', { name: en.edit }).click()
    const form = rule(1).locator('form')
    await form.getByRole('button', { name: en.save }).click()
    await form.getByRole('alert').filter({ hasText: en.same }).waitFor()
    await form.getByLabel(en.threshold).fill('many')
    await form.getByRole('button', { name: en.save }).click()
    await form.getByText(en.wrong).waitFor()
    await form.getByLabel(en.threshold).fill('9000')
    await form.getByRole('button', { name: en.save }).click()
    await card.getByRole('status').filter({ hasText: 'structuring@2' }).waitFor()
    await rule(2).waitFor()
    assert.equal(await rule(1).count(), 0, 'a draft that never was in force gives way')

    await rule(2).getByRole('button', { name: en.run, exact: true }).click()
    const found = rule(2).getByRole('region', { name: en.result })
    await found.waitFor()
    assert.match(await found.innerText(), /\d[\s\S]*%/)
    await rule(2).getByRole('switch', { name: en.force }).click()
    await rule(2).locator('[role=switch][aria-checked=true]').waitFor()
    assert.deepEqual(troubles, [])
    await context.close()
  })
})
