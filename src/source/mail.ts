import { createTransport } from 'nodemailer'
import { Failure } from '../std/failure.ts'
import type { Manners } from './client.ts'
import { proxy as checkedProxy, notAnAddress } from './endpoint.ts'
import { forbidden } from './refusal.ts'

/** A letter in plain text. */
export type Letter = {
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly id: string
}

const PATIENCE_MILLISECONDS = 20_000

/**
 * Hands a letter to a mail server, smtp://host:port or smtps://host:port. TLS is used where the server offers it.
 *
 * Failures: Source.NoEgress, Source.Unreachable.
 */
export async function sendMail(server: string, secret: string | null, letter: Letter, manners: Manners): Promise<void> {
  const url = URL.parse(server)
  if (url === null || !/^smtps?:$/.test(url.protocol)) throw notAServer(server)
  if (manners.forbidden) throw forbidden(url)
  const proxy = checkedProxy(manners.proxy)
  const at = secret === null ? -1 : secret.indexOf(':')
  const transport = createTransport({
    ...{ host: url.hostname, port: Number(url.port || (url.protocol === 'smtps:' ? 465 : 587)) },
    secure: url.protocol === 'smtps:',
    ...(secret === null ? {} : { auth: { user: secret.slice(0, at), pass: secret.slice(at + 1) } }),
    ...{ connectionTimeout: PATIENCE_MILLISECONDS, socketTimeout: PATIENCE_MILLISECONDS },
    // Through the proxy by CONNECT; never around it.
    ...(proxy === null ? {} : { proxy }),
    // No letter is made of a file or an address: only of the text that is given.
    ...{ disableFileAccess: true, disableUrlAccess: true },
  })
  const note = (status: number | null, says: string): void =>
    manners.record({
      at: manners.clock(),
      method: 'SMTP',
      url: `${url.protocol}//${url.host}`,
      status,
      received: 0,
      note: says,
    })
  try {
    const { id, ...rest } = letter
    await transport.sendMail({ ...rest, messageId: `<${id}@athar.invalid>` })
    note(250, 'answered')
  } catch (cause) {
    note(null, 'Source.Unreachable')
    throw new Failure('Source.Unreachable', 'unreachable', `${url.host} did not take the letter.`, {
      hint: `It said: ${(cause as Error).message.slice(0, 160)}. It is tried again later.`,
      facts: { host: url.host, says: (cause as Error).message.slice(0, 160) },
      cause,
    })
  } finally {
    transport.close()
  }
}

function notAServer(server: string): Failure {
  const hint = 'Give it as smtp://mail.example.org:587 or smtps://mail.example.org:465.'
  return notAnAddress(server, "mail server's address", hint)
}
