import { timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Access } from '../app/access.ts'
import { toHex } from '../std/bytes.ts'
import type { Clock } from '../std/clock.ts'
import { sha256 } from '../std/digest.ts'
import { Failure } from '../std/failure.ts'
import { secretBytes } from '../std/random.ts'
import { SESSION_SECONDS } from './limit.ts'

/** Who is asking, and how it was shown. */
export type Caller = { readonly by: 'cookie' | 'token'; readonly access: Access }

/**
 * Who may talk to the server: a browser that opened the printed link (its token works once and becomes a cookie), or a
 * script with the bearer token of this run. Nothing of it is stored: it ends with the server.
 */
export type Sessions = {
  /** The token of the printed link. A new one when the former was used. */
  readonly link: () => string
  /** The bearer token for scripts. */
  readonly token: string
  /** Turns a link token into the value of a Set-Cookie header. Failure: Session.LinkSpent. */
  enter(linkToken: string): string
  /** Failure: Session.Missing. */
  recognise(headers: IncomingHttpHeaders): Caller
}

export function createSessions(port: number, clock: Clock): Sessions {
  const cookie = `athar-${port}`
  const token = secret()
  let link = secret()
  const sessions = new Map<string, number>()
  return {
    link: () => link,
    token,
    enter(linkToken) {
      if (!same(linkToken, link)) throw linkSpent()
      link = secret()
      const id = secret()
      sessions.set(id, clock())
      return `${cookie}=${id}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${SESSION_SECONDS}`
    },
    recognise(headers) {
      const bearer = /^Bearer ([\w-]+)$/i.exec(headers.authorization ?? '')?.[1]
      if (bearer !== undefined && same(bearer, token)) return { by: 'token', access: 'admin' }
      const id = cookieOf(headers, cookie)
      const seen = id === undefined ? undefined : sessions.get(id)
      if (id === undefined || seen === undefined || clock() - seen > SESSION_SECONDS) throw missing()
      sessions.set(id, clock())
      return { by: 'cookie', access: 'admin' }
    },
  }
}

/** 256 random bits. */
function secret(): string {
  return toHex(secretBytes(32))
}

/** Compared by digest, in a time that tells nothing of where they differ. */
function same(a: string, b: string): boolean {
  return timingSafeEqual(sha256(Buffer.from(a)), sha256(Buffer.from(b)))
}

function cookieOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const pairs = (headers.cookie ?? '').split(';').map(pair => pair.trim().split('='))
  return pairs.find(([key]) => key === name)?.[1]
}

function linkSpent(): Failure {
  return new Failure('Session.LinkSpent', 'denied', 'This link has been used already, or is not of this server.', {
    hint: 'Each link works once. Take the newest line that `athar serve` printed.',
  })
}

function missing(): Failure {
  return new Failure('Session.Missing', 'denied', 'The request carries neither a session nor a token.', {
    hint: 'Open the link that `athar serve` printed, or send "Authorization: Bearer TOKEN".',
  })
}
