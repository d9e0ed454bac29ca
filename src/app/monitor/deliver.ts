import { appendFileSync } from 'node:fs'
import * as Instant from '../../model/instant.ts'
import {
  type Due,
  dueAt,
  findAlert,
  keepDelivery,
  type Receiver,
  receivers,
  undelivered,
} from '../../monitor/monitor.ts'
import { sendMail } from '../../source/mail.ts'
import { hmacSha256Hex } from '../../std/digest.ts'
import { Failure } from '../../std/failure.ts'
import { randomId } from '../../std/random.ts'
import type { Store } from '../../store/store.ts'
import type { Context } from '../operation.ts'
import { type Outside, type OutsideInput, openOutside, secretFrom } from '../outside.ts'
import { problemOf } from './receiver-file.ts'
import { type AlertAnswer, alertAnswer } from './told.ts'

/** What was handed on. */
export type Delivered = {
  readonly receiver: string
  readonly delivered: number
  readonly failed: number
  /** Why the first that failed did, or null. */
  readonly why: string | null
}

/**
 * Hands every receiver what it has not had yet, oldest first. What fails stays due and is tried again later, for as
 * long as the receiver stands: nothing is lost while it is down. A message may come twice, never under two ids.
 */
export async function deliverAll(input: OutsideInput, context: Context): Promise<readonly Delivered[]> {
  if (receivers(context.store).length === 0) return []
  const courier = openCourier(input, context)
  try {
    await handAll(courier, context)
    return courier.told()
  } finally {
    courier.close()
  }
}

/** Sends one message that is no alert, at once. Why it was not taken, or null. */
export async function sendTest(input: OutsideInput, receiver: Receiver, context: Context): Promise<string | null> {
  const { clock, store } = context
  const id = `test-${randomId()}`
  const body = JSON.stringify({ id, type: 'test', sentAt: Instant.format(clock()), alert: null })
  if (receiver.kind === 'file') return append(receiver.target, [{ body }], store.directory)
  const outside = openOutside(input, 'receiver test', context)
  try {
    context.release?.()
    await hand(receiver, id, body, outside)
    return null
  } catch (cause) {
    if (cause instanceof Failure) return cause.message
    throw cause
  } finally {
    outside.close()
  }
}

/** Hands on all that is due, and waits for it. */
export async function handAll(courier: Courier, context: Context): Promise<void> {
  while (courier.tend(context)) await courier.idle()
}

/**
 * Carries alerts to their receivers beside other work, so that one that is slow holds up nobody: messages are on their
 * way while the store is closed, and what became of them is recorded the next time that it is open.
 */
export type Courier = {
  /** Records what was handed on since, and sends what is due now. Whether anything is on its way. */
  tend(context: Context): boolean
  /** Until nothing is on its way. */
  idle(): Promise<void>
  told(): readonly Delivered[]
  close(): void
}

/** Messages known for one receiver at once; the others stay in the store. */
const OPEN_MAX = 10_000

type Sent = { readonly due: Due; readonly failure: string | null; readonly at: number }

/** What is known of one receiver while it is served. */
type Round = {
  readonly receiver: Receiver
  readonly open: Map<string, Due>
  after: { alert: number; event: number }
  busy: Promise<void> | null
  readonly sent: Sent[]
  told: Delivered
  /** After a failure nothing is sent before this time, whatever else is due. */
  restUntil: number
  /** A defect met on the way: thrown where somebody listens. */
  defect: unknown
}

export function openCourier(input: OutsideInput, context: Context): Courier {
  const outside = openOutside(input, 'receiver run', context)
  const rounds = new Map<string, Round>()
  return {
    tend(now) {
      const standing = receivers(now.store)
      for (const name of rounds.keys()) if (!standing.some(one => one.name === name)) rounds.delete(name)
      for (const receiver of standing) {
        const held = rounds.get(receiver.name)
        const round = held?.receiver.addedAt === receiver.addedAt ? held : roundOf(receiver)
        rounds.set(receiver.name, round)
        if (receiver.pausedAt === null) serve(round, outside, now)
        else record(round, now)
      }
      return [...rounds.values()].some(round => round.busy !== null)
    },
    async idle() {
      await Promise.all([...rounds.values()].map(round => round.busy))
    },
    told: () => [...rounds.values()].map(round => round.told),
    close: outside.close,
  }
}

function roundOf(receiver: Receiver): Round {
  const told = { receiver: receiver.name, delivered: 0, failed: 0, why: null }
  return {
    receiver,
    open: new Map(),
    after: { alert: 0, event: 0 },
    busy: null,
    sent: [],
    told,
    restUntil: 0,
    defect: null,
  }
}

function serve(round: Round, outside: Outside, context: Context): void {
  if (round.defect !== null) throw round.defect
  record(round, context)
  const { store, clock, signal } = context
  const { receiver, open } = round
  for (const one of undelivered(store, receiver, round.after, OPEN_MAX - open.size)) {
    open.set(keyOf(one), one)
    const { alert, event } = round.after
    round.after = one.event === 0 ? { event, alert: one.alert } : { alert, event: one.event }
  }
  if (round.busy !== null || signal.aborted || clock() < round.restUntil) return
  const due = [...open.values()].filter(one => dueAt(one) <= clock()).sort((a, b) => a.at - b.at)
  const messages = due.slice(0, MESSAGES_MAX).map(one => ({ due: one, ...messageOf(store, one, clock()) }))
  if (messages.length === 0) return
  if (receiver.kind === 'file') {
    const failure = append(receiver.target, messages, store.directory)
    for (const { due: one } of failure === null ? messages : messages.slice(0, 1)) {
      round.sent.push({ due: one, failure, at: clock() })
    }
    record(round, context)
    return
  }
  const carried = carry(round, messages, outside).catch(cause => {
    round.defect = cause
  })
  round.busy = carried.then(() => {
    round.busy = null
  })
}

/** Why it could not be written, or null. */
function append(path: string, messages: readonly Pick<Message, 'body'>[], directory: string): string | null {
  const problem = problemOf(path, directory)
  if (problem !== null) return `Nothing is written: ${problem}.`
  try {
    appendFileSync(path, messages.map(one => `${one.body}\n`).join(''), { mode: 0o600 })
    return null
  } catch (cause) {
    return `${path} cannot be written (${(cause as NodeJS.ErrnoException).code ?? 'unknown'}).`
  }
}

/** Messages made at once. */
const MESSAGES_MAX = 5000

type Message = { readonly due: Due; readonly id: string; readonly body: string }

function messageOf(store: Store, { alert: number, event }: Due, now: number): Omit<Message, 'due'> {
  const alert = findAlert(store, number)
  const type = alert.events.find(row => row.id === event)?.kind ?? 'raised'
  const id = `${number}-${event}`
  return { id, body: JSON.stringify({ id, type, sentAt: Instant.format(now), alert: alertAnswer(alert) }) }
}

/** One after another. Where one fails the next would too: the receiver is left in peace until its time. */
async function carry({ receiver, sent }: Round, messages: readonly Message[], outside: Outside): Promise<void> {
  for (const { due, id, body } of messages) {
    try {
      await hand(receiver, id, body, outside)
      sent.push({ due, failure: null, at: outside.manners.clock() })
    } catch (cause) {
      if (!(cause instanceof Failure)) throw cause
      if (cause.kind !== 'cancelled') sent.push({ due, failure: cause.message, at: outside.manners.clock() })
      return
    }
  }
}

function record(round: Round, { store }: Context): void {
  if (round.sent.length === 0) return
  const sent = round.sent.splice(0)
  store.transaction(() => {
    for (const { due, failure, at } of sent) {
      keepDelivery(store, round.receiver, due, { done: failure === null, note: failure ?? '' }, at)
    }
  })
  for (const { due, failure, at } of sent) {
    const { delivered, failed, why } = round.told
    const tried = { ...due, attempts: due.attempts + 1, lastAt: at }
    if (failure === null) round.open.delete(keyOf(due))
    else round.open.set(keyOf(due), tried)
    if (failure !== null) round.restUntil = dueAt(tried)
    const more = failure === null ? { delivered: delivered + 1 } : { failed: failed + 1, why: why ?? failure }
    round.told = { ...round.told, ...more }
  }
}

function keyOf({ alert, event }: Due): string {
  return `${alert}-${event}`
}

async function hand(receiver: Receiver, id: string, body: string, outside: Outside): Promise<void> {
  const { kind, target } = receiver
  const secret = receiver.secret === null ? null : secretFrom(receiver.secret)
  if (kind === 'mail') {
    const letter = { from: `athar@${'localhost'}`, to: target, id, ...letterOf(id, body) }
    return sendMail(receiver.server!, secret, letter, outside.manners)
  }
  const at = String(outside.manners.clock())
  const answer = await outside.ask({
    url: target,
    body,
    headers: { ...signatureOf(secret, id, at, body), accept: '*/*' },
  })
  if (answer.status >= 200 && answer.status < 300) return
  throw new Failure(
    'Receiver.Refused',
    'unreachable',
    `${new URL(target).host} answered with status ${answer.status}.`,
    {
      hint: 'It is tried again later; what it did not take stays due.',
      facts: { receiver: receiver.name, status: answer.status },
    },
  )
}

/** In both languages; the message itself stands below. */
function letterOf(id: string, body: string): { readonly subject: string; readonly text: string } {
  const { alert, type } = JSON.parse(body) as { alert: AlertAnswer | null; type: string }
  const said = alert === null ? TEST : [alert.because.en, alert.reason?.en, alert.because.ar, alert.reason?.ar]
  const text = `${[...said, body].filter(part => part !== undefined).join('\n\n')}\n`
  if (alert === null) return { subject: 'Athar: test', text }
  return { subject: `Athar: ${type === 'raised' ? 'alert' : type} ${id} (${alert.watch.slice(0, 60)})`, text }
}

const TEST = [
  'This is a test: alerts will come this way. Nothing happened.',
  'هذه رسالة تجريبية: ستصل التنبيهات بهذا الطريق. ولم يقع شيء.',
] as const

/**
 * What lets a receiver tell that a message is ours, whole, and not an old one sent again: HMAC-SHA256 over id, time and
 * body, in the form of the Standard Webhooks specification but for the hexadecimal digits.
 */
function signatureOf(secret: string | null, id: string, at: string, body: string): Record<string, string> {
  const head = { 'webhook-id': id, 'webhook-timestamp': at }
  return secret === null ? head : { ...head, 'webhook-signature': `v1,${hmacSha256Hex(secret, `${id}.${at}.${body}`)}` }
}
