import type { CaptureRow } from './table.ts'

/**
 * What the custody entry of a sealing says of a capture, by the kind of its seal. The chain's entry also holds when it
 * was sealed (`at`) and by which tool, and so vouches for the columns of that name whatever the kind.
 *
 * 1: media type, size and origin · 2: encoding and commitment as well, so that no column is left out. Entries are
 * never rewritten: captures of the first kind stay as they were sealed, and `verify` says what their seal leaves open.
 */
export type Kind = 1 | 2

/** The kind in which is sealed now. */
export const NOW: Kind = 2

/** How many captures have a seal of a kind, and which columns it does not vouch for. */
export type Cover = { readonly kind: Kind; readonly captures: number; readonly leavesOpen: readonly string[] }

/** The kind of a seal, by what its custody entry says. */
export function kindOf(detail: string | undefined): Kind {
  return detail?.startsWith('{"seal":2,') === true ? 2 : 1
}

/** What the entry says of the file itself; the origin follows it. */
export function fileOf(kind: Kind, { mediaType, encoding, bytes }: CaptureRow, commitment: string | null): object {
  return kind === 1 ? { mediaType, bytes } : { seal: kind, mediaType, encoding, bytes, commitment }
}

export function coverOf(kinds: readonly Kind[]): Cover[] {
  return ([1, 2] as const).flatMap(kind => {
    const captures = kinds.filter(one => one === kind).length
    return captures === 0 ? [] : [{ kind, captures, leavesOpen: LEFT_OPEN[kind] }]
  })
}

const LEFT_OPEN: Readonly<Record<Kind, readonly string[]>> = { 1: ['encoding', 'commitment'], 2: [] }
