import { isolate } from '../std/isolate.ts'
import type { Flag, Verdict } from './check.ts'
import { figureOf, placeOf, subjectOf } from './check-say.ts'
import { type CoinPrice, type Fit, fit, windowOf } from './check-value.ts'
import type { Claim } from './claim.ts'
import type { Read } from './claim-read.ts'

/**
 * Coins and their value in dollars: two dollar figures that seem to contradict each other may be one number of coins
 * at two days' prices. Says so only where the price file has such days; and flags "raised" for a turnover.
 */
export function bridges(
  reads: readonly Read[],
  priceOf: CoinPrice,
): { verdicts: Verdict[]; flags: Flag[]; pairs: string[] } {
  const claims = reads.flatMap(read => read.claims)
  const verdicts: Verdict[] = []
  const flags: Flag[] = []
  const pairs: string[] = []
  const counted = claims.filter(one => one.kind === 'figure' && COINS.has(one.unit ?? '') && isFlow(one))
  for (const coins of counted) {
    const values = claims.filter(one => one.unit === 'USD' && one.kind === 'figure' && mayBeValue(coins, one))
    const fits = values.map(value => ({ value, fit: fitOf(coins, value, priceOf) }))
    for (const { value, fit: found } of fits) {
      pairs.push(...bothWays(coins, value))
      if (value.valueOf === coins.id) verdicts.push(valueVerdict(coins, value, found))
      else if (found === undefined) verdicts.push(noFit(coins, value))
      if (value.measure === 'raised' && coins.measure === 'turnover') flags.push(raisedFlag(coins, value, reads))
    }
    const found = fits.flatMap(one => (one.fit === undefined ? [] : [{ value: one.value, fit: one.fit }]))
    if (found.length < 2) {
      verdicts.push(
        ...found.filter(({ value }) => value.valueOf !== coins.id).map(one => oneDate(coins, one.value, one.fit)),
      )
      continue
    }
    for (const a of found) for (const b of found) if (a !== b) pairs.push(...bothWays(a.value, b.value))
    verdicts.unshift(twoDates(coins, found))
  }
  return { verdicts, flags, pairs }
}

/** A dollar figure that may value these coins: said to, or of the same subject or actor, in that coin. */
function mayBeValue(coins: Claim, usd: Claim): boolean {
  if (usd.valueOf !== null) return usd.valueOf === coins.id
  if (usd.asset !== coins.unit || !isFlow(usd)) return false
  if (coins.period !== null && usd.period !== null && coins.period.key !== usd.period.key) return false
  const [a, b] = [coins.scope, usd.scope]
  const keys = (claim: Claim) => [claim.scope.subject?.key, claim.scope.actor?.key].filter(key => key !== undefined)
  return a.subject?.key === b.subject?.key ? a.subject !== null : keys(coins).some(key => keys(usd).includes(key))
}

function fitOf(coins: Claim, usd: Claim, priceOf: CoinPrice): Fit | undefined {
  const { from, to, asOf, report } = windowOf(coins, usd)
  const anchor = usd.basis === 'report-day' ? (report ?? asOf) : (asOf ?? report)
  return fit(coins, usd, { from, to, anchor }, priceOf)
}

function isFlow({ measure }: Claim): boolean {
  return (
    measure === 'received' ||
    measure === 'raised' ||
    measure === 'sent' ||
    measure === 'turnover' ||
    measure === 'balance'
  )
}

function bothWays(a: Claim, b: Claim): string[] {
  return [`${a.id} ${b.id}`, `${b.id} ${a.id}`]
}

function twoDates(coins: Claim, found: readonly { value: Claim; fit: Fit }[]): Verdict {
  const ordered = found.toSorted((a, b) => (a.fit.best.day < b.fit.best.day ? -1 : 1))
  const one = (language: 'en' | 'ar') =>
    ordered
      .map(({ value, fit: at }) =>
        language === 'en'
          ? `${figureOf(value, 'en')} at the price of ${at.best.day} (${at.best.price})`
          : `${figureOf(value, 'ar')} بسعر يوم ${isolate(at.best.day)} (${isolate(at.best.price)})`,
      )
      .join(language === 'en' ? ', ' : '، ')
  return {
    ...{ differ: ['basis'], against: [], facts: [], place: null },
    verdict: 'compatible',
    claims: [coins.id, ...ordered.map(({ value }) => value.id)],
    fits: ordered.map(({ fit: at }) => at),
    en:
      `One quantity, ${figureOf(coins, 'en')} ${placeOf(coins, 'en')}, valued at ${ordered.length} ` +
      `dates: ${one('en')}; not a contradiction.`,
    ar:
      `كمية واحدة هي ${figureOf(coins, 'ar')} ${placeOf(coins, 'ar')} قُوّمت في ` +
      `${ordered.length === 2 ? 'تاريخين' : `${ordered.length} تواريخ`}: ${one('ar')}؛ وليس ذلك ` +
      'تناقضًا.',
  }
}

function oneDate(coins: Claim, usd: Claim, at: Fit): Verdict {
  return {
    ...{ differ: ['unit'], against: [], facts: [], place: null },
    ...{ verdict: 'compatible', claims: [coins.id, usd.id], fits: [at] },
    en:
      `${figureOf(usd, 'en')} ${placeOf(usd, 'en')} fits ${figureOf(coins, 'en')} ` +
      `${placeOf(coins, 'en')} at the price of ${at.best.day} (${at.best.price}).`,
    ar:
      `${figureOf(usd, 'ar')} ${placeOf(usd, 'ar')} يوافق ${figureOf(coins, 'ar')} ` +
      `${placeOf(coins, 'ar')} بسعر يوم ${isolate(at.best.day)} (${isolate(at.best.price)}).`,
  }
}

function valueVerdict(coins: Claim, usd: Claim, at: Fit | undefined): Verdict {
  if (at === undefined) return noFit(coins, usd)
  const basis = usd.basis === null ? ['', ''] : [` (${usd.basis})`, ` (${isolate(usd.basis)})`]
  const days = `${at.runs[0]!.from}–${at.runs[0]!.to}`
  return {
    ...{ differ: ['unit'], against: [], facts: [], place: null },
    ...{ verdict: 'compatible', claims: [coins.id, usd.id], fits: [at] },
    en:
      `${figureOf(usd, 'en')} is the value of ${figureOf(coins, 'en')} ${placeOf(coins, 'en')}: the ` +
      `price of ${days} fits${basis[0]}.`,
    ar:
      `${figureOf(usd, 'ar')} هو قيمة ${figureOf(coins, 'ar')} ${placeOf(coins, 'ar')}: يوافقه سعر ` +
      `${isolate(days)}${basis[1]}.`,
  }
}

function noFit(coins: Claim, usd: Claim): Verdict {
  return {
    ...{ differ: ['unit', 'basis'], fits: [], against: [], facts: [], place: null },
    ...{ verdict: 'not comparable', claims: [coins.id, usd.id] },
    en:
      `${figureOf(usd, 'en')} ${placeOf(usd, 'en')} and ${figureOf(coins, 'en')} ` +
      `${placeOf(coins, 'en')} are of two units, and no day’s price that was read (athar ledger price, ` +
      'or --prices) makes them one.',
    ar:
      `${figureOf(usd, 'ar')} ${placeOf(usd, 'ar')} و${figureOf(coins, 'ar')} ${placeOf(coins, 'ar')} ` +
      'وحدتان مختلفتان، ولا يجعلهما سعر أي يوم مقروء شيئًا واحدًا.',
  }
}

/** "Raised" for what is the turnover of an address that the text itself shows to serve others too. */
function raisedFlag(coins: Claim, usd: Claim, reads: readonly Read[]): Flag {
  const service = serviceOf(coins, reads)
  const why =
    service === null
      ? ['', '']
      : [
          `, and the text says that the address serves others too (“${service}”)`,
          `، والنص يقول إن العنوان يخدم غيرها أيضًا (${isolate(`«${service}»`)})`,
        ]
  return {
    ...{ claim: usd.id, word: usd.figure.raw, code: 'raised-for-turnover' },
    en:
      `“Raised” is not supported: ${figureOf(coins, 'en')} is the turnover of ${subjectOf(coins, 'en')}` +
      `${why[0]}; receipts are less.`,
    ar:
      `لفظ «جمعت» لا سند له: ${figureOf(coins, 'ar')} هو حجم معاملات ${subjectOf(coins, 'ar')}${why[1]}` +
      '؛ والمقبوضات أقل.',
  }
}

function serviceOf(coins: Claim, reads: readonly Read[]): string | null {
  const read = reads.find(one => one.claims.includes(coins))
  for (const { sentence } of read?.sentences ?? []) {
    const match = SERVES.exec(sentence.text)
    if (match === null) continue
    return sentence.original
      .slice(sentence.view.start(match.index), sentence.view.end(match.index + match[0].length))
      .trim()
  }
  return null
}

const SERVES = new RegExp(
  String.raw`(?:(?:ت|ي)خدم|(?:ت|ي)ستخدمه?|تعود ل|يعود ل|واجهه ل|تشغل\p{L}*)[^.؟!]{0,12}(?:موقع|بورص|صراف|` +
    String.raw`شركه|متجر|خدمه)\p{L}*(?: [^ .،؟!]+){0,5}|\b(?:serves?|serving|belongs? to|operated by|used by|` +
    String.raw`front for|also (?:served|used))[^.?!]{0,45}\b(?:site|website|exchange|business|service|` +
    String.raw`company|merchant|money changer|shop)\b(?: \S+){0,4}`,
  'u',
)

const COINS: ReadonlySet<string> = new Set(['BTC', 'ETH', 'LTC', 'XMR', 'TRX', 'USDT', 'USDC'])
