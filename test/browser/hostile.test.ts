import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { perform } from '../../src/app/perform.ts'
import { systemClock } from '../../src/std/clock.ts'
import { file, type Stage, setStage, skipWithoutBrowser, violations } from './stage.ts'

// What others wrote is shown and never obeyed; and the page outlives the program that serves it.

const IMAGE = '<img src=x onerror="globalThis.owned=1">'
const TURNED = '\u202egnp.exe'
const ADDRESS = '1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq'

const PACK = `---
title: Hostile ${IMAGE}
creator: Nobody
lastmod: 2025-01-01
currency: BTC
label: '${IMAGE} "\\u202e"'
source: https://example.invalid/x
category: exchange
tags:
  - address: ${ADDRESS}
    label: "${IMAGE.replaceAll('"', '\\"')} \\u202egnp.exe"
`

async function prepare(folder: string): Promise<string> {
  const data = join(folder, 'data')
  const post = `<title>${IMAGE}</title><script>globalThis.owned=1</script><p>Send: ${ADDRESS} ${TURNED}`
  const steps: [string, object][] = [
    ['list add', { format: 'tagpack', file: file(folder, 'hostile.yaml', PACK) }],
    ['capture add', { paths: [file(folder, 'post.html', post)] }],
    ['case open', { name: 'c1', title: `${IMAGE} ${TURNED}` }],
    ['case note', { name: 'c1', text: `note ${IMAGE} ${TURNED} [x](javascript:alert(1))` }],
  ]
  const setting = { directory: data, user: 'tester', clock: systemClock, progress: () => {} }
  for (const [name, input] of steps) await perform(name, input, { ...setting, signal: new AbortController().signal })
  return data
}

describe('hostile content and a server that goes away', { skip: skipWithoutBrowser() }, () => {
  let stage: Stage
  before(async () => {
    stage = await setStage(prepare)
  })
  after(() => stage?.close())

  test('a hostile label, case title and note stay text', async () => {
    const { page, context, troubles, strangers } = await stage.enter()
    for (const view of [`/address/bitcoin/${ADDRESS}`, '/', '/cases', '/cases/c1']) {
      await page.goto(stage.origin() + view)
      await page.getByText('<img src=x').first().waitFor()
      assert.equal(await page.evaluate(() => (globalThis as { owned?: number }).owned), undefined, view)
      assert.equal(await page.locator('img[src="x"]').count(), 0, view)
      assert.ok(!(await page.locator('main').innerText()).includes('\u202e'), `${view} obeys a bidi override`)
      assert.ok(!(await page.title()).includes('\u202e'), view)
    }
    assert.deepEqual([troubles, strangers], [[], []])
    await context.close()
  })

  test('a dropped post is sealed, found and shown inert, with its look-alike', async () => {
    const { page, context, troubles, strangers } = await stage.enter()
    const wrong = `${ADDRESS.slice(0, -1)}x`
    const text = `<script>globalThis.owned=1</script>${IMAGE} تبرعوا ${ADDRESS} ${TURNED} لا ${wrong}`
    await page
      .getByTestId('files')
      .setInputFiles({ name: 'dropped.txt', mimeType: 'text/plain', buffer: Buffer.from(text) })
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Load' }).click()
    await dialog.locator('[data-stage=done]').waitFor()
    assert.deepEqual(await violations(page), [])
    await dialog.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('link', { name: 'Captures' }).click()
    await page.getByRole('link', { name: 'dropped.txt' }).click()
    await page.locator('mark.address').waitFor()
    assert.equal(await page.locator('mark.address').innerText(), ADDRESS)
    assert.equal(await page.locator('mark.rejected').innerText(), wrong)
    assert.match(await page.locator('.reading').innerText(), /⟦U\+202E⟧gnp\.exe/)
    assert.equal(await page.evaluate(() => (globalThis as { owned?: number }).owned), undefined)
    assert.deepEqual([troubles, strangers], [[], []])
    await context.close()
  })

  test('a file that is no list is refused with what to do, and nothing is changed', async () => {
    const { page, context } = await stage.enter()
    await page
      .getByTestId('files')
      .setInputFiles({ name: 'list.xml', mimeType: 'text/xml', buffer: Buffer.from('<nothing/>') })
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Format').selectOption('ofac-advanced')
    await dialog.getByRole('button', { name: 'Load' }).click()
    await dialog.locator('[data-stage=failed]').waitFor()
    const told = await dialog.getByRole('alert').innerText()
    assert.match(told, /What to do/)
    assert.ok(!told.includes('athar-upload'), 'a path of this machine is shown')
    await context.close()
  })

  test('a note is written and stays; a second tab sees it', async () => {
    const { page, context } = await stage.enter()
    await page.goto(`${stage.origin()}/cases/c1`)
    await page.getByLabel('Note', { exact: true }).fill('Exchange notified.')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.locator('.timeline').getByText('Exchange notified.').waitFor()
    const second = await context.newPage()
    await second.goto(`${stage.origin()}/cases/c1`)
    await second.locator('.timeline').getByText('Exchange notified.').waitFor()
    await context.close()
  })

  test('a failure is told with what to do, and an unknown address is no crash', async () => {
    const { page, context } = await stage.enter()
    await page.goto(`${stage.origin()}/address/any/not-an-address`)
    assert.match(await page.getByRole('alert').innerText(), /not-an-address/)
    await page.goto(`${stage.origin()}/such/a/page`)
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor()
    await context.close()
  })

  test('the server going away is told and survived; what was typed stays', async () => {
    const { page, context } = await stage.enter()
    await page.locator('textarea').fill('half a thought')
    await stage.stop()
    await page.getByTestId('banner').waitFor()
    assert.match(await page.getByTestId('banner').innerText(), /does not answer/)
    await stage.start()
    await page.getByTestId('banner').getByText('athar serve').waitFor()
    const second = await context.newPage()
    await second.goto(stage.link())
    await second.locator('main h1').first().waitFor()
    await page.getByTestId('banner').waitFor({ state: 'detached' })
    assert.equal(await page.locator('textarea').inputValue(), 'half a thought')
    await context.close()
  })
})
