import { Failure, type Kind } from '../std/failure.ts'

/** An error as RFC 9457 asks, with the failure's own name, hint and facts. */
export type Problem = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  /** The failure's own name and kind, as the command line prints them. */
  readonly name: string
  readonly kind: string
  readonly hint: string | null
  readonly facts: object
}

const STATUSES: Readonly<Record<Kind, number>> = {
  usage: 400,
  input: 422,
  missing: 404,
  denied: 403,
  conflict: 409,
  busy: 503,
  unreachable: 502,
  limit: 422,
  cancelled: 409,
  corrupt: 500,
}

/** Failures whose status says more than their kind does. */
const EXCEPTIONS: Readonly<Record<string, number>> = {
  'Session.Missing': 401,
  'Session.LinkSpent': 401,
  'Request.ForeignHost': 421,
  'Request.TooMany': 429,
  'Job.QueueFull': 429,
  'Request.TooLarge': 413,
  'Upload.TooLarge': 413,
  'Input.TooLong': 413,
  'Request.MediaType': 415,
}

export function fromError(cause: unknown): Problem {
  if (cause instanceof Failure) return fromFailure(cause)
  const code = (cause as { code?: unknown }).code
  const status = (cause as { statusCode?: unknown }).statusCode
  if (typeof code === 'string' && typeof status === 'number' && status < 500) return fromFailure(translate(code, cause))
  return {
    type: typeOf('Bug'),
    title: 'Bug',
    name: 'Bug',
    kind: 'bug',
    status: 500,
    detail: 'This is a defect of Athar, not of your request.',
    hint: 'Data is as it was at the last commit. The log of the server has the details; please report them.',
    facts: {},
  }
}

function fromFailure(failure: Failure): Problem {
  const { name, kind, message, hint, facts } = failure
  const status = EXCEPTIONS[name] ?? STATUSES[kind]
  return { type: typeOf(name), title: name, name, kind, status, detail: message, hint, facts }
}

/** A name for the kind of problem, not an address to open (RFC 9457, 3.1.1 allows any URI). */
function typeOf(name: string): string {
  return `urn:athar:error:${name}`
}

/** What the server's framework found wrong, in our words. */
function translate(code: string, cause: unknown): Failure {
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return new Failure('Request.TooLarge', 'limit', 'The body of the request is larger than this route takes.', {
      hint: 'Files go to PUT /api/v1/uploads.',
      cause,
    })
  }
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return new Failure(
      'Request.MediaType',
      'usage',
      'The body of the request is not of a type that this route takes.',
      {
        hint: 'Send JSON with "Content-Type: application/json".',
        cause,
      },
    )
  }
  return new Failure('Request.Malformed', 'usage', `The request cannot be read: ${(cause as Error).message}.`, {
    hint: 'GET /openapi.json describes each route.',
    facts: { code },
    cause,
  })
}
