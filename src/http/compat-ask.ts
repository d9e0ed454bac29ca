import type { FastifyReply } from 'fastify'

/** Runs a reading operation and waits for its answer. */
export type Ask = <T>(operation: string, input: object) => Promise<T>

export function send(reply: FastifyReply, body: unknown, headers: Readonly<Record<string, string>> = {}): FastifyReply {
  return reply.headers(headers).type('application/json; charset=utf-8').send(JSON.stringify(body))
}
