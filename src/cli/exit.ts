import type { Failure, Kind } from '../std/failure.ts'

/**
 * Exit codes. 0 done · 1 done, and the answer is "no" or something was found invalid · 2 wrong usage · 3 bad or missing
 * input · 4 what is needed does not answer · 5 limit hit · 70 a defect of ours (EX_SOFTWARE of sysexits.h: none of the
 * others would be true) · 130 stopped by the user (128 + SIGINT, as shells say it).
 */
export const OK = 0
export const NO = 1
export const BUG = 70
export const STOPPED = 130

const CODES: Readonly<Record<Kind, number>> = {
  corrupt: 1,
  usage: 2,
  input: 3,
  missing: 3,
  denied: 3,
  conflict: 3,
  busy: 4,
  unreachable: 4,
  limit: 5,
  cancelled: STOPPED,
}

export function codeOf(failure: Failure): number {
  return CODES[failure.kind]
}
