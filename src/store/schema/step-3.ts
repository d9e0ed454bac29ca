import { attribution } from './step-3/attribution.ts'
import { capture } from './step-3/capture.ts'
import { casefile } from './step-3/casefile.ts'
import { exposure } from './step-3/exposure.ts'
import { ledger } from './step-3/ledger.ts'
import { monitor } from './step-3/monitor.ts'
import { source } from './step-3/source.ts'

/** Step 3, written folder by folder while the version before was the released one. */
export const step3 = [source, capture, attribution, ledger, exposure, monitor, casefile].join('\n')
