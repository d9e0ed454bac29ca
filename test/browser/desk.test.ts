import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { monthsOf, weeksOf } from '../../web/src/part/calendar-day.ts'
import { format, parse } from '../../web/src/part/citation.ts'
import { effortOf } from './effort.ts'
import { quiet, type Stage, sample, setStage, skipWithoutBrowser, visitor } from './stage.ts'

// The pages of an analyst's day beside the graph: an address, a case, lists, and tables that are very long.

const BITCOIN = 'bcrt1qawjzcjnlhf8ywccz4xf8h2k46mkh95zmzhzykd'

const words = {
  en: {
    ...{
      counterparties: 'Counterparties',
      more: 'Show more',
      activity: 'Activity',
      calendar: 'Transactions by day (UTC)',
    },
    ...{
      tasks: 'Tasks',
      task: 'Task',
      add: 'Add task',
      note: 'Note',
      save: 'Save',
      related: 'Related cases',
      days: /58 days/,
    },
    ...{ cite: /^Cite / },
  },
  ar: {
    ...{
      counterparties: 'الأطراف المقابلة',
      more: 'اعرض المزيد',
      activity: 'النشاط',
      calendar: 'المعاملات بحسب اليوم (UTC)',
    },
    ...{ tasks: 'المهام', task: 'مهمة', add: 'أضف مهمة', note: 'الملاحظة', save: 'احفظ', related: 'قضايا ذات صلة' },
    ...{ days: /58 يومًا/, cite: /^استشهد في الملاحظة/ },
  },
} as const

test('a citation comes back from its Markdown; a link that is none of ours does not', () => {
  const all = [
    { what: 'address', network: 'tron', value: 'TC6MkTLPAXRKpk21kNzFV893nZpKMiWdbd' },
    { what: 'campaign', value: 'نداء (الشتاء) [2]' },
    { what: 'capture', value: 'ab'.repeat(32) },
  ] as const
  for (const cited of all) {
    const link = /\((cite:\S+)\)$/.exec(format(cited))!
    assert.deepEqual(parse(link[1]!), cited)
  }
  for (const href of [
    'https://x',
    'javascript:alert(1)',
    'cite:address/b',
    'cite:address/x"/y',
    'cite:capture/../x',
    'cite:',
  ])
    assert.equal(parse(href), undefined, href)
})

test('a calendar: whole weeks, the busiest day full, what is too old counted; months sum exactly', () => {
  const days = [
    { day: '2023-01-01', transactions: 1 },
    { day: '2024-12-31', transactions: 8 },
    { day: '2025-01-02', transactions: 1 },
  ]
  const { weeks, cut } = weeksOf(days, 2)
  assert.deepEqual([weeks.length, cut, weeks[1]![0]!.day], [2, 1, '2024-12-29'])
  assert.deepEqual(
    weeks[1]!.map(cell => cell.level),
    [0, 0, 4, 0, 1, 0, 0],
  )
  const amount = (units: string) => ({ asset: 'BTC', amount: units, decimals: 8, value: '', usd: null })
  const months = monthsOf(
    [
      { day: '2024-12-30', received: [amount('9007199254740993')] },
      { day: '2024-12-31', received: [amount('1'), { ...amount('5'), contract: 'c' }] },
    ],
    'BTC',
  )
  assert.deepEqual(months, [{ month: '2024-12', units: 9007199254740994n, decimals: 8 }])
})

describe('the desk in Chromium', { skip: skipWithoutBrowser() }, () => {
  let stage: Stage
  before(async () => {
    stage = await setStage(sample)
  })
  after(() => stage?.close())

  for (const language of ['en', 'ar'] as const) {
    const say = words[language]
    describe(language === 'ar' ? 'in Arabic' : 'in English', () => {
      const entered = visitor(() => stage, { language })

      test('an address: counterparties page by page with what is left, a calendar and its table', async () => {
        const { page } = entered()
        await page.goto(`${stage.origin()}/address/any/${BITCOIN}`)
        const card = page.getByRole('region', { name: say.counterparties }).first()
        await card.locator('tbody tr').first().waitFor()
        assert.equal(await card.locator('tbody tr').count(), 10)
        assert.match(await card.innerText(), /75/)
        await card.getByRole('button', { name: say.more }).click()
        await card.locator('tbody tr').nth(19).waitFor()
        const activity = page.getByRole('region', { name: say.activity })
        assert.match(await activity.innerText(), say.days)
        await activity.locator('summary').first().click()
        const table = activity.getByRole('table', { name: say.calendar })
        assert.equal(await table.getAttribute('aria-rowcount'), '59')
      })

      test('a case: a task is added and done, a note cites evidence and its links are inert', async () => {
        const { page } = entered()
        await page.goto(`${stage.origin()}/cases/sample`)
        const work = page.getByRole('region', { name: say.tasks })
        const text = `Ask the exchange ${language}`
        await work.getByLabel(say.task, { exact: true }).fill(text)
        await work.getByRole('button', { name: say.add }).click()
        const item = work.locator('li').filter({ hasText: text })
        await item.waitFor()
        await item.getByRole('checkbox').click()
        await item.locator('.done').waitFor()
        await page.getByRole('button', { name: say.cite }).first().click()
        const note = page.getByLabel(say.note, { exact: true })
        assert.match(await note.inputValue(), /^\[.+\]\(cite:/)
        const cited = await note.inputValue()
        const picture = '![p](https://example.invalid/p.png)'
        await note.fill(`**Seen** ${cited} <b onclick="x">raw</b> [out](https://example.invalid/) ${picture}`)
        await page.getByRole('button', { name: say.save, exact: true }).click()
        const written = page.locator('.timeline .note').last()
        await written.getByText('Seen').waitFor()
        assert.equal(await written.locator('strong').first().innerText(), 'Seen')
        assert.equal(await written.locator('b, img, a[href^=http]').count(), 0)
        assert.equal(await written.locator('a').count(), 1)
        assert.match(await written.innerText(), /<b onclick="x">raw<\/b>[\s\S]*https:\/\/example\.invalid\//)
        await page.getByRole('region', { name: say.related }).waitFor()
      })

      test('evidence is dragged from the timeline into the note', async () => {
        const { page } = entered()
        await page.goto(`${stage.origin()}/cases/sample`)
        const note = page.getByLabel(say.note, { exact: true })
        await page.locator('.timeline [draggable=true]').first().dragTo(note)
        assert.match(await note.inputValue(), /\(cite:/)
      })
    })
  }

  test('Arabic-Indic digits and Hijri days by choice; an address is copied as it is', async () => {
    const { page, context } = await stage.enter({ language: 'ar' })
    await page.goto(`${stage.origin()}/address/any/${BITCOIN}`)
    await page.getByTestId('verdict').waitFor()
    const main = page.locator('main')
    await main.getByText('0.17201057').first().waitFor()
    assert.match(await main.innerText(), /1447/)
    await page.getByRole('button', { name: 'أرقام ١٢٣' }).click()
    await main.getByText('٠٫١٧٢٠١٠٥٧').first().waitFor()
    assert.match(await main.innerText(), /١٤٤٧/)
    assert.ok((await main.innerText()).includes(BITCOIN))
    await page.getByRole('button', { name: 'هجري' }).click()
    assert.ok(!(await main.innerText()).includes('١٤٤٧'))
    await context.close()
  })

  test('a table of 100,000 rows: only what is in sight exists, and it sorts and scrolls', async () => {
    const { page, context, troubles } = await stage.enter()
    const rows = Array.from({ length: 100_000 }, (_, i) => ({
      ...{ input: `N${i}`, address: `N${String(i).padStart(6, '0')}`, network: 'bitcoin', caip10: null, reason: null },
      ...{ status: i % 1000 === 0 ? 'listed' : 'no-finding', exposureStatus: 'no-finding', designations: [] },
      ...{ labels: [], exposure: [], risk: { score: null, rules: [] }, notes: [], coverage: null, listing: {} },
    }))
    await page.route('**/api/v1/screen', route => route.fulfill({ json: { results: rows } }))
    await page.goto(`${stage.origin()}/screen`)
    await page.locator('main textarea').fill('x')
    await page.locator('main button[type=submit]').click()
    const table = page.locator('.long')
    await table.locator('.long-body [role=row]').first().waitFor()
    assert.equal(await table.getAttribute('aria-rowcount'), '100001')
    const drawn = () => table.locator('.long-body [role=row]').count()
    assert.ok((await drawn()) < 60)
    const { longest } = await effortOf(stage, page, () => page.evaluate<void>(SCROLL))
    const said = `longest task of 60 frames while scrolling ${longest.toFixed(0)} ms`
    process.stdout.write(`# 100,000 rows, of processor time: ${said}\n`)
    assert.ok(longest < 100, said)
    assert.ok((await drawn()) < 60)
    await table.getByText('N099999').waitFor()
    assert.deepEqual(troubles, [])
    await context.close()
  })

  test('lists tell their versions and age; two days are compared', async () => {
    const { page, context } = await stage.enter()
    await page.goto(`${stage.origin()}/lists`)
    await page.getByText('sample-designations').waitFor()
    await page.getByLabel('Authority').selectOption('SAMPLE')
    await page.getByLabel('From day').fill('2025-01-01')
    await page.getByLabel('To day').fill('2025-12-31')
    await page.getByRole('button', { name: 'Compare' }).click()
    await page.getByRole('status').filter({ hasText: 'Added: 3' }).waitFor()
    await context.close()
  })

  test('the first script is small, routes are split, and the first view comes within a second', async () => {
    const { page, context } = await stage.enter()
    const scripts = new Map<string, number>()
    page.on('response', async response => {
      if (/\.js$/.test(response.url())) scripts.set(response.url(), (await response.body()).length)
    })
    const { whole } = await effortOf(stage, page, async () => {
      await page.goto(stage.origin(), { waitUntil: 'commit' })
      await page.locator('main h1').first().waitFor()
    })
    await quiet(page)
    const { gzipSync } = await import('node:zlib')
    let bytes = 0
    for (const url of scripts.keys()) {
      const file = new URL(url).pathname
      bytes += gzipSync(readFileSync(new URL(`../../web/dist${file}`, import.meta.url))).length
    }
    const size = `${Math.round(bytes / 1024)} kB gzip in ${scripts.size} files`
    process.stdout.write(`# first view: ${whole.toFixed(0)} ms of processor time, scripts ${size}\n`)
    assert.ok(bytes > 0 && bytes <= 350 * 1024, `${bytes} bytes`)
    assert.ok(![...scripts.keys()].some(url => /\/graph-/.test(url)), 'the graph is loaded before it is asked for')
    assert.ok(whole < 1000, `${whole} ms`)
    await context.close()
  })
})

/** Scrolls ten rows a frame for 60 frames, then to the end. */
const SCROLL = `new Promise(resolve => {
  const frame = document.querySelector('.long')
  let i = 0
  const step = () => {
    frame.scrollTop = ++i < 60 ? 440 * i : frame.scrollHeight
    if (i < 60) requestAnimationFrame(step)
    else requestAnimationFrame(() => resolve())
  }
  requestAnimationFrame(step)
})`
