import * as Addresses from '../../chain/address.ts'
import { ClickHouse, type FarLedger } from '../../ledger/ledger.ts'
import type { NetworkId } from '../../model/network.ts'
import { parseOutpoint } from '../../trace/trace.ts'
import { connected, isConfigured } from '../ledger/clickhouse.ts'
import type { Context } from '../operation.ts'
import { networkOf } from '../when.ts'

/**
 * Works on the ledger in ClickHouse that holds what is asked about: of the networks that all names may be on, the first
 * that knows one of them, else the first that is loaded. Null where none is: the embedded ledger answers then.
 */
export async function withFar<T>(
  { signal }: Pick<Context, 'signal'>,
  texts: readonly string[],
  network: string | undefined,
  work: (far: FarLedger, names: readonly string[], pin: ClickHouse.Pin) => Promise<T>,
): Promise<T | null> {
  if (!isConfigured()) return null
  const wanted = network === undefined ? undefined : networkOf(network)
  return connected('reader', signal, async connection => {
    const shared = texts
      .map(text => networksOf(text, wanted))
      .reduce((a, b) => (a === null ? b : b === null ? a : a.filter(id => b.includes(id))), null)
    const loaded = await ClickHouse.networks(connection)
    let first: (() => Promise<T>) | undefined
    for (const id of loaded.filter(one => shared?.includes(one) ?? true)) {
      const pin = (await ClickHouse.pin(connection, id))!
      const far = ClickHouse.openFar(pin)
      const names = texts.map(text => (parseOutpoint(text) === undefined ? Addresses.from(text, id).address : text))
      await far.answer({ ask: 'names', names })
      const isThere = names.some(name => far.numberOf(name) !== undefined || far.transferOf(name) !== undefined)
      if (isThere) return work(far, names, pin)
      first ??= () => work(far, names, pin)
    }
    return first === undefined ? null : first()
  })
}

/** Null: any. */
function networksOf(text: string, wanted: NetworkId | undefined): readonly NetworkId[] | null {
  if (parseOutpoint(text) !== undefined) return wanted === undefined ? null : [wanted]
  const parsed = Addresses.parse(text, wanted)
  if (!parsed.ok) return [Addresses.from(text, wanted).network]
  if (wanted !== undefined) return [parsed.address.network]
  return parsed.networks
}
