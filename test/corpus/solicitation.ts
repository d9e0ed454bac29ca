/**
 * Texts with our own judgement whether they call their reader to give, in the languages of the word lists. Written by
 * us as such texts read (fundraising posts, reports about them, warnings, sermons, trade, charity); none is quoted.
 * `held` texts (of `solicitation-later.ts`) were written after the word lists were fixed, and no word was changed for
 * them. All of this file were once held or written beside the lists, and their wordings are in them now.
 */
export type Sample = { readonly language: string; readonly is: boolean; readonly held: boolean; readonly text: string }

/** Published addresses: of an article of 2020, and Tether's contract. */
const BITCOIN = '1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq'
const TRON = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'

export const samples: readonly Sample[] = [
  ...read('ar', true, false, [
    'تبرعوا الآن لإخوانكم المجاهدين عبر البيتكوين، المحفظة في أول تعليق',
    'جاهدوا بأموالكم، كفالة أسرة شهيد بخمسين دولاراً، للتواصل راسلنا على الخاص',
    'للتبرع:\nBTC 1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq',
    'حملة الشتاء مستمرة. يمكنكم دعم الأسر عبر USDT على شبكة TRC20',
    'من جهز غازيا فقد غزا، نستقبل تبرعاتكم لتجهيز المرابطين على الثغور',
    'نناشدكم أن تمدوا يد العون لأخواتكم الأسيرات في المخيم، فكاك الأسيرة ٣٠٠ دولار',
    'زكاة أموالكم لأهل غزة المحاصرين، حساب رقم ١٢٣٤٥ أو ويسترن يونيون',
    'ادعموا كتائبنا بالسلاح والذخيرة، الدعم بالعملات الرقمية فقط حفاظاً على سلامتكم',
  ]),
  ...read('ar', false, false, [
    'قالت الشرطة إن الحركة طلبت من أنصارها التبرع بالبيتكوين وصادرت المحفظة',
    'تحذير: لا تتبرعوا لهذه الصفحة فهي احتيال، المحفظة ليست لنا',
    'تبرع رجل أعمال بمليون دولار لبناء مستشفى في المدينة',
    'ارتفع سعر البيتكوين اليوم إلى ٩٠ ألف دولار',
    'أعلنت المحكمة إدانة متهم بجمع التبرعات لتنظيم محظور عبر محفظة رقمية',
    'فضل الصدقة في رمضان وأثرها على الفرد والمجتمع',
    'حساباتنا الجديدة على تيليجرام، تابعونا ليصلكم كل جديد',
    'التقرير يقول إن الكتائب نشرت دعوة: ادعموا المقاومة بالبيتكوين',
  ]),
  ...read('en', true, false, [
    'Please donate to support the families of the martyrs. BTC wallet below.',
    'Do jihad with your wealth! Sponsor a fighter for $100 a month, DM us on Telegram',
    'Donate now: 1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq',
    'Our sisters in the camps need your help. Send your zakat via Western Union, contact our bot.',
    'Winter is coming. You can help by sending USDT (TRC20) to the address in bio. Support your brothers!',
    'Equip a mujahid with boots and ammunition, we accept bitcoin and monero',
    'Donations: TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t (Tether only)',
    'Help us rebuild the masjid, paypal.me/example-masjid',
  ]),
  ...read('en', false, false, [
    'Prosecutors said the group asked supporters to donate bitcoin to its military wing.',
    'Do not donate to this page. It is a scam and the wallet is not ours.',
    'He donated his salary to a hospital last year, and the wallet he lost was empty.',
    'How to store bitcoin safely: choose a hardware wallet and write down your seed.',
    'The complaint describes three campaigns that solicited donations in cryptocurrency.',
    'The brigade published a video of its fighters on the front.',
    `Treasury designated an exchange for moving funds to the group; its wallet ${BITCOIN} was listed.`,
    'Charity is a pillar of the faith and zakat is due once a year.',
  ]),
  ...read('id', true, false, [
    'Mari berdonasi untuk keluarga mujahidin di Syam, transfer ke rekening 123456 a.n. Yayasan',
    'Sisihkan harta antum untuk ikhwan yang tertawan. Konfirmasi ke admin channel',
    'Salurkan donasi terbaik anda lewat USDT TRC20: TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
    'Berjihad dengan harta itu wajib, bantu saudara kita membeli perlengkapan militer',
    'Open donasi musim dingin untuk pengungsi, bisa lewat dompet bitcoin',
    'Silakan transfer infaq anda untuk anak yatim dan janda, no rek di bio',
  ]),
  ...read('id', false, false, [
    'Polisi menangkap dua orang yang mengajak warga berdonasi lewat bitcoin untuk kelompok teroris',
    'Jangan kirim donasi ke akun ini, penipuan!',
    'Harga bitcoin naik lagi minggu ini',
    'Keutamaan sedekah di bulan Ramadhan',
    'Densus menyita rekening yayasan yang menggalang dana',
    'Jadwal kajian masjid malam ini',
  ]),
  ...read('ur', true, false, [
    'اپنے مجاہدین بھائیوں کی مدد کریں، عطیات ایزی پیسہ پر بھیجیں، رابطہ کریں',
    'شہداء کے یتیموں کے لیے اپنی زکوٰۃ دیں، اکاؤنٹ نمبر نیچے ہے',
    'مال سے جہاد بھی جہاد ہے، دل کھول کر تعاون کریں',
    'عطیات بھیجیں: TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
  ]),
  ...read('ur', false, false, [
    'پولیس کے مطابق تنظیم نے لوگوں سے چندہ مانگا اور بٹ کوائن والٹ استعمال کیا',
    'آج موسم خوشگوار رہے گا',
    'خبردار! اس اکاؤنٹ پر رقم نہ دیں، یہ فراڈ ہے',
    'رمضان میں صدقات کی فضیلت',
  ]),
  ...read('tg', true, false, [
    'Бародарон, ба муҷоҳидон кӯмак кунед, рақами корт дар поён',
    'Бо моли худ ҷиҳод кунед, маблағ фиристед ба ҳамёни биткоин',
    'Ба ятимони шаҳидон садақа диҳед, тамос гиред',
  ]),
  ...read('tg', false, false, [
    'Додгоҳ мардеро барои ҷамъоварии пул ба гурӯҳи мамнӯъ зиндонӣ кард',
    'Имрӯз дар Душанбе ҳаво соф аст',
    'Эҳтиёт бошед, ба ин корт пул фиристед гуфтани онҳо фиреб аст',
  ]),
  ...read('uz', true, false, [
    'Mujohid birodarlarga yordam bering, karta raqami pastda',
    'Етимлар ва оилаларга садақа қилинг, биткоин ҳамён: TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
    "Molingiz bilan jihod qiling, pul yuboring, kanal admini bilan bog'laning",
  ]),
  ...read('uz', false, false, [
    'Sud guruhga pul yuborgan kishini qamoqqa hukm qildi',
    'Бугун Тошкентда ҳаво илиқ бўлади',
    "Ehtiyot bo'ling, bu kartaga pul yuboring degan firibgarlar bor",
  ]),
  ...read('fr', true, false, [
    'Faites un don pour nos frères moudjahidines, bitcoin ou mandat cash, contactez-nous en privé',
    'Soutenez les familles des martyrs : cagnotte Leetchi dans la bio',
    'Équipez un combattant pour 200 euros, adresse USDT TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
    'Versez votre zakat pour les orphelins de Gaza, virement ou PayPal',
  ]),
  ...read('fr', false, false, [
    'Selon le parquet, l’association appelait à faire un don en bitcoin au profit du groupe',
    'Attention arnaque : ne donnez pas à cette cagnotte',
    'Le don du sang sauve des vies',
    'Le cours du bitcoin recule de 3 %',
  ]),
  ...read('ar', true, false, [
    `أيها المسلمون، إخوانكم على الثغور يحتاجون ثمن الرصاص، فلا تبخلوا عليهم بالمال. بيتكوين: ${BITCOIN}`,
    'كفالة اليتيم ٣٠ دولارا شهريا، ادفع بالعملات المشفرة واحتفظ بالأجر',
    'لمن أراد المساهمة في إفطار صائم في المخيمات فليراسلنا',
    'ساهموا معنا في علاج الجرحى، حوالات عبر ويسترن يونيون',
    'رابط التبرع الجديد بعد إغلاق القديم https://paypal.me/example',
    'دعمك لنا يصنع الفرق! أرسل ما تستطيع إلى TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
  ]),
  ...read('ar', false, false, [
    'كشفت تحقيقات أن القناة جمعت ٤٠ ألف دولار من متابعيها بعملة تيثر',
    'محاضرة مساء اليوم عن أحكام الزكاة في مسجد الحي',
    'توزيع سلة غذائية على ٢٠٠ أسرة في المخيم، جزى الله المحسنين خيرا',
    'أدرجت الخزانة الأمريكية عنوان 1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq على قائمة العقوبات',
    'للبيع هاتف مستعمل، الدفع كاش أو فودافون كاش',
    'استشهاد قائد الكتيبة في غارة أمس',
  ]),
  ...read('en', true, false, [
    `Brothers at the front lines are short of drones and night vision. Anything you send counts. USDT: ${TRON}`,
    'Sister in al-Hol with two small kids, smuggler wants $15k. If you can spare something, message us.',
    'Kindly give whatever you can for our orphans program. Bitcoin accepted.',
    'Want a share in the reward? Support our brothers with a monthly pledge, PayPal or crypto.',
    'Fundraiser: winter boots for 40 fighters. BTC 1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq',
    'Help us keep the channel running, every dollar counts. XMR only.',
  ]),
  ...read('en', false, false, [
    'Researchers traced the wallet to an exchange in Turkey where the coins were sold.',
    'Selling followers and likes, pay with PayPal or bitcoin, contact our bot.',
    'New video: training of the battalion, part two.',
    'The bank closed the charity account after a complaint about its wire transfers.',
    'Our foundation thanks everyone, the winter campaign is over and no more gifts are taken.',
    'Beware of fake pages that say please donate to the mujahideen via bitcoin.',
  ]),
  ...read('id', true, false, [
    'Ikhwan fillah, keluarga syuhada butuh bantuan antum. Bisa lewat BCA no rek 1234567 a.n. Fulan',
    'Yuk patungan untuk kambing qurban saudara kita di Suriah, crypto juga bisa',
  ]),
  ...read('id', false, false, [
    'Pengadilan memvonis bendahara yayasan yang menyalurkan dana ke Suriah',
    'Dijual dompet kulit asli, transfer ke rekening BCA',
  ]),
  ...read('ur', true, false, [
    'مجاہدین کے لیے سردیوں کا سامان درکار ہے، جاز کیش نمبر پر رقم بھیجیں',
    'زخمیوں کے علاج میں حصہ ڈالیں، رابطہ نمبر نیچے',
  ]),
  ...read('ur', false, false, ['عدالت نے چندہ جمع کرنے پر تنظیم کے رکن کو سزا سنائی', 'بینک اکاؤنٹ کھولنے کا طریقہ']),
  ...read('tg', true, false, [
    'Барои силоҳ ва дорувории захмиён маблағ лозим аст, ба ин ҳамён фиристед: TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
  ]),
  ...read('tg', false, false, ['Бонк қоидаҳои нави корти пулиро эълон кард']),
  ...read('uz', true, false, ['Yarador birodarlarimiz davolanishi uchun ehson qiling, uzcard 8600 1234']),
  ...read('uz', false, false, ['Bank yangi karta chiqardi, xizmat bepul']),
  ...read('fr', true, false, [
    'Nos sœurs emprisonnées comptent sur vous, la moindre somme compte : PayPal ou BTC',
    'Aidez les veuves de nos combattants, écrivez-nous en privé pour le virement',
  ]),
  ...read('fr', false, false, [
    'La brigade financière a saisi un portefeuille de cryptomonnaies',
    'Collecte de vêtements samedi à la mairie',
  ]),
  ...read('ar', true, false, [
    `أيتام الشهداء بلا معيل، كن أنت معيلهم. USDT: ${TRON}`,
    'سهمك في تجهيز مجاهد ١٠٠ دولار، ادخل على البوت للتفاصيل',
    'تبرع بثمن رصاصة وكن شريكا في النصر، الدفع عبر بايننس',
    'ساعدوا إخوانكم المرابطين قبل أن يأتي الشتاء، راسلونا',
  ]),
  ...read('ar', false, false, [
    'نفى المتحدث باسم الحركة أن تكون قد تلقت أموالا عبر البيتكوين',
    'افتتاح مسجد جديد في الحي بحضور الأهالي',
    'شرح طريقة شراء تيثر من بايننس خطوة بخطوة',
    'القبض على خلية جمعت أموالا للمقاتلين عبر حوالات',
  ]),
  ...read('en', true, false, [
    `New boots, new radios, new rifles: help us get there. ${BITCOIN}`,
    'Your zakat can free a sister from the camp. Message us for the account.',
    'We accept crypto now. Support the resistance safely, instructions pinned.',
    'Link in bio. Any amount feeds an orphan in Idlib.',
  ]),
  ...read('en', false, false, [
    'The exchange froze wallets tied to the campaign after police contacted it.',
    'Pray for the families of the martyrs.',
    'Analysts say fundraising in crypto by militant groups is small compared with cash.',
    'Our masjid is open again, the treatment of the roof is done.',
  ]),
  ...read('id', true, false, ['Bantu kami membeli obat untuk ikhwan yang terluka, hubungi admin']),
  ...read('id', false, false, ['Harga emas dan kripto hari ini, transfer gratis antar bank']),
  ...read('ur', true, false, ['اپنے قیدی بھائیوں کی رہائی کے لیے چندہ دیں، بٹ کوائن والٹ نیچے']),
  ...read('ur', false, false, ['جہاد کے موضوع پر نئی کتاب شائع ہو گئی']),
  ...read('uz', true, false, ['Етим болалар учун ҳар ким қодирича ёрдам қилсин, карта рақами изоҳда']),
  ...read('uz', false, false, ['Jangchilar haqida yangi film chiqdi']),
  ...read('fr', true, false, ['Chaque euro compte pour nos combattants, envoyez en BTC']),
  ...read('fr', false, false, ['Les combattants ont quitté la ville, les familles sont rentrées']),
]

function read(language: string, is: boolean, held: boolean, texts: readonly string[]): Sample[] {
  return texts.map(text => ({ language, is, held, text }))
}
