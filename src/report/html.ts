import type { Chart } from './chart.ts'
import type { Block, Document, Section, Table } from './document.ts'
import { drawChart, UNDRAWN } from './draw-chart.ts'
import { drawFlow } from './draw-flow.ts'
import { short } from './drawing.ts'
import type { Figure } from './figure.ts'
import type { Inline } from './inline.ts'
import { element, fragment, type Markup } from './markup.ts'
import { printValue } from './print-value.ts'
import { figureAnchor } from './section-appendix.ts'
import { CONTENT_SECURITY_POLICY, STYLE } from './style.ts'
import { type Words, wordsOf } from './words.ts'

/** The report as one HTML page without script: it can be mailed, printed and opened from a disk. */
export function toHtml(document: Document): string {
  const words = wordsOf(document.language)
  const head = element(
    'head',
    {},
    element('meta', { charset: 'utf-8' }),
    element('meta', { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('meta', { name: 'referrer', content: 'no-referrer' }),
    element('title', {}, `${document.title} — ${document.subtitle}`),
    element('style', {}, { markup: STYLE }),
  )
  const body = element(
    'body',
    { class: document.synthetic ? 'synthetic' : undefined },
    header(document, words),
    element(
      'main',
      {},
      document.sections.map((section, i) => sectionOf(section, i + 1, words)),
    ),
    element('footer', {}, ...document.about.map(({ content }) => [inlines(content, words), ' · ']), document.title),
  )
  const page = element('html', { lang: words.language, dir: words.direction }, head, '\n', body)
  return `<!doctype html>\n${page.markup}\n`
}

function header(document: Document, words: Words): Markup {
  const about = document.about.map(({ term, content }) =>
    element('div', {}, element('dt', {}, term), element('dd', {}, inlines(content, words))),
  )
  const links = document.sections.map(({ id, title }) => element('li', {}, element('a', { href: `#${id}` }, title)))
  return fragment(
    element(
      'header',
      {},
      element('p', {}, document.subtitle),
      element('h1', {}, bdi(document.title, 'auto')),
      element('dl', { class: 'about' }, about),
      document.synthetic ? element('p', { class: 'notice', role: 'note' }, words.say('synthetic')) : '',
    ),
    element('nav', { 'aria-label': words.say('contents') }, element('ol', {}, links)),
  )
}

function sectionOf({ id, title, blocks }: Section, number: number, words: Words): Markup {
  const appendix = id === 'register' || id === 'evidence'
  let under = title
  return element(
    'section',
    { id, class: appendix ? 'appendix' : undefined },
    element('h2', {}, `${number}. ${title}`),
    blocks.map((block, i) => {
      if (block.kind === 'heading') under = block.text
      return blockOf(block, `${id}-${i + 1}`, words, under)
    }),
  )
}

/** `under`: the title that already stands above, which a table's caption need not say again to the eye. */
function blockOf(block: Block, id: string, words: Words, under: string): Markup {
  switch (block.kind) {
    case 'paragraph':
      return element('p', {}, inlines(block.content, words))
    case 'notice':
      return element('p', { class: 'notice', role: 'note' }, inlines(block.content, words))
    case 'heading':
      return element('h3', { id: block.id }, bdi(block.text, 'auto'))
    case 'list':
      return element(
        'ul',
        {},
        block.items.map(item => element('li', {}, inlines(item, words))),
      )
    case 'figures':
      return element(
        'dl',
        { class: 'figures' },
        block.figures.map(figure => tile(figure, words)),
      )
    case 'table':
      return tableOf(block, words, under)
    case 'chart':
      return fragment(
        picture(block.chart.title, drawChart(block.chart, words, id)),
        withoutService(block.chart, words),
        tableOf(chartTable(block.chart, words), words, block.chart.title),
      )
    case 'flow':
      return picture(block.flow.title, drawFlow(block.flow, words, id))
  }
}

function tile(figure: Figure, words: Words): Markup {
  const { value } = figure
  const basis = value.kind === 'usd' ? element('small', {}, words.term('basis', value.basis)) : ''
  return element('div', {}, element('dt', {}, figure.label), element('dd', {}, figureOf(figure, words), basis))
}

function picture(title: string, drawing: Markup): Markup {
  return element('figure', {}, element('figcaption', {}, title), drawing)
}

function tableOf(table: Table, words: Words, under: string): Markup {
  const heads = table.columns.map(({ label, align }) => element('th', { scope: 'col', class: classOf(align) }, label))
  const rows = table.rows.map(({ id, strong, cells }) =>
    element(
      'tr',
      { id, class: strong === true ? 'strong' : undefined },
      cells.map((cell, i) => element('td', { class: classOf(table.columns[i]!.align) }, inlines(cell, words, false))),
    ),
  )
  const parts = [
    element('caption', { class: table.caption === under ? 'hidden' : undefined }, table.caption),
    element('thead', {}, element('tr', {}, heads)),
    element('tbody', {}, rows),
  ]
  return element(
    'div',
    { class: 'wide', tabindex: 0, role: 'region', 'aria-label': table.caption },
    element('table', {}, parts),
  )
}

function withoutService(chart: Chart, words: Words): Markup {
  const left = chart.series.some(series => series.class === UNDRAWN)
  return left ? element('p', {}, words.say('chart.withoutService')) : fragment()
}

/** The chart's figures as a table: for those who cannot see it, and for those who want the exact number. */
function chartTable(chart: Chart, words: Words): Table {
  return {
    kind: 'table',
    caption: `${chart.title}`,
    columns: [
      { label: words.say('month'), align: 'start' },
      ...chart.series.map(({ label }) => ({ label, align: 'end' as const })),
    ],
    rows: chart.periods.map((period, at) => ({
      cells: [
        [{ isolate: period }],
        ...chart.series.map(({ units }) => [{ isolate: short(units[at]!, chart.decimals) }]),
      ],
    })),
  }
}

function classOf(align: 'start' | 'end'): string | undefined {
  return align === 'end' ? 'end' : undefined
}

/** `brief`: amounts without the zeros at their end; in tables they keep them, so that the points stand in line. */
function inlines(content: readonly Inline[], words: Words, brief = true): Markup {
  return fragment(content.map(inline => inlineOf(inline, words, brief)))
}

function inlineOf(inline: Inline, words: Words, brief: boolean): Markup | string {
  if (typeof inline === 'string') return inline
  if ('figure' in inline) return figureOf(inline.figure, words, brief)
  if ('isolate' in inline) return bdi(inline.isolate, 'ltr')
  if ('code' in inline) return codeOf(inline.code)
  if ('name' in inline) return bdi(inline.name, 'auto')
  return element('a', { href: `#${inline.link.to}` }, bdi(inline.link.text, 'ltr'))
}

function codeOf(text: string): Markup {
  const whole = text.length <= WHOLE_CHARACTERS
  return element('bdi', { dir: 'ltr', class: whole ? 'whole' : undefined }, element('code', {}, text))
}

/** A figure, linked to its row in the register. */
function figureOf(figure: Figure, words: Words, brief = true): Markup {
  const { text, phrase } = printValue(figure.value, words, brief)
  const inner = bdi(text, phrase ? words.direction : 'ltr')
  return element('a', { class: 'figure', href: `#${figureAnchor(figure)}` }, inner)
}

/** Short pieces that read left to right (a time, an amount) are not broken over lines. */
function bdi(text: string, direction: 'ltr' | 'rtl' | 'auto'): Markup {
  const whole = direction === 'ltr' && text.length <= WHOLE_CHARACTERS
  return element('bdi', { dir: direction, class: whole ? 'whole' : undefined }, text)
}

const WHOLE_CHARACTERS = 24
