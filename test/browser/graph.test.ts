import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Download, Page } from 'playwright-core'
import { reduce } from '../../web/src/graph/act.ts'
import { save } from '../../web/src/graph/file.ts'
import { EMPTY, edgeId, freshNode } from '../../web/src/graph/scene.ts'
import { effortOf } from './effort.ts'
import {
  faint,
  frames,
  PATIENCE,
  quiet,
  type Stage,
  sample,
  setStage,
  skipWithoutBrowser,
  until,
  violations,
  visitor,
} from './stage.ts'

const BITCOIN = 'bcrt1qawjzcjnlhf8ywccz4xf8h2k46mkh95zmzhzykd'
const TRON = 'TC6MkTLPAXRKpk21kNzFV893nZpKMiWdbd'

const words = {
  en: {
    canvas: /^Graph: arrows/,
    undo: 'Undo',
    redo: 'Redo',
    nodes: /Nodes as a table/,
    view: 'View',
    method: 'Method',
  },
  ar: {
    canvas: /^الرسم الشبكي: الأسهم/,
    undo: 'تراجع',
    redo: 'أعد',
    nodes: /العقد في جدول/,
    view: 'العرض',
    method: 'المنهج',
  },
} as const

const NODES = "Number(document.querySelector('.graph-frame')?.dataset.nodes ?? 0)"

/** Nodes of what is kept in the tab. */
const KEPT = `Math.max(0, ...Object.keys(sessionStorage).filter(key => key.startsWith('athar.graph ')).map(key =>
  Object.keys(JSON.parse(sessionStorage.getItem(key)).scene.nodes).length))`

async function drawn(page: Page, atLeast = 1): Promise<number> {
  await asked(page, `${NODES} >= ${atLeast}`)
  return page.evaluate<number>(NODES)
}

/** Waits until the layout has come to rest. */
async function laidOut(page: Page): Promise<void> {
  await frames(page, 2)
  // Thousands of nodes, painted without a graphics card between two rounds, take their time on a busy machine.
  await page.locator('.graph-canvas[data-layout=still]').waitFor({ timeout: 2.5 * PATIENCE })
  await frames(page, 2)
}

const asked = (page: Page, question: string) => until(page, question, () => page.evaluate<boolean>(question))

async function taken(page: Page, name: string): Promise<{ file: Download; text: string }> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name, exact: true }).click(),
  ])
  return { file, text: readFileSync(await file.path(), 'utf8') }
}

/** A graph of this size as a file: a tree in which each has three below it, and a ring through all. */
function large(count: number): string {
  const at = (i: number) => `a:bitcoin:N${i}`
  const nodes = Array.from({ length: count }, (_, i) =>
    freshNode({ id: at(i), kind: 'address', network: 'bitcoin', name: `N${i}`, isRoot: i === 0, x: i % 70, y: i / 70 }),
  )
  const link = (from: string, to: string) => ({ id: edgeId(from, to, 'BTC'), from, to, count: 1, txid: null })
  const amount = { asset: 'BTC', contract: null, decimals: 8, least: '1000', most: '1000', methods: null }
  const edges = nodes.flatMap(({ id }, i) => {
    const both = [link(at(Math.floor((i - 1) / 3)), id), link(id, at((i + 7) % count))]
    return i === 0 ? [] : both.map(one => ({ ...one, first: null, last: null, amount }))
  })
  return save(reduce(EMPTY, { kind: 'add', nodes, edges }), '2026-01-01T00:00:00Z')
}

describe('the graph in Chromium', { skip: skipWithoutBrowser() }, () => {
  let stage: Stage
  before(async () => {
    stage = await setStage(sample)
  })
  after(() => stage?.close())

  for (const language of ['en', 'ar'] as const) {
    const say = words[language]
    describe(language === 'ar' ? 'in Arabic' : 'in English', () => {
      const entered = visitor(() => stage, { language })

      test('an address page leads to its neighbours, and what is not shown is said', async () => {
        const { page } = entered()
        await page.goto(`${stage.origin()}/address/any/${BITCOIN}`)
        await page.locator(`a[href^="/graph?at=${BITCOIN}"]`).first().click()
        assert.equal(await drawn(page, 20), 29)
        assert.match(await page.getByTestId('graph-status').innerText(), /56/)
      })

      test('the keyboard alone: walk, expand, pin, remove, undo and redo', async () => {
        const { page } = entered()
        await page.getByRole('application', { name: say.canvas }).focus()
        await laidOut(page)
        await page.keyboard.press('ArrowRight')
        await page.keyboard.press('ArrowRight')
        assert.notEqual(await page.getByTestId('spoken').innerText(), '')
        const before = await drawn(page)
        await page.keyboard.press('Delete')
        await asked(page, `${NODES} === ${before - 1}`)
        await page.keyboard.press('Control+z')
        assert.equal(await drawn(page, before), before)
        await page.keyboard.press('Control+Shift+z')
        await asked(page, `${NODES} === ${before - 1}`)
        await page.getByRole('button', { name: say.undo, exact: true }).click()
        assert.equal(await drawn(page, before), before)
      })

      test('the tables hold what is drawn, node by node', async () => {
        const { page } = entered()
        await page.locator('summary').filter({ hasText: say.nodes }).click()
        const table = page.getByRole('table', { name: say.nodes })
        assert.equal(await table.getAttribute('aria-rowcount'), '30')
        await table.getByRole('button').nth(1).click()
        await page.getByTestId('spoken').filter({ hasText: /\S/ }).waitFor({ state: 'attached' })
      })

      test('views, files and links: what is taken along says what it leaves out, and comes back the same', async () => {
        const { page } = entered()
        const csv = await taken(page, 'CSV')
        assert.match(csv.text, /^not-shown,/m)
        assert.match((await taken(page, 'GraphML')).text, /<desc>[^<]*56/)
        const svg = await taken(page, 'SVG')
        assert.match(svg.text, /^<svg [\s\S]*56[\s\S]*<\/svg>\n$/)
        const png = await taken(page, 'PNG')
        assert.equal(
          readFileSync(await png.file.path())
            .subarray(1, 4)
            .toString(),
          'PNG',
        )
        await page.getByLabel(say.view).selectOption('entity')
        const count = await drawn(page)
        assert.ok(count < 29, `${count} entities`)
        await page.getByRole('button', { name: language === 'ar' ? 'رابط' : 'Link', exact: true }).click()
        await page.waitForURL(/#graph=/)
        const second = await entered().context.newPage()
        await second.goto(page.url())
        assert.equal(await drawn(second, 2), count)
        await second.close()
      })

      test('a trace flows in layers; its method is switched, and the envelope shows what is not certain', async () => {
        const { page } = entered()
        await page.goto(`${stage.origin()}/trace?origin=${BITCOIN}`)
        await page.locator('a[href^="/graph?trace="]').click()
        assert.equal(await drawn(page, 5), 7)
        await page.getByLabel(say.method).selectOption('poison')
        await page.getByLabel(say.method).selectOption('envelope')
        const { text } = await taken(page, 'CSV')
        const rows = text.split('\r\n').filter(row => row.startsWith('edge'))
        assert.ok(
          rows.some(row => row.split(',')[8] !== row.split(',')[9]),
          'no range in the envelope',
        )
      })

      test('axe finds nothing in either light', async () => {
        const { page } = entered()
        for (const view of [`/graph?at=${TRON}`, `/graph?trace=${BITCOIN}`, '/graph']) {
          await page.goto(stage.origin() + view)
          await page.locator('main h1').first().waitFor()
          await quiet(page)
          await page.emulateMedia({ colorScheme: 'light' })
          assert.deepEqual(await violations(page), [], view)
          await page.emulateMedia({ colorScheme: 'dark' })
          assert.deepEqual(await faint(page), [], `${view}, dark`)
          await page.emulateMedia({ colorScheme: 'light' })
        }
      })
    })
  }

  test('two between which nothing leads: said so, and both stand', async () => {
    for (const [language, says] of [
      ['en', /No path in what was read/],
      ['ar', /لا مسار ضمن ما قُرئ/],
    ] as const) {
      const { page, context, troubles } = await stage.enter({ language })
      const payers = await page.evaluate(PAYERS, BITCOIN)
      await page.goto(`${stage.origin()}/graph?at=${payers[0]}&to=${payers[1]}`)
      await page.getByTestId('graph-status').filter({ hasText: says }).waitFor()
      assert.equal(await drawn(page, 2), 2)
      assert.deepEqual(troubles, [])
      await context.close()
    }
  })

  test('on the canvas, figures follow the digits that were chosen, and addresses never do', async () => {
    const { page, context, troubles } = await stage.enter({ language: 'ar' })
    await page.addInitScript(LISTEN)
    const texts = async () => {
      await page.goto(`${stage.origin()}/graph?trace=${BITCOIN}`)
      await drawn(page, 5)
      await asked(page, 'written.size > 8')
      await laidOut(page)
      return page.evaluate<string[]>('[...written]')
    }
    const latin = await texts()
    assert.ok(
      latin.some(text => /0\.004 rBTC/.test(text)),
      latin.join(' | '),
    )
    assert.ok(!latin.some(text => /[٠-٩]/.test(text)), latin.join(' | '))
    await page.getByRole('button', { name: 'أرقام ١٢٣' }).click()
    const arab = await texts()
    assert.ok(
      arab.some(text => /٠٫٠٠٤ rBTC/.test(text)),
      arab.join(' | '),
    )
    const names = arab.filter(text => /bcrt1/.test(text))
    assert.ok(names.length > 0 && !names.some(text => /[٠-٩]/.test(text)), names.join(' | '))
    const svg = (await taken(page, 'SVG')).text
    assert.match(svg, /٠٫٠٠٤ rBTC/)
    assert.match(svg, /bcrt1qaw…zhzykd/)
    assert.deepEqual(troubles, [])
    await context.close()
  })

  test('a reload, another page and a server that goes away take nothing; another tab begins anew', async () => {
    const { page, context } = await stage.enter()
    const view = `${stage.origin()}/graph?at=${TRON}`
    await page.goto(view)
    const whole = await drawn(page, 3)
    await page.getByRole('application', { name: words.en.canvas }).focus()
    await laidOut(page)
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Delete')
    await asked(page, `${NODES} === ${whole - 1}`)
    await asked(page, `${KEPT} === ${whole - 1}`)
    await page.reload()
    assert.equal(await drawn(page, 2), whole - 1)
    await page.getByRole('link', { name: 'Cases' }).click()
    await page.waitForURL(/\/cases$/)
    await page.goBack()
    assert.equal(await drawn(page, 2), whole - 1)
    const second = await context.newPage()
    await second.goto(view)
    assert.equal(await drawn(second, 3), whole)
    await second.close()
    await page.getByRole('button', { name: 'Draw anew' }).click()
    await asked(page, `${NODES} === ${whole}`)
    await context.close()
  })

  test('P12: 5,000 nodes are drawn within a second, and no layout blocks the hand', async () => {
    const { page, context, troubles } = await stage.enter()
    await page.goto(`${stage.origin()}/graph`)
    await page.locator('.graph-frame').waitFor()
    const path = join(stage.data, '..', 'large.json')
    writeFileSync(path, large(5000))
    const first = await effortOf(stage, page, async () => {
      await page.getByTestId('graph-file').setInputFiles(path)
      await drawn(page, 5000)
      await frames(page, 2)
    })
    const layout = await effortOf(stage, page, async () => {
      await page.locator('.graph-canvas[data-layout=moving]').waitFor()
      await laidOut(page)
    })
    const [whole, longest] = [first.whole, layout.longest].map(Math.round)
    const said = `${whole} ms to the picture; longest task of the layout ${longest} ms`
    process.stdout.write(`# P12, of processor time: ${said}\n`)
    assert.ok(first.whole < 1000, said)
    assert.ok(layout.longest < 100, said)
    assert.deepEqual(troubles, [])
    await context.close()
  })

  test('a hostile file is data: nothing runs, and what does not fit is left out with a word', async () => {
    const { page, context, troubles } = await stage.enter()
    await page.goto(`${stage.origin()}/graph`)
    const hostile = JSON.parse(large(5))
    hostile.scene.nodes['a:bitcoin:N1'].label = { name: '<img src=x onerror="owned=1">\u202e', category: 'exchange' }
    hostile.scene.nodes['x'] = { kind: 'script' }
    const buffer = Buffer.from(JSON.stringify(hostile))
    const give = (content: Buffer) =>
      page.getByTestId('graph-file').setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: content })
    await give(buffer)
    assert.equal(await drawn(page, 5), 5)
    assert.match(await page.getByTestId('graph-status').innerText(), /left out: 1/)
    await page.locator('summary').filter({ hasText: 'Nodes as a table' }).click()
    await page.getByText('<img src=x').first().waitFor()
    assert.equal(await page.evaluate(() => (globalThis as { owned?: number }).owned), undefined)
    await give(Buffer.from('{"format":"something"}'))
    await page.getByTestId('graph-status').getByText('no saved graph').waitFor()
    assert.equal(await drawn(page, 5), 5)
    assert.deepEqual(troubles, [])
    await context.close()
  })
})

type Payer = { address: string; transactions: number; label: object | null }

/** In the page: those who paid an address once and are nobody known: nothing leads from one to another. */
const PAYERS = async (address: string): Promise<string[]> => {
  const response = await fetch('/api/v1/neighbours', {
    ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
    body: JSON.stringify({ address, direction: 'in', limit: 60 }),
  })
  const { neighbours } = (await response.json()) as { neighbours: Payer[] }
  return neighbours.filter(one => one.transactions === 1 && one.label === null).map(one => one.address)
}

/** In the page: every text that is drawn on a canvas. */
const LISTEN = `
  globalThis.written = new Set()
  for (const kind of [CanvasRenderingContext2D, globalThis.OffscreenCanvasRenderingContext2D].filter(Boolean)) {
    const draw = kind.prototype.fillText
    kind.prototype.fillText = function (text, ...rest) {
      written.add(text)
      return draw.call(this, text, ...rest)
    }
  }`
