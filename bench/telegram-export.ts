import { closeSync, openSync, writeSync } from 'node:fs'
import { seededRandom } from '../src/std/random.ts'

/**
 * A synthetic export of one channel as Telegram Desktop writes it (`result.json`, indented by one space, text told
 * twice
 * as `text` and `text_entities`): Arabic and English posts, one in twenty with an address. The same for the same seed.
 *
 * @returns what a reader must find in it
 */
export function writeExport(
  path: string,
  bytes: number,
  seed = 1,
): { messages: number; addresses: number; bytes: number } {
  const random = seededRandom(seed)
  const descriptor = openSync(path, 'w')
  const truth = { messages: 0, addresses: 0, bytes: 0 }
  const write = (text: string) => {
    truth.bytes += writeSync(descriptor, text)
  }
  write('{\n "name": "قناة الشتاء",\n "type": "public_channel",\n "id": 1234567890,\n "messages": [\n')
  let held = ''
  let heldBytes = 0
  while (truth.bytes + heldBytes < bytes) {
    const message = messageOf(random, truth)
    const text = `${truth.messages === 1 ? '' : ',\n'}${indent(JSON.stringify(message, null, 1))}`
    held += text
    heldBytes += Buffer.byteLength(text)
    if (held.length > 1 << 20) {
      write(held)
      held = ''
      heldBytes = 0
    }
  }
  write(`${held}\n ]\n}`)
  closeSync(descriptor)
  return truth
}

const ARABIC = 'تبرعوا الآن لدعم إخوانكم في الشتاء القادم عبر العملات الرقمية فقط ولا تنسوا الدعاء لهم جميعا'.split(' ')
const ENGLISH = 'please share this post with your friends and support the families of our people this winter'.split(' ')

/** One address of each kind, from published vectors. */
const ADDRESSES = [
  '1BoatSLRHtKNngkdXEeobR76b53LETtpyT',
  'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4',
  'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
  '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
]

type Random = ReturnType<typeof seededRandom>

function messageOf(random: Random, truth: { messages: number; addresses: number }): object {
  const id = ++truth.messages
  const words = random.below(2) === 0 ? ARABIC : ENGLISH
  const text = Array.from({ length: 15 + random.below(50) }, () => random.pick(words)).join(' ')
  const at = 1_600_000_000 + id * 60
  const entities: object[] = [{ type: 'plain', text: `${text} ` }]
  if (random.below(20) === 0) {
    truth.addresses++
    entities.push({ type: 'code', text: random.pick(ADDRESSES) })
  }
  const date = new Date(at * 1000).toISOString().slice(0, 19)
  return {
    ...{ id, type: 'message', date, date_unixtime: String(at), from: 'قناة الشتاء', from_id: 'channel1234567890' },
    ...(random.below(10) === 0 ? { photo: `photos/photo_${id}.jpg`, width: 1280, height: 720 } : {}),
    ...(random.below(15) === 0 ? { forwarded_from: 'another channel' } : {}),
    ...{ text: entities.length === 1 ? `${text} ` : entities, text_entities: entities },
  }
}

function indent(text: string): string {
  return `  ${text.replaceAll('\n', '\n  ')}`
}
