/** Stops the job when the program itself is wrong. Never used on input: bad input is a Failure. */
export function assert(condition: unknown, message = 'assertion failed'): asserts condition {
  if (!condition) throw new Bug(message)
}

/** Marks a branch that the types say cannot be reached. */
export function never(value: never): never {
  throw new Bug(`unexpected value ${JSON.stringify(value)}`)
}

/** A defect of ours. It ends the job, never the data. */
export class Bug extends Error {
  override readonly name = 'Bug'
}
