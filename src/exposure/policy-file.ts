import { parse as parseYaml } from 'yaml'
import * as Category from '../model/category.ts'
import { Failure } from '../std/failure.ts'
import type { Policy, Rule, Weight } from './policy.ts'

/** Longest policy that is read, in characters. */
const CHARACTERS_MAX = 262_144

const RULES_MAX = 200

/**
 * A policy from JSON or YAML, whole and strict: an unknown field is refused, since a misspelt threshold that is passed
 * over would change every answer in silence.
 *
 * Failure: Policy.Malformed, which says where.
 */
export function parsePolicy(text: string, file: string): Policy {
  const refuse = (where: string, why: string) => malformed(file, where, why)
  if (text.length > CHARACTERS_MAX) throw refuse('the file', `it has more than ${CHARACTERS_MAX} characters`)
  const top = fieldsOf(read(text, refuse), 'the top', TOP, refuse)
  const dust = fieldsOf(top['dust'], 'dust', ['units', 'source'], refuse)
  const level = fieldsOf(top['claimLevelMax'], 'claimLevelMax', ['level', 'source'], refuse)
  const categories = listOf(top['categories'], 'categories', refuse).map((one, i) => weightOf(one, i, refuse))
  if (new Set(categories.map(({ category }) => category)).size < categories.length) {
    throw refuse('categories', 'one stands there twice')
  }
  const rules = listOf(top['rules'], 'rules', refuse).map((one, i) => ruleOf(one, i, refuse))
  if (new Set(rules.map(({ id }) => id)).size < rules.length) throw refuse('rules', 'two have the same id')
  return {
    version: textOf(top['version'], 'version', refuse),
    name: textOf(top['name'], 'name', refuse),
    categories,
    dust: { units: unitsOf(dust['units'], refuse), source: textOf(dust['source'], 'dust.source', refuse) },
    claimLevelMax: {
      level: numberOf(level['level'], 'claimLevelMax.level', 100, refuse),
      source: textOf(level['source'], 'claimLevelMax.source', refuse),
    },
    rules,
  }
}

type Refuse = (where: string, why: string) => Failure

type Fields = Readonly<Record<string, unknown>>

const TOP = ['version', 'name', 'categories', 'dust', 'claimLevelMax', 'rules']

/** JSON is YAML. Aliases are refused: a policy needs none, and nested ones grow without end. */
function read(text: string, refuse: Refuse): unknown {
  try {
    return parseYaml(text, { maxAliasCount: 0, logLevel: 'error' })
  } catch (cause) {
    throw refuse('the file', cause instanceof Error ? cause.message.split('\n')[0]! : 'it is neither JSON nor YAML')
  }
}

function weightOf(value: unknown, i: number, refuse: Refuse): Weight {
  const where = `categories[${i}]`
  const fields = fieldsOf(value, where, ['category', 'weight', 'source'], refuse)
  return {
    category: categoryOf(fields['category'], `${where}.category`, refuse),
    weight: numberOf(fields['weight'], `${where}.weight`, 100, refuse),
    source: textOf(fields['source'], `${where}.source`, refuse),
  }
}

const RELATIONS: readonly Rule['relation'][] = ['listing', 'former-listing', 'ownership', 'direct', 'indirect']
const DIRECTIONS: readonly Rule['direction'][] = ['in', 'out', 'any']

function ruleOf(value: unknown, i: number, refuse: Refuse): Rule {
  const where = `rules[${i}]`
  const names = ['id', 'version', 'relation', 'direction', 'categories', 'share', 'score', 'source']
  const fields = fieldsOf(value, where, names, refuse)
  const relation = RELATIONS.find(one => one === fields['relation'])
  const direction = DIRECTIONS.find(one => one === fields['direction'])
  if (relation === undefined) throw refuse(`${where}.relation`, `it is none of ${RELATIONS.join(', ')}`)
  if (direction === undefined) throw refuse(`${where}.direction`, `it is none of ${DIRECTIONS.join(', ')}`)
  const categories = listOf(fields['categories'], `${where}.categories`, refuse)
  return {
    id: textOf(fields['id'], `${where}.id`, refuse),
    version: textOf(fields['version'], `${where}.version`, refuse),
    ...{ relation, direction },
    categories: categories.map(one => categoryOf(one, `${where}.categories`, refuse)),
    share: numberOf(fields['share'], `${where}.share`, 1, refuse),
    score: numberOf(fields['score'], `${where}.score`, 100, refuse),
    source: textOf(fields['source'], `${where}.source`, refuse),
  }
}

function fieldsOf(value: unknown, where: string, names: readonly string[], refuse: Refuse): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refuse(where, 'it holds no fields')
  for (const name of Object.keys(value)) if (!names.includes(name)) throw refuse(where, `“${name}” is no field of it`)
  for (const name of names) if (!Object.hasOwn(value, name)) throw refuse(where, `“${name}” is missing`)
  return value as Fields
}

function listOf(value: unknown, where: string, refuse: Refuse): readonly unknown[] {
  if (!Array.isArray(value) || value.length > RULES_MAX) throw refuse(where, `it is no list of at most ${RULES_MAX}`)
  return value
}

function textOf(value: unknown, where: string, refuse: Refuse): string {
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text === 'string' && /^(?=.*\S)[^\p{Cc}]{1,400}$/u.test(text)) return text
  throw refuse(where, 'it is no text of 1 to 400 characters on one line')
}

function numberOf(value: unknown, where: string, max: number, refuse: Refuse): number {
  if (typeof value === 'number' && value >= 0 && value <= max) return value
  throw refuse(where, `it is no number from 0 to ${max}`)
}

function categoryOf(value: unknown, where: string, refuse: Refuse): Category.Category {
  const category = typeof value === 'string' ? Category.parse(value) : undefined
  if (category === undefined) throw refuse(where, `it is none of ${Category.all.join(', ')}`)
  return category
}

function unitsOf(value: unknown, refuse: Refuse): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw refuse('dust.units', 'it has no assets')
  return Object.fromEntries(
    Object.entries(value).map(([asset, units]) => {
      const text = String(units)
      if (!/^\d{1,78}$/.test(text)) throw refuse(`dust.units.${asset}`, 'it is no whole number of smallest units')
      return [asset, text]
    }),
  )
}

function malformed(file: string, where: string, why: string): Failure {
  const message = `The policy in “${file.slice(0, 200)}” cannot be used: at ${where}, ${why.slice(0, 300)}.`
  return new Failure('Policy.Malformed', 'input', message, {
    hint: 'docs/methods/exposure.md shows a whole policy. Write all of it: a file replaces the built-in one.',
    facts: { file: file.slice(0, 200), where },
  })
}
