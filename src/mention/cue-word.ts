/**
 * Words by which a call to give is known: what asks (`call`), what for (`purpose`), who asks (`actor`),
  how it is to be
 * paid (`rail`), and what turns an asking word into a report or a warning (`against`). Written by us from how such
 * posts read; no list was taken over. Each entry: what, language, tag, then phrases between commas; it goes on
 * in lines that are set in.
 *
 * `*` ends a word of which only the beginning counts; `^` asks that the phrase begins a line or sentence. Calls are
 * `strong` (they address the reader) or `weak` (they name giving).
 */
export const CUE_LINES = `
call ar strong: تبرعوا, ^تبرع, تبرع الآن, تبرع الان, تبرعك, تبرعكم, تبرعاتكم, ساهموا معنا, ساهم معنا, ساهم الآن,
  ساهموا بأموالكم
call ar strong: ادعموا, ادعمونا, ادعم إخوانك, ادعم المجاهدين, جاهدوا بأموالكم, جاهد بمالك, الجهاد بالمال, أنفقوا,
  ابذلوا, جهزوا غازيا
call ar strong: من جهز غازيا, نناشدكم, ندعوكم للتبرع, ندعوكم لدعم, ندعوكم إلى التبرع, مدوا يد العون, لا تبخلوا
call ar strong: أرسل تبرعك, أرسلوا, ^للتبرع, للتبرع عبر, للتبرع على, للتبرع من خلال, للتبرع الاتصال, للتبرع اتصل*,
  للراغبين في التبرع, للراغبين بالتبرع, لمن يرغب في التبرع, لمن أراد, يمكنكم التبرع, يمكنكم دعم, يمكنك التبرع,
  يمكنك دعم
call ar strong: بادروا, بادر بالتبرع, طرق التبرع, رابط التبرع, حساب التبرع, محفظة التبرعات, عنوان التبرع,
  نحتاج دعمكم, نحتاج إلى دعمكم, ساعدونا, ساعدوا, كونوا عونا
call ar strong: أرسل ما تستطيع, أرسلوا ما تستطيعون, دعمك لنا, دعمكم لنا, بما تستطيع, بما تستطيعون, بما تجود, أعينونا
call ar strong: أعينوا, أغيثوا, لا تنسوا إخوانكم, لا تنسوا إخوانكم من, سهم في الجهاد, نحتاج تبرعاتكم, ينقصنا
call ar strong: جودوا, مساهماتكم, مساهمتكم, مساهمتك, لا تحرم نفسك, لا تحرموا أنفسكم, لا تحرموا إخوانكم,
  سهمك, سهمكم, ساهموا, شاركوا في, شاركونا, شارك في الأجر, كن شريكا, كونوا شركاء
call ar strong: من أراد المساهمة, لمن يريد المساهمة, من أراد الدعم, لمن يرغب بالدعم, للراغبين في الدعم,
  للراغبين بالدعم, فليحول, فليرسل, فليتواصل,
  حولوا, ابعثوا, ادفعوا, تكفلوا, تكفل ب*, كن أنت, كونوا أنتم, مدوا لهم, مدوا إخوانكم, مد يد العون
call ar strong: نستقبل تبرعات*, نستقبل الدعم, نستقبل مساهمات*, نجمع المال, نجمع التبرعات, إخوانكم بحاجة,
  إخوانكم في حاجة, إخوانكم ينقصهم, بحاجة إليكم, بحاجة إلى وقفتكم, بحاجة إلى دعمكم, بأمس الحاجة, نصيبا من الأجر,
  نصيبا من أجر, نصيب من أجر, بثمن رصاصة, جاهد بأموالك, بأموالكم, ابذل, أنفق
call ar weak: التبرع, للتبرع, تبرع*, التبرعات, دعم مالي, الدعم المالي, حملة تبرعات, جمع التبرعات, زكاة, صدقة
call ar weak: والدعم, الدعم, المساهمة, للمساهمة, كفالة, بحاجة إلى, نحتاج, ينقصهم, يحتاجون, نداء, يا أهل الخير,
  أهل الخير,
  باب الخير, الأجر, أجر, حول ما, أرسلها, أرسل, ادفع, دعمكم, للراغبين, لمن يرغب
call en strong: donate now, donate today, donate here, donate via, donate through, donate using, donate in,
  donate to us, donate your, donate with
call en strong: donate to the, donate to our, donate to support, ^donate, please donate, please help us,
  please help our, please support, please contribute, please send
call en strong: send your donation*, send your support,
  send your contribution*, send donations, send your help, send bitcoin, send btc, send usdt, send crypto
call en strong: you can donate, you can support, you can help by, you may donate, support us, support our,
  support your brothers, support the mujahideen, support the brothers, help us
call en strong: contribute now, contribute today, contribute to our, make a donation, make your donation,
  give generously, spend in the way of allah, spend in the path of allah
call en strong: jihad with your wealth, fight with your wealth, equip a fighter, equip a mujahid,
  sponsor a fighter, sponsor a mujahid
call en strong: we need your support, we need your help, we need your donations, need your donations,
  fund the mujahideen, we accept donations, donations accepted, ^to donate, ^to support us,
  ^to help us, ^for donations
call en strong: ^donations, ^donation address, do not be stingy, join us with your wealth, every dollar counts,
  whoever equips, chip in
call en strong: anything you send, whatever you can, if you can spare, anything helps, any amount, every bit helps
call en strong: kindly give
call en strong: please give, give whatever, spare something, consider donating, are short of, become a donor
call en strong: ^fundraiser
call en strong: your support is needed, we urgently need, urgently need, in need of your, chip in for, pledge
call en strong: your donation*, your contribution*,
  your generosity,
  your wealth, your bitcoin, your crypto, sponsor a, sponsor an, sponsor the, we are raising,
  we're raising, we are collecting, we're collecting, be part of the reward, share in the reward, open your purses
call en strong: open your wallets, open your hands, pitch in, give what you can, give for, give to the, help fill,
  help us reach, help us buy, help buy, help equip, help arm, help feed, help fund, fund a, fund the, fund our,
  equip the, equip our, arm the, free a sister, put your bitcoin, put your money,
  put your wealth
call en strong: anyone able to cover, anyone able to help, who can cover, cover the cost, drop it in,
  your part in the jihad, invest in your akhirah,
  invest in your hereafter, every euro counts, every coin counts,
  every cent counts, repay them, stand with the mujahideen, back the mujahideen
call en weak: donat*, fundrais*, contribution*, zakat, sadaqah, sadaqa
call en weak: we need, in need of, are waiting, lack, lacks, short of, collection, collecting, raising money,
  sponsor*,
  the brothers, our brothers, our sisters, transfer to, send it to, send to, our wallet, our address, still need,
  do your part,
  anyone able to, put your, for the sake of allah
call id strong: mari berdonasi, mari donasi, ayo donasi, ayo berdonasi, ayo bantu, mari bantu, salurkan donasi*,
  salurkan bantuan*, salurkan infaq*, salurkan infak*
call id strong: donasikan, donasi sekarang, kirim donasi*, kirimkan donasi*, silakan transfer, silahkan transfer,
  bantu saudara*, bantu kami, dukung kami, dukung perjuangan, sisihkan harta*, sisihkan sebagian
call id strong: berjihad dengan harta*, jihad harta, jihad dengan harta*, infakkan, infaqkan,
  donasi dapat, donasi bisa, donasi anda, bagi yang ingin, bagi ikhwan, open donasi,
  ulurkan tangan*, ^donasi
call id strong: butuh bantuan, mohon bantuan, mohon donasi, patungan, bantu mereka, kami butuh, membutuhkan bantuan
call id strong: berinfaq, berinfak, mari infaq, mari infak, mari dukung, ayo dukung,
  ayo sedekah, ayo infaq, ayo patungan, sedekahkan, titipkan, infaq terbaik, donasi terbaik, rezeki anda,
  rezeki antum,
  harta anda, harta antum, butuh uluran, butuh dukungan, kirimkan bantuan, salurkan sedekah*,
  salurkan lewat, salurkan ke, jadilah donatur, ikut serta, ikut berjihad, bantuan anda, bantuan antum
call id weak: ikhwan, saudara kita, bantuan, bantu, salurkan
call id weak: donasi, berdonasi, infaq, infak, sedekah, shodaqoh, galang dana, penggalangan dana
call ur strong: عطیہ کریں, عطیہ دیں, عطیات دیں, عطیات بھیجیں, چندہ دیں, چندہ بھیجیں, مدد کریں, مدد کیجیے,
  ہماری مدد, تعاون کریں, تعاون کیجیے, اپنے عطیات
call ur strong: مالی تعاون کریں, مال سے جہاد, جہاد بالمال, امداد بھیجیں,
  دل کھول کر, حصہ ڈالیں, رقم بھیجیں
call ur strong: درکار ہے, درکار ہیں, آپ کی مدد, آپ کے تعاون
call ur strong: مدد فرمائیں, تعاون فرمائیں, عطیہ فرمائیں, کفالت کریں, کفالت کیجیے, اپنا حصہ, حصہ لیں, خرچ کریں,
  اپنے مال سے, اپنے مال, اپنے صدقات, اپنی خیرات, ضرورت ہے آپ, تعاون کی ضرورت, مالی مدد, مالی تعاون, تعاون کے لیے,
  عطیات کے لیے, مدد کے لیے, عطیات جمع کرائیں, رقم جمع کرائیں, رقم ارسال کریں, امداد کریں, پہنچائیں
call ur weak: عطیہ, عطیات, چندہ, زکوٰۃ, صدقات, خیرات
call tg strong: кӯмак кунед, кумак кунед, кӯмак расонед, ёрӣ расонед, ёри расонед, ёрӣ диҳед, дастгирӣ кунед,
  дастгири кунед, садақа диҳед, садақа кунед, садака дихед, хайрия кунед
call tg strong: закоти худро, бо моли худ, бо молатон, пул фиристед, пул фиристонед, маблағ фиристед,
  маблағ фиристонед, ба мо ёрӣ, саҳм гузоред, эҳсон кунед
call tg strong: маблағ лозим, пул лозим, кӯмаки шумо, ёрии шумо
call tg strong: саҳм гиред, саҳм гузор*, саҳми худ*, кӯмаки молӣ, кумаки моли, ёрии молӣ, аз моли худ, сарф кунед,
  пул гузаронед, маблағ гузаронед, хайр кунед, дасти ёрӣ, закот диҳед, закоти шумо, садақаи худ*, кӯмак намоед
call tg weak: садақа, закот, хайрия, кӯмак, эҳсон, ёрии молӣ
call uz strong: xayriya qiling, ehson qiling, yordam bering, sadaqa qiling, yordam qiling, pul yuboring,
  mablag' yuboring, zakotingizni, molingiz bilan, infoq qiling, hissa qo'shing, yordamingiz kerak
call uz strong: хайрия қилинг, эҳсон қилинг, ёрдам беринг, садақа қилинг, ёрдам қилинг, пул юборинг,
  маблағ юборинг, закотингизни, молингиз билан, инфоқ қилинг, ҳисса қўшинг, ёрдамингиз керак
call uz strong: yordam kerak, pul kerak, ёрдам керак, пул керак
call uz strong: yordam qo'l*, ёрдам қўл*, yordam qo'ling*, qo'lingizni cho'z*, ko'mak bering, ko'mak qiling,
  кўмак беринг,
  кўмак қилинг, mablag' yig'*, маблағ йиғ*, mablag' kerak, маблағ керак, pul o'tkaz*, пул ўтказ*, hissangizni,
  ҳиссангизни,
  zakot bering, закот беринг, sadaqangiz*, садақангиз*, ehsoningiz*, эҳсонингиз*, yordam qilsin, ёрдам қилсин,
  infoq eting, molingizdan, молингиздан, qatnashing, қатнашинг
call uz weak: xayriya, ehson, sadaqa, zakot, infoq, эҳсон, инфоқ
call fr strong: faites un don, faites vos dons, faites-nous un don, ^faire un don, pour faire un don, ^donnez,
  donnez pour, ^soutenez, soutenez-nous, soutenez nos, soutenez les, aidez-nous, aidez nos, aidez les
call fr strong: envoyez vos dons, envoyez votre don, vos dons,
  versez vos dons, contribuez, participez à la cagnotte, participez à notre, vous pouvez donner,
  vous pouvez nous aider, vous pouvez nous soutenir
call fr strong: équipez un combattant, équiper un combattant, financez, jihad par les biens, djihad par les biens,
  combattez par vos biens, dépensez dans le sentier, ^pour donner, ^pour vos dons
call fr strong: comptent sur vous, comptons sur vous, la moindre somme, besoin de votre, besoin de vous,
  besoin de vos
call fr strong: participez à, participez au, ^aidez, aidez à, versez, offrez, ^équipez,
  chaque euro compte, votre contribution, vos contributions, votre générosité,
  soyez généreux, nous collectons, nous récoltons, cotisez, envoyez en, envoyez ce que, ouvrez vos bourses,
  vos biens,
  votre argent, nous avons besoin, ont besoin de
call fr weak: frères, sœurs
call fr weak: don, dons, cagnotte, collecte, zakat, sadaqa

purpose ar fighters: المجاهدين, المجاهدون, مجاهد, غازيا, المرابطين, المقاتلين, المقاومة, إخوانكم المجاهدين, تجهيز,
  الجبهات, الثغور, الرباط
purpose ar weapons: السلاح, سلاح, الأسلحة, ذخيرة, ذخائر, الصواريخ, الطائرات المسيرة, القناصة, رصاصة
purpose ar families: عوائل, أسر الشهداء, الأرامل, أرملة, الأيتام, يتيم, كفالة, ذوي الشهداء, عائلات
purpose ar prisoners: الأسرى, أسيرات, الأسيرات, فكاك, المعتقلين, السجناء
purpose ar relief: إغاثة, النازحين, اللاجئين, المحتاجين, الفقراء, المخيم, المخيمات, الشتاء, المتضررين, المنكوبين,
  غزة, إفطار صائم, سلة غذائية
purpose ar medical: الجرحى, علاج, المستشفى, دواء, أدوية
purpose ar faith: بناء مسجد, مسجد, تحفيظ, الدعوة
purpose en fighters: mujahid*, mujahed*, fighters, soldiers of, the front, frontline, ribat, brothers on the front,
  resistance, jihad
purpose en weapons: weapons, ammunition, rockets, rifles, drones, sniper*, bullets, military equipment
purpose en families: families of, orphan*, widow*, martyrs, families, sisters in the camps
purpose en prisoners: prisoner*, captive*, detainee*, sisters in al-hol, free the
purpose en relief: refugee*, displaced, the needy, the poor, winter campaign, relief, gaza, camp, food baskets,
  humanitarian
purpose en medical: wounded, injured, medicine, hospital, treatment
purpose en faith: mosque, masjid, dawah
purpose id fighters: mujahid*, pejuang, jihad, garis depan
purpose id weapons: senjata, amunisi, peluru, perlengkapan militer
purpose id families: yatim, anak yatim, janda, keluarga syuhada, keluarga mujahid*, syuhada
purpose id prisoners: tawanan, tahanan, ikhwan yang tertawan
purpose id relief: pengungsi, fakir, dhuafa, korban, musim dingin, gaza, palestina, suriah
purpose id medical: pengobatan, obat*, yang terluka
purpose id faith: masjid, pesantren, dakwah
purpose ur fighters: مجاہدین, مجاہد, محاذ, جہاد
purpose ur weapons: اسلحہ, ہتھیار, گولہ بارود
purpose ur families: شہداء, یتیم*, یتیموں, بیواؤں, خاندانوں, اہل خانہ
purpose ur prisoners: قیدیوں, اسیران
purpose ur relief: مہاجرین, متاثرین, غریبوں, غزہ, ضرورت مند
purpose ur medical: زخمیوں, علاج
purpose ur faith: مسجد, مدرسہ, مدارس
purpose tg fighters: муҷоҳид*, мучохид*, ҷанговар*, ҷиҳод
purpose tg weapons: силоҳ, яроқ
purpose tg families: ятим*, шаҳид*, бевазан*, оила*
purpose tg prisoners: асир*, маҳбус*
purpose tg relief: муҳоҷир*, камбағал*, ниёзманд*
purpose tg medical: захмӣ*, захми*, табобат
purpose uz fighters: mujohid*, jangchi*, jihod, мужоҳид*, жангчи*, жиҳод
purpose uz weapons: qurol*, қурол*
purpose uz families: yetim*, shahid*, oila*, beva*, етим*, шаҳид*, беваларга
purpose uz prisoners: asir*, mahbus*, асир*, маҳбус*
purpose uz relief: muhojir*, kambag'al*, муҳожир*, камбағал*
purpose uz medical: yarador*, ярадор*
purpose fr fighters: moudjahid*, mujahid*, combattant*, djihad, jihad, le front
purpose fr weapons: armes, munitions, fusils, drones
purpose fr families: orphelin*, veuve*, martyrs, familles
purpose fr prisoners: prisonnier*, prisonnière*, nos sœurs emprisonnées, détenu*
purpose fr relief: réfugié*, déplacés, nécessiteux, les pauvres, gaza, camps
purpose fr medical: blessé*, médicaments, soins
purpose fr faith: mosquée, masjid

actor ar group: كتائب, ألوية, لواء, سرايا, كتيبة, جيش, جبهة, حركة, تنظيم, القسام, أنصار, جند, إمارة, ولاية,
  الجناح العسكري
actor ar charity: مؤسسة, جمعية, هيئة, حملة, فريق, رابطة, وقف
actor ar media: الإعلام العسكري, الإعلام الحربي, وكالة, قناة
actor en group: brigade*, battalion*, regiment, mujahideen, army of, front, islamic state, emirate,
  resistance movement, military wing
actor en charity: foundation, charity, campaign, association, organisation, organization, our team, aid group
actor en media: media foundation, news agency, media office
actor id group: pasukan, brigade, kelompok, jamaah, laskar, daulah
actor id charity: yayasan, lembaga, relawan, komunitas, baitul mal
actor ur group: لشکر, جماعت, تحریک, امارت, تنظیم
actor ur charity: فاؤنڈیشن, ٹرسٹ, ادارہ
actor tg group: лашкар, ҷамоат, хуросон, бародарон*, давлати исломӣ
actor tg charity: бунёд, созмон
actor uz group: jamoat, katiba, birodar*, xuroson, жамоат, катиба, биродар*, хуросон
actor uz charity: fond, tashkilot, жамғарма, ташкилот
actor fr group: brigade*, bataillon, mouvement, état islamique, nos frères
actor fr charity: association, fondation, ong, notre équipe

rail any crypto: bitcoin*, btc, usdt, usdc, tether, trc20, trc-20, erc20, ethereum, eth, tron, trx, monero, xmr,
  litecoin, ltc, crypto*, binance, trust wallet, blockchain, lightning
rail any payment-service: paypal, gofundme, patreon, launchgood, cash app, cashapp, zelle, venmo, perfect money,
  payeer, skrill, payoneer, western union, moneygram, ria, easypaisa, jazzcash, gopay, ovo, qris, yoomoney, qiwi
rail any bank: iban, swift, bic
rail any voucher: neosurf, paysafecard, transcash, pcs, gift card*, prepaid card*
rail ar crypto: بيتكوين, بتكوين, البيتكوين, تيثر, العملات الرقمية, العملات المشفرة, عملة رقمية, محفظة, محفظتنا,
  المحفظة, باينانس, بايننس
rail ar bank: حساب بنكي, حساب رقم, الحساب البنكي, حوالة بنكية, رقم الحساب, ايبان, تحويل بنكي
rail ar payment-service: ويسترن يونيون, باي بال, بايبال, حوالة, حوالات, فودافون كاش, زين كاش
rail ar contact: للتواصل, الاتصال, اتصل, اتصلوا, راسلنا, راسلونا, تواصل معنا, تواصلوا معنا, على الخاص, عبر البوت,
  البوت
rail ar voucher: بطاقات, قسيمة, قسائم, كوبون
rail ar cash: نقدا, كاش, صناديق التبرع, تسليم يدوي
rail en crypto: wallet, digital currenc*, cryptocurrenc*, coins, blockchain address
rail en bank: bank account, bank transfer, wire transfer, account number, sort code
rail en contact: dm us, message us, contact us, contact our bot, inbox us, our bot
rail en contact: dm, message, ask us, write to us, write to, reach us, on telegram, link in bio, inbox,
  instructions pinned
rail en payment-service: hawala, hawaladar, money transfer
rail id bank: rekening, no rek, norek, transfer ke, bank
rail id crypto: dompet, aset kripto, kripto
rail id contact: hubungi, konfirmasi, kontak, japri
rail id contact: admin, lewat bot, alamat btc
rail ur bank: اکاؤنٹ نمبر, بینک اکاؤنٹ, اکاؤنٹ
rail ur crypto: بٹ کوائن, والٹ, کرپٹو
rail ur payment-service: ایزی پیسہ, جاز کیش, ہنڈی, حوالہ
rail ur contact: رابطہ کریں, رابطہ نمبر
rail ur contact: رابطہ
rail tg bank: рақами корт, корти, ҳисоб, суратҳисоб
rail tg crypto: ҳамён, биткоин, крипто*
rail tg contact: тамос гиред, нависед
rail uz bank: karta raqami, karta, hisob raqam, карта рақами, карта, uzcard, humo
rail uz crypto: hamyon, bitkoin, kripto*, ҳамён, биткоин, крипто*
rail uz contact: bog'laning, murojaat qiling, боғланинг, мурожаат қилинг
rail fr bank: virement, rib, compte bancaire
rail fr crypto: portefeuille, cryptomonnaie*, crypto-monnaie*
rail fr payment-service: cagnotte, mandat cash, leetchi, cotizup
rail fr contact: contactez-nous, écrivez-nous, en privé

against ar report: لا تتبرع*, لا تتبرعوا, احذروا, تحذير, تحذر, يحذر, حذر*, دعا, دعت, دعوا, دعوت, طالب*, طلبت, طلب,
  ناشد, ناشدت, قالت, قال, بحسب, وفقا, احتيال, نصب, محكمة, اتهم*, اعتقل*, ضبط*, صادرت, يدعون, تدعو, يدعو, كانت تنشر,
  نشرت, العقوبات, التقرير, تقرير, تستخدم, استخدمت, مزعوم*, زعم*
against en report: do not, don't, never, not to, asked, asking, urged, urges, urging, called on, calls on,
  calling on, encouraged, encourages, people who, users to, supporters to, followers to, those who, allegedly,
  reportedly, beware, scam*, warn*, used to, told, convicted, charged, according to, prosecutors, officials,
  sanction*, refused, indicted, said, says, the complaint, designated, seized, solicited, soliciting, instructed
against id report: jangan, menurut, dilaporkan, polisi, mengajak, penipuan, hoaks, waspada, meminta, ditangkap,
  pengadilan, densus
against ur report: نہ دیں, خبردار, مطابق, گرفتار, پولیس, عدالت, فراڈ, اپیل کی تھی, رپورٹ
against tg report: надиҳед, эҳтиёт, мувофиқи, боздошт, додгоҳ, фиреб*, хабар
against uz report: bermang, ehtiyot, qo'lga olindi, sud, firibgar*, берманг, эҳтиёт, қўлга олинди, фирибгар*
against fr report: ne donnez pas, ne pas, selon, aurait, auraient, arnaque, escroquerie, mis en examen, condamné*,
  parquet, appelait, a appelé, attention, demandait
against ar told: مرتبط*, تعود إلى, تعود ل*, المنسوبة, تتبع*, رصد*, محللون, باحثون, خبراء, الشرطة, النيابة
against en told: linked to, belongs to, belonging to, attributed to, traced, tracked, investigat*, researcher*,
  analyst*, identified, police, court, attributed, associated with, tied to, controlled by, used by
against id told: terkait, milik, tersangka, disita, analis
against ur told: منسلک, تحقیقات, ملزم
against tg told: марбут, пулис, таҳқиқот
against uz told: bog'liq, politsiya, gumonlanuvchi*, musodara, боғлиқ, полиция
against fr told: lié à, liée à, liés à, appartient, police, enquête*, tribunal, analyste*, saisi*
`
