import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { reduce } from '../../web/src/graph/act.ts'
import { save } from '../../web/src/graph/file.ts'
import { EMPTY, freshNode } from '../../web/src/graph/scene.ts'
import { type Entered, frames, type Stage, sample, setStage, skipWithoutBrowser, until, violations } from './stage.ts'

// The controls of the graph, each by its effect on what is saved: the file of a graph is the whole of its state.

const BITCOIN = 'bcrt1qawjzcjnlhf8ywccz4xf8h2k46mkh95zmzhzykd'
const PAYEE = 'bcrt1qg09wp9gjzdfq4kc7refrcm3x0af93598rzvjdp'

const words = {
  en: {
    ...{ chosen: 'Chosen', file: 'File', pin: 'Pin', unpin: 'Unpin', red: 'red', note: 'Note', fold: 'Fold into one' },
    ...{ group: 'Group', groupName: 'Name of the group', ungroup: 'Ungroup', out: /^Whom it paid/ },
    ...{ collapse: 'Collapse', path: 'Path between the two', nodes: /Nodes as a table/, edges: /Edges as a table/ },
    ...{ show: /^Show transactions from/, behind: 'Transactions of this edge', two: /2 transactions/ },
  },
  ar: {
    ...{ chosen: 'المختار', file: 'ملف', pin: 'ثبّت', unpin: 'ألغِ التثبيت', red: 'أحمر', note: 'ملاحظة' },
    ...{ fold: 'اجعله عقدة واحدة', group: 'اجمع', groupName: 'اسم الجمع', ungroup: 'فرّق', out: /لمن دفع|دفع لهم/ },
    ...{ collapse: 'اطوِ', path: 'المسار بين الاثنين', nodes: /العقد في جدول/, edges: /الخطوط في جدول/ },
    ...{ show: /^اعرض المعاملات من/, behind: 'معاملات هذا الخط', two: /معاملتان/ },
  },
} as const

type Say = (typeof words)['en' | 'ar']

type Saved = {
  readonly nodes: Record<string, { colour: string | null; note: string; group: string | null }>
  readonly places: Record<string, { x: number; y: number; pinned: boolean }>
  readonly groups: Record<string, { name: string; folded: boolean }>
}

/** The scene as its file has it. */
async function saved(page: Page, { file }: Say): Promise<Saved> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: file, exact: true }).click(),
  ])
  return (JSON.parse(readFileSync(await download.path(), 'utf8')) as { scene: Saved }).scene
}

const NODES = "Number(document.querySelector('.graph-frame')?.dataset.nodes ?? 0)"

async function nodes(page: Page, is: (count: number) => boolean): Promise<number> {
  let count = 0
  await until(page, `another number of nodes than ${NODES}`, async () => {
    count = await page.evaluate<number>(NODES)
    return is(count)
  })
  return count
}

/** Waits until the layout has come to rest, and what it came to is drawn. */
async function laidOut(page: Page): Promise<void> {
  await frames(page, 2)
  await page.locator('.graph-canvas[data-layout=still]').waitFor()
  await frames(page, 6)
}

/** Turns the wheel over a table until a row is among those that exist. */
async function roll(page: Page, table: Locator, row: Locator): Promise<void> {
  await until(page, 'the row is in sight', async () => {
    if ((await row.count()) > 0) return true
    await table.hover()
    await page.mouse.wheel(0, 300)
    await frames(page, 3)
    return false
  })
}

/** Chooses the node of an address by the table, which holds the same as the drawing. */
async function choose(page: Page, say: Say, address: string): Promise<void> {
  const table = page.getByRole('table', { name: say.nodes })
  if (!(await table.isVisible())) await page.locator('summary').filter({ hasText: say.nodes }).click()
  const row = table.getByRole('row').filter({ has: page.getByTitle(address) })
  await roll(page, table, row)
  await row.getByRole('button').click()
}

describe('the controls of the graph in Chromium', { skip: skipWithoutBrowser() }, () => {
  let stage: Stage
  before(async () => {
    stage = await setStage(sample)
  })
  after(() => stage?.close())

  for (const language of ['en', 'ar'] as const) {
    const say: Say = words[language]
    describe(language === 'ar' ? 'in Arabic' : 'in English', () => {
      let entered: Entered
      let chosen: ReturnType<Page['getByRole']>
      const id = `a:bitcoin-regtest:${BITCOIN}`
      const button = (name: string) => chosen.getByRole('button', { name, exact: true })
      before(async () => {
        entered = await stage.enter({ language })
        const { page } = entered
        await page.emulateMedia({ reducedMotion: 'reduce' })
        chosen = page.getByRole('region', { name: say.chosen, exact: true })
        await page.goto(`${stage.origin()}/graph?at=${BITCOIN}&network=bitcoin-regtest`)
        await nodes(page, count => count === 29)
        await laidOut(page)
      })
      after(async () => {
        await entered.context.close()
        assert.deepEqual([entered.troubles, entered.strangers], [[], []])
      })

      test('pin, colour and note; undo and redo by keyboard take each back and forth', async () => {
        const { page } = entered
        await choose(page, say, BITCOIN)
        await button(say.pin).click()
        await button(say.unpin).waitFor()
        await button(say.red).click()
        await chosen.getByLabel(say.note, { exact: true }).fill('look here')
        await chosen.getByLabel(say.note, { exact: true }).press('Enter')
        const done = await saved(page, say)
        assert.deepEqual(
          [done.places[id]!.pinned, done.nodes[id]!.colour, done.nodes[id]!.note],
          [true, 'red', 'look here'],
        )
        await page.locator('h1').click()
        for (let i = 0; i < 3; i++) await page.keyboard.press('Control+z')
        const undone = await saved(page, say)
        assert.deepEqual(
          [undone.places[id]?.pinned ?? false, undone.nodes[id]!.colour, undone.nodes[id]!.note],
          [false, null, ''],
        )
        for (let i = 0; i < 2; i++) await page.keyboard.press('Control+Shift+z')
        await page.keyboard.press('Control+y')
        const redone = await saved(page, say)
        assert.deepEqual(redone.nodes[id], done.nodes[id])
        assert.equal(redone.places[id]!.pinned, true)
      })

      test('two are grouped, folded into one, and taken apart again', async () => {
        const { page } = entered
        await page.getByRole('application').focus()
        await page.keyboard.press('Escape')
        for (const key of ['ArrowRight', ' ', 'ArrowRight', ' ']) await page.keyboard.press(key)
        await chosen.getByText(/: (2|٢)/).waitFor()
        await chosen.getByLabel(say.groupName).fill('two')
        await button(say.group).click()
        await button(say.fold).click()
        await nodes(page, count => count === 28)
        const scene = await saved(page, say)
        assert.deepEqual(Object.values(scene.groups), [
          { ...Object.values(scene.groups)[0]!, name: 'two', folded: true },
        ])
        await page.keyboard.press('Control+z')
        await nodes(page, count => count === 29)
        await page.keyboard.press('Control+z')
        assert.deepEqual((await saved(page, say)).groups, {})
      })

      test('a neighbour is expanded and collapsed', async () => {
        const { page } = entered
        await choose(page, say, PAYEE)
        await chosen.getByRole('button', { name: say.out }).click()
        const more = await nodes(page, count => count > 29)
        await button(say.collapse).click()
        assert.ok((await nodes(page, count => count < more)) >= 29)
      })

      test('the transactions behind an edge: as many as its sum counts', async () => {
        const { page } = entered
        await page.locator('summary').filter({ hasText: say.edges }).click()
        const name = new RegExp(`${say.show.source}.*${PAYEE}`)
        const show = page.getByRole('button', { name })
        const table = page.getByRole('table', { name: say.edges })
        await roll(page, table, show)
        await show.click()
        const behind = page.getByRole('region', { name: say.behind })
        await behind.getByText(say.two).waitFor()
        assert.equal(await behind.getByRole('table').getAttribute('aria-rowcount'), '3')
        assert.match(await behind.innerText(), /0\.08226786 rBTC/)
        assert.deepEqual(await violations(page), [])
      })

      test('the path between two that have one', async () => {
        const { page } = entered
        await page.goto(`${stage.origin()}/graph?at=${BITCOIN}&to=${PAYEE}&network=bitcoin-regtest`)
        await nodes(page, count => count >= 2)
        const csv = page.waitForEvent('download')
        await page.getByRole('button', { name: 'CSV', exact: true }).click()
        const text = readFileSync(await (await csv).path(), 'utf8')
        assert.match(text, new RegExp(`^edge,${BITCOIN},[^\\r]*${PAYEE},`, 'm'))
      })
    })
  }

  test('a node is dragged where the hand leads it, and is pinned there', async () => {
    const { page, context, troubles } = await stage.enter()
    await page.goto(`${stage.origin()}/graph`)
    await page.locator('.graph-frame').waitFor()
    const id = 'a:bitcoin:N0'
    const alone = freshNode({ id, kind: 'address', network: 'bitcoin', name: 'N0', isRoot: true })
    const file = save(reduce(EMPTY, { kind: 'add', nodes: [alone], edges: [] }), '2026-01-01T00:00:00Z')
    await page
      .getByTestId('graph-file')
      .setInputFiles({ name: 'one.json', mimeType: 'application/json', buffer: Buffer.from(file) })
    await nodes(page, count => count === 1)
    await frames(page, 6)
    const canvas = page.locator('.graph-canvas')
    await canvas.scrollIntoViewIfNeeded()
    const box = (await canvas.boundingBox())!
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + 60, y - 40, { steps: 4 })
    await page.mouse.up()
    const { places } = await saved(page, words.en)
    assert.equal(places[id]?.pinned, true)
    assert.ok(places[id].x > 0 && places[id].y > 0, JSON.stringify(places[id]))
    assert.deepEqual(troubles, [])
    await context.close()
  })

  test('the small map stands where not all is in sight and leads there; nothing glides unasked', async () => {
    const { page, context } = await stage.enter()
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.goto(`${stage.origin()}/graph?at=${BITCOIN}`)
    await nodes(page, count => count === 29)
    await laidOut(page)
    const still = await page.locator('.graph-canvas').screenshot()
    await frames(page, 20)
    assert.ok(still.equals(await page.locator('.graph-canvas').screenshot()), 'it still moves')
    const map = page.locator('.graph-map')
    assert.equal(await map.isVisible(), false, 'all is in sight')
    const nearer = async () => {
      await page.getByRole('button', { name: 'Closer', exact: true }).click()
      await frames(page, 6)
    }
    for (let i = 0; i < 5 && !(await map.isVisible()); i++) await nearer()
    const part = await map.screenshot()
    await nearer()
    const closer = await page.locator('.graph-canvas').screenshot()
    assert.ok(!part.equals(await map.screenshot()), 'the frame of the small map stays')
    await frames(page, 20)
    assert.ok(closer.equals(await page.locator('.graph-canvas').screenshot()), 'the camera glides')
    await map.click({ position: { x: 20, y: 20 } })
    await frames(page, 6)
    assert.ok(!closer.equals(await page.locator('.graph-canvas').screenshot()), 'the small map leads nowhere')
    await context.close()
  })
})
