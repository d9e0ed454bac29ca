/** The answers that the views read, as the operations declare them. Types only: no server code reaches the page. */

export type { StatusAnswer } from '../../src/app/ledger/status.ts'
export type { AlertAnswer } from '../../src/app/monitor/told.ts'
export type { AddressAnswer } from '../../src/app/screen/address.ts'
export type { ScreenResult } from '../../src/app/screen/result.ts'
export type { ScreenAnswer } from '../../src/app/screen/screen.ts'
export type { AddressTriage, TriageAnswer } from '../../src/app/screen/triage.ts'
export type { SearchAnswer, SearchResult } from '../../src/app/search-all.ts'
export type { Answer as ReceiptsAnswer } from '../../src/campaign/campaign.ts'
