import * as Instant from '../../model/instant.ts'
import {
  addReceiver,
  findReceiver,
  healthOf,
  pauseReceiver,
  type Receiver,
  receivers,
  removeReceiver,
} from '../../monitor/monitor.ts'
import { Failure } from '../../std/failure.ts'
import * as Name from '../../std/name.ts'
import type { Store } from '../../store/store.ts'
import { keptPath } from '../kept-path.ts'
import type { Context, Operation } from '../operation.ts'
import { type OutsideInput, outsideFields, secretFrom } from '../outside.ts'
import { type Delivered, deliverAll, sendTest } from './deliver.ts'
import { problemOf } from './receiver-file.ts'
import type { Added } from './told.ts'

type AddInput = {
  readonly name: string
  readonly kind: Receiver['kind']
  readonly target: string
  readonly secret?: string
  readonly server?: string
}

const nameField = { type: 'string', positional: true, required: true, says: 'name of the receiver' } as const

export const receiverAdd: Operation = {
  name: 'receiver add',
  summary: 'Name somebody who is told of alerts: a webhook, a mail address or a file of JSON lines',
  access: 'write',
  fields: {
    name: { type: 'string', positional: true, required: true, says: 'what to call it' },
    kind: { type: 'string', required: true, choices: ['webhook', 'mail', 'file'], says: 'how it is told' },
    target: { type: 'string', required: true, says: 'address of the webhook, mail address, path of the file' },
    secret: {
      type: 'string',
      says: 'path of a file: key of the signature, else a webhook is not signed; or user:password of the mail server',
    },
    server: { type: 'string', says: 'of mail: smtp://host:587 or smtps://host:465' },
  },
  examples: [
    {
      command: 'athar receiver add desk --kind webhook --target https://desk.example/athar --secret hook.key',
      says: 'each message signed with HMAC-SHA256 over id, time and body',
    },
    { command: 'athar receiver add log --kind file --target alerts.jsonl', says: 'a line an alert' },
  ],
  run: (input: AddInput, context: Context): ReceiverListed => {
    const { store, clock, user, progress } = context
    const { name, kind, server } = input
    if (!Name.isName(name)) throw wrong(`its name has ${Name.SAYS}`)
    const target = kind === 'file' ? keptPath(input.target, context) : input.target
    const problem = kind === 'file' ? problemOf(target, store.directory) : null
    if (problem !== null) throw wrong(problem)
    if (kind === 'webhook' && !/^https?:\/\//.test(target)) throw wrong('a webhook is an http or https address')
    if (kind === 'mail' && (!/^[^\s@]+@[^\s@]+$/.test(target) || server === undefined)) {
      throw wrong('mail needs an address with @ and a --server')
    }
    // A key that cannot be read would fail each delivery later.
    const secret = input.secret === undefined ? null : keptPath(input.secret, context)
    if (secret !== null) secretFrom(secret)
    const receiver = { name, kind, target, secret, server: server ?? null }
    const note = noteOf(receiver)
    if (note !== null) progress({ done: 1, total: null, unit: 'receiver:', note, last: true })
    return listed(store, addReceiver(store, receiver, clock(), user))
  },
}

export const receiverList: Operation = {
  name: 'receiver list',
  summary: 'List who is told of alerts, and how it goes: what waits, what was taken last, what fails and why',
  access: 'read',
  fields: {},
  examples: [{ command: 'athar receiver list', says: 'with how each is told' }],
  list: 'receivers',
  run: (_: object, { store }: Context): { receivers: readonly ReceiverListed[] } => ({
    receivers: receivers(store).map(one => listed(store, one)),
  }),
}

/** A receiver with how it goes. Its secret is named by the file that holds it, and never shown. */
export type ReceiverListed = Omit<Added<Receiver>, 'pausedAt'> & {
  readonly pausedAt: string | null
  /** What its user must know of how it is told: a webhook without a key; or null. */
  readonly note: string | null
  readonly waiting: number
  readonly deliveredAt: string | null
  /** Since when nothing gets through, why, and when it is tried next; null: the last try did not fail. */
  readonly failing: { readonly since: string; readonly why: string; readonly nextAt: string } | null
}

function listed(store: Store, receiver: Receiver): ReceiverListed {
  const { waiting, deliveredAt, failing } = healthOf(store, receiver)
  const { addedAt, pausedAt } = receiver
  return {
    ...{ ...receiver, addedAt: Instant.format(addedAt), pausedAt: timeOf(pausedAt) },
    ...{ note: noteOf(receiver), waiting, deliveredAt: timeOf(deliveredAt) },
    failing:
      failing === null
        ? null
        : { ...failing, since: Instant.format(failing.since), nextAt: Instant.format(failing.nextAt) },
  }
}

/** Of mail the secret is a login, and a file is nobody else's. */
function noteOf({ kind, secret }: Pick<Receiver, 'kind' | 'secret'>): string | null {
  return kind === 'webhook' && secret === null ? UNSIGNED : null
}

const UNSIGNED =
  'no --secret is set, so its messages are not signed: who takes them cannot tell that they come from here'

function timeOf(at: Instant.Instant | null): string | null {
  return at === null ? null : Instant.format(at)
}

export const receiverRemove: Operation = {
  name: 'receiver remove',
  summary: 'Tell somebody no longer',
  access: 'write',
  fields: { name: nameField },
  examples: [{ command: 'athar receiver remove desk', says: 'what it has not had stays undelivered' }],
  run: ({ name }: { name: string }, { store, clock, user }: Context) => {
    removeReceiver(store, name, clock(), user)
    return { removed: name }
  },
}

type TestInput = OutsideInput & { readonly name: string }

/** What came of a test. */
export type ReceiverTested = { readonly receiver: string; readonly why: string | null }

export const receiverTest: Operation = {
  name: 'receiver test',
  summary: 'Send somebody a test message now, and say whether it was taken',
  access: 'write',
  fields: { name: nameField, ...outsideFields },
  examples: [{ command: 'athar receiver test desk', says: 'signed like an alert, of the type “test”' }],
  verdict: ({ why }: ReceiverTested) => (why === null ? 'ok' : 'no'),
  run: async ({ name, ...input }: TestInput, context: Context): Promise<ReceiverTested> => ({
    receiver: name,
    why: await sendTest(input, findReceiver(context.store, name), context),
  }),
}

export const receiverPause: Operation = {
  name: 'receiver pause',
  summary: 'Hand somebody nothing for a while; what comes meanwhile stays due',
  access: 'write',
  fields: { name: nameField },
  examples: [{ command: 'athar receiver pause desk', says: 'until `athar receiver resume desk`' }],
  run: pausing(true),
}

export const receiverResume: Operation = {
  name: 'receiver resume',
  summary: 'Go on with somebody who was paused, with all that came meanwhile',
  access: 'write',
  fields: { name: nameField },
  examples: [{ command: 'athar receiver resume desk', says: 'the next delivery hands on what waits' }],
  run: pausing(false),
}

export const receiverRun: Operation = {
  name: 'receiver run',
  summary: 'Hand everybody what they have not had yet',
  access: 'write',
  fields: outsideFields,
  examples: [{ command: 'athar receiver run', says: 'after somebody was away; `athar watch run` does it too' }],
  verdict: (answer: { receivers: readonly Delivered[] }) =>
    answer.receivers.some(one => one.why !== null) ? 'no' : 'ok',
  list: 'receivers',
  run: async (input: OutsideInput, context: Context) => ({ receivers: await deliverAll(input, context) }),
}

function pausing(isPaused: boolean) {
  return ({ name }: { name: string }, { store, clock, user }: Context): ReceiverListed =>
    listed(store, pauseReceiver(store, name, isPaused, clock(), user))
}

function wrong(says: string): Failure {
  return new Failure('Receiver.NotUnderstood', 'usage', `That is no receiver: ${says}.`, {
    hint: '`athar receiver add --help` has examples.',
    facts: { says },
  })
}
