import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { athar, faint, type Stage, sample, setStage, skipWithoutBrowser, violations } from './stage.ts'

// Alerts on a donation address of the sample: raised on the page, closed with a reason, and looked at by a
// second person.

const TRON = 'TC6MkTLPAXRKpk21kNzFV893nZpKMiWdbd'

const words = {
  en: {
    ...{ open: 'Open alerts', earlier: 'Earlier alerts', watches: 'Watches', rules: 'Rules', look: 'Look now' },
    ...{ target: 'What is watched', name: 'Name', reference: 'Reference', hours: /^Hours/, add: 'Watch it' },
    ...{
      raised: /Raised now: [1-9]/,
      reason: /^Reason/,
      verdict: 'What it turned out to be',
      close: 'Close the alert',
    },
    ...{
      agree: 'Agree',
      agrees: /agrees/,
      why: 'Why a watch ends',
      end: /^End the watch/,
      test: 'Test the rule burst',
    },
    ...{ fires: /fires on \d+ of \d+ controls/, untested: 'not tested on this ledger', refused: /did not work/ },
  },
  ar: {
    ...{ open: 'التنبيهات المفتوحة', earlier: 'تنبيهات سابقة', watches: 'المراقَبات', rules: 'القواعد' },
    ...{ look: 'انظر الآن', target: 'المراقَب', name: 'الاسم', reference: 'المرجع', hours: /^ساعات/, add: 'راقبه' },
    ...{ raised: /أُطلق الآن: [1-9]/, reason: /^السبب/, verdict: 'ما تبيّن منه', close: 'أغلق التنبيه' },
    ...{ agree: 'أوافق', agrees: /يوافق/, why: 'سبب إنهاء مراقبة', end: /^أنهِ مراقبة/, test: 'اختبر القاعدة burst' },
    ...{ fires: /من عناوين المقارنة/, untested: 'لم تُختبر على هذا السجل', refused: /لم ينجح هذا/ },
  },
} as const

for (const language of ['en', 'ar'] as const) {
  const say = words[language]
  describe(`alerts, ${language}`, { skip: skipWithoutBrowser() }, () => {
    let stage: Stage
    before(async () => {
      stage = await setStage(sample)
    })
    after(() => stage?.close())

    test('a watch raises alerts, one is closed with its reason, and a second person agrees', async () => {
      const { page, context, troubles, strangers } = await stage.enter({ language })
      await page.goto(`${stage.origin()}/alerts`)
      const region = (name: string) => page.getByRole('region', { name, exact: true })
      const [open, earlier, watches] = [region(say.open), region(say.earlier), region(say.watches)]
      await watches.getByLabel(say.target, { exact: true }).fill(TRON)
      await watches.getByLabel(say.name, { exact: true }).fill('appeal')
      await watches.getByLabel(say.reference, { exact: true }).fill('C-117')
      await watches.getByLabel(say.hours).fill('24')
      await watches.getByRole('button', { name: say.add }).click()
      await watches.getByRole('cell', { name: 'appeal', exact: true }).waitFor()
      await page.getByRole('button', { name: say.look }).click()
      await page.getByRole('status').filter({ hasText: say.raised }).waitFor()
      const alert = open.locator('.alert').first()
      await alert.waitFor()
      const text = await alert.innerText()
      for (const part of ['C-117', 'USDT', 'UTC', '@1']) assert.ok(text.includes(part), `${part} in ${text}`)
      assert.doesNotMatch(text, /U\+/)
      const id = await alert.getAttribute('data-alert')

      await alert.locator('summary').click()
      await alert.getByLabel(say.reason).fill('own wallet of the customer')
      await alert.getByLabel(say.verdict).selectOption('false')
      await alert.getByRole('button', { name: say.close }).click()
      const closed = earlier.locator(`[data-alert="${id}"]`)
      await closed.getByText('own wallet of the customer').waitFor()

      // The same person cannot be the second one; somebody else can, and the page tells it without being loaded again.
      await closed.locator('summary').click()
      await closed.getByLabel(say.reason).fill('seen')
      await closed.getByRole('button', { name: say.agree, exact: true }).click()
      await closed.getByRole('alert').filter({ hasText: say.refused }).waitFor()
      const before = process.env['ATHAR_USER']
      process.env['ATHAR_USER'] = 'second'
      await athar('alert', 'review', id!, '--verdict', 'agree', '--reason', 'file seen', '--data', stage.data)
      if (before === undefined) delete process.env['ATHAR_USER']
      else process.env['ATHAR_USER'] = before
      await closed.getByText(say.agrees).waitFor()

      const rule = region(say.rules).locator('[data-rule=burst]')
      await rule.getByText(say.untested).waitFor()
      await rule.getByRole('button', { name: say.test, exact: true }).click()
      await rule.getByText(say.fires).waitFor()

      for (const scheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: scheme })
        assert.deepEqual(await (scheme === 'light' ? violations(page) : faint(page)), [], scheme)
      }
      await page.setViewportSize({ width: 820, height: 900 })
      assert.ok((await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')) <= 0, 'too wide')
      await watches.getByLabel(say.why).fill('case closed')
      await watches.getByRole('button', { name: say.end }).click()
      await watches.locator('.long').waitFor({ state: 'detached' })
      const refusals = troubles.filter(one => !/403/.test(one))
      assert.deepEqual([refusals, strangers], [[], []])
      await context.close()
    })
  })
}
