/** Watches, rules and alerts: what deserves a look, told once, with its reasons. */
export {
  type Alert,
  alerts,
  alertsFrom,
  changedSince,
  close,
  type Disposition,
  find as findAlert,
  type Reason,
  raise,
  reopen,
  review,
  withdraw,
} from './alert.ts'
export { backtest, interval, type Tested } from './backtest.ts'
export type { Around, Donation, Event, History, Message, Sponsor, Subject } from './event.ts'
export { judge } from './indicator.ts'
export { eventOfPost, judgePost, type Post } from './indicator-post.ts'
export { eventOfWaiting, eventsOf, eventsOfTransfer, eventsSince, spenderIn, transactionsIn } from './ledger-event.ts'
export { createMatcher, type Desk, keyOf, type Matcher, type Memory, type Watched } from './matcher.ts'
export { reconsider } from './reason.ts'
export {
  addReceiver,
  type Due,
  dueAt,
  findReceiver,
  type Health,
  healthOf,
  keepDelivery,
  pauseReceiver,
  type Receiver,
  receivers,
  removeReceiver,
  undelivered,
} from './receiver.ts'
export {
  BUILT_IN as BUILT_IN_RULES,
  forms as ruleForms,
  from as ruleFrom,
  INDICATORS,
  name as nameOfRule,
  OF_BOTH,
  OF_POSTS,
  type Rule,
  type RuleState,
  type ThresholdForm,
} from './rule.ts'
export { addRule, find as findRule, keepTest, type RuleEntry, rules, setState, type Test } from './rulebook.ts'
export { forgetReadFile, keepReadFile, lastAlertEvent, listReadFiles } from './table.ts'
export { addWatch, type NewWatch, removeWatch, restoreWatch, type Watch, watches } from './watch.ts'
