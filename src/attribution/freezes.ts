import type { Instant } from '../model/instant.ts'
import type { NetworkId } from '../model/network.ts'
import type { Store } from '../store/store.ts'
import type { ListedAddress, Stage } from './entry.ts'
import * as Table from './table.ts'
import * as Timeline from './timeline.ts'

/** What is known of an issuer's freeze of an address, a submission that nobody has confirmed yet included. */
export type Freeze = {
  readonly issuer: string
  readonly network: NetworkId
  readonly asset: string
  /** The last step by then. `submitted`: asked for and not in force. */
  readonly stage: Stage['stage']
  readonly stages: readonly Stage[]
  readonly version: string
  readonly sha256: string
}

/** Freezes of an address as they stood, and as far as they were known; steps without a time count as done. */
export function freezesOf(store: Store, address: string, asOf: Instant, knownAt: Instant): Freeze[] {
  const versions = Table.versions(store).filter(row => row.known_at <= knownAt)
  const rows = Table.entriesOf(store, address).filter(row => row.kind === 'address')
  return [...Map.groupBy(rows, row => row.list)].flatMap(([list, own]) => {
    const last = versions.findLast(row => row.list === list)
    if (last === undefined) return []
    const row = own.find(one => Timeline.isMember(Table.changesOf(store, one.id), last.id))
    const { stages: all, asset } = row === undefined ? NOTHING : (JSON.parse(row.content) as ListedAddress)
    const stages = (all ?? []).filter(({ at }) => at === null || at <= asOf)
    if (row === undefined || stages.length === 0) return []
    const { authority: issuer, version, sha256 } = last
    const [network] = row.networks.split(',') as NetworkId[]
    return [
      {
        issuer,
        network: network!,
        asset: (asset ?? '').split('-')[0]!,
        stage: stages.at(-1)!.stage,
        stages,
        version,
        sha256,
      },
    ]
  })
}

const NOTHING: Pick<ListedAddress, 'stages' | 'asset'> = { asset: null }
