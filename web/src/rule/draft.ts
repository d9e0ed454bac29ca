import type { Rule, ThresholdForm } from '../../../src/monitor/monitor.ts'

type Thresholds = Rule['thresholds']

/** Thresholds as they are written in a form: one text each, lists with commas. */
export type Draft = Readonly<Record<string, string>>

/** What is wrong with one of them; `most` where a number is meant. */
export type Wrong = { readonly word: 'wrong' | 'empty' | 'day'; readonly most: number }

export function textsOf(forms: readonly ThresholdForm[], thresholds: Thresholds): Draft {
  return Object.fromEntries(
    forms.map(({ name }) => {
      const value = thresholds[name]
      return [name, value === undefined ? '' : typeof value === 'number' ? String(value) : value.join(', ')]
    }),
  )
}

/** The thresholds that a form says, or what is wrong with which. Digits of either script; `,` and `،` part a list. */
export function read(
  forms: readonly ThresholdForm[],
  draft: Draft,
): { readonly thresholds: Thresholds; readonly wrong: Readonly<Record<string, Wrong>> } {
  const thresholds: Record<string, number | readonly string[]> = {}
  const wrong: Record<string, Wrong> = {}
  for (const { name, kind, most } of forms) {
    const text = latin(draft[name] ?? '')
    if (kind === 'number') {
      const number = numberOf(text)
      if (number === null || number > most!) wrong[name] = { word: 'wrong', most: most! }
      else thresholds[name] = number
      continue
    }
    const items = partsOf(text)
    if (items.length === 0) wrong[name] = { word: 'empty', most: 0 }
    else if (kind === 'days' && !items.every(one => /^\d{4}-\d\d-\d\d$/.test(one)))
      wrong[name] = { word: 'day', most: 0 }
    else thresholds[name] = items
  }
  return { thresholds, wrong }
}

/** The entries of a list. */
export function partsOf(text: string): string[] {
  return text.split(/[,،\s]+/).filter(one => one !== '')
}

export function isSame(a: Thresholds, b: Thresholds): boolean {
  const sorted = (all: Thresholds) => JSON.stringify(Object.entries(all).sort())
  return sorted(a) === sorted(b)
}

function numberOf(text: string): number | null {
  const bare = text.trim().replace(/(?<=\d)[,٬](?=\d{3}(\D|$))/g, '')
  return /^\d{1,13}(\.\d{1,9})?$/.test(bare) ? Number(bare) : null
}

/** Arabic-Indic digits and their decimal sign as Latin ones. */
function latin(text: string): string {
  return text.replace(/[٠-٩]/g, digit => String(digit.charCodeAt(0) - 0x0660)).replace(/٫/g, '.')
}
