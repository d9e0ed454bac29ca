import { Command, CommanderError } from 'commander'
import { coerce } from '../app/input.ts'
import type { Field, Operation } from '../app/operation.ts'
import { Failure } from '../std/failure.ts'
import { OPTIONS } from './help.ts'

export type Parsed =
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'input'; readonly input: Record<string, unknown> }

/** The input of an operation as the words of a command line give it. Failure: Command.WrongUsage. */
export function parse(operation: Operation, words: readonly string[], columns: number): Parsed {
  let help = ''
  const command = build(operation)
  command.configureOutput({
    writeOut: text => {
      help += text
    },
    writeErr: () => {},
    outputError: () => {},
    getOutHelpWidth: () => Math.min(columns, 120),
  })
  command.exitOverride()
  try {
    command.parse(words, { from: 'user' })
  } catch (cause) {
    if (!(cause instanceof CommanderError)) throw cause
    if (cause.exitCode === 0) return { kind: 'help', text: help }
    throw wrongUsage(operation, cause)
  }
  return { kind: 'input', input: collect(operation, command) }
}

/** `sourceUrl` → `--source-url`. */
function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`
}

function build(operation: Operation): Command {
  const command = new Command(`athar ${operation.name}`)
  command.description(`${operation.summary}.`)
  command.usage(usageOf(operation))
  for (const [name, field] of Object.entries(operation.fields)) {
    if (field.positional === true) command.argument(placeOf(name, field), saysOf(field))
    else addOption(command, name, field)
  }
  for (const { flags, says } of OPTIONS) command.option(flags.replace('DIR', '<DIR>'), says)
  command.helpOption('-h, --help', 'this help')
  command.addHelpText('after', `\n${examplesOf(operation)}`)
  return command
}

function addOption(command: Command, name: string, field: Field): void {
  const flag = flagOf(name)
  if (field.type === 'boolean') {
    command.option(field.default === true ? flag.replace('--', '--no-') : flag, saysOf(field))
  } else if (field.type === 'strings') {
    const gather = (text: string, before: string[] = []) => [...before, ...split(field, text)]
    command.option(`${flag} <${wordOf(name, field)}>`, `${saysOf(field)} (several by commas, or given again)`, gather)
  } else {
    command.option(`${flag} <${wordOf(name, field)}>`, saysOf(field))
  }
}

function split(field: Field, text: string): string[] {
  return field.path === true ? [text] : text.split(',').map(part => part.trim())
}

function collect(operation: Operation, command: Command): Record<string, unknown> {
  const input: Record<string, unknown> = {}
  const options = command.opts<Record<string, unknown>>()
  let place = 0
  for (const [name, field] of Object.entries(operation.fields)) {
    const value = field.positional === true ? command.processedArgs[place++] : optionOf(options, name, field)
    if (value === undefined || (Array.isArray(value) && value.length === 0)) continue
    input[name] = typeof value === 'string' ? coerce(field, value) : value
  }
  return input
}

/** Commander takes `--no-egress` for the denial of an option `egress`: what it hands over is `egress: false`. */
function optionOf(options: Record<string, unknown>, name: string, field: Field): unknown {
  const denied = /^no([A-Z])(.*)$/.exec(name)
  if (field.type !== 'boolean' || field.default === true || denied === null) return options[name]
  return options[`${denied[1]!.toLowerCase()}${denied[2]}`] === false ? true : undefined
}

function usageOf(operation: Operation): string {
  const places = Object.entries(operation.fields).filter(([, field]) => field.positional === true)
  return [...places.map(([name, field]) => bracket(name.toUpperCase(), field)), '[options]'].join(' ')
}

function bracket(word: string, field: Field): string {
  const whole = field.type === 'strings' ? `${word}...` : word
  return field.required === true ? whole : `[${whole}]`
}

/** Left optional for commander: what is missing is told by the same check for every face. */
function placeOf(name: string, field: Field): string {
  return `[${name}${field.type === 'strings' ? '...' : ''}]`
}

function wordOf(name: string, field: Field): string {
  if (field.type === 'integer') return 'N'
  return field.path === true ? 'PATH' : name.replace(/[A-Z]/g, letter => `-${letter}`).toUpperCase()
}

function saysOf(field: Field): string {
  const choices = field.choices === undefined ? '' : ` (${field.choices.join(', ')})`
  const usual = field.default === undefined || field.type === 'boolean' ? '' : ` [${field.default}]`
  return `${field.says}${choices}${usual}`
}

function examplesOf(operation: Operation): string {
  return ['Examples:', ...operation.examples.map(({ command, says }) => `  ${command}\n      ${says}`)].join('\n')
}

function wrongUsage(operation: Operation, cause: CommanderError): Failure {
  const message = cause.message.replace(/^error: /, '').replace(/\n?\(Did you mean .*\)$/s, '')
  const guess = /\(Did you mean (.*)\?\)/s.exec(cause.message)?.[1]
  const more = `\`athar ${operation.name} --help\` lists its options.`
  return new Failure('Command.WrongUsage', 'usage', `${upperFirst(message)}.`.replace('..', '.'), {
    hint: guess === undefined ? more : `Did you mean ${guess}? ${more}`,
    facts: { command: operation.name },
    cause,
  })
}

function upperFirst(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
