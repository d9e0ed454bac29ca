import { cents, DAY, type Indicator, number, one, words } from './indicator-part.ts'

/** Red flags that one payment shows by itself: who the other side is, or that the address moves at all. */
export const payments = {
  payment: {
    told: 'each',
    see: (t, _, { events }, at) => {
      const event = events[at]!
      const least = cents(t, 'minUsd')
      return least > 0n && (event.cents === null || event.cents < least) ? null : one(event, {})
    },
  },
  'listed-counterparty': {
    told: 'each',
    see: (_, { network }, { events }, at, around) => {
      const event = events[at]!
      const authorities = event.other === null ? [] : around.designatedBy(network, event.other, event.time)
      return authorities.length === 0 ? null : one(event, { authorities: authorities.join(', ') })
    },
  },
  'campaign-counterparty': {
    told: 'each',
    see: (_, { network }, { events }, at, around) => {
      const event = events[at]!
      const campaigns = event.other === null ? [] : around.campaignsOf(network, event.other)
      return campaigns.length === 0 ? null : one(event, { campaigns: campaigns.join(', ') })
    },
  },
  'category-counterparty': {
    told: 'each',
    see: (t, { network }, { events }, at, around) => {
      const event = events[at]!
      const category = event.other === null ? null : around.categoryOf(network, event.other)
      return category !== null && words(t, 'categories').includes(category) ? one(event, { category }) : null
    },
  },
  'country-exchange': {
    told: 'each',
    see: (t, { network }, { events }, at, around) => {
      const event = events[at]!
      const countries = event.other === null ? [] : around.countriesOf(network, event.other)
      const found = countries.filter(country => words(t, 'countries').includes(country))
      return found.length === 0 ? null : one(event, { countries: found.join(', ') })
    },
  },
  frozen: {
    // Every payment of a frozen address deserves a look; its receipts once, when the freeze begins to hold.
    told: event => (event.direction === 'out' ? 'each' : 'start'),
    see: (_, { network, address }, { events }, at, around) => {
      const authorities = around.designatedBy(network, address, events[at]!.time)
      return authorities.length === 0 ? null : one(events[at]!, { authorities: authorities.join(', ') })
    },
  },
  awakened: {
    told: 'each',
    see: (t, _, history, at) => {
      const event = history.events[at]!
      const last = at === 0 ? history.before : history.events[at - 1]!.time
      if (last === null || event.time - last < number(t, 'days') * DAY) return null
      const least = cents(t, 'minUsd')
      if (least > 0n && (event.cents === null || event.cents < least)) return null
      return one(event, { silenceDays: Math.floor((event.time - last) / DAY) })
    },
  },
} as const satisfies Readonly<Record<string, Indicator>>
