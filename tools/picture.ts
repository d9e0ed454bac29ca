/**
 * Makes the pictures of the READMEs from the seeded sample: node tools/picture.ts. Needs Chromium (CHROMIUM names
 * another) and a built workbench. Look at the pictures before committing them.
 */
import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { sample, setStage, skipWithoutBrowser } from '../test/browser/stage.ts'

const folder = join(import.meta.dirname, '../docs/picture')
const ADDRESS = 'bcrt1qawjzcjnlhf8ywccz4xf8h2k46mkh95zmzhzykd'
/** So that a clone stays small. */
const BYTES_MAX = 300_000
const WIDTH = 1200
const HEIGHT = 860

/** What of the report is left out of its picture. Its policy takes no style of ours, so elements are hidden each. */
const LEFT_OUT = [
  ...['nav', 'main > section:not(#summary, #receipts, #trace)', '#receipts > :not(h2, figure)'],
  ...['#trace > :not(h2, figure)', 'figure ~ figure'],
].join(', ')

const missing = skipWithoutBrowser()
if (missing !== false) throw new Error(missing)

mkdirSync(folder, { recursive: true })
const stage = await setStage(sample)
try {
  for (const language of ['en', 'ar'] as const) {
    const { page, context } = await stage.enter({ language, width: WIDTH })
    await page.setViewportSize({ width: WIDTH, height: HEIGHT })
    await workbench(page, language)
    await graph(page, language)
    await report(page, language)
    await context.close()
  }
} finally {
  await stage.close()
}

/** All that is known of an address of the campaign. */
async function workbench(page: Page, language: string): Promise<void> {
  await page.goto(`${stage.origin()}/address/any/${ADDRESS}`)
  await page.getByTestId('verdict').waitFor()
  await page.locator('article.exposure').first().waitFor()
  await page.waitForLoadState('networkidle')
  await shoot(page, `workbench-${language}.png`, false)
}

/** Where value of the campaign went, and who stands round it. */
async function graph(page: Page, language: string): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto(`${stage.origin()}/graph?trace=${ADDRESS}`)
  await page.locator('.graph-frame[data-nodes="7"]').waitFor()
  await page.waitForLoadState('networkidle')
  await page.waitForTimeout(1500)
  await shoot(page, `graph-${language}.png`, false)
}

/** The report of the case: summary, first chart and first flow. Tables and the other sections are left out. */
async function report(page: Page, language: string): Promise<void> {
  await page.goto(`${stage.origin()}/cases/sample`)
  const source = await page.locator('iframe').getAttribute('src')
  await page.setViewportSize({ width: 980, height: HEIGHT })
  await page.goto(stage.origin() + source)
  await page.evaluate(`for (const one of document.querySelectorAll('${LEFT_OUT}')) one.style.display = 'none'`)
  await shoot(page, `report-${language}.png`, true)
}

async function shoot(page: Page, name: string, fullPage: boolean): Promise<void> {
  const path = join(folder, name)
  await page.screenshot({ path, fullPage, animations: 'disabled', caret: 'hide' })
  const { size } = statSync(path)
  if (size > BYTES_MAX) throw new Error(`${name} has ${size} bytes; the limit is ${BYTES_MAX}`)
}
