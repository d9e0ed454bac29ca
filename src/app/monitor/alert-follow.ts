import { changedSince, lastAlertEvent, reopen } from '../../monitor/monitor.ts'
import type { Context, Operation } from '../operation.ts'
import { type AlertAnswer, alertAnswer } from './told.ts'

export const alertReopen: Operation = {
  name: 'alert reopen',
  summary: 'Take back what one has said of an alert oneself: it is open again, and the record keeps both',
  access: 'write',
  fields: {
    alert: { type: 'integer', positional: true, required: true, says: 'number of the alert' },
    reason: { type: 'string', required: true, says: 'why: it stands in the record' },
  },
  examples: [{ command: 'athar alert reopen 7 --reason "the wrong row"', says: 'by whoever closed it' }],
  run: ({ alert, reason }: { alert: number; reason: string }, { store, clock, user }: Context): AlertAnswer =>
    alertAnswer(reopen(store, alert, reason, clock(), user)),
}

/** Alerts to which something happened, and the number of the last event. */
export type AlertChanges = { readonly alerts: readonly AlertAnswer[]; readonly last: number }

export const alertChanges: Operation = {
  name: 'alert changes',
  summary: 'List alerts to which something happened after an event: closed, withdrawn, mined, reviewed, changed',
  access: 'read',
  fields: {
    after: { type: 'integer', says: 'number of an event; without it only the number of the last one is told' },
    limit: { type: 'integer', default: 200, says: 'how many events at most' },
  },
  examples: [{ command: 'athar alert changes --after 12', says: 'what has become of alerts since event 12' }],
  list: 'alerts',
  run: ({ after, limit }: { after?: number; limit: number }, { store }: Context): AlertChanges => {
    if (after === undefined) return { alerts: [], last: lastAlertEvent(store) }
    const { alerts, last } = changedSince(store, after, limit)
    return { alerts: alerts.map(alertAnswer), last }
  },
}
