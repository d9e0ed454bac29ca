import type { Sample } from './solicitation.ts'

// Written and frozen before the word lists were widened, by someone who had not read them; the lists are never written
// beside it (`solicitation-develop.ts` is for that). Names of groups are invented. B, T and E alone stand for a
// published address; `solicitation-unseen.test.ts` holds the digest of this text.

/** 120 texts that call their reader to give. */
export const CALLS = `
ar	ساهم معنا في سد حاجة إخوانك على الجبهة، ولو بدولار: T
ar	جهّز غازياً وأنت في بيتك، ١٥٠ دولاراً تكفي لعتاد رامٍ واحد. المحفظة B
ar	للتبرع لكتائبنا عبر العملات الرقمية أرسل إلى T
ar	دعـــم المرابطيـــن أمانة في أعناقكم، USDT TRC20 فقط T
ar	تبرعوا لإخوانكم في الثغور 🤲💰 T
ar	كل رصاصة في صدر العدو لها ثمن، فكن أنت من دفع ثمنها B
ar	لا تتأخروا عن نصرة إخوانكم بالمال، هذا عنوان البيتكوين B
ar	اللي يقدر يساعد الشباب المقاتلين يحول على هالمحفظة T
ar	يا جماعة الخير الشباب محتاجين فلوس للذخيرة، ابعتوا اللي تقدروا عليه T
ar	شاركونا الأجر بشراء طائرة استطلاع للسرية، بقي ٣٠٠ دولار: T
ar	مَنْ جَهَّزَ غَازِيًا فَقَدْ غَزَا، بادِرْ بالتحويل إلى B
ar	حملة كسوة المجاهد الشتوية: سعر الكسوة ٤٠ دولارا، وللمشاركة راسلونا على @kiswa_shita_bot
ar	أنفق ينفق الله عليك. محفظة دعم المقاومة المسلحة: E
ar	فرصتك الأخيرة للمساهمة في قافلة السلاح، الإغلاق ليلة الجمعة. عنوان المحفظة T
ar	وين أهل النخوة؟ إخوانكم بالخنادق ما عندهم أكل ولا عتاد. التحويل على USDT T
ar	نرجو من الإخوة التجار في الخليج عدم نسيان جنود الدولة من زكاتهم، التواصل عبر @tajir_khair
ar	عجّل بإرسال نفقتك إلى المجاهدين قبل اشتداد الحصار B
ar	اكفلوا يتيم الشهيد واشتروا لأخيه بندقية، كل ذلك بمئتي دولار عبر T
ar	المال عصب الحرب، فلا تبخلوا على من يقاتل عنكم. BTC: B
ar	يمكنكم إيصال دعمكم المالي للفصيل عن طريق الباينانس باي ID 38112904
ar	أخي المسلم: عشرة دولارات منك تعني قذيفة هاون لنا. ارسلها هنا T
ar	أختي، ذهبك يجهّز أخاك في الميدان. راسلي الأخت المسؤولة @um_jihad_help
ar	بدنا همتكم يا شباب، ناقصنا رواتب المقاتلين هالشهر، المحفظة بالأسفل T
ar	صندوق دعم كتيبة الفجر مفتوح لاستقبال تبرعاتكم: B
ar	مدوا إخوانكم المحاصرين بالمال والعتاد فإنهم في أمس الحاجة إليكم T
ar	لا عذر لك بعد اليوم: صار بإمكانك أن تجاهد بمالك من هاتفك. امسح الرمز أو انسخ العنوان B
ar	من لم يستطع النفير بنفسه فلينفر بماله، وحساب السرية هو T
ar	نصرتكم لنا بالمال لا تقل عن نصرتنا لكم بالدم. Monero فقط، والعنوان عند @sariya_mali
ar	تكلفة العبوة الواحدة ٧٠ دولارا. من يتكفل بها؟ T
ar	قدّم لنفسك: سهم في تجهيز مقاتل ٥٠$، سهمان ١٠٠$. التحويل B
ar	أخوكم في الرباط ينتظر دعمك، لا تخذله. T
ar	إلى أهلنا في المهجر: أرسلوا معونتكم للثوار المسلحين بالتيثر على العنوان T
ar	حوالات ويسترن يونيون باسم المندوب، من أراد دعم الجبهة فليراسل @mandub_jabha
ar	ابذلوا لدينكم! مشروع قنص العدو يحتاج ٣ مناظير، سعر المنظار ٩٠٠ دولار. BTC B
ar	اِدفع ثمن وقود سيارة الاقتحام واحتسبها عند الله T
ar	الله الله في أسر شهدائنا ومقاتلينا، ادعموهم سرا عبر العنوان B
arabizi	tabarra3 lil mujahideen, usdt: T
arabizi	ya shabab sa3du ikhwankom 3al jabha, btc B
arabizi	tabaro3at lil moqawama 3an tareeq USDT TRC20 T
arabizi	da3m el mujahedin wajib, ib3at 3ala T
arabizi	sahem bi dollar wa7ad fi tajheez ghazi B
arabizi	jahhiz ghaziyan walaw bil qaleel, el ma7fatha: T
arabizi	ikhwani la tansu el murabiteen min amwalikum, wallet B
arabizi	infaq fi sabilillah lil mujahidin, eth E
en	Brothers on the front line are short of ammunition. Chip in whatever you can: B
en	Support the mujahideen with as little as $5, Tether TRC20 T
en	Sponsor a fighter this winter. One kit costs 120 USD. Wallet: B
en	Your coins buy their bullets. Bitcoin only B
en	Can't travel to the battlefield? Wage jihad with your wealth instead – T
en	We are raising funds for drones for the brigade, 2,400 of 5,000 USDT reached, help us close the gap T
en	Send crypto to the lions on the frontlines, DM @lion_supply for a fresh address
en	Equip a warrior and share the reward of his battles: E
en	Every satoshi you give brings the occupier closer to defeat. B
en	The armed wing accepts donations in bitcoin at the address below. B
en	Don't let the mujahideen fight with empty magazines, your USDT can reach them today T
en	Help arm our brothers. Monero preferred, ask @supply_line_1 for the address
en	Give what you can to the families of our martyrs and the men still fighting. B
en	10 USDT = 1 box of rounds. 50 USDT = 1 vest. You choose, we deliver. T
en	Back the resistance fighters financially, anonymously and in under a minute: B
en	Want to take part in the next operation without leaving home? Pay for the petrol. T
en	Fund the caravan of jihad, wallets rotate weekly, today's: B
en	Contribute to the soldiers of the caliphate. Zcash and bitcoin welcome. B
en	Fulfil your duty of financial jihad. USDT on Tron only T
en	Our snipers need thermal scopes, donors please transfer to E
fr	Frères, participez à l'équipement des combattants, même 10 euros : B
fr	Envoyez vos dons aux moudjahidines en USDT T
fr	Finance un combattant ce mois-ci, 80 dollars suffisent : B
fr	Nos frères au front manquent de munitions, aidez-les : T
fr	Soutenez la brigade par bitcoin, adresse ci-dessous B
fr	Celui qui ne peut pas combattre, qu'il verse son argent à ceux qui combattent. B
fr	Cagnotte pour les familles des martyrs et les combattants, écrivez à @cagnotte_front
de	Spendet für die Kämpfer an der Front: B
de	Unterstütze die Mudschahidin mit deinem Geld, USDT T
de	Spenden für die Brüder im Krieg bitte nur per Bitcoin B
de	Rüste einen Kämpfer aus, 150 Euro genügen: B
de	Helft unseren Kämpfern mit Munition und Verpflegung, Wallet T
de	Jeder Euro hilft den Mudschahidin, Kontakt über @hilfe_front
tr	Cephedeki kardeşlerimize destek olun, bağış için USDT T
tr	Mücahitlere bağış yapın, bitcoin adresi B
tr	Bir mücahidi donat, sevabına ortak ol: T
tr	Cihada malınla katıl! 20 dolar bile yeter. T
tr	Kardeşlerimizin mermiye ihtiyacı var, yardımlarınızı bekliyoruz B
tr	Mücahitlerin kışlık ihtiyaçları için kampanyamıza katılın, iletişim @kis_kampanya
tr	Tugayımıza katkıda bulunmak isteyenler bu cüzdana göndersin T
tr	İnfak edin ey Müslümanlar, savaşçılar sizden yardım bekliyor B
fa	به مجاهدین کمک مالی کنید، آدرس بیت‌کوین B
fa	برادران، برای تجهیز رزمندگان ما را یاری کنید. تتر T
fa	کمک‌های خود را برای جبهه به این کیف پول بفرستید T
fa	هزینه یک جلیقه برای رزمنده ۶۰ دلار است، شما هم سهیم شوید B
fa	با مال خود جهاد کنید، تتر ترون T
fa	از رزمندگان گمنام ما حمایت مالی کنید: B
fa	هر کس توان جنگیدن ندارد با پولش یاری کند. واریز به T
fa	برای خرید مهمات به ما کمک کنید، تماس @komak_jebhe
ur	مجاہدین کی مدد کیجیے، بٹ کوائن ایڈریس B
ur	محاذ پر موجود بھائیوں کے لیے چندہ بھیجیں، USDT T
ur	اپنے مال سے جہاد کریں، رقم اس والٹ پر بھیجیں T
ur	ایک مجاہد کو تیار کرنے کا خرچ ۲۰۰ ڈالر ہے، آپ بھی حصہ ڈالیں B
ur	شہداء کے گھرانوں اور لڑنے والوں کی مالی معاونت کے لیے رابطہ کریں @muawin_fund
ur	بھائیوں کو اسلحہ چاہیے، دل کھول کر دیں T
ur	جہاد فنڈ میں اپنا حصہ جمع کرائیں: B
id	Ayo bantu mujahidin dengan hartamu, USDT T
id	Salurkan infak jihad anda ke dompet ini B
id	Donasi untuk para pejuang di garis depan, bitcoin B
id	Ikhwan, saudara kita di medan jihad butuh senjata. Kirim bantuan ke T
id	Jadilah penyokong mujahid bulan ini, cukup 20 USDT T
id	Bekali satu pejuang, dapatkan pahala perangnya. Transfer ke B
id	Galang dana untuk keluarga syuhada dan laskar, hubungi @galang_laskar
id	Sisihkan rezekimu demi perjuangan bersenjata saudaramu T
ru	Помогите моджахедам, биткоин кошелёк B
ru	Братья на фронте нуждаются в патронах, переводите сколько можете T
ru	Собираем на дроны для джамаата, USDT T
ru	Поддержи муджахидов своим имуществом! B
ru	Кто не может воевать сам, пусть снарядит воина: B
ru	Сбор на снаряжение бойцов открыт до пятницы, реквизиты у @sbor_jamaat
ru	Ваши пожертвования на джихад ждём по адресу T
uz	Mujohidlarga yordam bering, USDT T
uz	Jihod uchun mol-mulkingiz bilan hissa qo'shing B
uz	Фронтдаги биродарларимизга ёрдам беринг, ҳамён B
tg	Ба муҷоҳидон кӯмак кунед, битокин B
tg	Барои хариди силоҳ ба бародарон маблағ фиристед T
`

/** 120 texts that do not: reports, warnings, denials, teaching, everyday charity without a way to pay, trade, sport. */
export const OTHERS = `
ar	أعلنت النيابة ضبط شبكة جمعت تبرعات للمقاتلين عبر المحفظة T
ar	حذّر البنك المركزي من التبرع لجهات مجهولة عبر العملات الرقمية
ar	الزكاة ركن من أركان الإسلام، وتصرف في ثمانية مصارف
ar	فضل الصدقة في رمضان عظيم، فلا تنس جارك المحتاج
ar	كفالة اليتيم من أحب الأعمال إلى الله، قال النبي أنا وكافل اليتيم كهاتين
ar	دراسة: كيف تستخدم الجماعات المسلحة البيتكوين في التمويل
ar	قالت المحكمة إن المتهم دعا إلى تجهيز المقاتلين وأرسل ٣٠٠ دولار إلى العنوان B
ar	ساهم المهاجم في الفوز بثلاثة أهداف
ar	دعم المرمى بحارس جديد يكلف النادي مليون دولار
ar	تبرع بدمك تنقذ حياة، مستشفى المدينة يستقبلكم يوميا
ar	لا تتبرعوا لهذه الحملة فهي نصب، وعنوانها T
ar	ادعموا فريقنا في التصويت الليلة عبر الرابط
ar	للبيع عتاد تخييم وخيام، السعر ١٥٠ دولار والدفع USDT
ar	محفظتي الجديدة على بايننس، كيف أحوّل USDT إليها؟
ar	اشترك في القناة وادعمنا بلايك
ar	كتاب الجهاد من صحيح البخاري: باب من جهز غازيا أو خلفه بخير
ar	شرح حديث من جهز غازيا فقد غزا، الدرس الرابع
ar	أدرجت وزارة الخزانة العنوان B لصلته بحملة تبرعات لمقاتلين
ar	توزيع كسوة الشتاء على أسر الأيتام في المخيم بدعم من الجمعية
ar	المقاتلون في الجبهة يعانون نقص الذخيرة، بحسب مراسلنا
ar	نفى الناطق أن تكون الكتيبة قد طلبت أموالا من المتابعين
ar	الحكومة تدعم المرابطين على الحدود من الجيش بزيادة الرواتب
ar	أرسل لي الفاتورة لأدفع لك على هذا العنوان T
ar	وصلت التبرعات إلى أهلها والحمد لله، وهذه صور التوزيع
ar	ما حكم دفع الزكاة بالعملات الرقمية؟
ar	مسلسل الثغور الحلقة السابعة، المجاهد يعود إلى أمه
ar	المال عصب الحياة كما يقولون، والراتب لا يكفي
ar	اقتصاد الحرب: من يموّل الفصائل؟ تقرير من خمس صفحات
ar	كيف تتعرف على حملات التبرع المزيفة: سبع علامات
ar	صندوق الزكاة يعلن أوقات الدوام في رمضان
ar	اللهم انصر إخواننا في كل مكان وفك أسرهم
ar	سعر البيتكوين اليوم يتجاوز ستين ألف دولار والتيثر مستقر
ar	عيادة الأسنان تقبل الدفع بالتيثر، المحفظة T
ar	ضبطت الشرطة أسلحة وذخائر ومبلغ ٢٠٠ ألف دولار
ar	نادي المقاتلين للملاكمة يفتح باب الاشتراك الشهري، ٤٠ دولارا
ar	بلّغ عن منشورات تدعو إلى تمويل القتال، الخط الساخن ١٢٣
arabizi	el zakat wajba 3ala kol muslim
arabizi	tabarra3 bi dammak el yom fel mustashfa
arabizi	sa3duni ya shabab kif a7awel usdt 3ala binance?
arabizi	sahem fi el tasweet 3al link
arabizi	el mujahid film jdid 3ala netflix
arabizi	da3m fanni: ittasil bina 3al ra2m
en	The indictment says he urged followers to sponsor a fighter and posted the wallet B
en	OFAC listed B for donations to an armed wing
en	Zakat is due on savings above the nisab for one lunar year
en	Sadaqa does not decrease wealth: a reminder for Friday
en	Orphan sponsorship programmes of registered charities, compared
en	Do not send money to this wallet, it is a scam pretending to help fighters: T
en	Researchers traced how the brigade raised funds in bitcoin through the address B
en	Donate blood this Saturday at the community centre
en	Support our indie game, a fighter with 40 characters, on sale for 10 USDT
en	Sponsor a fighter: the boxing gala needs corporate partners for its charity night
en	We accept bitcoin for haircuts and beard trims: B
en	Fund managers armed themselves with cash before the rate decision
en	Why do people give to armed groups? A review of the literature
en	The mosque's roof appeal has reached its target, thank you all
en	Kafala and the law: guardianship of orphans in Islamic jurisprudence
en	Help me, I sent USDT to the wrong address T, can I get it back?
en	Police warn that appeals for the front line on Telegram are often fraud
en	How to set up a hardware wallet and receive your first bitcoin
en	Wage growth slowed, and the jihad of the daily commute goes on
en	The charity denied that its donations bought bullets for anyone
en	Their soldiers' families live on remittances of 50 dollars a month
en	Arms embargo: experts list payments made through E
en	Please share this post and support the petition against the war
en	Ammunition prices rose ten percent, says the hunting federation
fr	Le parquet accuse l'homme d'avoir envoyé des dons aux combattants
fr	Donnez votre sang samedi à la mairie
fr	La zakat se calcule sur l'épargne d'une année
fr	Participez au tournoi des combattants de judo, inscription 10 euros
fr	Attention, cette cagnotte pour le front est une arnaque : B
fr	Comment les groupes armés se financent en bitcoin
fr	Soutenez l'équipe de France ce soir
fr	Le garage accepte le paiement en USDT : T
de	Die Polizei warnt vor Spendenaufrufen für Kämpfer im Netz
de	Spende Blut, rette Leben
de	Der Angeklagte soll Spenden für die Mudschahidin gesammelt haben, Wallet B
de	Kämpfer im Ring: Karten ab 40 Euro
de	Unsere Werkstatt nimmt Bitcoin an: B
de	Zakat und Sadaqa: was ist der Unterschied?
tr	Polis, mücahitlere bağış toplayan kişiyi gözaltına aldı
tr	Kan bağışı yapın, hayat kurtarın
tr	Zekât kimlere verilir? Diyanet açıkladı
tr	Kardeşlerimize destek olun diyen sahte hesaba dikkat: T
tr	Cüzdanıma USDT gelmedi, adres doğru mu? T
tr	Mücahit Bey bugün ofiste yok
tr	Takımımıza destek olun, bu akşam 20.00
tr	Bağış kampanyası tamamlandı, herkese teşekkürler
fa	پلیس شبکه کمک مالی به گروه‌های مسلح را کشف کرد
fa	خون اهدا کنید، زندگی ببخشید
fa	زکات فطره امسال چقدر است؟
fa	سریال رزمندگان از شبکه سه پخش می‌شود
fa	قیمت تتر امروز ۶۰ هزار تومان
fa	چگونه کیف پول بیت‌کوین بسازیم؟
fa	فریب آگهی‌های کمک به جبهه را نخورید، این آدرس کلاهبرداری است T
fa	پاداش صدقه در روایات
ur	پولیس نے مجاہدین کے لیے چندہ جمع کرنے والے کو گرفتار کر لیا
ur	زکوٰۃ کا نصاب اور اس کے مسائل
ur	خون کا عطیہ دیں، زندگی بچائیں
ur	بٹ کوائن کی قیمت میں اضافہ
ur	صدقہ بلاؤں کو ٹالتا ہے
ur	جعلی چندہ مہم سے ہوشیار رہیں، یہ والٹ دھوکا ہے T
id	Densus menangkap pengumpul dana untuk mujahidin
id	Donor darah hari Minggu di balai kota
id	Zakat fitrah dibayar sebelum salat Id
id	Hati-hati penipuan donasi untuk pejuang, alamatnya T
id	Para pejuang kemerdekaan dikenang setiap 10 November
id	Dompet USDT saya tidak bisa menerima transfer, kenapa?
id	Infak dan sedekah: pengertian dan perbedaannya
id	Bantu vote tim kami di final malam ini
ru	ФСБ задержала сборщика денег для боевиков
ru	Сдайте кровь, спасите жизнь
ru	Закят и садака: в чём разница
ru	Не переводите деньги на этот кошелёк, это мошенники B
ru	Принимаем биткоин за ремонт телефонов B
ru	Бойцы ММА собираются на турнир, билеты от 500 рублей
uz	Zakot kimlarga beriladi?
uz	Qon topshiring, hayot saqlang
tg	Полис ҷамъоварандаи маблағро барои ҷангиён дастгир кард
tg	Закот рукни ислом аст
`

const ADDRESSES: Readonly<Record<string, string>> = {
  B: 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4',
  T: 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
  E: '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
}

export function read(lines: string, is: boolean): Sample[] {
  return lines
    .trim()
    .split('\n')
    .map(line => {
      const [language, text] = line.split('\t') as [string, string]
      return {
        language,
        is,
        held: true,
        text: text.replace(/(?<![A-Za-z])[BTE](?![A-Za-z])/g, letter => ADDRESSES[letter]!),
      }
    })
}

export const unseen: readonly Sample[] = [...read(CALLS, true), ...read(OTHERS, false)]
