import { workerData } from 'node:worker_threads'
import { createChecker } from './block-checker.ts'
import { CLOSED, claim, GIVEN, isAhead, type Shared, work } from './crew-slot.ts'

/** A thread of a crew: checks one block after another, whichever is free, until all is over. */
function serve(shared: Shared): void {
  const { numbers } = shared
  const checker = createChecker(shared.network)
  for (let job = 0; ; job++) {
    while (isAhead(shared, job)) {
      const seen = Atomics.load(numbers, GIVEN)
      if (Atomics.load(numbers, CLOSED) === 1) return
      if (isAhead(shared, job)) Atomics.wait(numbers, GIVEN, seen)
    }
    if (claim(shared, job)) work(shared, job, checker)
  }
}

serve(workerData as Shared)
