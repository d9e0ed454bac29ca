import { setTimeout as pause } from 'node:timers/promises'

/** For `wait` of a setting: the next try comes at once. How long is waited in earnest is tested in src/source. */
export const brief = (): Promise<void> => pause(2)
