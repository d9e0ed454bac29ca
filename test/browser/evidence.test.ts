import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import type { CaseAnswer } from '../../web/src/part/case-answer.ts'
import { toCsv } from '../../web/src/part/case-take-along.ts'
import { athar, quiet, type Stage, sample, setStage, skipWithoutBrowser, violations, visitor } from './stage.ts'

// What is said of an entity, against a label, and of a cluster; files of addresses; who leads a case; what leaves it.

const BITCOIN = 'bcrt1qawjzcjnlhf8ywccz4xf8h2k46mkh95zmzhzykd'
const TRON = 'TC6MkTLPAXRKpk21kNzFV893nZpKMiWdbd'
const EXCHANGE = 'bcrt1q30drtwmc7kf7e2l00xu03txj9xtrudfctnrnpd'

const words = {
  en: {
    ...{ said: 'What is said of it', relations: 'Relations', wing: 'is a wing of', reported: 'reported' },
    ...{ disputed: /Disputed by.*A\. Person.*counsel/, tied: 'pays the deposit address', why: /It pays a deposit/ },
    ...{ alarm: 'batch payout', business: /may be a business/, working: /Working/, stop: 'Cancel', listed: 'Listed' },
    ...{ stopped: /was stopped/, lead: 'Who leads the case', set: 'Set', along: 'Take the case along', batch: '20' },
    words: 'Words in transactions',
  },
  ar: {
    ...{ said: 'ما يقال عنها', relations: 'الصلات', wing: 'جناح من', reported: 'منقول', listed: 'مدرج' },
    ...{ disputed: /يعترض عليه.*A\. Person.*counsel/, tied: 'يدفع إلى عنوان إيداع', why: /وتعرف الخدمة صاحب الحساب/ },
    ...{ alarm: 'دفعات مجمّعة', business: /عملًا تجاريًا/, working: /جارٍ العمل/, stop: 'أوقف', batch: '20' },
    ...{ stopped: /أُوقف العمل/, lead: 'المسؤول عن القضية', set: 'عيّن', along: 'تصدير القضية' },
    words: 'كلمات في المعاملات',
  },
} as const

test('a case as a table: in order of time, formulas quoted, and what is left out with its reason', () => {
  const by = { user: 'u', at: '2025-01-02T00:00:00Z' }
  const answer: CaseAnswer = {
    ...{ name: 'c', title: '=1+1', status: 'open', openedAt: '2025-01-01T00:00:00Z', openedBy: 'u', outcome: null },
    evidence: [{ what: 'address', value: BITCOIN, network: 'bitcoin', ...by }],
    ...{ runs: [], statuses: [], tasks: [], reports: [], assignee: null, record: { events: 3, digest: 'd' } },
    notes: [{ text: 'first, "said"', user: 'u', at: '2025-01-01T12:00:00Z' }],
  }
  const rows = toCsv(answer).split('\r\n')
  assert.deepEqual(rows.slice(1, 4), [
    "2025-01-01T00:00:00Z,opened,c,,'=1+1,u",
    '2025-01-01T12:00:00Z,note,,,"first, ""said""",u',
    `2025-01-02T00:00:00Z,evidence: address,${BITCOIN},bitcoin,,u`,
  ])
  assert.match(rows[4]!, /^,left out,captures,,.*SHA-256/)
  assert.equal(rows.filter(row => row.startsWith(',left out,')).length, 5)
})

describe('evidence in Chromium', { skip: skipWithoutBrowser() }, () => {
  let stage: Stage
  before(async () => {
    stage = await setStage(async folder => {
      const data = await sample(folder)
      const run = (...given: string[]) => athar(...given, '--data', data)
      await run('entity', 'add', 'example-wing', '--kind', 'wing', '--name', 'جناح المثال', '--source', 'Gazette')
      await run('entity', 'add', 'example-body', '--kind', 'organisation', '--name', 'Example Body', '--source', 'X')
      await run(
        ...['entity', 'link', 'example-wing', 'wing-of', 'example-body', '--source', 'X', '--grade', 'reported'],
      )
      const dispute = ['--by', 'A. Person', '--capacity', 'counsel', '--words', 'The account is not ours. <b>no</b>']
      await run('dispute', 'add', `listing:SAMPLE:${BITCOIN}`, ...dispute)
      const known = JSON.parse(await run('address', 'show', EXCHANGE, '--json')) as { labels: { id: string }[] }
      await run('dispute', 'add', known.labels[0]!.id, ...dispute)
      return data
    })
  })
  after(() => stage?.close())

  for (const language of ['en', 'ar'] as const) {
    const say = words[language]
    describe(language === 'ar' ? 'in Arabic' : 'in English', () => {
      const entered = visitor(() => stage, { language })

      test('an entity: what is said of it and by whom, and its relation leads to the other', async () => {
        const { page } = entered()
        await page.goto(`${stage.origin()}/entities/example-wing`)
        await page.getByRole('heading', { name: 'جناح المثال' }).waitFor()
        assert.match(await page.getByRole('region', { name: say.said }).innerText(), /Gazette/)
        const relations = page.getByRole('region', { name: say.relations })
        assert.ok((await relations.innerText()).includes(say.wing))
        assert.ok((await relations.innerText()).includes(say.reported))
        assert.deepEqual(await violations(page), [])
        await relations.getByRole('link', { name: 'Example Body' }).click()
        await page.getByRole('heading', { name: 'Example Body' }).waitFor()
      })

      test('a dispute stands beside the listing, and beside the label, word for word and inert', async () => {
        const { page } = entered()
        for (const address of [BITCOIN, EXCHANGE]) {
          await page.goto(`${stage.origin()}/address/any/${address}`)
          const told = page.getByText(say.disputed).first()
          await told.waitFor()
          assert.match(await told.innerText(), /The account is not ours\. <b>no<\/b>/)
          assert.equal(await told.locator('b').count(), 0)
        }
        assert.deepEqual(await violations(page), [])
      })

      test('ties and alarms of a cluster say why, in the language of the page', async () => {
        const { page } = entered()
        const alarm = { kind: 'batch-payout', txid: 'a'.repeat(64), threshold: 20, counts: [31] }
        const because = 'It pays 31 addresses at once (batch: 20). So the cluster may be a business.'
        await page.route('**/api/v1/cluster/show', async route => {
          const response = await route.fetch()
          const answer = (await response.json()) as object
          await route.fulfill({ response, json: { ...answer, alarms: [{ ...alarm, because }] } })
        })
        await page.goto(`${stage.origin()}/address/tron/${TRON}`)
        for (const text of [say.tied, say.why, say.alarm, say.business]) await page.getByText(text).first().waitFor()
        await page.unroute('**/api/v1/cluster/show')
      })

      test('words in transactions are told inert, with who signed', async () => {
        const { page } = entered()
        const text = 'for \u202ethe <b>cause</b>'
        const place = { txid: 'c'.repeat(64), place: -1, height: 9, time: '2026-01-01T00:00:00Z', provider: 'block' }
        const message = { ...place, text, cut: false, writers: [TRON], own: 'no', names: [BITCOIN] }
        await page.route('**/api/v1/address/show', async route => {
          const response = await route.fetch()
          await route.fulfill({ response, json: { ...((await response.json()) as object), messages: [message] } })
        })
        await page.goto(`${stage.origin()}/address/any/${BITCOIN}`)
        await page.getByRole('heading', { name: say.words }).waitFor()
        const told = page.locator('blockquote')
        assert.match(await told.innerText(), /<b>cause<\/b>/)
        assert.equal(await told.locator('b').count(), 0)
        assert.equal((await told.innerText()).includes('\u202e'), false)
        assert.equal(await told.locator(`a[href$="${TRON}"]`).count(), 1)
        assert.deepEqual(await violations(page), [])
        await page.unroute('**/api/v1/address/show')
      })

      test('a file of addresses is screened as a job; a long one tells how far it is and is stopped', async () => {
        const { page } = entered()
        await page.goto(`${stage.origin()}/screen`)
        const give = (lines: readonly string[]) =>
          page
            .getByTestId('screen-file')
            .setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from(lines.join('\n')) })
        await give([BITCOIN, TRON, 'nothing'])
        await page.getByRole('cell', { name: say.listed, exact: true }).first().waitFor()
        assert.equal(await page.locator('.long').getAttribute('aria-rowcount'), '4')
        await give(Array.from({ length: 6000 }, (_, i) => (i % 2 === 0 ? BITCOIN : TRON)))
        await page.getByRole('status').filter({ hasText: say.working }).waitFor()
        await page.getByRole('button', { name: say.stop, exact: true }).click()
        await page.getByRole('alert').filter({ hasText: say.stopped }).waitFor()
      })

      test('who leads a case is set; a case taken along says what it leaves out and why', async () => {
        const { page } = entered()
        await page.goto(`${stage.origin()}/cases/sample`)
        await page.getByLabel(say.lead).fill(`Layla ${language}`)
        const answered = page.waitForResponse(answer => answer.request().method() === 'POST')
        await page.getByRole('button', { name: say.set, exact: true }).click()
        await answered
        await quiet(page)
        await page.reload()
        const lead = page.getByLabel(say.lead)
        await lead.waitFor()
        assert.equal(await lead.inputValue(), `Layla ${language}`)
        const along = page.getByRole('region', { name: say.along })
        const taken = async (name: string) => {
          const [file] = await Promise.all([page.waitForEvent('download'), along.getByRole('button', { name }).click()])
          return readFileSync(await file.path(), 'utf8')
        }
        assert.match(await taken('CSV'), /\r\n,left out,payers,,[^\r]*\r\n/)
        const json = JSON.parse(await taken('JSON')) as { name: string; leftOut: { what: string; why: string }[] }
        assert.equal(json.name, 'sample')
        assert.ok(json.leftOut.every(({ what, why }) => what !== '' && why !== ''))
      })
    })
  }
})
