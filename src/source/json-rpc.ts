import { Failure } from '../std/failure.ts'
import type { Client } from './client.ts'
import { checked, hostOf } from './endpoint.ts'

export { hostOf } from './endpoint.ts'

/** JSON-RPC 2.0 over HTTP, one call or many in one question; answers in the order of the calls. */
export type JsonRpc = {
  /** Failures: Source.Refused, Source.Denied, Source.NotUnderstood, and those of the client. */
  call(method: string, ...params: readonly unknown[]): Promise<unknown>
  /** Each reply by itself: a result, or the error that the other side gave. */
  batch(calls: readonly RpcCall[]): Promise<readonly RpcReply[]>
}

export type RpcCall = { readonly method: string; readonly params: readonly unknown[] }

export type RpcReply =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly code: number | null; readonly message: string }

const MOST_JSON = 256 * 2 ** 20
/** Calls in one question: what public nodes take. */
const BATCH = 50

export function openJsonRpc(client: Client, url: string, headers: Readonly<Record<string, string>> = {}): JsonRpc {
  checked(url)
  let single = false
  const post = async (body: string): Promise<unknown> => {
    const answer = await client.ask({ url, body, headers, most: MOST_JSON })
    if (answer.status === 401 || answer.status === 403) throw denied(url)
    try {
      return JSON.parse(new TextDecoder().decode(answer.body))
    } catch {
      throw notUnderstood(url, `status ${answer.status}, and no JSON`)
    }
  }
  const one = async ({ method, params }: RpcCall): Promise<RpcReply> => {
    const answer = await post(JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }))
    return replyOf(url, answer)
  }
  const some = async (calls: readonly RpcCall[]): Promise<readonly RpcReply[]> => {
    if (single || calls.length === 1) {
      const replies: RpcReply[] = []
      for (const call of calls) replies.push(await one(call))
      return replies
    }
    const answer = await post(JSON.stringify(calls.map((call, id) => ({ jsonrpc: '2.0', id, ...call }))))
    if (!Array.isArray(answer)) {
      // Some nodes take no batches and answer one error for all: then one by one.
      single = true
      return some(calls)
    }
    const byId = new Map(answer.map(item => [(item as { id?: unknown } | null)?.id, item as unknown]))
    if (byId.size !== calls.length) throw notUnderstood(url, 'a batch answered in part')
    return calls.map((_, id) => replyOf(url, byId.get(id)))
  }
  return {
    async call(method, ...params) {
      const reply = await one({ method, params })
      if (reply.ok) return reply.result
      throw refused(url, method, reply)
    },
    async batch(calls) {
      const replies: RpcReply[] = []
      for (let from = 0; from < calls.length; from += BATCH)
        replies.push(...(await some(calls.slice(from, from + BATCH))))
      return replies
    },
  }
}

function replyOf(url: string, value: unknown): RpcReply {
  if (typeof value !== 'object' || value === null) throw notUnderstood(url, 'no JSON-RPC answer')
  const { result, error } = value as { result?: unknown; error?: { code?: unknown } | null }
  if (error != null) {
    const code = typeof error.code === 'number' ? error.code : null
    return { ok: false, code, message: saidBy(error) }
  }
  if (result === undefined) throw notUnderstood(url, 'neither result nor error')
  return { ok: true, result }
}

/** What an error says, however it is told: its message, itself where it is a text, else its JSON. */
export function saidBy(error: unknown): string {
  const { message } = (error ?? {}) as { message?: unknown }
  const said = typeof error === 'string' ? error : (message ?? error)
  const text = typeof said === 'string' ? said : (JSON.stringify(said) ?? '')
  return text.trim() === '' ? 'it says nothing more' : text.slice(0, 200)
}

/** Of an answer that has to be an object. Failure: Source.NotUnderstood. */
export function objectOf(url: string, value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  const found = value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`
  throw notUnderstood(url, `${found} for ${what}`)
}

export function refused(
  url: string,
  method: string,
  { code, message }: { code: number | null; message: string },
): Failure {
  return new Failure('Source.Refused', 'unreachable', `${hostOf(url)} refused ${method}: ${message}`, {
    hint: 'Its log or documentation says more. What was read before stays.',
    facts: { host: hostOf(url), method, code },
  })
}

export function denied(url: string): Failure {
  return new Failure('Source.Denied', 'denied', `${hostOf(url)} does not take the credentials.`, {
    hint: 'Give --cookie PATH for a node’s cookie, or --secret PATH, or set ATHAR_SOURCE_SECRET.',
    facts: { host: hostOf(url) },
  })
}

/** An answer that such a source does not give: nothing of it is taken. */
export function notUnderstood(url: string, says: string): Failure {
  return new Failure('Source.NotUnderstood', 'unreachable', `${hostOf(url)} does not answer as expected (${says}).`, {
    hint: 'Check that the address is of such a source. Nothing of the answer was taken.',
    facts: { host: hostOf(url), says },
  })
}

/** As String does it, of what another machine sent: an object that hides its own text is no reason to fall. */
export function wordOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? (JSON.stringify(value) ?? '') : String(value)
}
