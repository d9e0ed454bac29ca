import { appendFileSync } from 'node:fs'
import * as Instant from '../../model/instant.ts'
import { due, findAlert, keepDelivery, type Receiver, receivers } from '../../monitor/monitor.ts'
import { sendMail } from '../../source/mail.ts'
import { hmacSha256Hex } from '../../std/digest.ts'
import { Failure } from '../../std/failure.ts'
import type { Context } from '../operation.ts'
import { type Outside, type OutsideInput, openOutside, secretFrom } from '../outside.ts'
import { alertAnswer } from './told.ts'

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
export async function deliverAll(input: OutsideInput, context: Context): Promise<Delivered[]> {
  const { store } = context
  const all = receivers(store)
  if (all.length === 0) return []
  const outside = openOutside(input, 'receiver run', context)
  try {
    const answers: Delivered[] = []
    for (const receiver of all) answers.push(await deliver(receiver, outside, context))
    return answers
  } finally {
    outside.close()
  }
}

async function deliver(receiver: Receiver, outside: Outside, { store, clock, signal }: Context): Promise<Delivered> {
  const sum = { delivered: 0, failed: 0 }
  for (const one of due(store, receiver, clock())) {
    if (signal.aborted) break
    const alert = findAlert(store, one.alert)
    const event = alert.events.find(row => row.id === one.event)
    const id = `${one.alert}-${one.event}`
    const told = { id, type: event?.kind ?? 'raised', sentAt: Instant.format(clock()), alert: alertAnswer(alert) }
    const body = JSON.stringify(told)
    try {
      await hand(receiver, id, body, outside)
    } catch (cause) {
      if (!(cause instanceof Failure)) throw cause
      keepDelivery(store, receiver, one, { done: false, note: cause.message }, clock())
      // Where one fails the next would too: the order stays, and the receiver is left in peace until its time.
      return { receiver: receiver.name, ...sum, failed: 1, why: cause.message }
    }
    keepDelivery(store, receiver, one, { done: true, note: '' }, clock())
    sum.delivered++
  }
  return { receiver: receiver.name, ...sum, why: null }
}

async function hand(receiver: Receiver, id: string, body: string, outside: Outside): Promise<void> {
  const { kind, target } = receiver
  if (kind === 'file') return appendFileSync(target, `${body}\n`, { mode: 0o600 })
  const secret = receiver.secret === null ? null : secretFrom(receiver.secret)
  if (kind === 'mail') {
    const { alert, type } = JSON.parse(body) as {
      alert: { because: { en: string; ar: string }; watch: string }
      type: string
    }
    const text = `${alert.because.en}\n\n${alert.because.ar}\n\n${body}\n`
    const subject = `Athar: ${type === 'raised' ? 'alert' : type} ${id} (${alert.watch.slice(0, 60)})`
    return sendMail(
      receiver.server!,
      secret,
      { from: `athar@${'localhost'}`, to: target, subject, text, id },
      outside.manners,
    )
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

/**
 * What lets a receiver tell that a message is ours, whole, and not an old one sent again: HMAC-SHA256 over id, time and
 * body, in the form of the Standard Webhooks specification but for the hexadecimal digits.
 */
function signatureOf(secret: string | null, id: string, at: string, body: string): Record<string, string> {
  const head = { 'webhook-id': id, 'webhook-timestamp': at }
  return secret === null ? head : { ...head, 'webhook-signature': `v1,${hmacSha256Hex(secret, `${id}.${at}.${body}`)}` }
}
