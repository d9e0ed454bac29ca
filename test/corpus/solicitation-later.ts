import type { Sample } from './solicitation.ts'

// Later samples of calls to give, each kept apart by what was known when it was written. A letter B, T or E alone
// stands for a published address of Bitcoin, Tron or an EVM network.

const ADDRESSES: Readonly<Record<string, string>> = {
  B: 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4',
  T: 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
  E: '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
}

/** Two samples whose wordings then went into the lists: of the first, 23 of 36 calls were known before. */
export const beside: readonly Sample[] = [
  ...read('ar', true, false, [
    'إخوانكم على الثغور بحاجة إلى وقفتكم، من أراد المساهمة فليحول على هذا العنوان: B',
    'لا تحرم نفسك أجر تجهيز غاز في سبيل الله، حوّل ما تستطيع إلى المحفظة B',
    'باب الخير مفتوح لكفالة أسر الأسرى، للتواصل والدعم عبر USDT: T',
    'نستقبل مساهماتكم بالعملات الرقمية على العنوان التالي T',
    'يا أهل الخير، المجاهدون ينقصهم السلاح والذخيرة، جودوا بما عندكم B',
    'سهمك في الجهاد عشرة دولارات فقط، أرسلها إلى B',
    'من جهز غازيا فقد غزا. حساب الدعم المالي: T',
    'اكفل مجاهدا بخمسين دولارا شهريا وراسلنا على @kafala_bot',
    'زكاة أموالكم لإخوانكم المرابطين تصلهم عبر بيتكوين B',
    'هل من مشمّر؟ دراجة نارية للسرية تكلف ٨٠٠ دولار، المحفظة: T',
    'نداء عاجل: عوائل الأسرى بلا تدفئة، مدّوا لهم يد المساعدة عبر بيتكوين B',
    'اجعل لك نصيبا من أجر الرباط، ولو بالقليل، على العنوان B',
    'تكفّل بإفطار كتيبة كاملة. للاستفسار راسل البوت @iftar_bot',
    'نجمع المال لشراء مناظير ليلية للإخوة، الدفع بالتيثر فقط T',
    'يا من تبكون على إخوانكم، ادفعوا من أموالكم كما دفعوا من دمائهم B',
  ]),
  ...read('en', true, false, [
    'Brothers on the front lines lack winter boots. Whatever you can spare goes here: B',
    'Your sadaqah can put a rifle in the hands of a mujahid. BTC: B',
    'We still need $4,000 for a pickup truck for the battalion. Wallet (USDT TRC20): T',
    "Be part of the reward: sponsor a fighter's family this month. Message @sponsor_desk for details.",
    'If you cannot fight with your body, fight with your wealth. Our address: E',
    'Every dollar counts. Drop it in our monero or bitcoin wallet B and delete this message.',
    'Chip in for night vision for the brothers, ETH accepted E',
    'Zakat season is here and the widows of the martyrs are waiting. Transfer to B',
    'Open your purses for the caravan! Ask us for a fresh wallet on Telegram @caravan_fin',
    'Goal for tonight: two thermal scopes for the unit. Help fill the bar, BTC B',
    'The brothers guard you while you sleep. Repay them: E',
    'Your money today is a shield for a captive sister tomorrow, send it to T',
    'Invest in your akhirah, put your bitcoin to work for the mujahideen B',
    'Ramadan offer: feed a garrison for 60 USDT. Bot: @garrison_iftar',
    'Anyone able to cover ammunition costs please write to @quartermaster1',
    "Collection for the martyrs' children closes Friday, ETH only E",
  ]),
  ...read('id', true, false, [
    'Mari berinfaq untuk saudara kita para mujahidin, kirim ke dompet bitcoin B',
    'Ayo bantu keluarga ikhwan yang dipenjara, salurkan lewat rekening atau USDT T',
    'Salurkan zakat anda kepada pejuang di medan jihad: B',
    'Siapa mau ikut patungan membeli senjata untuk ikhwan? Hubungi @patungan_jihad',
    'Titipkan infaq terbaik antum untuk keluarga mujahidin, alamat BTC B',
    'Saudara kita di penjara butuh uluran tangan, transfer USDT ke T',
    'Sedekahkan sebagian rezeki antum untuk amunisi, kontak @admin_infaq',
  ]),
  ...read('ur', true, false, [
    'مجاہدین کی مالی مدد کریں، بٹ کوائن ایڈریس: B',
    'اپنی زکوٰۃ اور صدقات محاذ کے بھائیوں تک پہنچائیں T',
    'شہداء کے گھرانوں کے لیے دل کھول کر عطیہ دیں، رابطہ @atiyat_desk',
    'جہاد میں اپنا حصہ ڈالیں، رقم اس والٹ پر بھیجیں B',
    'محاذ پر موجود بھائیوں کے لیے سامان خریدنا ہے، تعاون کے لیے والٹ T',
    'ایک مجاہد کی کفالت کریں، صرف پچاس ڈالر، رابطہ @kafalat1',
  ]),
  ...read('uz', true, false, [
    "Mujohid birodarlarimizga yordam qo'lingizni cho'zing, hamyon: B",
    'Шаҳидларнинг оилаларига эҳсон қилинг, USDT манзили T',
    "Jihodga molingiz bilan qatnashing, pul o'tkazish uchun @jihod_yordam",
    'Шаҳидларнинг етимларига кўмак беринг, ҳамён B',
    "Asirlarimizni ozod qilish uchun mablag' yig'yapmiz, USDT: T",
  ]),
  ...read('tg', true, false, [
    'Ба бародарони муҷоҳид кӯмак расонед, ҳамёни биткойн: B',
    'Закоти худро барои оилаҳои шаҳидон фиристед T',
    'Ҳар кас метавонад саҳм гузорад, ба ин ҳамён пул гузаронед B',
    'Барои хариди яроқ кӯмаки молӣ лозим, ҳамён T',
    'Аз моли худ дар роҳи Аллоҳ сарф кунед, биткойн B',
  ]),
  ...read('fr', true, false, [
    'Soutenez nos frères au front, envoyez vos dons en bitcoin à B',
    "Participez à l'équipement des combattants : adresse USDT T",
    'Aidez les familles des prisonniers, votre aumône compte. Contact @aumone_fr',
    'La caravane a besoin de votre argent, versez sur ce portefeuille E',
    'Offrez un repas aux frères du front, USDT T',
    'Nous collectons pour libérer nos sœurs des camps, bitcoin B',
  ]),
  ...read('ar', false, false, [
    'قالت الشرطة إن المتهم حول أموالا إلى التنظيم عبر المحفظة B',
    'احذروا من حملات التبرع المزيفة التي تنشر عناوين مثل T',
    'حول المبلغ إلى حسابي ثمن الهاتف المستعمل، العنوان T',
    'سعر البيتكوين اليوم وصل إلى ستين ألف دولار',
    'يحتاج السوق إلى وقت، وهذا عنوان العقد E',
    'ذكر التقرير أن المحفظة B استخدمت لتمويل كتيبة',
    'الدفع عند الاستلام فقط، دراجة نارية للبيع',
    'يا أهل الخير ادعوا لأخيكم المريض بالشفاء',
  ]),
  ...read('en', false, false, [
    'The indictment says he asked followers to send money to wallet B',
    'I sent my rent to T by mistake, can anyone help me get it back?',
    'Exchange hack: stolen coins moved to B last night',
    'Selling a used bike, 200 USD, pay to B on pickup',
    'Every dollar counts when you plan a family budget.',
    'Support for the token contract E ends next month',
    'Do not send anything to B, it is a scam',
    'The wallet E belongs to the brothers who run the exchange, researchers believe.',
    'Goal for tonight: win the match and feed the kids pizza.',
    'Whoever sent 60 USDT to T, your order shipped.',
    'Collection of stamps closes Friday, write to @stampclub1',
  ]),
  ...read('id', false, false, [
    'Polisi menyita dompet bitcoin B milik tersangka',
    'Harga emas hari ini naik, kirim pertanyaan ke @tokoemas',
    'Mari bermain bola sore ini di lapangan',
    'Transfer biaya kursus ke T sebelum Jumat',
  ]),
  ...read('ur', false, false, [
    'پولیس کے مطابق ملزم نے والٹ B پر رقم بھیجی',
    'کرکٹ ٹیم کو مدد کی ضرورت ہے',
    'یہ اسمارٹ کنٹریکٹ کا ایڈریس ہے E',
    'مکان کرائے کے لیے خالی ہے، رابطہ @makaan1',
  ]),
  ...read('uz', false, false, [
    'Politsiya gumonlanuvchining hamyonini musodara qildi: B',
    'Bugun dars bor, kitoblaringizni olib keling',
    "Kitob uchun pul to'ladim, hamyon B ishlamayapti",
  ]),
  ...read('tg', false, false, [
    'Нархи доллар имрӯз боло рафт',
    'Мактаб ба китобҳои нав ниёз дорад',
    'Нархи биткойн имрӯз, ҳамён B',
  ]),
  ...read('fr', false, false, [
    "Le tribunal a condamné l'homme qui avait envoyé des fonds à B",
    'Envoyez votre CV à recrutement@example.com',
    'Le contrat du jeton se trouve à E',
    "Le portefeuille B a reçu 3 bitcoins hier, note l'analyste.",
  ]),
]

/** Written after the lists were fixed, as such posts read; reports that end with an address beside them. */
export const plain: readonly Sample[] = [
  ...read('ar', true, true, [
    'عاجل: إخوانكم في المخيم يموتون جوعا، أغنياء المسلمين أين أنتم؟ للمساعدة USDT: T',
    'خصصوا جزءا من رواتبكم للمجاهدين كل شهر، العنوان B',
    'المشروع: شراء عشرين بندقية. المبلغ المطلوب ١٠ آلاف دولار. للمشاركة راسل البوت',
    'أعلنا عن حملة (جهّز مرابطا) ونستقبل الحوالات والعملات الرقمية',
  ]),
  ...read('en', true, true, [
    'Campaign: warm clothes for the ribat. All donations go directly to the brothers. BTC: B',
    'Brothers and sisters, our media team runs on your generosity, please remember us with your bitcoin B',
    'Looking for donors for five orphans of the shuhada, 40 USDT per month each, contact @orphans_desk',
    'Help free our sisters! $2,500 needed per family. USDT: T',
    'Those who want to give anonymously can use monero, ask our bot for an address',
  ]),
  ...read('id', true, true, [
    'Program santunan keluarga syuhada dibuka kembali. Donatur silakan hubungi @santunan',
    'Kami menerima infaq dalam bentuk bitcoin untuk perjuangan saudara kita B',
  ]),
  ...read('ur', true, true, ['مجاہدین کے لیے چندہ مہم جاری ہے، بٹ کوائن: B']),
  ...read('uz', true, true, ['Фронтдаги биродарларга қиш кийими учун пул йиғилмоқда, ҳамён: T']),
  ...read('tg', true, true, ['Барои кӯмак ба оилаҳои шаҳидон ба ин ҳамён пул фиристед T']),
  ...read('fr', true, true, [
    "Collecte pour les orphelins de nos martyrs, merci d'envoyer vos dons en USDT T",
    'Frères, il nous faut des médicaments pour les blessés. Pour aider : BTC B',
  ]),
  ...read('ar', false, true, [
    'ثمن الطائرة المسيرة في السوق ١٥٠٠ دولار بحسب الخبراء',
    'من لم يدفع الاشتراك فليراجع إدارة النادي، الحساب T',
    'نشر المجاهدون في قناتهم اليوم عنوانا جديدا هو B',
    'جمدت المنصة محفظة يشتبه في تمويلها شراء السلاح T',
    'العقد الذكي لعملة غزة E',
  ]),
  ...read('en', false, true, [
    'Coins moved from B to an exchange in minutes.',
    'Our widow neighbour needs company this winter.',
    'Need our BTC deposit address? It is B, withdrawals take an hour.',
    'The group has advertised a new address for its jihad fund: B',
    'OFAC added three addresses of a network moving cash for fighters, among them T',
    'Screenshot from the channel of the mujahideen, with the wallet E',
    "Funds for widows were stolen, the thief's address is B",
    'Camp hospital donations audit 2024, treasury address E',
    'Victims of the rocket attack sued the exchange that served T',
    'My uncle was a soldier at the front. Unrelated: tip jar for my art E',
  ]),
  ...read('id', false, true, ['Dana BOS masih kurang, kata kepala sekolah', 'Dompet kelompok pejuang itu adalah B']),
  ...read('ur', false, true, ['ایک ڈالر کی قیمت آج کتنی ہے؟']),
  ...read('uz', false, true, ['Bir dollar bugun qancha? Hamyon B']),
  ...read('tg', false, true, ['Муҷоҳидон дар хабарҳои имрӯз']),
  ...read('fr', false, true, [
    'Il manque 400 euros dans la caisse, dit le trésorier du club.',
    "Le groupe diffuse à ses combattants l'adresse B",
  ]),
]

/** Written to call without any word that the lists have: what an author does who knows them. */
export const evasive: readonly Sample[] = [
  ...read('ar', true, true, [
    'القافلة تنطلق الخميس، ومن لم يخرج معها فليخرج ماله: B',
    'ثمن طائرة استطلاع واحدة ١٥٠٠ دولار، جمعنا منها النصف والباقي عليكم. العنوان T',
    'والله ما طلبنا إلا لأن الإخوة يبيتون بلا طعام، USDT: T',
    'صدقة جارية لا تنقطع: خيمة لأسرة شهيد، التفاصيل عند المشرف على الخاص',
    'اشتر لنفسك مكانا في الجنة بكفالة جريح، الحساب B',
    'أموالكم أمانة تصل إلى أهلها في الثغور كاملة، نقبل البيتكوين',
  ]),
  ...read('en', true, true, [
    'No courier, no bank, no questions: coins go straight to the lads in the trenches B',
    '300 USDT gets a widow through the winter. T',
    'Raise the caravan. Target 0.5 BTC, currently 0.12. B',
    'You scroll past while they bleed. Part with something: E',
    'The medics are out of tourniquets, can someone sort that? T',
    'Hand over the price of your coffee for a box of bullets, DM the admin',
    'Monthly standing gifts for the garrison welcome, BTC B',
  ]),
  ...read('id', true, true, [
    'Dana untuk kafilah masih kurang 5 juta, dompet USDT T',
    'Jangan lupa bagian untuk pejuang di gajian kali ini, rekening di bio',
    'Beli satu peluru dengan uang jajanmu, BTC B',
  ]),
  ...read('ur', true, true, [
    'ایک گولی کی قیمت صرف ایک ڈالر، آپ کتنی خریدیں گے؟ T',
    'شہید کی بیوہ آپ کے صدقے کی منتظر ہے، جاز کیش نمبر نیچے',
  ]),
  ...read('uz', true, true, [
    'Карвонимизга ҳиссасини қўшадиганлар учун ҳамён T',
    'Mujohidlar oilasi ochlikda, bir dollar ham katta savob: B',
  ]),
  ...read('tg', true, true, [
    'Оилаҳои асирон чашм ба роҳи шумоянд, USDT T',
    'Як доллар барои муҷоҳид савоби бузург аст, ҳамён B',
  ]),
  ...read('fr', true, true, [
    'Un drone pour la katiba : il manque 400 euros. USDT T',
    'Que celui qui ne peut combattre paie sa part, BTC B',
  ]),
]

function read(language: string, is: boolean, held: boolean, texts: readonly string[]): Sample[] {
  return texts.map(text => ({
    language,
    is,
    held,
    text: text.replace(/(?<=^|\s)[BTE](?=$|\s)/g, one => ADDRESSES[one]!),
  }))
}
