import { LineCounter, parse, YAMLError } from 'yaml'
import { Failure } from '../std/failure.ts'

/**
 * A YAML text as plain data, every scalar as the text that stands there: read as a number, an address `0x…` without
 * quotes would lose its digits. Aliases are limited (a "billion laughs" is refused).
 */
export function read(text: string, file: string): Readonly<Record<string, unknown>> {
  const data = parsed(text, file)
  if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data as Record<string, unknown>
  throw malformed(file, 'it holds no mapping at its top', null)
}

/** More than any real pack uses: the packs of GraphSense use none. */
const ALIASES_MAX = 100

function parsed(text: string, file: string): unknown {
  const lineCounter = new LineCounter()
  try {
    return parse(text, {
      maxAliasCount: ALIASES_MAX,
      lineCounter,
      logLevel: 'error',
      schema: 'failsafe',
      uniqueKeys: true,
    })
  } catch (cause) {
    const said = cause instanceof Error ? cause.message.split('\n', 1)[0]!.slice(0, 200) : String(cause)
    const offset = cause instanceof YAMLError ? cause.pos[0] : null
    throw malformed(file, said, offset, cause)
  }
}

function malformed(file: string, said: string, offset: number | null, cause?: unknown): Failure {
  return new Failure('List.Malformed', 'input', `${file} is no YAML that can be read: ${said}`, {
    hint: 'Nothing of this file was imported. Fetch it again, or correct it where the message says.',
    facts: { file, offset },
    cause,
  })
}

/** Text of a scalar, or null where there is none: nothing, blanks, `null` or `~`. */
export function text(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const trimmed = value.trim()
  return trimmed === '' || trimmed === 'null' || trimmed === '~' ? null : trimmed
}

/** Texts of a list, or of a single scalar that stands for a list of one. */
export function texts(value: unknown): string[] {
  const list = Array.isArray(value) ? value : [value]
  return list.map(text).filter(item => item !== null)
}
