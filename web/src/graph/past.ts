import { type Act, reduce } from './act.ts'
import type { Scene } from './scene.ts'

/** A scene with what it was before and what was undone. */
export type Past = {
  readonly before: readonly Scene[]
  readonly now: Scene
  readonly after: readonly Scene[]
}

/** Steps that can be undone. */
const STEPS_MAX = 200

export function begin(scene: Scene): Past {
  return { before: [], now: scene, after: [] }
}

/** An act that changes nothing leaves no step. */
export function perform(past: Past, act: Act): Past {
  const next = reduce(past.now, act)
  if (next === past.now) return past
  return { before: [...past.before, past.now].slice(-STEPS_MAX), now: next, after: [] }
}

/** Where nodes came to lie is no step: undoing an act must not send the eye elsewhere. */
export function place(past: Past, at: ReadonlyMap<string, { readonly x: number; readonly y: number }>): Past {
  const put = (scene: Scene): Scene => {
    const places = { ...scene.places }
    for (const [id, { x, y }] of at) if (places[id]?.pinned !== true) places[id] = { x, y, pinned: false }
    return { ...scene, places }
  }
  const last = past.before.at(-1)
  return { ...past, now: put(past.now), before: last === undefined ? [] : [...past.before.slice(0, -1), put(last)] }
}

export function undo(past: Past): Past {
  const last = past.before.at(-1)
  if (last === undefined) return past
  return { before: past.before.slice(0, -1), now: last, after: [past.now, ...past.after] }
}

export function redo(past: Past): Past {
  const [next, ...rest] = past.after
  return next === undefined ? past : { before: [...past.before, past.now], now: next, after: rest }
}
