import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { decode } from 'fast-png'
import { frames, quiet, type Stage, sample, setStage, skipWithoutBrowser } from './stage.ts'

/**
 * Key views as they looked when somebody last looked at them. GOLDEN=write makes them anew: look before committing.
 * Another Chromium or other system fonts draw edges a little differently, so a share of pixels may differ.
 */
const FOLDER = join(import.meta.dirname, 'golden')
const WRITES = process.env['GOLDEN'] === 'write'

const BITCOIN = 'bcrt1qawjzcjnlhf8ywccz4xf8h2k46mkh95zmzhzykd'
const CAMPAIGN = `/campaigns/${encodeURIComponent('تنظيم المثال')}`

const views = [
  ...[{ name: 'address', path: `/address/any/${BITCOIN}`, waits: 'article.exposure' }],
  ...[{ name: 'campaign', path: CAMPAIGN, waits: '.band-burst' }],
  ...[{ name: 'graph', path: `/graph?trace=${BITCOIN}`, waits: '.graph-frame[data-nodes="7"]' }],
] as const

const looks = [...[{ language: 'en', scheme: 'light' } as const, { language: 'ar', scheme: 'dark' } as const]]

/** A pixel differs where a channel is off by more; so many of all may. */
const CHANNEL_MAX = 40
const SHARE_MAX = 0.03

describe('golden pictures', { skip: skipWithoutBrowser() }, () => {
  let stage: Stage
  before(async () => {
    stage = await setStage(sample)
    mkdirSync(FOLDER, { recursive: true })
  })
  after(() => stage?.close())

  for (const { language, scheme } of looks) {
    for (const { name, path, waits } of views) {
      test(`${name}, ${language}, ${scheme}`, async () => {
        const { page, context } = await stage.enter({ language, scheme, width: 1100 })
        await page.setViewportSize({ width: 1100, height: 760 })
        await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
        await page.goto(stage.origin() + path)
        await page.locator(waits).first().waitFor({ state: 'attached' })
        await quiet(page)
        await page.evaluate<void>('document.fonts.ready.then(() => {})')
        if (name === 'graph') await page.locator('.graph-canvas[data-layout=still]').waitFor()
        await frames(page, 6)
        const taken = await page.screenshot({ animations: 'disabled', caret: 'hide' })
        await context.close()
        const file = join(FOLDER, `${name}-${language}-${scheme}.png`)
        if (WRITES) writeFileSync(file, taken)
        assert.ok(existsSync(file), `${file} is missing: GOLDEN=write makes it`)
        const share = differing(readFileSync(file), taken)
        assert.ok(share <= SHARE_MAX, `${(share * 100).toFixed(1)}% of the pixels differ`)
      })
    }
  }

  test('the comparison finds a picture that is another', () => {
    const [a, b] = ['address-en-light.png', 'campaign-en-light.png'].map(name => readFileSync(join(FOLDER, name)))
    assert.ok(differing(a!, b!) > SHARE_MAX)
    assert.equal(differing(a!, a!), 0)
  })
})

/** The share of pixels that differ; 1 where the sizes do. */
function differing(a: Uint8Array, b: Uint8Array): number {
  const [one, two] = [decode(a), decode(b)]
  if (one.width !== two.width || one.height !== two.height) return 1
  let count = 0
  for (let pixel = 0; pixel < one.width * one.height; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      const x = one.data[pixel * one.channels + channel]!
      const y = two.data[pixel * two.channels + channel]!
      if (Math.abs(x - y) <= CHANNEL_MAX) continue
      count++
      break
    }
  }
  return count / (one.width * one.height)
}
