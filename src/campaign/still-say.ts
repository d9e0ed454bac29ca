import type { AmountJson } from '../model/amount.ts'
import { isolate } from '../std/isolate.ts'
import type { Control } from './still.ts'

/** What one holder could hold of one asset. */
export type Holding = {
  readonly control: Control
  /** At the set's own addresses, and paid to the holder lately with no sign that it went on. */
  readonly resting: AmountJson
  readonly arrived: AmountJson
  readonly addresses: number
  /** When the first quarter, and half, of value of this age usually had left: the earliest over its lots. */
  readonly quarterBy: string | null
  readonly halfBy: string | null
}

/** How long value of one asset usually lay. */
export type HabitJson = {
  readonly moves: number
  readonly amount: AmountJson
  readonly quarterSeconds: number
  readonly medianSeconds: number
  readonly threeQuarterSeconds: number
}

type Sentence = { readonly en: string; readonly ar: string }

type Said = {
  readonly stoppable: readonly Holding[]
  readonly outOfReach: readonly AmountJson[]
  readonly frozen: readonly AmountJson[]
  readonly habits: readonly HabitJson[]
}

/** What can be stopped, by whom and until when: a sentence each, in English and Arabic. */
export function sentencesOf({ stoppable, outOfReach, frozen, habits }: Said): Sentence[] {
  const said = [
    ...stoppable.flatMap(ofHolding),
    ...outOfReach.map(amount => ({
      en: `${show(amount)} lies where nobody but its holder can stop it.`,
      ar: `${show(amount)} في مواضع لا يستطيع أحد إيقافها سوى حائزها.`,
    })),
    ...frozen.map(amount => ({
      en: `${show(amount)} is frozen already.`,
      ar: `${show(amount)} مجمَّدة فعلًا.`,
    })),
    ...habits.map(ofHabit),
  ]
  if (stoppable.length > 0) return said
  const none = {
    en: 'Nothing was found that an issuer or an exchange could still stop, in what was read.',
    ar: 'لم يوجد فيما قُرئ ما يزال بوسع مُصدِر أو منصّة إيقافه.',
  }
  return [none, ...said]
}

function ofHolding({ control, resting, arrived, addresses, quarterBy, halfBy }: Holding): Sentence[] {
  const who = isolate(control.who ?? '')
  const window = {
    en: halfBy === null ? '' : ` By its own past a quarter leaves by ${day(quarterBy!)} and half by ${day(halfBy)}.`,
    ar: halfBy === null ? '' : ` وبحسب ماضيها يغادر ربعها حتى ${day(quarterBy!)} ونصفها حتى ${day(halfBy)}.`,
  }
  const sentences: Sentence[] = []
  if (resting.amount !== '0') {
    sentences.push({
      en: `${who} could stop ${show(resting)} (addresses: ${addresses}).${window.en}`,
      ar: `بوسع ${who} إيقاف ${show(resting)} (عدد العناوين: ${addresses}).${window.ar}`,
    })
  }
  if (arrived.amount !== '0') {
    const inferred = control.grade === 'inferred'
    const how = inferred
      ? { en: ' (inferred from how the addresses are used)', ar: ' (استنتاجًا من استعمال العناوين)' }
      : { en: '', ar: '' }
    sentences.push({
      en: `${show(arrived)} came to ${who} within 30 days${how.en}: ask whether it is still there.`,
      ar: `وصل إلى ${who} خلال 30 يومًا ${show(arrived)}${how.ar}: يُسأل إن كانت لا تزال هناك.`,
    })
  }
  return sentences
}

function ofHabit({ amount, moves, quarterSeconds, medianSeconds, threeQuarterSeconds }: HabitJson): Sentence {
  const spread = `${time(quarterSeconds)} – ${time(threeQuarterSeconds)}`
  return {
    en:
      `Of ${show(amount)} that moved on (${moves} times), half had left within ${time(medianSeconds)} ` +
      `(middle half: ${spread}; days.hours:minutes).`,
    ar:
      `من ${show(amount)} مضت في طريقها (عدد المرات: ${moves}) غادر نصفها خلال ${time(medianSeconds)} ` +
      `(النصف الأوسط: ${spread}؛ أيام.ساعات:دقائق).`,
  }
}

function show({ value, asset, network }: AmountJson & { readonly network?: string }): string {
  return isolate(`${value} ${asset}${network === undefined ? '' : ` (${network})`}`)
}

function day(at: string): string {
  return isolate(`${at.slice(0, 10)} ${at.slice(11, 16)} UTC`)
}

/** Days, hours and minutes without words, which no language need inflect. */
function time(seconds: number): string {
  const [days, hours, minutes] = [seconds / 86_400, (seconds % 86_400) / 3600, (seconds % 3600) / 60].map(Math.floor)
  return isolate(`${days}.${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`)
}
