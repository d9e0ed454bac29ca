import { type Row, row } from '../row.ts'

/** Watches, rules, alerts and who is told: rows of the table of operations. */
export const rows: readonly Row[] = [
  row(
    'watch add',
    'Watch an address, its cluster, a campaign, an entity or a folder of incoming posts',
    'write',
    async () => (await import('./watch.ts')).watchAdd,
  ),
  row(
    'watch list',
    'List the watches and how many addresses each stands for',
    'read',
    async () => (await import('./watch.ts')).watchList,
  ),
  row('watch remove', 'End a watch; its alerts stay', 'write', async () => (await import('./watch.ts')).watchRemove),
  row(
    'watch restore',
    'Take the ending of a watch back: it stands as before, and tells nothing twice',
    'write',
    async () => (await import('./watch.ts')).watchRestore,
  ),
  row(
    'watch run',
    'Hold what is stored against every watch, raise alerts once each, and deliver them',
    'write',
    async () => (await import('./watch.ts')).watchRun,
  ),
  row(
    'alert list',
    'List alerts, newest first, with their reasons and what became of them',
    'read',
    async () => (await import('./alert.ts')).alertList,
  ),
  row(
    'alert show',
    'Show one alert with everything that happened to it',
    'read',
    async () => (await import('./alert.ts')).alertShow,
  ),
  row(
    'alert close',
    'Say what an alert turned out to be, with the reason',
    'write',
    async () => (await import('./alert.ts')).alertClose,
  ),
  row(
    'alert review',
    'Look at a closed alert as a second person; who disagrees opens it again',
    'write',
    async () => (await import('./alert.ts')).alertReview,
  ),
  row(
    'alert reopen',
    'Take back what one has said of an alert oneself: it is open again, and the record keeps both',
    'write',
    async () => (await import('./alert-follow.ts')).alertReopen,
  ),
  row(
    'alert changes',
    'List alerts to which something happened after an event: closed, withdrawn, mined, reviewed, changed',
    'read',
    async () => (await import('./alert-follow.ts')).alertChanges,
  ),
  row(
    'rule list',
    'List the rules with thresholds, sources and how often they fired on controls',
    'read',
    async () => (await import('./rule.ts')).ruleList,
  ),
  row(
    'rule add',
    'Add a rule, or a new version of one, from a JSON file; it begins as a draft',
    'write',
    async () => (await import('./rule.ts')).ruleAdd,
  ),
  row(
    'rule test',
    'Run a rule over the stored ledger: how often it fires on watched addresses and on controls',
    'write',
    async () => (await import('./rule.ts')).ruleTest,
  ),
  row(
    'rule activate',
    'Put a rule in force; one whose thresholds nobody states must have been tested here first',
    'write',
    async () => (await import('./rule.ts')).ruleActivate,
  ),
  row(
    'receiver add',
    'Name somebody who is told of alerts: a webhook, a mail address or a file of JSON lines',
    'write',
    async () => (await import('./receiver.ts')).receiverAdd,
  ),
  row(
    'receiver list',
    'List who is told of alerts, and how it goes: what waits, what was taken last, what fails and why',
    'read',
    async () => (await import('./receiver.ts')).receiverList,
  ),
  row(
    'receiver test',
    'Send somebody a test message now, and say whether it was taken',
    'write',
    async () => (await import('./receiver.ts')).receiverTest,
  ),
  row(
    'receiver pause',
    'Hand somebody nothing for a while; what comes meanwhile stays due',
    'write',
    async () => (await import('./receiver.ts')).receiverPause,
  ),
  row(
    'receiver resume',
    'Go on with somebody who was paused, with all that came meanwhile',
    'write',
    async () => (await import('./receiver.ts')).receiverResume,
  ),
  row(
    'receiver remove',
    'Tell somebody no longer',
    'write',
    async () => (await import('./receiver.ts')).receiverRemove,
  ),
  row(
    'receiver run',
    'Hand everybody what they have not had yet',
    'write',
    async () => (await import('./receiver.ts')).receiverRun,
  ),
]
