/**
 * Asks the program that serves this page. Every operation is one address: `call('cluster show', {…})` posts to
 * /api/v1/cluster/show. Long work answers 202 with a job, which is followed to its end.
 */
export async function call<T>(operation: string, input: object, signal?: AbortSignal): Promise<T> {
  const response = await send('POST', `/api/v1/${operation.replaceAll(' ', '/')}`, input, signal)
  if (response.status !== 202) return (await response.json()) as T
  const { job } = (await response.json()) as { job: string }
  return follow<T>(job, signal)
}

/** What the server says when something is wrong (RFC 9457, with our failure's name and hint). */
export class Trouble extends Error {
  readonly failure: string
  readonly hint: string | null
  readonly status: number

  constructor(status: number, problem: Problem) {
    super(problem.detail ?? problem.title ?? `The server answered ${status}.`)
    this.status = status
    this.failure = problem.name ?? ''
    this.hint = problem.hint ?? null
  }
}

type Problem = { title?: string; detail?: string; name?: string; hint?: string | null }
type Job<T> = { status: string; answer?: T; error?: Problem }

async function send(method: string, path: string, body: object | null, signal?: AbortSignal): Promise<Response> {
  const request: RequestInit = { method, headers: { accept: 'application/json' }, credentials: 'same-origin' }
  if (signal !== undefined) request.signal = signal
  if (body !== null) {
    request.body = JSON.stringify(body)
    request.headers = { ...request.headers, 'content-type': 'application/json' }
  }
  const response = await fetch(path, request)
  if (response.ok) return response
  throw new Trouble(response.status, await problemOf(response))
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    return (await response.json()) as Problem
  } catch {
    return { title: response.statusText }
  }
}

const POLL_MILLISECONDS = 300

async function follow<T>(job: string, signal?: AbortSignal): Promise<T> {
  for (;;) {
    const state = (await (await send('GET', `/api/v1/jobs/${job}`, null, signal)).json()) as Job<T>
    if (state.status === 'done') return state.answer as T
    if (state.status === 'failed' || state.status === 'cancelled') throw new Trouble(500, state.error ?? {})
    await new Promise(resolve => setTimeout(resolve, POLL_MILLISECONDS))
  }
}
