/** Watches, rules and alerts: what deserves a look, told once, with its reasons. */
export {
  type Alert,
  alerts,
  alertsFrom,
  changedSince,
  close,
  type Disposition,
  find as findAlert,
  raise,
  reopen,
  review,
  withdraw,
} from './alert.ts'
export { backtest, interval, type Tested } from './backtest.ts'
export type { Around, Event, History, Subject } from './event.ts'
export { judge } from './indicator.ts'
export { eventsOf, eventsOfTransfer, eventsSince } from './ledger-event.ts'
export { createMatcher, type Desk, keyOf, type Matcher, type Watched } from './matcher.ts'
export { addReceiver, due, keepDelivery, type Receiver, receivers, removeReceiver } from './receiver.ts'
export { from as ruleFrom, INDICATORS, name as nameOfRule, type Rule, type RuleState } from './rule.ts'
export { addRule, find as findRule, keepTest, type RuleEntry, rules, setState, type Test } from './rulebook.ts'
export { lastAlertEvent } from './table.ts'
export { addWatch, type NewWatch, removeWatch, type Watch, watches } from './watch.ts'
