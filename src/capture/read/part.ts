import type { Instant } from '../../model/instant.ts'
import type { Failure } from '../../std/failure.ts'

/** One thing inside another: a mail's part, a page of a web archive, a file of a tar. */
export type Part = {
  readonly name: string
  readonly bytes: Uint8Array
  readonly seen?: Seen
  readonly notes?: readonly string[]
  /** What is left of a container that breaks off: read for its words, not as a container again. */
  readonly isRest?: true
  /** What is wrong with it, although its bytes are there: a digest that does not fit. */
  readonly failure?: Failure
}

/** Where and when the container says that it was seen: of a web archive, its crawler's word. */
export type Seen = {
  readonly url: string
  readonly at: Instant | null
  readonly detail: Readonly<Record<string, unknown>>
}
