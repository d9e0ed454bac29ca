import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { frames, type Stage } from './stage.ts'

/**
 * What the main thread of a page computed: all of it, and its longest task, in milliseconds of processor time. Time by
 * the clock would tell how busy the machine is, and how long a graphics card in software takes to paint.
 */
export type Effort = { readonly whole: number; readonly longest: number }

/**
 * Traces what is done, and after it a piece of work that is always the same, in the same thread. What that took says
 * how fast the processor is just now: figures are told as of the machine of docs/performance.md.
 */
export async function effortOf({ browser }: Stage, page: Page, work: () => Promise<void>): Promise<Effort> {
  await browser.startTracing(page, { categories: ['-*', 'toplevel', 'blink.user_timing'] })
  let trace: Buffer
  try {
    await work()
    await page.evaluate<void>(UNIT)
    // The task that answers is told in the trace once it has ended.
    await frames(page, 2)
  } finally {
    trace = await browser.stopTracing()
  }
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] }
  const mark = traceEvents.find(one => one.name === 'athar-unit')
  assert.ok(mark !== undefined, 'the trace has no mark')
  const own = traceEvents.filter(one => one.name === TASK && one.pid === mark.pid && one.tid === mark.tid)
  const unit = own.find(one => one.ts <= mark.ts && mark.ts <= one.ts + one.dur!)
  assert.ok(unit?.tdur !== undefined, 'the trace tells no processor time of tasks')
  const scale = UNIT_MILLISECONDS / (unit.tdur / 1000)
  const tasks = own.filter(one => one !== unit).map(one => ((one.tdur ?? 0) / 1000) * scale)
  assert.ok(tasks.length > 0, 'the trace has no tasks')
  return { whole: tasks.reduce((sum, one) => sum + one, 0), longest: Math.max(...tasks) }
}

/** Of Chromium's trace: microseconds; `tdur` is processor time. */
type TraceEvent = {
  readonly name: string
  readonly pid: number
  readonly tid: number
  readonly ts: number
  readonly dur?: number
  readonly tdur?: number
}

const TASK = 'ThreadControllerImpl::RunTask'

/** In the page: the piece of work, as a task of its own. */
const UNIT = `new Promise(resolve => setTimeout(() => {
  performance.mark('athar-unit')
  let sum = 0
  for (let i = 0; i < 3e7; i++) sum = (Math.imul(sum, 31) + i) | 0
  resolve(sum)
}))`

/** What it takes on the machine of docs/performance.md: 151 to 157, at a load of 1 and of 13. */
const UNIT_MILLISECONDS = 154
