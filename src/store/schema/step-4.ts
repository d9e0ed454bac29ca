import { ledger } from './step-4/ledger.ts'

/** Step 4, written folder by folder while the version before was the released one. */
export const step4 = [ledger].join('\n')
