import { createForce, type LayoutQuestion } from './force.ts'
import { layered } from './layers.ts'

/** A layout away from the hand that draws: nothing here can block input. */
export type Asked = LayoutQuestion & {
  readonly id: number
  readonly kind: 'flow' | 'web'
  readonly turned: boolean
  /** false: only the end is told (reduced motion). */
  readonly moving: boolean
}

export type Told = { readonly id: number; readonly places: Float64Array; readonly done: boolean }

let newest = 0

self.onmessage = ({ data }: MessageEvent<Asked>) => {
  newest = data.id
  if (data.kind === 'flow') tell({ id: data.id, places: layered(data, data.turned), done: true })
  else void relax(data)
}

/** Rounds between two tellings, fewer for a large graph. */
const NODE_ROUNDS = 90_000

async function relax(asked: Asked): Promise<void> {
  const force = createForce(asked)
  const rounds = Math.max(2, Math.min(40, Math.floor(NODE_ROUNDS / (asked.size.length + 1))))
  for (let goesOn = true; goesOn; ) {
    if (newest !== asked.id) return
    goesOn = force.step(rounds)
    if (asked.moving || !goesOn) tell({ id: asked.id, places: force.places(), done: !goesOn })
    // Lets a newer question in.
    await new Promise(resolve => setTimeout(resolve))
  }
}

function tell(told: Told): void {
  self.postMessage(told, { transfer: [told.places.buffer] })
}
