import { PLACES } from './claim-place.ts'

/** Whom and what sentences name: known groups in both languages, names after a head noun, and plain nouns. */
export type EntityKind =
  | 'address'
  | 'organisation'
  | 'group'
  | 'campaign'
  | 'exchange'
  | 'unit'
  | 'authority'
  | 'source'
  | 'people'
  | 'network'
  | 'sector'

export type Entity = {
  readonly kind: EntityKind
  readonly key: string
  readonly at: number
  readonly to: number
  /** A name, not a noun such as "the wallet". */
  readonly named: boolean
  /** One that this file knows by name, with its kind. */
  readonly known: boolean
}

/** Entities of a sentence's view, in order, longer ones first where they begin together; none inside another. */
export function findEntities(text: string, original: string): Entity[] {
  const found: Entity[] = []
  for (const [kind, key, pattern] of KNOWN) {
    for (const match of text.matchAll(pattern)) {
      const particle = /^[وفبلك]/.test(match[0]) && match[0].slice(1).search(pattern) === 0 ? 1 : 0
      found.push({ kind, key, at: match.index + particle, to: match.index + match[0].length, named: true, known: true })
    }
  }
  for (const match of text.matchAll(ADDRESS)) found.push(named('address', match[0], match.index))
  for (const match of text.matchAll(ARABIC_NAME)) {
    const name = (match[2] ?? match[3])!.trim()
    const at = match.index + match[0].indexOf(match[1]!)
    if (STOP.test(name) || /^لل?(?:ت|ا|ج|د)/.test(name) || skeleton(name).length < 2) continue
    const kind = ARABIC_HEADS.find(([heads]) => heads.test(match[1]!))?.[1] ?? 'organisation'
    found.push({ kind, key: skeleton(name), at, to: match.index + match[0].length, named: true, known: false })
  }
  for (const match of original.matchAll(ENGLISH_NAME)) {
    const name = match[0].replace(/^(?:The|A|An|In|On|By|From|Since|Between|After|But|And|Its?) /, '')
    if (NOT_NAMES.test(name) || /^(?:The|An?)$/.test(name) || skeleton(name).length < 2) continue
    if (/(?:\bin|\bat|\bnear) (?:the )?$/.test(original.slice(0, match.index))) continue
    if (BODIES.test(name) || isPlace(name) || (match.index === 0 && /^[A-Z][a-z]+s$/.test(name))) continue
    const at = match.index + match[0].length - name.length
    const noun = CAMPAIGN_AFTER.exec(original.slice(at + name.length))?.[0] ?? ''
    const kind = ENGLISH_KINDS.find(([words]) => words.test(name + noun))?.[1] ?? 'organisation'
    found.push({ kind, key: skeleton(name), at, to: at + name.length + noun.length, named: true, known: false })
  }
  for (const [kind, pattern] of NOUNS) {
    for (const match of text.matchAll(pattern)) {
      found.push({ kind, key: kind, at: match.index, to: match.index + match[0].length, named: false, known: false })
    }
  }
  found.sort(
    (a, b) => a.at - b.at || Number(b.known) - Number(a.known) || Number(b.named) - Number(a.named) || b.to - a.to,
  )
  const kept: Entity[] = []
  for (const one of found) {
    const last = kept.at(-1)
    if (last === undefined || one.at >= last.to) kept.push(one)
    else if (!last.named && one.named) kept[kept.length - 1] = one
  }
  return kept.map((one, i) => {
    const before = kept[i - 1]
    const isShort = before?.named === true && original.slice(before.to, one.at) === ' ('
    return isShort && !one.known && one.named ? { ...one, kind: before.kind, key: before.key } : one
  })
}

/** Countries of a sentence's view by ISO code, in order, each once. */
export function findPlaces(text: string): string[] {
  const found = PLACES.flatMap(([code, pattern]) => {
    const match = pattern.exec(text)
    return match === null ? [] : [{ code, at: match.index }]
  })
  return found.sort((a, b) => a.at - b.at).map(one => one.code)
}

/** The organisation of which another is a part: figures of the part are not figures of the whole. */
export const partOf: Readonly<Record<string, string>> = {
  qassam: 'hamas',
  isisk: 'isis',
  nasser: 'prc',
  pijwing: 'pij',
}

/**
 * Consonants of a name in one alphabet, so that a name in Arabic and in Latin letters may meet. Crude on purpose: it
 * only says that two names may be one, within the claims of one question.
 */
export function skeleton(name: string): string {
  const plain = name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\u0300-\u036f'’ʿʾ]/g, '')
    .replace(/(?<!\p{L})(?:ال|al-?|el-?|the )/gu, '')
    .replace(GENERIC, '')
    .replace(/[\u0621-\u064a]/g, letter => ARABIC_LETTERS[letter] ?? '')
    .replace(/sh|ch/g, '$')
    .replace(/kh/g, 'x')
    .replace(/gh/g, 'g')
    .replace(/th/g, 't')
    .replace(/dh/g, 'd')
    .replace(/ph/g, 'f')
  const key = plain
    .replace(/[aeiouywh]/g, '')
    .replace(/[qc]/g, 'k')
    .replace(/[pv]/g, 'b')
    .replace(/z/g, 's')
  return key
    .replace(/(.)\1+/gu, '$1')
    .replace(/[^\p{L}\p{N}$]+/gu, ' ')
    .trim()
}

/** "French", "Syria": a place or its adjective and nothing else. */
function isPlace(name: string): boolean {
  return PLACES.some(([, pattern]) => pattern.exec(name)?.[0].length === name.length)
}

function named(kind: EntityKind, key: string, at: number): Entity {
  return { kind, key, at, to: at + key.length, named: true, known: true }
}

/** A boundary of words in either script, after up to one Arabic particle. */
export function words(alternatives: string, flags = 'giu'): RegExp {
  return new RegExp(String.raw`(?<![\p{L}\d])(?:[وفبلك]|لل|وال)?(?:${alternatives})(?![\p{L}\d])`, flags)
}

/** Letters to one alphabet of consonants; those that are not there are vowels or too weak to compare. */
const ARABIC_LETTERS: Readonly<Record<string, string>> = {
  ...{ ب: 'b', ت: 't', ث: 't', ج: 'j', خ: 'x', د: 'd', ذ: 'd', ر: 'r', ز: 's', س: 's', ش: '$', ص: 's', ض: 'd' },
  ...{ ط: 't', ظ: 's', غ: 'g', ف: 'f', ق: 'k', ك: 'k', ل: 'l', م: 'm', ن: 'n' },
}

/** Words that many names share: they do not set one apart. */
const GENERIC = new RegExp(
  String.raw`(?<!\p{L})(?:relief|charity|foundation|fund|campaign|appeal|organi[sz]ation|group|association|` +
    String.raw`حمله|جمعيه|موسسه|صندوق)(?!\p{L})`,
  'gu',
)
const CAMPAIGN_AFTER = /^ (?:campaign|appeal|fundraiser|drive|fund)(?!\p{L})/iu

const KNOWN: readonly (readonly [EntityKind, string, RegExp])[] = [
  [
    'organisation',
    'qassam',
    words(
      '(?:ال)?كتايب (?:الشهيد )?عز الدين القسام|كتايب القسام|القسام|' +
        '(?:izz al-?d[ei]+n )?al-?qassam(?: brigades?)?|qassam brigades?',
    ),
  ],
  ['organisation', 'hamas', words('(?:حركه )?حماس|hamas')],
  ['organisation', 'isisk', words('داعش خراسان|ولايه خراسان|isis-?k|iskp|islamic state khorasan')],
  [
    'organisation',
    'isis',
    words(
      '(?:تنظيم )?[“"«]?داعش[”"»]?|تنظيم الدوله(?: الاسلاميه)?(?: في العراق و(?:الشام|سوريا))?|' +
        'isis|isil|islamic state|daesh',
    ),
  ],
  ['organisation', 'alqaeda', words("(?:تنظيم )?القاعده|al-?qa[e’']?[ei]da")],
  ['organisation', 'prc', words('لجان المقاومه الشعبيه(?: الفلسطينيه)?|popular resistance committees')],
  [
    'organisation',
    'nasser',
    words('(?:الويه|كتايب) الناصر(?: صلاح الدين)?|(?:al-?)?nasser salah al-?d[ei]+n(?: brigades?)?'),
  ],
  ['organisation', 'pijwing', words('سرايا القدس|al-?quds brigades?')],
  ['organisation', 'pij', words('(?:حركه )?الجهاد الاسلامي|(?:palestinian )?islamic jihad|pij')],
  ['organisation', 'hezbollah', words('حزب الله|he[sz]bollah|hi[sz]b[au]llah')],
  ['organisation', 'houthi', words('الحوثي(?:ون|ين)?|انصار الله|houthis?|ansar ?allah')],
  ['organisation', 'hts', words('هييه تحرير الشام|hay.?at tahrir al-?sham|hts')],
  ['organisation', 'taliban', words('طالبان|taliban')],
  ['network', 'tron', words('(?:(?:ال)?شبكه )?[“"]?(?:ترون|tron)[”"]?')],
  ['network', 'bitcoin', words('(?:(?:ال)?شبكه )?(?:ال)?(?:بيتكوين|بتكوين)|bitcoin')],
  ['network', 'ethereum', words('(?:(?:ال)?شبكه )?(?:ال)?(?:ايثريوم|اثيريوم)|ethereum')],
  ['source', 'trm', words('(?:معامل )?[“"]?trm(?: labs)?[”"]?')],
  ['source', 'chainalysis', words('[«"]?(?:تشيناليسيس|تشاين ?اليسيس|chainalysis)[»"]?')],
  ['source', 'elliptic', words('["«]?(?:اليبتيك|elliptic)["»]?')],
  [
    'authority',
    'doj',
    words(
      '(?:ال)?وزاره العدل(?: (?:الامريكيه|الاميركيه))?|(?:us |' +
        'u\\.s\\. )?(?:department of justice|justice department|doj)',
    ),
  ],
  [
    'authority',
    'treasury',
    words('(?:ال)?وزاره الخزانه(?: (?:الامريكيه|الاميركيه))?|(?:us |u\\.s\\. )?(?:treasury(?: department)?|ofac)'),
  ],
  [
    'authority',
    'authorities',
    words(
      '(?:ال)?سلطات(?: \\p{L}+يه){0,2}|(?:ال)?محققين|(?:ال)?محققون|الشرطه|' +
        '(?:\\p{L}+ )?authorities|police|prosecutors|investigators',
    ),
  ],
]

const NOUNS: readonly (readonly [EntityKind, RegExp])[] = [
  [
    'address',
    words(
      '(?:ال)?(?:عنوان|عناوين|محفظه|محافظ)|(?:the |this |that |an? |one )?(?:\\p{L}+ )?(?:address(?:es)?|wallets?)',
    ),
  ],
  ['exchange', words('(?:ال)?بورص(?:ه|ات)|منص(?:ه|ات) (?:ال)?تداول|(?:the |an? )?exchanges?')],
  ['campaign', words('(?:ال)?حمل(?:ه|ات|تان|تين)|(?:the |this |an? )?(?:campaigns?|fundraisers?)')],
  ['unit', words('(?:ال)?وحده (?:ال)?اعلاميه|(?:the |an? )?media (?:unit|outlet)')],
  [
    'group',
    words(
      'الصندوق|الجمعيه|الموسسه|the (?:fund|charity|foundation|movement)|' +
        '(?:احدي هذه )?(?:ال)?(?:مجموع(?:ه|ات)|جماع(?:ه|ات)|كتايب|الويه|خليه|حركه)|(?:the |this |' +
        'that |an? |one of (?:these|those|the) )?(?:groups?|organi[sz]ations?|brigades?|cells?)',
    ),
  ],
  ['people', words('افراد|مستخدمين|individuals|users|people')],
]

const ADDRESS = new RegExp(
  String.raw`(?<![\p{L}\d])(?:[13][1-9A-HJ-NP-Za-km-z]{25,34}|bc1[a-z0-9]{11,71}|0x[0-9a-f]{40}|` +
    String.raw`T[1-9A-HJ-NP-Za-km-z]{33})(?![\p{L}\d])`,
  'giu',
)

const HEAD = 'حركه|تنظيم|كتايب|سرايا|جماعه|منظمه|جمعيه|موسسه|شركه|حمله|الويه|لواء|شبكه|مجموعه|صندوق|بورصه|منصه'
const ARABIC_HEADS: readonly (readonly [RegExp, EntityKind])[] = [
  [/^حمله$/, 'campaign'],
  [/^(?:بورصه|منصه)$/, 'exchange'],
]
const ARABIC_NAME = new RegExp(
  String.raw`(?<!\p{L})[وفبلك]?(${HEAD}) (?:[«"“]([^»"”]{2,40})[»"”]|([\u0621-\u064a]{2,14})(?![\u0621-\u064a]))`,
  'gu',
)
const STOP = new RegExp(
  '^(?:جمع|تمويل|تبرع|من|في|علي|الي|عن|هذه|هذا|التي|الذي|قد|تم|كل|اي|لجمع|عمليه|دعم|واحده|اخري|' +
    'اعلاميه|تداول|ارهابيه|مسلحه|علاقات|مقرها|حساب|لها|كانت|بلغ|تلقت|جمعت|التبرعات|التمويل|' +
    'المعاملات|ترون|بيتكوين|البيتكوين|ايثريوم)$',
)

const ENGLISH_NAME = /(?<![\p{L}\d@./])[A-Z][\p{L}’'-]+(?: (?:of |for |al-|el-|the )?[A-Z][\p{L}’'-]+){0,7}/gu
const ENGLISH_KINDS: readonly (readonly [RegExp, EntityKind])[] = [
  [/\b(?:campaign|appeal|drive|fundraiser)\b/i, 'campaign'],
  [/\b(?:Exchange|Binance|Coinbase|Kraken|Bitfinex|OKX|Huobi|Garantex)\b/, 'exchange'],
  [
    /\b(?:Department|Ministry|Bureau|Directorate|Agency|Prosecutor|Police|Court|Authority|Europol|Interpol|FBI)\b/,
    'authority',
  ],
  [/\b(?:Labs|Institute|Journal|Times|Reuters|Post|Agency|News)\b/, 'source'],
]
/** States and world bodies: no fundraising is theirs, so that nothing of it is attached to them. */
const BODIES =
  /^(?:World Bank|International Monetary Fund|IMF|Red Cross|People.s Republic(?: of China)?|Congress|Senate)$/
const NOT_NAMES = new RegExp(
  '^(?:(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|' +
    'Wednesday|Thursday|Friday|Saturday|Sunday|Bitcoin|BTC|Ethereum|ETH|Tether|USDT|USDC|Tron|' +
    'TRX|USD|US|USA|UK|EU|UN|' +
    'United States|United Kingdom|European Union|Arabic|English|Facebook|Telegram|Twitter|Instagram|PayPal|GoFundMe|' +
    'WhatsApp|Wallets?|Address(?:es)?|He|She|It|They|We|This|That|These|Those|There|About|Almost|Nearly|More|Over|At|' +
    'As|To|For|With|All|Some|Most|No|Not|Officials?|Authorities|Police|Investigators?|Prosecutors|According|Between|' +
    'During|Until|When|While|Another|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Thousands|Millions|Hundreds|' +
    'Last|Next|Today|Yesterday|Crypto(?:currency|currencies)?|Donors?|Donations|Funds|Money|American|Israeli|Turkish|' +
    'Indonesian|Its|Their|His|Her|Separately|However|Meanwhile|Payments|Transfers|Transactions|' +
    'By|Share|Volume|Selon|Les?|La|Une?|Des|Du|Nous|Ils?|Elles?|Au|Aux|Dans|Pour|Par|En|Sur|ONG)(?:$| ))',
)
