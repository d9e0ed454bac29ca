/** What is sent to a server while it is being made. */
export type Body = {
  /** Gives back once the pieces are copied, and may be written over; false: nobody takes them any more. */
  write(pieces: readonly Uint8Array[]): Promise<boolean>
  /** All is written. */
  end(): void
  /** Breaks it off: who reads it fails, and whoever waits is told. */
  close(): void
  readonly stream: AsyncGenerator<Uint8Array, void, void>
}

/** Bytes handed over at once: writing goes on in between. */
const CHUNK = 2 ** 18

export function createBody(): Body {
  const waiting: { readonly pieces: readonly Uint8Array[]; readonly taken: (is: boolean) => void }[] = []
  let [isEnded, isClosed] = [false, false]
  let wake = (): void => {}
  async function* take(): AsyncGenerator<Uint8Array, void, void> {
    for (;;) {
      // Never an end like any other: a server would keep what it has.
      if (isClosed) throw new TypeError('broken off')
      const next = waiting[0]
      if (next === undefined && isEnded) return
      if (next === undefined) {
        await new Promise<void>(done => {
          wake = done
        })
        continue
      }
      for (const piece of next.pieces) {
        for (let at = 0; at < piece.length && !isClosed; at += CHUNK) yield piece.slice(at, at + CHUNK)
      }
      if (isClosed) continue
      waiting.shift()
      next.taken(true)
    }
  }
  return {
    stream: take(),
    write(pieces) {
      if (isClosed) return Promise.resolve(false)
      return new Promise(taken => {
        waiting.push({ pieces, taken })
        wake()
      })
    },
    end() {
      isEnded = true
      wake()
    },
    close() {
      isClosed = true
      wake()
      for (const { taken } of waiting.splice(0)) taken(false)
    },
  }
}
