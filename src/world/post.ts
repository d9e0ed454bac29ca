import * as Instant from '../model/instant.ts'
import { type Campaign, times } from './campaign.ts'
import type { Cast } from './cast.ts'

/** A published thing of the world, as a file to capture. */
export type Post = {
  readonly path: string
  readonly text: string
  readonly postedAt: number
  readonly sourceUrl: string
}

/** Stands in every post. Organisation, channel and office do not exist; `.invalid` never resolves (RFC 2606). */
export const MARK = '«عالم تجريبي مولَّد — SYNTHETIC — لا صلة له بأي جهة حقيقية»'

/** The invented organisation: "the Example Organisation". */
export const ORGANISATION = 'تنظيم المثال'

export function createPosts(campaign: Campaign, cast: Cast): Post[] {
  return [
    { path: 'posts/01-appeal.txt', text: appeal(campaign), ...at(times.first, 'https://example.invalid/posts/1') },
    {
      path: 'posts/02-channel.json',
      text: channel(campaign, cast),
      ...at(times.tron, 'https://t.example.invalid/example'),
    },
    { path: 'posts/03-page.html', text: page(campaign), ...at(times.tron, 'https://example.invalid/donate') },
    { path: 'posts/04-office.html', text: office(cast), ...at(times.office, 'https://office.example.invalid/') },
  ]
}

function at(postedAt: number, sourceUrl: string): Pick<Post, 'postedAt' | 'sourceUrl'> {
  return { postedAt, sourceUrl }
}

function appeal(campaign: Campaign): string {
  return [
    MARK,
    `الاثنين ٣ فبراير ٢٠٢٥ — إعلان من ${ORGANISATION}`,
    `يستقبل ${ORGANISATION} التبرعات بعملة بيتكوين على العنوان التالي (${campaign.first.address}).`,
    'وقد بلغت التبرعات في الشهر الماضي نحو ٣٥٠٠ دولار بحسب التنظيم.',
    '',
  ].join('\n')
}

/** A Telegram Desktop export of the channel: the appeal, chatter, a damaged address, later addresses. */
function channel(campaign: Campaign, cast: Cast): string {
  const { first, second, hosted, tron } = campaign
  const messages = [
    message(1, times.first, [`${MARK}\nعنوان التبرع ببيتكوين: `, code(first.address)]),
    message(2, times.first + 90_000, [`${MARK}\nنشرة الطقس: غائم جزئيا، والحرارة ١٩ درجة.`]),
    message(3, times.first + 180_000, [
      `${MARK}\nللتذكير، العنوان هو ${damaged(first.address)} (فيه خطأ مطبعي مقصود).`,
    ]),
    message(4, times.hosted, [`${MARK}\nعنوان آخر لدى منصة تداول: `, code(hosted.address)]),
    message(5, times.office, [`${MARK}\nأو عبر مكتب صرافة واو: `, code(cast.office.hotLock.address)]),
    message(6, times.second, [`${MARK}\nتغيّر العنوان. العنوان الجديد (${second.address}).`]),
    message(7, times.tron, [`${MARK}\nنستقبل أيضا USDT على شبكة ترون TRC-20: `, code(tron.donation)]),
  ]
  const export_ = { name: `قناة المثال (SYNTHETIC)`, type: 'public_channel', id: 1_000_000_001, messages }
  return `${JSON.stringify(export_, null, 1)}\n`
}

type Piece = string | { type: 'code'; text: string }

function code(text: string): Piece {
  return { type: 'code', text }
}

function message(id: number, when: number, text: Piece[]): object {
  return {
    ...{ id, type: 'message', date: Instant.format(when).slice(0, 19), date_unixtime: String(when) },
    ...{ from: 'قناة المثال (SYNTHETIC)', from_id: 'channel1000000001', text },
    text_entities: text.map(piece => (typeof piece === 'string' ? { type: 'plain', text: piece } : piece)),
  }
}

/** Two neighbouring characters exchanged: the checksum no longer fits. */
function damaged(address: string): string {
  const place = [...address].findIndex((letter, i) => i > 10 && letter !== address[i + 1])
  return address.slice(0, place) + address[place + 1]! + address[place]! + address.slice(place + 2)
}

function page(campaign: Campaign): string {
  return `<!doctype html>
<html lang="ar" dir="rtl">
<head><meta charset="utf-8"><title>صفحة تبرعات — SYNTHETIC</title></head>
<body>
<article>
<p>${MARK}</p>
<h1>التبرع إلى ${ORGANISATION}</h1>
<p>نُشر في ١٥ يونيو ٢٠٢٥</p>
<p>USDT (TRC-20): <code>${campaign.tron.donation}</code></p>
<p>بيتكوين: <code>${campaign.second.address}</code></p>
<p>لدى منصة تداول: <code>${campaign.hosted.address}</code></p>
</article>
</body>
</html>
`
}

function office(cast: Cast): string {
  return `<!doctype html>
<html lang="ar" dir="rtl">
<head><meta charset="utf-8"><title>مكتب صرافة واو — SYNTHETIC</title></head>
<body>
<article>
<p>${MARK}</p>
<h1>مكتب صرافة واو</h1>
<p>بيع وشراء العملات. عنوان المكتب: <code>${cast.office.hotLock.address}</code></p>
</article>
</body>
</html>
`
}
