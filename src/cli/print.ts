/**
 * Any answer as lines for a person: names and values aligned, lists of like objects as tables, nested things indented.
 * Nothing is left out but what is empty; null is a dash, never 0.
 */
export function print(answer: unknown, columns: number): string {
  if (isScalar(answer)) return `${scalar(answer)}\n`
  return `${lines(answer as object, columns).join('\n')}\n`
}

type Shape = Record<string, unknown>

function lines(value: object, columns: number): string[] {
  if (Array.isArray(value)) return list(value, columns)
  const whole = asKnown(value as Shape)
  if (whole !== undefined) return [whole]
  const entries = Object.entries(value).filter(([, item]) => !isEmpty(item))
  const plain = entries.filter(([, item]) => inline(item) !== undefined)
  const deep = entries.filter(([, item]) => inline(item) === undefined)
  const width = Math.max(0, ...plain.map(([name]) => words(name).length))
  return [
    ...plain.flatMap(([name, item]) => wrap(`${words(name).padEnd(width)}  `, inline(item)!, columns)),
    ...deep.flatMap(([name, item]) => [
      `${words(name)}`,
      ...lines(item as object, columns - 2).map(line => (line === '' ? '' : `  ${line}`)),
    ]),
  ]
}

function list(items: readonly unknown[], columns: number): string[] {
  if (items.every(isScalar)) return items.map(scalar)
  const table = asTable(items, columns)
  if (table !== undefined) return table
  return items.flatMap((item, i) => {
    const body = isScalar(item) ? [scalar(item)] : lines(item as object, columns - 2)
    return [...(i > 0 ? [''] : []), ...body.map((line, j) => (j === 0 ? `- ${line}` : `  ${line}`))]
  })
}

/** Rows of like objects whose values all fit one line each, where the whole fits the width. */
function asTable(items: readonly unknown[], columns: number): string[] | undefined {
  if (items.length < 2) return undefined
  const rows = items.map(item => (isScalar(item) || Array.isArray(item) ? undefined : (item as Shape)))
  if (rows.some(row => row === undefined || asKnown(row) !== undefined)) return undefined
  const names = [...new Set(rows.flatMap(row => Object.keys(row!)))].filter(name =>
    rows.some(row => row![name] !== undefined && row![name] !== null && !isEmpty(row![name])),
  )
  const cells = rows.map(row => names.map(name => inline(row![name] ?? null)))
  if (cells.some(row => row.some(cell => cell === undefined))) return undefined
  const all = [names.map(words), ...(cells as string[][])]
  const widths = names.map((_, i) => Math.max(...all.map(row => row[i]!.length)))
  if (widths.reduce((sum, width) => sum + width + 2, 0) > columns) return undefined
  const numeric = names.map((_, i) => cells.every(row => /^([-\d.,]+( [A-Z]+)?|–)$/.test(row[i]!)))
  const place = (cell: string, i: number) => (numeric[i] ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!))
  return all.map(row => row.map(place).join('  ').trimEnd())
}

/** A value that fits one line, as text; undefined where it does not. */
function inline(value: unknown): string | undefined {
  if (isScalar(value)) return scalar(value)
  if (Array.isArray(value)) {
    const parts = value.map(item => (isScalar(item) ? scalar(item) : asKnown(item as Shape)))
    if (parts.some(part => part === undefined)) return undefined
    const joined = parts.join(', ')
    return joined.length <= 200 ? joined : undefined
  }
  return asKnown(value as Shape)
}

/** Shapes that stand in many answers: an amount. */
function asKnown(value: Shape): string | undefined {
  if (typeof value['asset'] !== 'string' || typeof value['value'] !== 'string') return undefined
  const usd = value['usd'] as { value: string; basis: string } | null | undefined
  const dollars = usd === null || usd === undefined ? '' : ` (${usd.value} USD, ${usd.basis})`
  return `${value['value']} ${value['asset']}${dollars}`
}

function wrap(head: string, text: string, columns: number): string[] {
  const room = Math.max(30, columns - head.length)
  const result: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > room) {
      result.push(line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  return [...result, line].map((part, i) => (i === 0 ? head : ' '.repeat(head.length)) + part)
}

/** `fromHeight` → `from height`. */
function words(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`)
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value !== 'object'
}

function scalar(value: unknown): string {
  if (value === null || value === undefined) return '–'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return visible(String(value))
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0)
}

/**
 * Text from outside with its control characters, and the marks that force an order on text, made visible: a hostile
 * name must not move the cursor or turn a line around. Isolates (U+2068, U+2069) stay where they come in pairs, as our
 * sentences use them: an open one would reach into what is printed after it.
 */
export function visible(text: string): string {
  const shown = text.replace(HOSTILE, escaped)
  return isPaired(shown) ? shown : shown.replace(/[\u2068\u2069]/g, escaped)
}

function escaped(mark: string): string {
  return `\\u{${mark.codePointAt(0)!.toString(16)}}`
}

function isPaired(text: string): boolean {
  let open = 0
  for (const [mark] of text.matchAll(/[\u2068\u2069]/g)) {
    open += mark === '\u2068' ? 1 : -1
    if (open < 0) return false
  }
  return open === 0
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const HOSTILE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066\u2067\u200e\u200f]/g
