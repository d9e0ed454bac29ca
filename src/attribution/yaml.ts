import { Lexer, LineCounter, parse, YAMLError } from 'yaml'
import { Failure } from '../std/failure.ts'

/**
 * A YAML text as plain data, every scalar as the text that stands there: read as a number, an address `0x…` without
 * quotes would lose its digits. Aliases are limited (a "billion laughs" is refused), and so is nesting.
 */
export function read(text: string, file: string): Readonly<Record<string, unknown>> {
  if (text.length > CHARACTERS_MAX) throw tooBig(file, text.length)
  refuseDepth(text, file)
  const data = parsed(text, file)
  if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data as Record<string, unknown>
  throw malformed(file, 'it holds no mapping at its top', null)
}

/** A whole YAML document takes 200 times its size in memory. The plain shape (flat-yaml) is not held to this. */
const CHARACTERS_MAX = 2 ** 23

function tooBig(file: string, characters: number): Failure {
  const message = `${file} has ${characters} characters; at most ${CHARACTERS_MAX} are read of YAML in this form.`
  return new Failure('List.TooBig', 'limit', message, {
    hint: 'Split it, or write each tag as plain fields, one a line, without comments and brackets.',
    facts: { file, characters, charactersMax: CHARACTERS_MAX },
  })
}

/** Real packs nest four deep. */
const DEPTH_MAX = 64

/** The parser takes a kilobyte of memory for each bracket that is open, and a pack may have millions. */
function refuseDepth(text: string, file: string): void {
  let depth = 0
  let offset = 0
  // Nested blocks show in how a line begins: with as many blanks and signs as it is deep.
  const block = new RegExp(`^[ ?:-]{${DEPTH_MAX * 8}}`, 'm').exec(text)
  if (block !== null) throw tooDeep(file, block.index)
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') depth++
    else if (token === ']' || token === '}') depth--
    if (depth > DEPTH_MAX) throw tooDeep(file, offset)
    // Signs of the lexer's own, which stand for no character.
    if (token !== '\x02' && token !== '\x18' && token !== '\x1f') offset += token.length
  }
}

function tooDeep(file: string, offset: number): Failure {
  return new Failure('List.TooDeep', 'limit', `${file} nests deeper than ${DEPTH_MAX} (character ${offset}).`, {
    hint: 'No pack nests so deep: the file is damaged or hostile. Nothing of it was imported.',
    facts: { file, offset, depthMax: DEPTH_MAX },
  })
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
