import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Athar, startAthar } from '../athar.ts'
import { shared, skipWithout } from '../shared.ts'

// One investigation on real blocks, real lists and a real article, through the command line only.

const BLOCKS = 'data/bitcoin/mainnet'
const needed = [
  ...['block300025.raw', 'block300025-undo.raw', 'block363703.dat', 'block481829.dat'].map(name => `${BLOCKS}/${name}`),
  ...['data/tagpacks', 'data/lists/nbctf', 'data/lists/ofac/sdn_advanced.xml.bz2', 'data/articles'],
]
const skip = skipWithout(...needed)

const LUCKY = '1LuckyR1fFHEsXYyx5QK4UFzv3PEAepPMK'
const LUCKY_BANK = '1NxaBCFQwejSZbQfWcYNwgqML5wWoE3rK4'
const BINANCE = '1NDyJtNTjmwk5xPNhjgAMu4HDHigtobu1s'
/** From the article of January 2020 (row A01). */
const BRIGADES = '1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq'

type Reached = { address: string; outpoint: string; amount: { amount: string }; stoppedBecause: string; label: Named }
type Named = { name: string; category: string } | null
type Method = { reached: Reached[]; total: { amount: string }[]; fees: { amount: string }[] }
type Trace = { methods: Record<string, Method>; conserved: boolean }

let athar: Athar

before(() => {
  if (skip !== false) return
  athar = startAthar()
  const block = (name: string) => shared(`${BLOCKS}/${name}`)
  athar.json('ledger', 'add', 'bitcoin', block('block300025.raw'), '--undo', block('block300025-undo.raw'))
  athar.json('ledger', 'add', 'bitcoin', block('block363703.dat'), block('block481829.dat'))
  athar.json('list', 'add', 'tagpack', shared('data/tagpacks'))
  athar.json('list', 'add', 'nbctf', shared('data/lists/nbctf'))
  const ofac = join(athar.folder, 'sdn_advanced.xml')
  execFileSync('bzip2', ['-dc', shared('data/lists/ofac/sdn_advanced.xml.bz2')], {
    stdio: ['ignore', openSync(ofac, 'w'), 'inherit'],
  })
  athar.json('list', 'add', 'ofac-advanced', ofac)
})

after(() => athar?.end())

test('an unlabelled address is traced to LuckyB.it, and the trace stops there', { skip }, () => {
  const { methods, conserved } = athar.json<Trace>('trace', LUCKY, '--method', 'all')
  assert.equal(conserved, true)
  for (const [name, { reached, total, fees }] of Object.entries(methods)) {
    const bank = reached.filter(one => one.address === LUCKY_BANK)
    const known = bank.find(one => one.outpoint.startsWith('31289a81'))
    assert.deepEqual(
      [known?.amount.amount, known?.stoppedBecause, known?.label?.name, known?.label?.category],
      ['200000', 'service', 'LuckyB.it', 'gambling'],
      name,
    )
    if (name === 'poison') continue
    const sum = (list: { amount: string }[]) => list.reduce((units, one) => units + BigInt(one.amount), 0n)
    assert.equal(sum(reached.map(one => one.amount)) + sum(fees), sum(total), name)
  }
})

test('payments to a labelled exchange are named; what was not read of their payers says unread', { skip }, () => {
  const { methods } = athar.json<Trace>('trace', BINANCE, '--direction', 'backward', '--method', 'haircut')
  const reached = methods['haircut']!.reached
  assert.deepEqual([...new Set(reached.map(one => one.stoppedBecause))], ['unread'])
  assert.deepEqual(methods['haircut']!.total[0]!.amount, '6923844136')
  const shown = athar.json<{ labels: { name: string; category: string }[]; ledger: { balance: unknown } }>(
    ...['address', 'show', BINANCE],
  )
  assert.ok(shown.labels.some(({ name, category }) => /binance/i.test(name) && category === 'exchange'))
})

test('the 155 forfeited addresses: each screened against OFAC and NBCTF, none invalid', { skip }, () => {
  const pack = readFileSync(shared('data/tagpacks/packs/aft-alqaeda-forfeit_vc.yaml'), 'utf8')
  const forfeited = [...pack.matchAll(/address: (\S+)/g)].map(hit => hit[1]!)
  assert.equal(forfeited.length, 155)
  const file = join(athar.folder, 'forfeited.txt')
  writeFileSync(file, forfeited.join('\n'))
  type Screened = { results: { address: string; status: string; labels: Named[]; coverage: Coverage }[] }
  type Coverage = { lists: { authority: string }[] }
  const { results } = athar.json<Screened>('screen', '--file', file)
  assert.deepEqual(
    results.map(result => result.address),
    forfeited,
  )
  assert.equal(results.filter(({ status }) => status === 'invalid' || status === 'not-checked').length, 0)
  assert.deepEqual([...new Set(results.flatMap(({ coverage }) => coverage.lists.map(list => list.authority)))].sort(), [
    'NBCTF',
    'OFAC',
  ])
  assert.ok(results.every(({ labels }) => labels.some(label => label?.name === 'Al-Qaeda Campaign')))
})

test('the article’s address: found, attributed with its sentence as a claim, reported as not read', { skip }, () => {
  const alone = startAthar()
  try {
    const article = shared('data/articles/001_45ff3b00e7ecd724.txt')
    const found = alone.json<{
      files: { mentions: { kind: string; address: string; start: number; end: number }[] }[]
    }>(...['mention', 'find', article])
    const addresses = found.files[0]!.mentions.filter(({ kind }) => kind === 'address')
    assert.deepEqual(
      addresses.map(({ address }) => address),
      [BRIGADES],
    )
    const text = readFileSync(article, 'utf8')
    assert.equal(text.slice(addresses[0]!.start, addresses[0]!.end), BRIGADES)
    const sealed = alone.json<{ captures: { sha256: string }[] }>(...['capture', 'add', article])
    const sha256 = sealed.captures[0]!.sha256
    const sentence = text.split('\n').find(line => line.includes(BRIGADES))!
    const start = text.indexOf(sentence)
    alone.json(
      ...['claim', 'add', BRIGADES, 'donation-address', 'Nasser Salah al-Deen Brigades', '--speaker', 'ICT'],
      ...['--medium', 'article', '--said', '2020-01-19', '--capture', sha256, '--words', sentence],
      ...['--start', String(start), '--end', String(start + sentence.length)],
    )
    alone.json('case', 'open', 'article')
    alone.json('case', 'add', 'article', '--capture', sha256)
    alone.json('case', 'add', 'article', '--address', BRIGADES)
    const { text: html } = alone.json<{ text: string }>('report', 'write', 'article')
    assert.ok(html.includes(BRIGADES) && html.includes(sha256.slice(0, 16)))
    assert.match(html, /The ledger of [^.]{0,120} was not read; a missing figure there is not a zero/)
    assert.doesNotMatch(html, /\b0\.00000000 BTC\b/)
    const shown = alone.json<{ ledger: unknown; coverage: Record<string, unknown> }>('address', 'show', BRIGADES)
    assert.deepEqual([shown.ledger, shown.coverage['transactionsRead']], [null, null])
  } finally {
    alone.end()
  }
})
