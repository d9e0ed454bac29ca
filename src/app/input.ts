import { Failure } from '../std/failure.ts'
import type { Field, Fields, Operation } from './operation.ts'

/** Most that one text of an input may have. Longer things are files. */
export const TEXT_LENGTH_MAX = 65_536

/** Most items that one list of an input may have. Longer lists are files. */
export const LIST_LENGTH_MAX = 100_000

/**
 * The input of an operation, checked against its fields and completed with their defaults. What the caller left out
 * and has no default is left out.
 *
 * Failures: Input.UnknownField, Input.Missing, Input.WrongType, Input.NotAChoice, Input.TooLong.
 */
export function check(operation: Pick<Operation, 'name' | 'fields'>, given: unknown): Record<string, unknown> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw notAnObject(operation.name)
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(operation.fields, name)) throw unknownField(operation.name, name, operation.fields)
  }
  const checked: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(operation.fields)) {
    const value = (given as Record<string, unknown>)[name] ?? field.default
    if (value === undefined || (field.required === true && isEmptyList(value))) {
      if (field.required === true) throw missing(operation.name, name, field)
      continue
    }
    checkValue(name, field, value)
    checked[name] = value
  }
  return checked
}

/** A text as the type of its field: query strings and command lines only have texts. Unreadable texts stay texts. */
export function coerce(field: Field, text: string): unknown {
  if (field.type === 'integer' && /^-?\d{1,15}$/.test(text)) return Number(text)
  if (field.type === 'boolean' && (text === 'true' || text === '')) return true
  if (field.type === 'boolean' && text === 'false') return false
  return text
}

/** The word of `known` that `word` was most likely meant to be: at most two edits away (optimal string alignment). */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  let best: string | undefined
  let least = Math.min(3, Math.ceil(word.length / 2) + 1)
  for (const candidate of known) {
    const edits = editDistance(word.toLowerCase(), candidate.toLowerCase())
    if (edits < least) {
      least = edits
      best = candidate
    }
  }
  return best
}

function checkValue(name: string, field: Field, value: unknown): void {
  if (!hasType(field.type, value)) throw wrongType(name, field, value)
  for (const text of Array.isArray(value) ? value : [value]) {
    if (typeof text === 'string' && text.length > TEXT_LENGTH_MAX) throw tooLong(name, text.length, TEXT_LENGTH_MAX)
    if (field.choices !== undefined && !field.choices.includes(String(text)))
      throw notAChoice(name, field, String(text))
  }
  if (Array.isArray(value) && value.length > LIST_LENGTH_MAX) throw tooLong(name, value.length, LIST_LENGTH_MAX)
}

function hasType(type: Field['type'], value: unknown): boolean {
  if (type === 'integer') return Number.isSafeInteger(value)
  if (type === 'strings') return Array.isArray(value) && value.every(item => typeof item === 'string')
  return typeof value === type
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}

function editDistance(a: string, b: string): number {
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let edits = Math.min(row[j - 1]! + 1, above[j]! + 1, above[j - 1]! + same)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) edits = Math.min(edits, before[j - 2]! + 1)
      row.push(edits)
    }
    before = above
    above = row
  }
  return above[b.length]!
}

function notAnObject(operation: string): Failure {
  return new Failure('Input.WrongType', 'usage', `The input of ${operation} is not an object of named fields.`, {
    hint: 'Send a JSON object such as {"address":["…"]}.',
    facts: { operation },
  })
}

function unknownField(operation: string, name: string, fields: Fields): Failure {
  const close = nearest(name, Object.keys(fields))
  return new Failure('Input.UnknownField', 'usage', `${operation} has no field "${shorten(name)}".`, {
    hint: close === undefined ? `Its fields: ${Object.keys(fields).join(', ')}.` : `Did you mean "${close}"?`,
    facts: { operation, field: shorten(name), fields: Object.keys(fields) },
  })
}

function missing(operation: string, name: string, field: Field): Failure {
  return new Failure('Input.Missing', 'usage', `${operation} needs "${name}": ${lowerFirst(field.says)}.`, {
    hint: `\`athar ${operation} --help\` shows examples.`,
    facts: { operation, field: name },
  })
}

function wrongType(name: string, field: Field, value: unknown): Failure {
  const found = shorten(JSON.stringify(value) ?? String(value))
  const wanted = { string: 'a text', integer: 'a whole number', boolean: 'true or false', strings: 'a list of texts' }
  return new Failure('Input.WrongType', 'usage', `"${name}" must be ${wanted[field.type]}, not ${found}.`, {
    hint: field.says,
    facts: { field: name, type: field.type },
  })
}

function notAChoice(name: string, field: Field, value: string): Failure {
  const close = nearest(value, field.choices!)
  const choices = `It is one of: ${field.choices!.join(', ')}.`
  return new Failure('Input.NotAChoice', 'usage', `"${name}" cannot be "${shorten(value)}".`, {
    hint: close === undefined ? choices : `Did you mean "${close}"? ${choices}`,
    facts: { field: name, value: shorten(value), choices: [...field.choices!] },
  })
}

function tooLong(name: string, length: number, most: number): Failure {
  return new Failure('Input.TooLong', 'limit', `"${name}" has ${length} characters or items; the limit is ${most}.`, {
    hint: 'Put long input in a file.',
    facts: { field: name, length, limit: most },
  })
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}

function lowerFirst(text: string): string {
  return /^\p{Lu}{2}/u.test(text) ? text : text.slice(0, 1).toLowerCase() + text.slice(1)
}
