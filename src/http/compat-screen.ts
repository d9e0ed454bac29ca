import type { ScreenResult } from '../app/screen/result.ts'
import type { ScreenAnswer } from '../app/screen/screen.ts'
import { Failure } from '../std/failure.ts'
import type { Ask } from './compat-ask.ts'

/** What every screening in a foreign shape says besides: our own status, and what was not looked at. */
export type Aside = {
  readonly status: ScreenResult['status']
  readonly listing: ScreenResult['listing']['status']
  readonly exposureStatus: ScreenResult['exposureStatus']
  readonly notChecked: readonly string[]
  readonly lists: readonly { readonly authority: string; readonly version: string }[]
  readonly notes: readonly string[]
}

export async function screened(ask: Ask, addresses: readonly string[]): Promise<readonly ScreenResult[]> {
  return (await ask<ScreenAnswer>('screen', { address: addresses })).results
}

export function asideOf(result: ScreenResult): Aside {
  const { status, listing, exposureStatus, notes, coverage, reason } = result
  const lists = coverage?.lists ?? []
  const why = reason === 'network' ? `none is compared for ${result.network ?? 'its network'}` : 'none is loaded'
  const notChecked = [
    ...(listing.status === 'not-checked' ? [`lists: ${why}, so an empty answer says nothing`] : []),
    ...(exposureStatus === 'not-checked'
      ? [`contacts: the ledger of ${result.network ?? 'its network'} was not read`]
      : []),
    'anything outside of this data directory',
  ]
  return { status, listing: listing.status, exposureStatus, notChecked, lists, notes }
}

/** Headers for clients that read no field that they do not know. */
export function headersOf({ status, notChecked, lists }: Aside): Record<string, string> {
  return {
    'athar-status': status,
    'athar-not-checked': ascii(notChecked.join('; ')),
    'athar-lists': ascii(lists.map(one => `${one.authority} ${one.version}`).join('; ')),
  }
}

/** Headers carry visible ASCII only. */
function ascii(text: string): string {
  return text.replace(/[^ -~]/g, '?').slice(0, 1000)
}

export function invalid({ input, reason }: ScreenResult): Failure {
  return new Failure('Compat.BadAddress', 'input', `“${input.slice(0, 100)}” is no address: ${reason ?? 'not read'}.`, {
    hint: 'Send it as it is written, without blanks; a CAIP-10 form names its network.',
    facts: { address: input.slice(0, 100), reason },
  })
}
