import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { type Stage, sample, setStage, skipWithoutBrowser } from './stage.ts'

// The sample investigation by hand in the workbench alone: from dropped files to the printed report.

const BITCOIN = 'bcrt1qawjzcjnlhf8ywccz4xf8h2k46mkh95zmzhzykd'

const words = {
  en: {
    ...{
      what: 'What are these files?',
      load: 'Load',
      close: 'Close',
      network: 'Network',
      asset: 'Asset',
      format: 'Format',
    },
    ...{
      authority: 'Authority',
      published: /^Published \(/,
      name: 'Name',
      record: 'Record a campaign',
      linkIt: 'Link it',
    },
    ...{ address: 'Address', role: 'Role', day: 'Published', receipts: 'Receipts', open: 'Open a case', kind: 'What' },
    ...{ value: /SHA-256/, add: 'Add', write: 'Write report', print: /print/, report: 'Receipts', seen: 'Summary' },
  },
  ar: {
    ...{ what: 'ما هذه الملفات؟', load: 'حمّل', close: 'أغلق', network: 'الشبكة', asset: 'العملة', format: 'الصيغة' },
    ...{ authority: 'الجهة الرسمية', published: /^تاريخ النشر/, name: 'الاسم', record: 'سجّل حملة', linkIt: 'اربط' },
    ...{ address: 'عنوان', role: 'الدور', day: 'نُشر', receipts: 'المتحصلات', open: 'افتح قضية', kind: 'النوع' },
    ...{ value: /SHA-256/, add: 'أضف', write: 'اكتب التقرير', print: /للطباعة/, report: 'المتحصلات', seen: 'الملخّص' },
  },
} as const

type Say = (typeof words)['en' | 'ar']

/** Gives files to the window and waits until all are worked on. */
async function drop(page: Page, say: Say, files: readonly string[], kind: string, fill: () => Promise<void>) {
  await page.getByTestId('files').setInputFiles([...files])
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(say.what).selectOption(kind)
  await fill()
  await dialog.getByRole('button', { name: say.load, exact: true }).click()
  for (let i = 0; i < files.length; i++) await dialog.locator('[data-stage=done]').nth(i).waitFor()
  await dialog.getByRole('button', { name: say.close, exact: true }).click()
}

for (const language of ['en', 'ar'] as const) {
  const say: Say = words[language]
  describe(`the sample by hand, ${language}`, { skip: skipWithoutBrowser() }, () => {
    let stage: Stage
    let files: string
    before(async () => {
      stage = await setStage(async folder => {
        await sample(folder)
        files = join(folder, 'sample')
        mkdirSync(join(folder, 'data'))
        return join(folder, 'data')
      })
    })
    after(() => stage?.close())

    test('from the dropped posts to the printed report', async () => {
      const { page, context, troubles, strangers } = await stage.enter({ language })
      const dialog = page.getByRole('dialog')
      const posts = readdirSync(join(files, 'posts')).map(name => join(files, 'posts', name))
      await drop(page, say, posts, 'capture', async () => {})
      await drop(page, say, [join(files, 'ledger/blk00000.dat')], 'blocks', async () => {
        await dialog.getByLabel(say.network).selectOption('bitcoin-regtest')
      })
      await drop(page, say, [join(files, 'ledger/tron-transfers.csv')], 'transfers', async () => {})
      await drop(page, say, [join(files, 'prices/rBTC-USD.csv')], 'prices', async () => {
        await dialog.getByLabel(say.asset).fill('rBTC')
      })
      await drop(page, say, [join(files, 'lists/sample-tags.yaml')], 'list', async () => {
        await dialog.getByLabel(say.format).selectOption('tagpack')
        await dialog.getByLabel(say.published).fill('2025-09-15')
      })
      await drop(page, say, [join(files, 'lists/sample-designations.csv')], 'list', async () => {
        await dialog.getByLabel(say.format).selectOption('addresses')
        await dialog.getByLabel(say.authority).fill('SAMPLE')
        await dialog.getByLabel(say.published).fill('2025-09-01')
      })

      await page.goto(`${stage.origin()}/campaigns`)
      await page.getByLabel(say.name, { exact: true }).fill('Winter')
      await page.getByRole('button', { name: say.record }).click()
      await page.waitForURL(/\/campaigns\/Winter/)
      await page.getByLabel(say.address, { exact: true }).fill(BITCOIN)
      await page.getByLabel(say.day, { exact: true }).fill('2025-04-21')
      await page.getByRole('button', { name: say.linkIt, exact: true }).click()
      const receipts = page.getByRole('region', { name: say.receipts, exact: true })
      await receipts.getByText('rBTC').first().waitFor()
      assert.match(await receipts.innerText(), /0\.\d{8} rBTC/)

      await page.goto(`${stage.origin()}/cases`)
      await page.getByLabel(say.name, { exact: true }).fill('by-hand')
      await page.getByRole('button', { name: say.open }).click()
      await page.waitForURL(/\/cases\/by-hand/)
      for (const [kind, value] of [
        ['campaign', 'Winter'],
        ['address', BITCOIN],
      ] as const) {
        const entries = await page.locator('.timeline > li').count()
        await page.getByLabel(say.kind, { exact: true }).selectOption(kind)
        await page.getByLabel(say.value).fill(value)
        await page.getByRole('button', { name: say.add, exact: true }).click()
        await page.locator('.timeline > li').nth(entries).waitFor()
      }
      await page.getByRole('button', { name: say.write }).click()
      const report = page.frameLocator('iframe')
      await report.getByRole('heading', { name: say.report }).first().waitFor()
      const [alone] = await Promise.all([
        context.waitForEvent('page'),
        page.getByRole('link', { name: say.print }).click(),
      ])
      await alone.waitForLoadState()
      const body = await alone.locator('body').innerText()
      assert.match(body, /rBTC/)
      assert.equal(await alone.locator('html').getAttribute('dir'), language === 'ar' ? 'rtl' : 'ltr')
      const pdf = await alone.pdf({ format: 'A4' })
      assert.equal(pdf.subarray(0, 5).toString(), '%PDF-')
      assert.ok(pdf.length > 20_000, `${pdf.length} bytes`)

      // Reload and back keep what was done; a second tab sees it.
      await page.reload()
      await report.getByRole('heading', { name: say.report }).first().waitFor()
      await page.goBack()
      await page.waitForURL(/\/cases$/)
      assert.deepEqual([troubles, strangers], [[], []])
      assert.ok(readFileSync(join(files, 'posts/01-appeal.txt')).length > 0)
      await context.close()
    })
  })
}
