/**
 * Reads the plain shape that nearly all tag packs have (scalars on one line, one flat list of tags) a line at a time:
 * some twenty times faster than a whole YAML parser, which the largest packs keep busy for seconds. Anything else —
 * anchors, flow collections, nested lists, folded texts, comments, escapes — is declined, and the parser reads it. On
 * what it accepts it must equal the parser; a test compares the two on real packs.
 */
export type Flat = Record<string, string | Record<string, string>[]>

/** The pack with its `tags`, all scalars as texts, or undefined where the text leaves the plain shape. */
export function parse(text: string): Flat | undefined {
  const pack: Flat = Object.create(null) as Flat
  const tags: Record<string, string>[] = []
  let indent = -1
  let first = true
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf('\n', at)
    const end = newline < 0 ? text.length : newline
    const line = text.slice(at, end).replace(/[ \r]+$/, '')
    at = end + 1
    if (line === '' || (first && line === '---')) {
      first = false
      continue
    }
    first = false
    if (line === 'tags:' && indent < 0) {
      indent = 0
      pack['tags'] = tags
    } else if (indent < 0) {
      if (!takeField(line, 0, pack as Record<string, string>)) return undefined
    } else {
      const width = takeTag(line, tags, indent)
      if (width === undefined) return undefined
      indent = width
    }
  }
  return tags.length === 0 ? undefined : pack
}

/** Adds a line of the list of tags; the list's indent, or undefined where the line is of another shape. */
function takeTag(line: string, tags: Record<string, string>[], indent: number): number | undefined {
  const depth = line.search(/[^ ]/)
  if (line.startsWith('- ', depth)) {
    if (tags.length > 0 && depth !== indent) return undefined
    const tag = Object.create(null) as Record<string, string>
    tags.push(tag)
    return takeField(line, depth + 2, tag) ? depth : undefined
  }
  const tag = tags.at(-1)
  return tag !== undefined && depth === indent + 2 && takeField(line, depth, tag) ? indent : undefined
}

/** The value is all of the rest: a dot would stop at line ends that YAML does not know. */
const FIELD = /([A-Za-z_]+): +(.+)/sy

function takeField(line: string, start: number, into: Record<string, string>): boolean {
  FIELD.lastIndex = start
  const match = FIELD.exec(line)
  if (match === null) return false
  const value = scalar(match[2]!)
  if (value === undefined || into[match[1]!] !== undefined) return false
  into[match[1]!] = value
  return true
}

function scalar(written: string): string | undefined {
  if (UNUSUAL.test(written)) return undefined
  if (written.startsWith("'")) return QUOTED.test(written) ? written.slice(1, -1).replaceAll("''", "'") : undefined
  if (written.startsWith('"')) return DOUBLE.test(written) ? written.slice(1, -1) : undefined
  return PLAIN.test(written) ? written : undefined
}

const QUOTED = /^'(?:[^']|'')*'$/
const DOUBLE = /^"[^"\\]*"$/

/** A plain scalar without any character that YAML may read otherwise. */
const PLAIN = /^[^-?:,[\]{}#&*!|>'"%@`~\s](?:(?!: | #).)*[^:]$|^[A-Za-z0-9]$/

/** Control and format characters, and any blank that is not a plain space: line ends and trimming differ on them. */
const UNUSUAL = /[\p{Cc}\p{Cf}]|[^\S ]/u
