import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import * as Address from '../../src/chain/address.ts'
import * as Key from '../../src/chain/key.ts'
import { athar, file, type Stage, setStage, skipWithoutBrowser, violations } from './stage.ts'

// What leaves over a bridge stands beside a trace with both transactions and how it is known, and in no sum.

const tron = (n: number) => Address.fromKey('tron', Key.TRON, new Uint8Array(20).fill(n)).address
const evm = (n: number) => `0x${n.toString(16).padStart(2, '0').repeat(20)}`
const [ORIGIN, GATE, DOOR, HEIR] = [tron(1), tron(2), evm(3), evm(4)]
const USDT = { tron: 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t', ethereum: '0xdac17f958d2ee523a2206206994597c13d831ec7' }
const txid = (network: keyof typeof USDT, n: number) =>
  `${network === 'ethereum' ? '0x' : ''}${n.toString(16).padStart(64, '0')}`
const row = (network: keyof typeof USDT, n: number, time: string, from: string, to: string, amount: string) =>
  [network, txid(network, n), 100 + n, `2024-01-01T${time}Z`, from, to, amount, 'USDT', USDT[network]].join(',')

const tag = (address: string, network: string) => `  - address: "${address}"
    currency: ${network}
    network: ${network}
    label: Span
    actor: span
    source: https://example.org/span
    category: defi_bridge
    confidence: web_crawl`

const words = {
  en: { region: 'To other networks', grade: 'inferred: the only payments that fit', after: '20 minutes later' },
  ar: { region: 'إلى شبكات أخرى', grade: 'استنتاج: هما الدفعتان الوحيدتان المتوافقتان', after: 'بعد 20 دقيقة' },
} as const

for (const language of ['en', 'ar'] as const) {
  describe(`over a bridge, ${language}`, { skip: skipWithoutBrowser() }, () => {
    let stage: Stage
    before(async () => {
      stage = await setStage(async folder => {
        const rows = [
          'network,txid,height,time,from,to,amount,asset,contract',
          row('tron', 1, '00:00:00', tron(9), ORIGIN, '500'),
          row('tron', 2, '01:00:00', ORIGIN, GATE, '500'),
          row('ethereum', 3, '01:20:00', DOOR, HEIR, '498.5'),
        ]
        const pack = `---\ntitle: Bridges\ncreator: test\ntags:\n${tag(GATE, 'TRX')}\n${tag(DOOR, 'ETH')}\n`
        const data = join(folder, 'data')
        await athar('ledger', 'import', file(folder, 'transfers.csv', rows.join('\n')), '--data', data)
        await athar('list', 'add', 'tagpack', file(folder, 'pack.yaml', pack), '--data', data)
        return data
      })
    })
    after(() => stage?.close())

    test('both transactions whole, the grade in words, and nothing of it in the trace’s sums', async () => {
      const { page, context, troubles } = await stage.enter({ language })
      await page.goto(`${stage.origin()}/trace?origin=${ORIGIN}`)
      const region = page.getByRole('region', { name: words[language].region })
      await region.locator('[data-grade=inferred]').getByText(words[language].grade).waitFor()
      const text = await region.innerText()
      for (const part of [
        txid('tron', 2),
        txid('ethereum', 3).slice(2),
        '498.500000 USDT',
        words[language].after,
        'span',
      ]) {
        assert.ok(text.includes(part), `${part} in ${text}`)
      }
      assert.deepEqual(await violations(page), [])
      await page.setViewportSize({ width: 390, height: 900 })
      assert.ok((await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')) <= 0, 'too wide')
      assert.deepEqual(troubles, [])
      await context.close()
    })
  })
}
