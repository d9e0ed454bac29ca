import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import type { Response } from 'playwright-core'
import { faint, quiet, type Stage, sample, setStage, skipWithoutBrowser, violations, visitor } from './stage.ts'

// The sample investigation in real Chromium, in both languages. Figures are those that the sample world planted.

const TRON = 'TC6MkTLPAXRKpk21kNzFV893nZpKMiWdbd'
const BITCOIN = 'bcrt1qawjzcjnlhf8ywccz4xf8h2k46mkh95zmzhzykd'
const KIN = 'bcrt1qsq3dz4n7zt3x0x8l9je2av28tmdrs5sflkmf36'

const campaign = `/campaigns/${encodeURIComponent('تنظيم المثال')}`

const words = {
  en: {
    listed: 'Listed',
    designations: 'Designations',
    exposure: 'Exposure',
    cluster: 'Cluster',
    checked: 'What was checked',
    transfers: 'Transfers',
    linked: /Linked by \d+ transactions?/,
    mixer: 'mixer',
    report: 'Receipts',
    search: 'Search addresses',
    cases: 'Cases',
    flow: 'Flow of funds',
    reached: 'Where it lies now',
    agree: 'Where the methods agree',
    lifo: 'LIFO',
    filter: 'Show only',
    other: 'العربية',
  },
  ar: {
    listed: 'مدرج',
    designations: 'الإدراجات',
    exposure: 'الانكشاف',
    cluster: 'مجموعة العناوين',
    checked: 'ما فُحص',
    transfers: 'التحويلات',
    linked: /تربطهما/,
    mixer: 'خلّاط',
    report: 'المتحصلات',
    search: 'ابحث في العناوين',
    cases: 'القضايا',
    flow: 'مسار الأموال',
    reached: 'أين استقر الآن',
    agree: 'حيث تتفق المناهج',
    lifo: 'الأخير أولًا',
    filter: 'اعرض فقط',
    other: 'English',
  },
} as const

/** Bytes of scripts and styles, as they come over the wire. */
const FIRST_PAGE_MAX = 240_000

describe('the workbench in Chromium', { skip: skipWithoutBrowser() }, () => {
  let stage: Stage
  before(async () => {
    stage = await setStage(sample)
  })
  after(() => stage?.close())

  test('a link opens a session once; its second use is refused', async () => {
    const { context } = await stage.enter()
    const stranger = await stage.browser.newContext()
    const page = await stranger.newPage()
    const answer = await page.goto(stage.link())
    assert.equal(answer?.status(), 401)
    assert.match(await page.locator('body').innerText(), /each works once/)
    await Promise.all([context.close(), stranger.close()])
  })

  test('the first page is small: scripts and styles come compressed', async () => {
    const { context, page } = await stage.enter()
    const answers: Response[] = []
    page.on('response', response => answers.push(response))
    await page.goto(stage.origin())
    await page.locator('main h1').first().waitFor()
    await quiet(page)
    const built = answers.filter(one => /\.(js|css)$/.test(one.url()))
    assert.ok(built.length > 5)
    const sizes = await Promise.all(
      built.map(async one => {
        assert.equal(await one.headerValue('content-encoding'), 'br', one.url())
        return Number(await one.headerValue('content-length'))
      }),
    )
    const sum = sizes.reduce((all, one) => all + one, 0)
    process.stdout.write(`# first page: ${sum} bytes of scripts and styles\n`)
    assert.ok(sum < FIRST_PAGE_MAX, `${sum} bytes`)
    await context.close()
  })

  for (const language of ['en', 'ar'] as const) {
    const say = words[language]
    describe(`in ${language === 'ar' ? 'Arabic' : 'English'}`, () => {
      const entered = visitor(() => stage, { language })

      test('the page says its language and direction', async () => {
        const html = entered().page.locator('html')
        assert.equal(await html.getAttribute('lang'), language)
        assert.equal(await html.getAttribute('dir'), language === 'ar' ? 'rtl' : 'ltr')
      })

      test('an address is searched by keyboard, and all that is known of it is told', async () => {
        const { page } = entered()
        await page.locator('body').press('/')
        await page.keyboard.type(BITCOIN)
        await page.keyboard.press('Enter')
        await page.waitForURL(/\/address\//)
        const verdict = page.getByTestId('verdict')
        await verdict.waitFor()
        assert.match(await verdict.innerText(), new RegExp(say.listed))
        assert.match(await verdict.innerText(), /5,356/)
        await page.getByRole('heading', { name: say.designations }).waitFor()
        const body = await page.locator('main').innerText()
        assert.match(body, /SAMPLE/)
        assert.match(body, /0\.17201057 rBTC/)
        assert.match(await page.getByRole('region', { name: say.exposure }).innerText(), new RegExp(say.mixer))
        assert.equal(await page.getByRole('region', { name: say.transfers }).locator('tbody tr').count(), 25)
        assert.match(await page.title(), new RegExp(BITCOIN))
      })

      test('the cluster says why two addresses are linked', async () => {
        const { page } = entered()
        const cluster = page.getByRole('region', { name: say.cluster })
        assert.match(await cluster.locator('h2').innerText(), /3/)
        await cluster
          .locator('li')
          .filter({ has: page.getByTitle(KIN) })
          .getByRole('button')
          .click()
        await cluster.getByText(say.linked).first().waitFor()
      })

      test('what was checked stands beside it', async () => {
        const coverage = entered().page.getByRole('region', { name: say.checked })
        assert.match(await coverage.innerText(), /667[\s\S]*SAMPLE 2025-09-01/)
      })

      test('no raw English id stands in the Arabic page', { skip: language === 'en' }, async () => {
        const text = await entered().page.locator('main').innerText()
        for (const id of ['bitcoin-regtest', 'multi-input', 'no-finding', 'direct ', 'ownership', 'sanctioned'])
          assert.ok(!text.includes(id), id)
      })

      test('the report is read in its frame', async () => {
        const { page } = entered()
        await page.getByRole('link', { name: say.cases }).click()
        await page
          .getByRole('link', { name: /SYNTHETIC/ })
          .first()
          .click()
        const report = page.frameLocator('iframe')
        await report.getByRole('heading', { name: say.report }).first().waitFor()
        assert.match(await report.locator('body').innerText(), /55,629\.88/)
      })

      test('the language stays when the page is loaded again', async () => {
        const { page } = entered()
        await page.getByRole('button', { name: say.other, exact: true }).click()
        await page.reload()
        await page.locator('main h1').first().waitFor()
        assert.equal(await page.locator('html').getAttribute('lang'), language === 'ar' ? 'en' : 'ar')
        await page.getByRole('button', { name: words[language === 'ar' ? 'en' : 'ar'].other, exact: true }).click()
        assert.equal(await page.locator('html').getAttribute('lang'), language)
      })

      test('words in any letter form find the capture, by arrows and Enter; its mentions are marked', async () => {
        const { page } = entered()
        await page.goto(stage.origin())
        await page.locator('body').press('/')
        await page.keyboard.type('إعلان من تنظيم المثال'.replace('إ', 'ا'))
        const options = page.getByRole('option')
        await options.first().waitFor()
        await page.keyboard.press('ArrowDown')
        assert.equal(await options.first().getAttribute('aria-selected'), 'true')
        await page.keyboard.press('Enter')
        await page.waitForURL(/\/captures\/c573ce60/)
        const mark = page.locator('mark.address')
        await mark.first().waitFor()
        assert.equal(await mark.first().innerText(), KIN)
        assert.match(await page.locator('main').innerText(), /sealed|خُتمت/)
      })

      test('receipts stand in classes with bounds, and their chart as a table', async () => {
        const { page } = entered()
        await page.goto(stage.origin() + campaign)
        const receipts = page.getByRole('region', { name: say.report, exact: true })
        await receipts.waitFor()
        const text = await receipts.innerText()
        for (const figure of ['0.34243016 rBTC', '17,283.000000 USDT', '63.62273312 rBTC', '900.000000 TRX', '336'])
          assert.ok(text.includes(figure), figure)
        await receipts.locator('summary').click()
        assert.equal(await receipts.locator('details tbody tr').count(), 7)
      })

      test('a trace tells where the value lies by each method, and how far they agree', async () => {
        const { page } = entered()
        await page.goto(`${stage.origin()}/trace?origin=${BITCOIN}`)
        await page.getByRole('img', { name: say.flow }).waitFor()
        const reached = page.getByRole('region', { name: say.reached })
        assert.match(await reached.innerText(), /0\.07403211 rBTC/)
        const before = await reached.locator('tbody tr').count()
        await page.getByRole('button', { name: say.lifo, exact: true }).click()
        assert.notEqual(await reached.locator('tbody tr').count(), before)
        assert.match(await page.getByRole('region', { name: say.agree }).innerText(), /0\.11212561 rBTC/)
      })

      test('many addresses are screened into a table that filters and can be taken along', async () => {
        const { page } = entered()
        await page.goto(`${stage.origin()}/screen`)
        await page.locator('main textarea').fill(`${BITCOIN}\n${TRON} not-an-address`)
        await page.locator('main button[type=submit]').click()
        const rows = page.locator('main .long-body [role=row]')
        await rows.first().waitFor()
        assert.equal(await rows.count(), 3)
        await page.getByRole('combobox', { name: say.filter }).selectOption('listed')
        assert.equal(await rows.count(), 2)
        const [file] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('button', { name: 'CSV' }).click(),
        ])
        assert.equal(file.suggestedFilename(), 'screening.csv')
        assert.match(readFileSync(await file.path(), 'utf8'), new RegExp(`${BITCOIN},bitcoin-regtest,listed,SAMPLE`))
      })

      test('back and forward lead where they led', async () => {
        const { page } = entered()
        await page.goto(`${stage.origin()}/address/tron/${TRON}`)
        await page.getByTestId('verdict').waitFor()
        await page.getByRole('link', { name: say.cases }).click()
        await page.waitForURL(/\/cases$/)
        await page.goBack()
        await page.getByTestId('verdict').waitFor()
        assert.match(page.url(), new RegExp(TRON))
      })
    })
  }

  const views = [
    ...['/', `/address/any/${BITCOIN}`, '/cases', '/cases/sample', '/captures', '/captures/c573ce60', '/campaigns'],
    ...['/lists', '/entities', `/graph?at=${TRON}`],
    ...[campaign, `/trace?origin=${TRON}`, '/search?q=exchange', '/screen', '/nowhere'],
  ]
  for (const language of ['en', 'ar'] as const) {
    test(`axe finds nothing in either light, and nothing is wider than 820 px: ${language}`, async () => {
      const { page, context, troubles } = await stage.enter({ language, width: 820 })
      for (const view of views) {
        await page.goto(stage.origin() + view)
        await page.locator('main h1').first().waitFor()
        await quiet(page)
        await page.emulateMedia({ colorScheme: 'light' })
        assert.deepEqual(await violations(page), [], `axe on ${view}`)
        await page.emulateMedia({ colorScheme: 'dark' })
        assert.deepEqual(await faint(page), [], `axe on ${view}, dark`)
        const over = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
        assert.ok(over <= 0, `${view} is ${over} px too wide`)
      }
      assert.deepEqual(troubles, [])
      await context.close()
    })
  }
})
