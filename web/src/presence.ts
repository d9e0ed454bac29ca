import { useSyncExternalStore } from 'react'

/**
 * Whether the program that serves this page answers. `gone`: it does not; `locked`: it does, and no longer knows this
 * browser (it was started anew). Views keep what they show; a question a few seconds apart finds out when it is back.
 */
export type Presence = 'here' | 'gone' | 'locked'

const EVERY_MILLISECONDS = 5000
const GONE_MILLISECONDS = 1500

let state: Presence = 'here'
let timer: ReturnType<typeof setTimeout> | null = null
const listeners = new Set<() => void>()

export function usePresence(): Presence {
  return useSyncExternalStore(
    listen => {
      listeners.add(listen)
      return () => listeners.delete(listen)
    },
    () => state,
  )
}

export function heard(): void {
  become('here')
}

export function unheard(how: 'gone' | 'locked'): void {
  become(how)
}

/** Asks now and then, while the page is seen. Calls `back` when the server answers again. */
export function watchPresence(back: () => void): void {
  listeners.add(() => {
    if (state === 'here') back()
  })
  plan()
}

function become(next: Presence): void {
  if (state === next) return
  state = next
  for (const listen of listeners) listen()
  plan()
}

function plan(): void {
  if (timer !== null) clearTimeout(timer)
  timer = setTimeout(ask, state === 'here' ? EVERY_MILLISECONDS : GONE_MILLISECONDS)
}

/** Alive is asked of anybody; whether we are still known only of those who were not. */
async function ask(): Promise<void> {
  if (document.visibilityState === 'visible') {
    try {
      const response = await fetch(state === 'here' ? '/healthz' : '/api/v1/jobs', { credentials: 'same-origin' })
      if (response.status === 401) become('locked')
      else if (response.ok) become('here')
    } catch {
      become('gone')
    }
  }
  plan()
}
