import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { athar, file, type Stage, setStage, skipWithoutBrowser } from './stage.ts'

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
  await athar('list', 'add', 'tagpack', file(folder, 'hostile.yaml', PACK), '--data', data)
  const post = `<title>${IMAGE}</title><script>globalThis.owned=1</script><p>Send: ${ADDRESS} ${TURNED}`
  await athar('capture', 'add', file(folder, 'post.html', post), '--data', data)
  await athar('case', 'open', 'c1', '--title', `${IMAGE} ${TURNED}`, '--data', data)
  await athar('case', 'note', 'c1', `note ${IMAGE} ${TURNED} [x](javascript:alert(1))`, '--data', data)
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
    await page.getByTestId('banner').waitFor({ timeout: 15_000 })
    assert.match(await page.getByTestId('banner').innerText(), /does not answer/)
    await stage.start()
    await page.getByTestId('banner').getByText('athar serve').waitFor({ timeout: 15_000 })
    const second = await context.newPage()
    await second.goto(stage.link())
    await second.locator('main h1').first().waitFor()
    await page.getByTestId('banner').waitFor({ state: 'detached', timeout: 15_000 })
    assert.equal(await page.locator('textarea').inputValue(), 'half a thought')
    await context.close()
  })
})
