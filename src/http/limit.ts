/** What a request may cost, in one place. All ours, except where a source stands. */

/** A JSON body. Longer things are uploads. */
export const BODY_BYTES_MAX = 1_048_576

/** One uploaded file: four times OFAC's 121 MB list. */
export const UPLOAD_BYTES_MAX = 536_870_912

/** Uploads kept at once; the oldest goes first. */
export const UPLOADS_MAX = 50

/** A client must have sent its headers by then (slowloris). */
export const HEADERS_MILLISECONDS = 10_000

/** And its whole request, uploads included. */
export const REQUEST_MILLISECONDS = 300_000

/** Connections at once; those beyond it are closed without a word. Work beyond the queue is refused in words (429). */
export const CONNECTIONS_MAX = 1024

/** How long a request waits for its answer before it is told of the job instead. */
export const WAIT_MILLISECONDS = 10_000

/** A session ends after so long without a request. */
export const SESSION_SECONDS = 12 * 3600

/** Requests a second, and how many may come at once, for those with and without a session or token. */
export const RATES = { known: { perSecond: 1000, burst: 2000 }, stranger: { perSecond: 20, burst: 60 } } as const

/** A connection that only listens is told this often that the server lives. */
export const HEARTBEAT_MILLISECONDS = 15_000
