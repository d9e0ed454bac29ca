import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { ADDRESSES } from '../tron-node.ts'
import { athar, faint, type Stage, sample, setStage, skipWithoutBrowser, violations } from './stage.ts'

// The desk of whoever is on duty: alerts come by themselves, are walked through and closed by keys, taken back, and
// looked at by a second person; rules are tested before they are put in force.

const TRON = 'TC6MkTLPAXRKpk21kNzFV893nZpKMiWdbd'
const CAMPAIGN = 'تنظيم المثال'
const [own, payer] = ADDRESSES as [string, string]
const USDT = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'

const words = {
  en: {
    ...{ list: 'Alerts, one by one', watches: 'Watches', rules: 'Rules', look: 'Look now', live: /^live/ },
    ...{ target: 'What is watched', name: 'Name', reference: 'Reference', hours: /^Hours/, add: 'Watch it' },
    ...{ raised: /Raised now: [1-9]/, reason: /^Reason/, close: 'Close the alert', undo: 'Undo', state: 'State' },
    ...{ reopened: /is open again/, agree: 'Agree', agrees: /agrees/, why: 'Why a watch ends', end: /^End the watch/ },
    ...{ test: 'Test the rule a burst of payments', force: 'In force: a burst of payments', refused: /did not work/ },
    ...{ fires: /fires on \d+ of \d+ controls \(95 %: .?\d/, untested: 'not tested on this ledger' },
    ...{ mustTest: /Test it first/, left: /left$/, came: '1 new alert has come', none: 'No alert fits these filters.' },
    ...{ still: 'What can still be stopped', issuer: 'issuer: can freeze', usual: 'Usually moves on after' },
    ...{ followed: 'Networks that are followed', files: 'from files' },
    ...{ least: 'At least, in US dollars', receivers: 'Who is told', file: 'file' },
  },
  ar: {
    ...{ list: 'التنبيهات واحدًا واحدًا', watches: 'المراقَبات', rules: 'القواعد', look: 'انظر الآن', live: /^مباشر/ },
    ...{ target: 'المراقَب', name: 'الاسم', reference: 'المرجع', hours: /^ساعات/, add: 'راقبه' },
    ...{ raised: /أُطلق الآن: [1-9]/, reason: /^السبب/, close: 'أغلق التنبيه', undo: 'تراجع', state: 'الحال' },
    ...{ reopened: /مفتوحًا/, agree: 'أوافق', agrees: /يوافق/, why: 'سبب إنهاء مراقبة', end: /^أنهِ مراقبة/ },
    ...{ test: 'اختبر القاعدة طفرة دفعات', force: 'سارية: طفرة دفعات', refused: /لم ينجح هذا/ },
    ...{ fires: /من عناوين المقارنة \(95 %: .?\d/, untested: 'لم تُختبر على هذا السجل' },
    ...{ mustTest: /اختبرها أولًا/, left: /^بقي/, came: 'وصل تنبيه جديد', none: 'لا تنبيه يوافق هذا الاختيار.' },
    ...{ still: 'ما لا يزال ممكنًا إيقافه', issuer: 'مُصدِر: بوسعه التجميد', usual: 'يمضي عادةً بعد' },
    ...{ followed: 'الشبكات المتابَعة', files: 'من ملفات' },
    ...{ least: 'على الأقل بالدولار', receivers: 'من يُبلَّغ', file: 'ملف' },
  },
} as const

/** A second person on the same data. */
async function second(...said: string[]): Promise<void> {
  const before = process.env['ATHAR_USER']
  process.env['ATHAR_USER'] = 'second'
  await athar(...said)
  if (before === undefined) delete process.env['ATHAR_USER']
  else process.env['ATHAR_USER'] = before
}

/** One payment more than the ledger had, as a file of transfers. */
function payment(stage: Stage, serial: number, amount: string): string {
  const path = join(stage.data, `transfer-${serial}.csv`)
  const head = 'network,asset,contract,txid,txIndex,logIndex,kind,status,height,time,from,to,amount'
  const txid = serial.toString(16).padStart(64, 'e')
  const place = `0,0,transfer,ok,${76_400_000 + serial},2025-10-01T00:00:0${serial}Z`
  writeFileSync(path, `${head}\ntron,USDT,${USDT},${txid},${place},${payer},${own},${amount}\n`)
  return path
}

const focused = (page: Page) =>
  page.evaluate<string | undefined>('document.activeElement?.closest("[data-alert]")?.dataset.alert')

for (const language of ['en', 'ar'] as const) {
  const say = words[language]
  describe(`alerts, ${language}`, { skip: skipWithoutBrowser() }, () => {
    let stage: Stage
    const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
    before(async () => {
      stage = await setStage(sample)
    })
    after(() => stage?.close())

    test('a watch raises alerts; by keys one is closed with its reason, taken back, closed again', async () => {
      const { page, context, troubles, strangers } = await stage.enter({ language })
      await page.goto(`${stage.origin()}/alerts`)
      const [list, watches] = [region(page, say.list), region(page, say.watches)]
      await watches.getByLabel(say.target, { exact: true }).fill(TRON)
      await watches.getByLabel(say.name, { exact: true }).fill('appeal')
      await watches.getByLabel(say.reference, { exact: true }).fill('C-117')
      await watches.getByLabel(say.hours).fill('24')
      await watches.getByRole('button', { name: say.add }).click()
      await watches.getByRole('cell', { name: 'appeal', exact: true }).waitFor()
      await page.getByRole('button', { name: say.look }).click()
      await page.getByRole('status').filter({ hasText: say.raised }).waitFor()
      const rows = list.locator('.alert-row')
      await rows.first().waitFor()
      assert.match(await page.title(), /^\(\d+\) /)
      await rows.first().getByRole('timer').filter({ hasText: say.left }).waitFor()

      await rows.first().focus()
      const first = await focused(page)
      await page.keyboard.press('j')
      const id = await focused(page)
      assert.notEqual(id, first)
      await page.keyboard.press('k')
      assert.equal(await focused(page), first)
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      const alert = list.locator(`[data-alert="${id}"]`)
      await alert.getByLabel(say.reason).waitFor()
      const text = await alert.innerText()
      for (const part of ['C-117', 'USDT', 'UTC', '@1']) assert.ok(text.includes(part), `${part} in ${text}`)
      assert.doesNotMatch(text, /U\+/)
      await page.keyboard.press('f')
      await page.keyboard.type('own wallet of the customer')
      assert.equal(await alert.getByRole('radio', { checked: true }).getAttribute('value'), 'false')
      await page.keyboard.press('Enter')
      await alert.waitFor({ state: 'detached' })
      assert.notEqual(await focused(page), undefined, 'whoever closes one goes on with the next')

      await page.getByRole('button', { name: say.undo }).click()
      await page.getByRole('status').filter({ hasText: say.reopened }).waitFor()
      await alert.waitFor()
      await alert.locator('.alert-row').focus()
      await page.keyboard.press('t')
      await page.keyboard.type('seen on the exchange')
      await page.keyboard.press('Enter')
      await alert.waitFor({ state: 'detached' })

      // The same person cannot be the second one; somebody else can, and the page tells it without being loaded again.
      await page.getByLabel(say.state).selectOption('closed')
      assert.match(page.url(), /state=closed/)
      await alert.locator('.alert-row').click()
      await alert.locator('summary').click()
      await alert.getByLabel(say.reason).fill('seen')
      await alert.getByRole('button', { name: say.agree, exact: true }).click()
      await alert.getByRole('alert').filter({ hasText: say.refused }).waitFor()
      await second('alert', 'review', id!, '--verdict', 'agree', '--reason', 'file seen', '--data', stage.data)
      await alert.getByText(say.agrees).waitFor()
      for (const part of ['own wallet of the customer', 'seen on the exchange', 'file seen']) {
        await alert.getByText(part).first().waitFor()
      }
      assert.deepEqual([troubles.filter(one => !/403/.test(one)), strangers], [[], []])
      await context.close()
    })

    test('alerts come by themselves while nobody touches the page, and filters choose', async () => {
      const { page, context, troubles } = await stage.enter({ language })
      await athar('watch', 'add', own, '--network', 'tron', '--name', 'night', '--deadline', '1', '--data', stage.data)
      await page.goto(`${stage.origin()}/alerts?watch=night`)
      await page.getByText(say.none).waitFor()
      await page.locator('[data-live=true]').filter({ hasText: say.live }).waitFor()
      const title = await page.title()
      await athar('ledger', 'import', payment(stage, 1, '250'), '--data', stage.data)
      await athar('watch', 'run', '--data', stage.data)
      const row = region(page, say.list).locator('.alert')
      await row.filter({ hasText: '250.000000 USDT' }).waitFor()
      assert.equal(await row.count(), 1)
      await page.getByTestId('came').filter({ hasText: say.came }).waitFor()
      await row.locator('.chip.new').waitFor()
      assert.notEqual(await page.title(), title, 'the title counts it')

      await page.getByLabel(say.least).fill('300')
      await page.getByText(say.none).waitFor()
      await page.getByLabel(say.least).fill('200')
      await row.waitFor()
      await page.goto(`${stage.origin()}/alerts?order=deadline`)
      await page.getByText('250.000000 USDT').first().waitFor()
      assert.match(await row.first().innerText(), /night/, 'what must be looked at soonest is first')
      assert.deepEqual(troubles, [])
      await context.close()
    })

    test('a rule whose thresholds nobody states is not put in force before its test', async () => {
      const { page, context, troubles } = await stage.enter({ language })
      await page.goto(`${stage.origin()}/alerts`)
      const rule = region(page, say.rules).locator('[data-rule=burst]')
      await rule.getByText(say.untested).waitFor()
      const force = rule.getByRole('switch', { name: say.force })
      await force.click()
      await rule.getByRole('alert').filter({ hasText: say.mustTest }).waitFor()
      assert.equal(await force.getAttribute('aria-checked'), 'false')
      await rule.getByRole('button', { name: say.test, exact: true }).click()
      await rule.getByText(say.fires).waitFor()
      await force.click()
      await rule.locator('[role=switch][aria-checked=true]').waitFor()
      await force.click()
      await rule.locator('[role=switch][aria-checked=false]').waitFor()
      assert.deepEqual(
        troubles.filter(one => !/409/.test(one)),
        [],
      )
      await context.close()
    })

    test('what can still be stopped and what is followed stand beside, on any width and for axe', async () => {
      const { page, context, troubles } = await stage.enter({ language })
      await athar('watch', 'add', CAMPAIGN, '--kind', 'campaign', '--data', stage.data)
      await athar('watch', 'run', '--data', stage.data)
      await page.goto(`${stage.origin()}/alerts?state=all`)
      const still = region(page, say.still)
      await still.getByText(say.issuer).waitFor()
      await still.getByText(say.usual).waitFor()
      await athar('receiver', 'add', 'log', '--kind', 'file', '--target', 'alerts.jsonl', '--data', stage.data)
      await page.reload()
      await region(page, say.receivers).getByText('log').waitFor()
      await region(page, say.receivers).getByText(say.file, { exact: true }).waitFor()
      await region(page, say.followed).locator('[data-network=tron]').filter({ hasText: say.files }).waitFor()
      await page.locator('.alert-row').first().click()
      for (const scheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: scheme })
        assert.deepEqual(await (scheme === 'light' ? violations(page) : faint(page)), [], scheme)
      }
      for (const width of [820, 390]) {
        await page.setViewportSize({ width, height: 900 })
        const over = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
        assert.ok(over <= 0, `${over} too wide at ${width}`)
      }
      await page.setViewportSize({ width: 1280, height: 900 })
      const watches = region(page, say.watches)
      await watches.getByLabel(say.why).fill('case closed')
      const ends = watches.getByRole('button', { name: say.end })
      for (let left = await ends.count(); left > 0; left--) {
        await ends.first().click()
        await ends.nth(left - 1).waitFor({ state: 'detached' })
      }
      assert.deepEqual(troubles, [])
      await context.close()
    })
  })
}
