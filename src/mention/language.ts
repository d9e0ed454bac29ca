/**
 * The language of a text by its script and, within a script, by letters or frequent words that only one has. A rule,
 * not a model: null where neither says enough.
 */
export function languageOf(text: string): string | null {
  const sample = text.slice(0, SAMPLE).replace(/[A-Za-z0-9]{20,}|[a-z]{2,12}:\/\/\S{1,500}/g, ' ')
  const counts = new Map<Script, number>()
  for (let i = 0; i < sample.length; i++) {
    const script = scriptOf(sample.charCodeAt(i))
    if (script !== null) counts.set(script, (counts.get(script) ?? 0) + 1)
  }
  const [script] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [null]
  if (script === null) return null
  if (script === 'arabic') return arabicBy(sample)
  if (script === 'cyrillic') return cyrillicBy(sample)
  return script === 'latin' ? latinBy(sample) : 'he'
}

type Script = 'arabic' | 'latin' | 'cyrillic' | 'hebrew'

function scriptOf(code: number): Script | null {
  if ((code >= 65 && code <= 90) || (code >= 97 && code <= 122) || (code >= 0xc0 && code <= 0x24f)) return 'latin'
  if ((code >= 0x620 && code <= 0x64a) || (code >= 0x66e && code <= 0x6d3)) return 'arabic'
  if (code >= 0x400 && code <= 0x52f) return 'cyrillic'
  return code >= 0x5d0 && code <= 0x5ea ? 'hebrew' : null
}

/** Urdu's ٹ ڈ ڑ ں ے ہ ھ, Pashto's ټ ډ ړ ښ ې, Persian's پ چ ژ گ ک ی, each with words that are frequent. */
function arabicBy(text: string): string {
  const letters = (pattern: RegExp) => (text.match(pattern) ?? []).length
  const all = letters(/[\u0620-\u064a\u066e-\u06d3]/g)
  if (letters(/[ټډړښځڅڼ]/g) * 100 > all) return 'ps'
  if (letters(/[ٹڈڑںےہ]/g) * 50 > all) return 'ur'
  if (letters(/[پچژگکی]/g) * 30 > all) return 'fa'
  return 'ar'
}

function cyrillicBy(text: string): string {
  if (/[ҷӣӯҳ]/i.test(text)) return 'tg'
  if (/[ўҳқғ]/i.test(text)) return 'uz'
  return /[іїєґ]/i.test(text) ? 'uk' : 'ru'
}

function latinBy(text: string): string | null {
  const words = text.toLowerCase().match(/[a-zçğışöüâêîôûéèàñ']{2,20}/g) ?? []
  let best: string | null = null
  let most = 0
  for (const [language, frequent] of FREQUENT) {
    const hits = words.filter(word => frequent.has(word)).length
    if (hits > most) {
      most = hits
      best = language
    }
  }
  return most === 0 ? null : best
}

const SAMPLE = 20_000

const FREQUENT: readonly (readonly [string, ReadonlySet<string>])[] = [
  [
    'en',
    new Set(
      'the and of to in is for on with that this are from by was your you we please send donate be or'.split(' '),
    ),
  ],
  [
    'fr',
    new Set('le la les des et en un une du pour dans est que qui sur par avec vous nous ce au aux dons'.split(' ')),
  ],
  [
    'id',
    new Set(
      'yang dan di untuk dengan dari ini itu kami anda adalah pada ke tidak akan donasi bantu saudara'.split(' '),
    ),
  ],
  ['tr', new Set('ve bir bu için ile de da olarak çok daha bağış kardeş olan gibi en mi yardım'.split(' '))],
  ['de', new Set('der die und das ist nicht mit für von den ein eine auf zu im'.split(' '))],
  ['es', new Set('el los las de que y en un una por con para es del al se'.split(' '))],
]
