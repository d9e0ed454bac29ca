import { type Alert, alerts, close, type Disposition, findAlert, review } from '../../monitor/monitor.ts'
import type { Context, Operation } from '../operation.ts'
import { type AlertAnswer, alertAnswer } from './told.ts'

type ListInput = {
  readonly status?: Alert['status']
  readonly watch?: string
  readonly overdue: boolean
  readonly limit: number
  readonly after?: number
}

export const alertList: Operation = {
  name: 'alert list',
  summary: 'List alerts, newest first, with their reasons and what became of them',
  access: 'read',
  fields: {
    status: { type: 'string', choices: ['open', 'closed', 'withdrawn'], says: 'only those' },
    watch: { type: 'string', says: 'only those of one watch' },
    overdue: { type: 'boolean', default: false, says: 'only open ones whose deadline has passed' },
    after: { type: 'integer', says: 'only those with a higher number, oldest first: for who follows' },
    limit: { type: 'integer', default: 100, says: 'how many at most' },
  },
  examples: [
    { command: 'athar alert list --status open', says: 'what waits for somebody' },
    { command: 'athar alert list --overdue --json', says: 'what has waited too long' },
  ],
  list: 'alerts',
  print: (answer: AlertList) => answer.alerts.map(lineOf).join('\n') || 'no alert',
  run: ({ status, watch, overdue, limit, after }: ListInput, { store, clock }: Context): AlertList => {
    const newest = alerts(store).filter(alert => status === undefined || alert.status === status)
    const all = after === undefined ? newest : newest.filter(alert => alert.id > after).reverse()
    const late = (alert: Alert): boolean =>
      alert.status === 'open' && alert.deadline !== null && alert.deadline < clock()
    const found = all.filter(alert => (watch === undefined || alert.watch === watch) && (!overdue || late(alert)))
    return { alerts: found.slice(0, limit).map(alertAnswer), shown: Math.min(limit, found.length), of: found.length }
  },
}

export type AlertList = { readonly alerts: readonly AlertAnswer[]; readonly shown: number; readonly of: number }

export const alertClose: Operation = {
  name: 'alert close',
  summary: 'Say what an alert turned out to be, with the reason',
  access: 'write',
  fields: {
    alert: { type: 'integer', positional: true, required: true, says: 'number of the alert' },
    as: { type: 'string', required: true, choices: ['true', 'false', 'unclear'], says: 'what it turned out to be' },
    reason: { type: 'string', required: true, says: 'why: it stands in the record' },
  },
  examples: [
    { command: 'athar alert close 7 --as false --reason "own wallet of the customer"', says: 'with its reason' },
  ],
  run: (input: { alert: number; as: Disposition['verdict']; reason: string }, { store, clock, user }: Context) =>
    alertAnswer(close(store, input.alert, input.as, input.reason, clock(), user)),
}

export const alertReview: Operation = {
  name: 'alert review',
  summary: 'Look at a closed alert as a second person; who disagrees opens it again',
  access: 'write',
  fields: {
    alert: { type: 'integer', positional: true, required: true, says: 'number of the alert' },
    verdict: { type: 'string', required: true, choices: ['agree', 'disagree'], says: 'with what was said' },
    reason: { type: 'string', required: true, says: 'why: it stands in the record' },
  },
  examples: [
    { command: 'athar alert review 7 --verdict agree --reason "checked the KYC file"', says: 'by somebody else' },
  ],
  run: (input: { alert: number; verdict: 'agree' | 'disagree'; reason: string }, { store, clock, user }: Context) =>
    alertAnswer(review(store, input.alert, input.verdict === 'agree', input.reason, clock(), user)),
}

export const alertShow: Operation = {
  name: 'alert show',
  summary: 'Show one alert with everything that happened to it',
  access: 'read',
  fields: { alert: { type: 'integer', positional: true, required: true, says: 'number of the alert' } },
  examples: [{ command: 'athar alert show 7', says: 'its reasons, thresholds and record' }],
  run: ({ alert }: { alert: number }, { store }: Context) => alertAnswer(findAlert(store, alert)),
}

function lineOf({ id, status, because, disposition, standing }: AlertAnswer): string {
  const said = disposition === null ? '' : `; ${disposition.verdict}: ${disposition.reason}`
  return `${id}  ${status}${standing === 'unconfirmed' ? ', unconfirmed' : ''}  ${because.en}${said}`
}
