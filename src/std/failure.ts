/**
 * What went wrong, in words for the person who must act on it.
 *
 * `name` is `Noun.What` (listed in docs/errors.md), `kind` decides the exit and status codes at the faces, the
 * message is one sentence that quotes the value, `hint` says what to do next, `facts` are for machines.
 */
export class Failure extends Error {
  override readonly name: string
  readonly kind: Kind
  readonly hint: string | null
  readonly facts: Readonly<Record<string, Fact>>

  constructor(name: string, kind: Kind, message: string, more: More = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause })
    this.name = name
    this.kind = kind
    this.hint = more.hint ?? null
    this.facts = more.facts ?? {}
  }

  toJSON(): object {
    return { name: this.name, kind: this.kind, message: this.message, hint: this.hint, facts: this.facts }
  }
}

/**
 * usage: the command or request is wrong · input: the given bytes or values are · missing: what was named is absent ·
 * denied: not allowed · conflict: true elsewhere, or changed meanwhile · busy: another process holds it ·
 * unreachable: a source does not answer · limit: a stated limit was hit · cancelled: the user stopped it ·
 * corrupt: what we stored is not what we stored.
 */
export type Kind =
  | 'usage'
  | 'input'
  | 'missing'
  | 'denied'
  | 'conflict'
  | 'busy'
  | 'unreachable'
  | 'limit'
  | 'cancelled'
  | 'corrupt'

export type Fact = string | number | boolean | null | readonly Fact[]

type More = { hint?: string; facts?: Record<string, Fact>; cause?: unknown }
