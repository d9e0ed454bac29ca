import assert from 'node:assert/strict'
import { test } from 'node:test'
import { disclosed } from './document.ts'
import { readBytes } from './entry.ts'

const ADDRESS = '1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq'

const documentOf = (text: string) => {
  const [entry] = [...readBytes('x', Buffer.from(text))]
  assert.equal(entry!.mediaType, 'application/json')
  return entry!.document!
}

/** As Facebook writes it: each byte of UTF-8 as an escape of its own. */
const mojibake = (text: string) =>
  [...Buffer.from(text)].map(byte => (byte < 0x80 ? String.fromCharCode(byte) : `\\u00${byte.toString(16)}`)).join('')

test('X archive: tweets with their time, links kept aside; letters and contacts are set apart', () => {
  const tweet = {
    ...{
      id_str: '17',
      created_at: 'Sat Oct 07 12:00:00 +0000 2023',
      full_text: `تبرع &amp; ${ADDRESS} https://t.co/a`,
    },
    entities: { urls: [{ url: 'https://t.co/a', expanded_url: 'https://example.org/donate' }] },
    in_reply_to_status_id_str: '16',
  }
  const document = documentOf(`window.YTD.tweets.part0 = [{"tweet": ${JSON.stringify(tweet)}}]`)
  const [message] = document.messages
  assert.equal(document.text.slice(message!.start, message!.end), `تبرع & ${ADDRESS} https://t.co/a`)
  assert.deepEqual([message!.postedAt, message!.zone, message!.replyTo], [Date.UTC(2023, 9, 7, 12) / 1000, 'utc', '16'])
  assert.ok(document.text.includes('https://example.org/donate'))

  const letters = documentOf('window.YTD.direct_messages.part0 = [{"dmConversation":{"text":"private 0599123456"}}]')
  assert.equal(letters.text, '')
  assert.equal(letters.apart, 'private 0599123456')
  const shown = disclosed(letters)
  assert.ok(shown.text.includes('0599123456') && shown.regions[0]!.role === 'personal' && shown.apart === undefined)
})

test('Facebook archive: mended letters, posts and messages with their time, personal parts set apart', () => {
  const arabic = `العنوان ${ADDRESS}`
  const posts = documentOf(`[{"timestamp": 1696680000, "data": [{"post": "${mojibake(arabic)}"}], "title": "x"}]`)
  assert.equal(posts.text.split('\n')[0], arabic)
  assert.equal(posts.messages[0]!.postedAt, 1_696_680_000)
  const chat = documentOf(
    `{"participants":[{"name":"A"}],"messages":[{"sender_name":"${mojibake('أحمد')}","timestamp_ms` +
      `":1696680000123,"content":"${mojibake(arabic)}"}],"title":"t"}`,
  )
  assert.deepEqual([chat.messages[0]!.from, chat.messages[0]!.postedAt], ['أحمد', 1_696_680_000])
  assert.equal(chat.text, `${arabic}\n`)
  const book = documentOf(
    `{"address_book_v2": {"contacts": [{"name": "${mojibake('سارة')}", "number": "0599123456"}]}}`,
  )
  assert.deepEqual([book.text, book.apart], ['', 'سارة\n0599123456'])
  // Latin text that is no mojibake stays as it is.
  assert.ok(documentOf('{"a": "caf\\u00e9 ouvert"}').text.startsWith('café ouvert'))
})

test('Telegram: polls with votes, photographs, edits, forwards, replies, followers; personal', () => {
  const messages = [
    {
      ...{ id: 5, type: 'message', date: '2023-10-07T15:00:00', date_unixtime: '1696680000', from: 'A', text: '' },
      ...{ photo: 'photos/photo_1.jpg', reply_to_message_id: 4, edited_unixtime: '1696680060', forwarded_from: 'B' },
      poll: {
        question: 'Q?',
        total_voters: 3,
        answers: [
          { text: 'yes', voters: 2 },
          { text: 'no', voters: 1 },
        ],
      },
    },
    { id: 6, type: 'message', date: '2023-10-07T15:01:00', from: 'A', text: '', photo: 'photos/photo_2.jpg' },
  ]
  const channel = documentOf(
    JSON.stringify({ name: 'c', type: 'public_channel', id: 1, members_count: 12345, messages }),
  )
  const [first, second] = channel.messages
  assert.deepEqual(first!.votes, [
    { answer: 'yes', voters: 2 },
    { answer: 'no', voters: 1 },
  ])
  assert.deepEqual(
    [first!.media, first!.replyTo, first!.editedAt, first!.forwardedFrom],
    ['photos/photo_1.jpg', '4', 1_696_680_060, 'B'],
  )
  assert.deepEqual([second!.media, second!.postedAt, second!.zone], ['photos/photo_2.jpg', null, 'unknown'])
  assert.deepEqual(channel.counts, [{ what: 'members_count', raw: '12345', value: 12345 }])

  const account = documentOf(
    JSON.stringify({
      contacts: { list: [{ first_name: 'Sara', phone_number: '00970599123456' }] },
      sessions: { list: [{ last_ip: '192.0.2.7' }] },
      chats: { list: [{ name: 'c', messages: [{ id: 1, date: 'x', text: ADDRESS }] }] },
    }),
  )
  assert.ok(account.text.includes(ADDRESS) && !account.text.includes('Sara') && !account.text.includes('192.0.2.7'))
  assert.ok(disclosed(account).text.includes('00970599123456'))
})

test('a public Telegram page says how many follow it', () => {
  const page =
    `<html><body><div class="tgme_channel_info_counter"><span class="counter_value">12.3K</span>` +
    ` <span class="counter_type">subscribers</span></div><div class="tgme_page_extra">12 345 subscribers` +
    `</div></body></html>`
  const [entry] = [...readBytes('x', Buffer.from(page))]
  assert.deepEqual(entry!.document!.counts, [
    { what: 'subscribers', raw: '12.3K', value: null },
    { what: 'subscribers', raw: '12 345', value: 12345 },
  ])
})
