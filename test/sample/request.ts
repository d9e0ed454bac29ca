import { type IncomingHttpHeaders, request } from 'node:http'

export type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly text: string }

type Asked = {
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: string | Uint8Array
}

/** One real request over a socket, with headers that a browser's or Node's fetch would not let us send. */
export function ask(origin: string, path: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Answer> {
  const { hostname, port, host } = new URL(origin)
  return new Promise((resolve, reject) => {
    const asked = request(
      { hostname, port, path, method, headers: { host, ...headers }, setHost: false, agent: false },
      answer => {
        let text = ''
        answer.setEncoding('utf8').on('data', piece => {
          text += piece
        })
        answer.once('end', () => resolve({ status: answer.statusCode!, headers: answer.headers, text }))
      },
    )
    asked.once('error', reject)
    asked.end(body)
  })
}
