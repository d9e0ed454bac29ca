/** Characters that a name has at most. */
export const LENGTH_MAX = 200

/** What a name is, for hints. */
export const SAYS = `1 to ${LENGTH_MAX} characters on one line, none of which controls a terminal or turns text around`

/**
 * Whether a text that a person chose can be a name or a reference: 1 to 200 characters on one line of which one can be
 * seen, without control characters and without marks that force an order on what follows (UAX #9: overrides,
 * embeddings, isolates). Joiners and single marks of direction belong to Persian and Arabic writing.
 */
export function isName(text: string, most = LENGTH_MAX): boolean {
  return text.length <= most && /[\p{L}\p{N}\p{P}\p{S}]/u.test(text) && !UNFIT.test(text)
}

const UNFIT = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u
