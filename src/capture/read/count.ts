import type { Count } from './document.ts'

/**
 * What a public Telegram page says of its channel: `12 345 subscribers`, `1.2K photos`. Source: t.me and t.me/s pages,
 * classes `tgme_page_extra` and `tgme_channel_info_counter`, as of 2024.
 */
export function countsIn(source: string): Count[] {
  if (!source.includes('tgme_')) return []
  const found: Count[] = []
  for (const [, value, what] of source.matchAll(COUNTER)) found.push(countOf(what!, value!))
  const extra = /class="tgme_page_extra">\s*([\d {3},.]{1,20}[KM]?)\s*(subscribers|members|followers)/i.exec(source)
  if (extra !== null) found.push(countOf(extra[2]!.toLowerCase(), extra[1]!.trim()))
  return found.slice(0, 20)
}

const COUNTER =
  /class="counter_value">\s*([\d., {2}]{1,20}[KM]?)\s*<\/span>\s*<span class="counter_type">\s*([a-z]{1,20})/gi

function countOf(what: string, raw: string): Count {
  const digits = raw.replace(/[\s,]/g, '')
  return { what, raw, value: /^\d{1,12}$/.test(digits) ? Number(digits) : null }
}
