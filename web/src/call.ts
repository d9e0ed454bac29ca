import { heard, unheard } from './presence.ts'

/**
 * Asks the program that serves this page. Every operation is one address: `call('cluster show', {…})` posts to
 * /api/v1/cluster/show. Long work answers 202 with a job, which is followed to its end.
 */
export async function call<T>(operation: string, input: object, signal?: AbortSignal): Promise<T> {
  const response = await send('POST', pathOf(operation), input, signal)
  if (response.status !== 202) return (await response.json()) as T
  const { job } = (await response.json()) as { job: string }
  return follow<T>(job, () => {}, signal)
}

/** Long work from the start: progress is told, and aborting the signal cancels it on the server too. */
export async function work<T>(
  operation: string,
  input: object,
  tell: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<T> {
  const response = await send('POST', pathOf(operation), input, signal, { prefer: 'respond-async' })
  if (response.status !== 202) return (await response.json()) as T
  const { job } = (await response.json()) as { job: string }
  const cancel = () => void send('DELETE', `/api/v1/jobs/${job}`, null)
  signal.addEventListener('abort', cancel, { once: true })
  return follow<T>(job, tell).finally(() => signal.removeEventListener('abort', cancel))
}

/** Sends one file; its id stands in the place of a path. Told in bytes as it goes. */
export function upload(file: File, tell: (sent: number) => void, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('PUT', `/api/v1/uploads?name=${encodeURIComponent(file.name)}`)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.responseType = 'json'
    request.upload.onprogress = event => tell(event.loaded)
    request.onload = () => {
      if (request.status === 201) resolve((request.response as { id: string }).id)
      else reject(new Trouble(request.status, (request.response ?? {}) as Problem))
    }
    request.onerror = () => reject(new TypeError('The server does not answer.'))
    request.onabort = () => reject(new DOMException('Stopped', 'AbortError'))
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(file)
  })
}

export type Progress = { done: number; total: number | null; unit: string; note?: string }

/** What the server says when something is wrong (RFC 9457, with our failure's name, kind and hint). */
export class Trouble extends Error {
  readonly failure: string
  readonly kind: string
  readonly hint: string | null
  readonly status: number

  constructor(status: number, problem: Problem) {
    super(problem.detail ?? problem.title ?? `The server answered ${status}.`)
    this.status = status
    this.failure = problem.name ?? ''
    this.kind = problem.kind ?? 'bug'
    this.hint = problem.hint ?? null
  }
}

type Problem = { title?: string; detail?: string; name?: string; kind?: string; hint?: string | null }
type Job<T> = { status: string; answer?: T; error?: Problem; progress: Progress | null }

/** Long work that the server does or has done lately, without its answers. */
export async function jobs(signal: AbortSignal): Promise<readonly JobState[]> {
  const response = await send('GET', '/api/v1/jobs', null, signal)
  return ((await response.json()) as { jobs: JobState[] }).jobs
}

export type JobState = {
  readonly job: string
  readonly operation: string
  readonly status: string
  readonly progress: Progress | null
}

function pathOf(operation: string): string {
  return `/api/v1/${operation.replaceAll(' ', '/')}`
}

async function send(
  method: string,
  path: string,
  body: object | null,
  signal?: AbortSignal,
  headers: Record<string, string> = {},
): Promise<Response> {
  const type: Record<string, string> = body === null ? {} : { 'content-type': 'application/json' }
  const response = await fetch(path, {
    ...{ method, credentials: 'same-origin', headers: { accept: 'application/json', ...type, ...headers } },
    ...(body === null ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  }).catch(cause => {
    if (signal?.aborted !== true) unheard('gone')
    throw cause
  })
  if (response.status === 401) unheard('locked')
  else heard()
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

async function follow<T>(job: string, tell: (progress: Progress) => void, signal?: AbortSignal): Promise<T> {
  for (;;) {
    const state = (await (await send('GET', `/api/v1/jobs/${job}`, null, signal)).json()) as Job<T>
    if (state.status === 'done') return state.answer as T
    if (state.status === 'failed' || state.status === 'cancelled') throw new Trouble(500, state.error ?? {})
    if (state.progress !== null) tell(state.progress)
    await new Promise(resolve => setTimeout(resolve, POLL_MILLISECONDS))
  }
}
