import { fold } from '../std/folded.ts'

/**
 * Words of names that are not names: particles, titles, legal forms, and words of organisations that are translated
 * instead of transliterated. Ours, written from general usage; each Arabic or Persian form stands in folded letters
 * (std/folded.ts) and without the article.
 */
export type Role = 'name' | 'particle' | 'kunya' | 'title' | 'form' | 'initial' | 'number'

/** What kind of word it is; `name` where nothing is known of it. */
export function roleOf(word: string): Role {
  return ROLES.get(word) ?? 'name'
}

/** The number of the meaning that a word of an organisation's name has in every language; undefined where none. */
export function meaningOf(word: string): number | undefined {
  return MEANINGS.get(word)
}

/** Whether the word says that a body of people bears the name: brigade, movement, bank. */
export function isBody(word: string): boolean {
  const meaning = meaningOf(word)
  return (meaning !== undefined && BODIES.has(meaning)) || roleOf(word) === 'form'
}

function words(text: string): string[] {
  return text
    .split(' ')
    .filter(word => word !== '')
    .map(word => fold(word).text)
}

const ROLES: ReadonlyMap<string, Role> = new Map(
  Object.entries({
    particle:
      'bin ibn ben bint bnt ould uld walad oglu ogly zade zadeh de la le van von der di da du e y and of the for ' +
      'ال بن ابن بنت ولد و',
    kunya: 'abu abou abo abi aba abul aboul abol umm um oum ابو ابا ابي ام',
    title:
      'dr doctor prof eng engineer mr mrs sheikh shaykh shaikh sheik cheikh hajj haj haji hajji al-hajj mullah mulla ' +
      'maulvi mawlawi maulavi molvi maulana mawlana qari hafiz sayyid sayyed seyed seyyed sayed imam ayatollah ' +
      'hojjat ' +
      'general gen colonel col brigadier brig major maj captain capt commander mufti ustad ustaz emir amir ' +
      'دكتور د شيخ حاج مولوي ملا قاري سيد سيده امام ايه مهندس استاذ عميد عقيد لواء',
    form:
      'llc ltd limited inc co corp corporation company plc sa sal sarl sarl gmbh ag bv nv fze fzco fzc fz dmcc pjsc ' +
      'ojsc jsc ooo oao zao pao ao llp lp spa srl sro doo ad kft est establishment ' +
      'شركه شركت شذمم شمم شمح ممح مدمس ذمم شمل سهامي عام خاص محدود',
  } satisfies Partial<Record<Role, string>>).flatMap(([role, text]) => words(text).map(word => [word, role as Role])),
)

/** One meaning a line: English words and what they are in Arabic and Persian. */
const TRANSLATIONS = `
brigade brigades كتائب كتيبه الويه تيپ
movement حركه جنبش
party حزب
army جيش ارتش
front جبهه
martyr martyrs شهداء شهيد
resistance مقاومه مقاومت
islamic اسلامي اسلاميه
jihad جهاد
committee committees لجنه لجان
popular peoples people شعب شعبي شعبيه خلق مردم
republic جمهوريه جمهوري
china chinese صين چين
bank مصرف بنك بانك
national وطني وطنيه ملي
world عالمي عالم
international دولي دوليه بين
association society جمعيه انجمن
foundation institution institute مؤسسه مءسسه موسسه بنياد
charity charitable خيري خيريه
council مجلس شوراي شورا
center centre مركز
office مكتب دفتر
media اعلام اعلامي اعلاميه رسانه
organization organisation organizations منظمه هيءه سازمان تنظيم
group جماعه مجموعه گروه جروب غروب
state دوله دولت
union اتحاد اتحاديه
forces قوات نيروهاي نيروي قواي
force قوه
armed مسلح مسلحه
corps سپاه فيلق
guard guards حرس پاسداران
revolution revolutionary ثوره انقلاب انقلابي
trading trade تجاره تجاري تجاريه بازرگاني
exchange صرافه صيرفه صرافي
industry industries industrial صناعه صناعات صناعي صنايع صنعت صنعتي
development تطوير تنميه توسعه گسترش
investment investments استثمار استثمارات سرمايه
holding هولدينغ قابضه هلدينگ
general عامه عام
shipping ملاحه شحن كشتيراني
transport transportation نقل حمل
oil نفط نفت زيوت
gas غاز گاز
petrochemical petrochemicals بتروكيماويات پتروشيمي
steel فولاذ فولاد حديد
engineering هندسه مهندسي
technology تكنولوجيا تقنيه فناوري فن
electronic electronics الكترونيه الكترونيات الكترونيك
services service خدمات
education تعليم تربيه اموزش
university جامعه دانشگاه
research بحوث ابحاث پژوهش تحقيقات
security امن امني امنيت
social اجتماعي اجتماعيه
construction بناء انشاءات عمران ساختمان
housing اسكان مسكن
defense defence دفاع
military عسكري عسكريه نظامي
intelligence استخبارات مخابرات اطلاعات
prison سجن زندان
police شرطه پليس
ministry وزاره وزارت
airlines airline طيران هواپيمايي
south southern جنوب جنوبي
north northern شمال شمالي
east eastern شرق شرقي
west western غرب غربي
import importing استيراد واردات
export exporting تصدير صادرات
supporters helpers انصار
victory نصر
relief اغاثه
welfare رعايه
youth شباب
women نساء مراه
islam اسلام
palestine palestinian فلسطين فلسطيني فلسطينيه
iran iranian ايران ايراني ايرانيان
syria syrian سوريه سوريا سوري
iraq iraqi عراق عراقي عراقيه
lebanon lebanese لبنان لبناني
yemen yemeni يمن يمني
jerusalem quds قدس
good خير
new جديد جديده نوين
holy land ارض
news اخبار خبر
network شبكه
energy طاقه انرژي
marine maritime بحري بحريه دريايي
communication communications telecommunication telecommunications اتصالات ارتباطات مخابراتي
petroleum بترول بتروليه بتروليوم
drilling حفاري حفر
exploration اكتشاف استكشاف
refining refinery refineries پالايش پالايشگاه مصفاه تكرير
economic اقتصادي اقتصاديه
estate عقاري عقاريه عقارات املاك
money finance financial مال ماليه مالي
transfer transfers remittance تحويل تحويلات حواله حوالات
partners شركاء
solution solutions حلول
manufacturing manufacture manufacturers تصنيع ساخت
equipment معدات تجهيزات
heavy ثقيله سنگين
machinery machine الات ماشين
parts قطع قطعات
spare غيار
management اداره مديريت
ship ships vessel سفينه سفن كشتي
vehicle vehicles car cars auto سيارات سياره خودرو
computer computers كامپيوتر حاسوب رايانه
information معلومات
knowledge دانش معرفه
cultural culture ثقافي ثقافيه ثقافه فرهنگ فرهنگي
central مركزي مركزيه
advanced متقدمه متقدم پيشرفته
contracting contractors مقاولات پيمانكاري
design تصميم طراحي
system systems نظام انظمه سامانه سيستم
aerospace هوافضا
space فضاء فضا
air هوايي جوي جويه
food غذايي غذاييه اغذيه
medical طبي طبيه پزشكي
medicine pharmaceutical pharmaceuticals drug دارو دارويي ادويه
agricultural agriculture زراعي زراعيه زراعه كشاورزي
water مياه اب
electric electricity power كهرباء برق
mining mines mine معدن معادن تعدين
metal metals فلزات معدنيه
aluminum aluminium المنيوم الومينيوم
copper نحاس مس
gold ذهب طلا
insurance تامين بيمه
cement اسمنت سيمان
liberation تحرير رهايي
democratic ديمقراطيه ديموقراطيه
unity وحده
call دعوه
court محكمه دادگاه
province ولايه استان
city مدينه شهر
gulf خليج
sea بحر دريا
red احمر حمراء سرخ
black اسود سوداء سياه
star stars نجم نجمه نجوم ستاره
building buildings مباني مبنى
material materials مواد
product products منتجات محصولات فراورده
consulting consultancy استشارات مشاوره
travel tourism سفر سياحه
academy اكاديميه اكادمي
factory factories مصنع مصانع كارخانه
wings اجنحه
pearl لولوه
`

const MEANINGS: ReadonlyMap<string, number> = new Map(
  TRANSLATIONS.trim()
    .split('\n')
    .flatMap((line, meaning) => words(line).map(word => [word, meaning] as const)),
)

const BODIES: ReadonlySet<number> = new Set(
  words(
    'brigade movement party army front committee bank association foundation council organization group union forces ' +
      'corps network company ministry police academy',
  ).flatMap(word => MEANINGS.get(word) ?? []),
)
