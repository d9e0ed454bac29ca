import { isCustodial, type Label } from '../../attribution/attribution.ts'
import type { Services } from '../../cluster/cluster.ts'
import { listNotesIn, prices, type ToldNote } from '../../ledger/ledger.ts'
import { solicitationOf } from '../../mention/mention.ts'
import type { NetworkId } from '../../model/network.ts'
import { type Around, type Event, eventsOf, type Message, type Sponsor } from '../../monitor/monitor.ts'
import type { Store } from '../../store/store.ts'
import { type Glance, glanceAt } from './glance.ts'
import { openSponsors, type Sponsors } from './sponsor.ts'

/** What rules may ask of other addresses: what the stored ledger says that they did. */
export function ledgerFacts(
  store: Store,
  labelsOf: (network: NetworkId, address: string) => readonly Label[],
): Pick<Around, 'historyOf' | 'sponsorsOf' | 'messagesIn'> {
  const read = new Map<NetworkId, Read>()
  const open = (network: NetworkId): Read | null => {
    const ledger = glanceAt(store, network)
    if (ledger === undefined) return null
    const held = read.get(network)
    if (held?.ledger.mark === ledger.mark) return held
    const sponsors = openSponsors(store, network, ledger, servicesOn(network))
    const made = { ledger, sponsors, histories: new Map<string, readonly Event[] | null>(), asked: null }
    read.set(network, made)
    return made
  }
  const servicesOn = (network: NetworkId): Services => {
    return address => {
      const found = labelsOf(network, address).find(isCustodial)
      return found === undefined ? null : { name: found.entity ?? found.name, category: found.category }
    }
  }
  return {
    historyOf(network, address, at) {
      const ledger = open(network)
      const events = ledger === null ? null : historyIn(store, ledger, address)
      if (events === null || (events.at(-1)?.time ?? 0) <= at) return events
      return events.slice(0, events.findLastIndex(event => event.time <= at) + 1)
    },
    sponsorsOf(network, address, at) {
      const opened = open(network)
      if (opened === null) return []
      // Rules of one kind ask the same, one after the other.
      const { asked } = opened
      if (asked?.address === address && asked.at === at) return asked.answer
      const answer = opened.sponsors(address, at)
      read.set(network, { ...opened, asked: { address, at, answer } })
      return answer
    },
    messagesIn: (network, txid) => listNotesIn(store, network, txid).map(messageOf),
  }
}

/** The words of the lexicon in it: purposes, and the groups that it names. */
function messageOf({ text, writer }: ToldNote): Message {
  const { cues } = solicitationOf(text, [])
  const said = cues.filter(cue => cue.what === 'purpose' || cue.what === 'actor')
  return { text, writer, words: said.map(({ tag, word }) => ({ kind: tag, word })) }
}

type Read = {
  readonly ledger: Glance
  readonly sponsors: Sponsors
  readonly histories: Map<string, readonly Event[] | null>
  /** The last question for a sponsor. */
  readonly asked: { readonly address: string; readonly at: number; readonly answer: readonly Sponsor[] } | null
}

/** An address with more transactions than these is a service or a crowd's, labelled or not. */
const TRANSACTIONS_MAX = 5000
/** Histories kept at once. */
const HISTORIES_MAX = 2000

function historyIn(store: Store, { ledger, histories }: Read, address: string): readonly Event[] | null {
  const held = histories.get(address)
  if (held !== undefined) return held
  const columns = ledger.near(address)
  const row = columns?.addresses.find(address)
  const isBusy = row !== undefined && columns!.addresses.transactionsOf(row).length > TRANSACTIONS_MAX
  const made = columns === null || isBusy ? null : eventsOf(columns, address, prices(store))
  if (histories.size >= HISTORIES_MAX) histories.clear()
  histories.set(address, made)
  return made
}
