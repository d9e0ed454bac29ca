import { ledger } from './step-5/ledger.ts'
import { monitor } from './step-5/monitor.ts'

/** Step 5, written folder by folder while the version before was the released one. */
export const step5 = [ledger, monitor].join('\n')
