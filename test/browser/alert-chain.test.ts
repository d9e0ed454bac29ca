import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { skip as noNode, startNode } from '../litecoind.ts'
import { root } from '../source.ts'
import { athar, type Stage, setStage, skipWithoutBrowser, violations } from './stage.ts'

// A page that nobody touches, while a real node is followed by a process of its own: a payment that waits, replaced,
// mined, and taken out of the chain again. Each state looks and says something else.

/** Of what a page has, what is asked here. */
type Page = { getComputedStyle(node: unknown): { readonly borderInlineStartStyle: string } }

const words = {
  en: {
    ...{ waiting: 'not yet in a block', unsure: /its sender may still replace it; no evidence/, filter: 'State' },
    ...{ gone: /withdrawn/, why: /was replaced by [0-9a-f]{64} before it was mined/, mined: /is in a block/ },
    ...{ changed: 'changed since', away: /reorganisation/, followed: 'Networks that are followed', well: 'up to date' },
  },
  ar: {
    ...{ waiting: 'لم يدخل كتلة بعد', unsure: /بوسع مرسلها استبدالها؛ وليست دليلًا/, filter: 'الحال' },
    ...{ gone: /سُحب/, mined: /دخلت معاملته كتلة/ },
    ...{ why: /استُبدلت معاملته بالمعاملة .?[0-9a-f]{64}.? قبل أن تدخل كتلة/ },
    ...{ changed: 'تغيّر منذ أُطلق', away: /إعادةُ تنظيم/, followed: 'الشبكات المتابَعة', well: 'حتى آخر كتلة' },
  },
} as const

type Following = { stop(): Promise<void> }

/** `athar ledger sync --follow --watch`, as somebody would leave it running. */
function follow(data: string, from: string, cookie: string): Following {
  const said = ['ledger', 'sync', 'litecoin-regtest', '--from', from, '--cookie', cookie, '--data', data]
  const flags = ['--disable-warning=ExperimentalWarning', join(root, 'src/cli/main.ts')]
  const child = spawn(process.execPath, [...flags, ...said, '--follow', '--watch', '--every', '1'], { stdio: 'ignore' })
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  return {
    stop() {
      child.kill('SIGINT')
      return ended
    },
  }
}

for (const language of ['en', 'ar'] as const) {
  const say = words[language]
  describe(`alerts on a chain that moves, ${language}`, { skip: skipWithoutBrowser() || noNode }, () => {
    let stage: Stage
    let node: Awaited<ReturnType<typeof startNode>>
    let following: Following | undefined
    let [mine, shop] = ['', '']
    before(async () => {
      node = await startNode('-mempoolreplacement=1', '-walletrbf=1')
      node.ask('createwallet', 'w')
      mine = node.ask('getnewaddress', '', 'bech32')
      shop = node.ask('getnewaddress', '', 'bech32')
      node.ask('generatetoaddress', '120', mine)
      stage = await setStage(async folder => {
        const data = join(folder, 'data')
        await athar('watch', 'add', shop, '--network', 'litecoin-regtest', '--name', 'shop', '--data', data)
        return data
      })
      following = follow(stage.data, node.url, node.cookie)
    })
    after(async () => {
      await following?.stop()
      await stage?.close()
      await node?.stop()
    })

    test('waiting, replaced, mined, reorganised away: told by themselves, each in its own look', async () => {
      const { page, context, troubles } = await stage.enter({ language })
      // A node, a follower, a server and a browser share the machine with other tests.
      context.setDefaultTimeout(60_000)
      await page.goto(`${stage.origin()}/alerts?state=all`)
      await page.locator('[data-live=true]').waitFor()
      const network = page.getByRole('region', { name: say.followed }).locator('[data-network=litecoin-regtest]')
      await network.filter({ hasText: say.well }).waitFor()
      const row = (txid: string) => page.locator('.alert').filter({ hasText: txid })
      const rows = page.locator('.alert')

      const first = node.ask('sendtoaddress', shop, '1')
      const waiting = page.locator('.alert[data-status=open][data-standing=unconfirmed]')
      await waiting.getByText(say.waiting).waitFor()
      await waiting.locator('.alert-row').click()
      await waiting.getByText(say.unsure).waitFor()
      assert.equal(await row(first).count(), 1)
      const edge = () =>
        waiting.evaluate(node => (globalThis as unknown as Page).getComputedStyle(node).borderInlineStartStyle)
      assert.equal(await edge(), 'dashed')

      const second = (JSON.parse(node.ask('bumpfee', first)) as { txid: string }).txid
      const gone = page.locator('.alert[data-status=withdrawn]')
      await gone.locator('.alert-row').getByText(say.gone).waitFor()
      await gone.getByText(say.why).waitFor()
      await waiting.waitFor()
      assert.equal(await rows.count(), 2)

      const [block] = JSON.parse(node.ask('generatetoaddress', '1', mine)) as string[]
      const mined = page.locator('.alert[data-status=open][data-standing=mined]')
      await mined.getByText(say.changed).waitFor()
      await mined.locator('.alert-row').click()
      await mined.getByText(say.mined).first().waitFor()
      assert.equal(await row(second).count(), 1)

      node.ask('invalidateblock', block!)
      for (const _ of [1, 2]) node.ask('generateblock', mine, '[]')
      const again = page.locator('.alert[data-standing=unconfirmed][data-status=open]')
      await again.getByText(say.away).first().waitFor()

      await page.getByLabel(say.filter).selectOption('withdrawn')
      await gone.waitFor()
      await again.waitFor({ state: 'detached' })
      assert.deepEqual(await violations(page), [])
      assert.deepEqual(troubles, [])
      await context.close()
    })
  })
}
