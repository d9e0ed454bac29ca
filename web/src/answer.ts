/** The answers that the views read, as the operations declare them. Types only: no server code reaches the page. */
export type { AddressAnswer } from '../../src/app/address.ts'
export type { StatusAnswer } from '../../src/app/ledger-status.ts'
export type { ScreenAnswer, ScreenResult } from '../../src/app/screen.ts'
export type { SearchAnswer, SearchResult } from '../../src/app/search-all.ts'
export type { AddressTriage, TriageAnswer } from '../../src/app/triage.ts'
export type { Answer as ReceiptsAnswer } from '../../src/campaign/campaign.ts'
