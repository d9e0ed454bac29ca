/**
 * More words by which a call to give is known, in the form of `cue-word.ts`: Turkish, Persian, Russian, German,
  Arabic
 * in Latin letters (Arabizi, whose digits stand for letters),
  and what was added to the first seven languages. Written
 * by us, by kinds: give, need, how to give, what for, what is no call.
 *
 * `charity` calls are everyday words (zakat, sadaqa, sponsoring an orphan): they count beside a way to pay or beside
 * fighters and weapons only. `reader` words speak to the reader or to donors: they count beside fighters or weapons and
 * a way to pay together.
 */
export const OTHER_CUE_LINES = `
call ar strong: ساهم في تجهيز, ساهموا في تجهيز, ساهم في دعم, ساهموا في دعم, ساهم ب*, ساهموا ب*, شارك في تجهيز,
  شارك بتجهيز, شارك ب*, جهز مجاهدا, جهز مقاتلا, جهز غازيا, جهزوا مجاهدا, جهزوا مقاتلا, تجهيز غاز, ^جهز, ^جهزوا
call ar strong: تبرعي, اتبرع, اتبرعوا, ابعت, ابعتوا, ابعثوا لنا, حولوا لنا, حول لنا, حول إلى, ساعد إخوانك,
  ادعم إخوانك, ادعم مقاتل*, ادعم المقاومة, ادعم الثوار, ادعم المرابطين, انصروا إخوانكم بالمال, انصر إخوانك بمالك,
  انصروهم بأموالكم, بمالك, بمالكم, بأموالك, من مالك, من مالكم
call ar strong: ولو بالقليل, ولو بدولار, ولو بشيء يسير, بما تيسر, ما تيسر لكم, بما تقدرون, باللي تقدر*,
  اللي يقدر يدعم, اللي يقدر يتبرع, اللي بيقدر, اللي حاب يدعم, اللي حاب يساعد, محتاجين دعم*, محتاجين مساعد*,
  محتاجين تبرع*, بدنا دعم, بدنا مساعد*, بدنا تبرع*, فزعتكم, نخوتكم
call ar strong: دعم المجاهدين, دعم المرابطين, دعم المقاتلين, دعم الجبهات, دعم المقاومة, لدعم المجاهدين,
  لدعم المقاومة, لدعم المرابطين, ^للدعم, ^للمساهمة, نستقبل دعمكم, لإيصال الدعم,
  لإرسال الدعم, إيصال دعمكم, دعمكم المالي, نفقتك, نفقتكم, نفقاتكم
call ar strong: الجهاد بالأموال, الجهاد المالي, جاهد بنفسك أو مالك, من عجز عن الجهاد بنفسه, بنفسه فبماله,
  جاهدوا بالمال,
  من خلف غازيا, أجر الغازي, أجر المجاهد, أجر الجهاد, سهم المجاهد
call ar charity: زكاتك, زكاتكم, زكاة أموالكم, صدقاتكم, صدقتك, صدقتكم, اكفل, اكفلوا, كفالة يتيم, كفالة أسرة,
  كفالة مجاهد
call en strong: ^support the, ^support our, ^support your, support mujahid*, support the fighters,
  support our fighters,
  ^back the, ^back our, ^fund, ^finance, ^contribute, ^equip, ^arm our, ^arm the, ^sponsor, ^give to, ^give for,
  ^send,
  ^spend, help our brothers, help your brothers, help the mujahideen, help the brothers
call en strong: your usdt, your btc, your support, with your wealth,
  with your money, with wealth, financial jihad, jihad of wealth, jihad by wealth, donors please, donors can,
  donors are asked, donations welcome, donations are welcome, contributions welcome, contributions are welcome,
  accepts donations, accepting donations, accepts contributions, now accepting
call en strong: raising funds for, raising money for, raise funds for, fundraising for, collecting for,
  ^to contribute,
  ^how to donate, ways to donate, ^dm for, dm to donate, message to donate, close the gap, reach our goal,
  reach the goal,
  you can sponsor, you can equip, you can fund, you can arm, need ammunition, need bullets, need weapons, need drones,
  brothers need, fighters need, mujahideen need
call en charity: give your zakat, pay your zakat, send your zakat, send your sadaqah, your sadaqah, your sadaqa,
  your zakat,
  your zakah, sponsor an orphan, sponsor a family, feed a, feed an, feed the, clothe a
call fr strong: ^envoyez, ^finance, ^financez, ^équipe un, soutenir les combattants, soutenez la, soutenez le,
  aidez-les,
  aidez vos frères, aide tes frères, soutiens tes frères, soutiens les, dons pour, don pour, dons aux, collecte pour,
  collecte en faveur, avec vos biens, avec ton argent, avec votre argent, par ton argent, djihad financier,
  verse son argent, dépense de ses biens, manquent de munitions, manquent d'armes, besoin d'armes, besoin de munitions
call fr charity: votre zakat, versez votre zakat, envoyez votre zakat, votre sadaqa, votre aumône, vos aumônes,
  parrainez
call id strong: bantu mujahid*, dukung mujahid*, bantu para pejuang, dukung para pejuang, infak jihad, infaq jihad,
  dana jihad, donasi jihad, kirim infaq, kirim infak, dengan hartamu, dengan harta kalian, hartamu,
  rezekimu, sisihkan rezeki*, sisihkan sebagian, galang dana untuk, jadilah penyokong,
  jadi donatur, bekali, persenjatai, biayai, sumbangkan, sumbangan anda, mari berinfak, bergabunglah dengan hartamu
call id charity: zakat anda, zakat antum, tunaikan zakat*, salurkan zakat*, mari bersedekah, mari sedekah
call ur strong: مدد بھیجیں, مدد کرو, چندہ جمع کرائیں, پیسے بھیجیں, پیسہ بھیجیں, امداد دیں, معاونت کریں, معاونت کیجیے,
  مالی معاونت, جہاد فنڈ, اپنے بھائیوں کی مدد, مجاہد کو تیار, غازی کو تیار, سامان فراہم, اسلحہ چاہیے, گولیاں چاہیے
call ur charity: اپنی زکوٰۃ, اپنی زکوۃ, اپنی زکات, زکوٰۃ دیں, زکوۃ دیں, صدقات دیں, صدقہ دیں
call uz strong: mol-mulkingiz*, mulkingiz*, hissangizni qo'shing, jihod uchun, yordam yuboring, мол-мулкингиз*,
  мулкингиз*,
  жиҳод учун, ёрдам юборинг, pul bilan yordam, пул билан ёрдам
call tg strong: кӯмак расонед, маблағ диҳед, пул диҳед, барои ҷиҳод, барои муҷоҳидон, барои харидани силоҳ,
  барои хариди силоҳ, кӯмаки молӣ кунед, ёрӣ кунед, дастгирӣ намоед
call tr strong: bağış yapın, bağış yapalım, bağış yap, bağışta bulun*, bağışlarını*, bağışınız*, ^bağış,
  bağış için, destek ol*, destek ver*,
  destekleyin, destekle, desteğin*, yardım edin, yardım gönder*, yardım eli, yardımlarınız*, yardımda bulun*,
  infak ed*,
  infaklarınız*, maddi destek*, katkı sağla*, katkıda bulun*, katkınız*, katkılarınız*, para gönder*,
  gönderebilirsiniz,
  gönderin, havale ed*, teçhiz ed*, donatın, donat, sahip çık*, kampanyamız*, kampanyaya katıl*, malınla, malınızla,
  mallarınızla, malıyla cihad*, ihtiyacı var, ihtiyaçları var, destek bekliyor, yardım bekliyor
call tr charity: zekatınız*, zekatlarınız*, sadakanız*, sadakalarınız*, zekâtınız*, fitrenizi
call tr weak: bağış*, yardım*, destek, infak, katkı
call fa strong: کمک کنید, کمک کن, کمک مالی, کمک‌های مالی, کمک های مالی, کمک‌های خود, کمک های خود, کمک خود را,
  یاری کنید,
  یاری کن, یاری رسانید, یاری دهید, یاری کند, حمایت کنید, حمایت مالی, پشتیبانی مالی, پشتیبانی کنید, مشارکت کنید,
  سهیم شوید, سهیم باشید, سهم خود را, اهدا کنید, واریز کنید, واریز نمایید, واریز به, بفرستید, ارسال کنید, ارسال نمایید,
  انفاق کنید, جهاد مالی, جهاد با مال, با مال خود, با اموال خود, تجهیز کنید, نیازمند کمک, به کمک شما, برای کمک به
call fa charity: زکات خود, صدقات خود, صدقه خود, خمس خود
call fa weak: کمک, حمایت, انفاق, واریز
call ru strong: помогите, помоги, поддержите, поддержи, пожертвуйте, пожертвуй, жертвуйте, ваши пожертвования,
  ваше пожертвование, пожертвования на, переводите, переведите, перечислите, перечисляйте, отправьте, отправляйте,
  скиньтесь, скидывайтесь, собираем на, собираем для, сбор на, сбор для, сбор средств, внесите вклад, внеси вклад,
  снарядите, снаряди, снарядить воина, снарядит воина, окажите помощь, окажи помощь, джихад имуществом,
  своим имуществом, своими деньгами, нужна помощь, нужна ваша, нужны средства, примите участие, закрыть сбор,
  нуждаются в помощи, ваш вклад, ваша помощь
call ru charity: ваш закят, свой закят, ваши садака, свою садаку, вашу садаку
call ru weak: помощь, пожертвован*, сбор, нуждаются, нужны
call de strong: spendet, ^spende, spende jetzt, spenden sie, ^spenden, spende für, spenden für, eure spende*,
  deine spende*,
  unterstützt, unterstütze, helft, helfen sie, hilf, rüste, rüstet, finanziert, finanziere, überweist, überweise,
  schickt,
  gebt, beteiligt euch, eure hilfe, deine hilfe, jeder euro, mit eurem geld, mit deinem geld, mit eurem vermögen,
  mit deinem vermögen, dschihad mit, wir sammeln, wir brauchen, brauchen eure, brauchen dringend
call de charity: eure zakat, deine zakat, eure sadaqa, deine sadaqa
call de weak: spende*, unterstützung, hilfe, beitrag
call arabizi strong: tabarra3*, tabara3*, tabaro3*, tabarro3*, tabarru3*, tabaru3*, tbarra3*, tbara3*, itbarra3*,
  itbara3*,
  tabarru, tabarro, tabarru', sahem, sahim, sahmo, sahmu, sahemo, saahem, sharek, sharko, sharku, da3m, da3em,
  id3am*, ed3am*,
  ad3am*, jahhez, jahez, jahhiz, jahiz, jahhizu, jahizo, man jahhaza, man jahaza,
  ib3at*, eb3at*, ab3at*, irsil*, ersel*, arsel*, arsil*, hawwel*, hawel*, infaq, anfiq*, anfiqu*, jihad bil mal,
  bi malak, bi amwalikum, min amwalikum, bil qaleel, bil aleel

call ar reader: متبرع*, المتبرع*, داعم*, خصصوا, خصص, راتبك, راتبكم, رواتبكم, سلح, سلحوا, مطلوب, المطلوب, بإمكانك,
  بإمكانكم,
  عليك, عليكم, أنت, أنتم, أخوك, إخوانك, إخوانكم, أخي, أختي, يا أهل, التحويل, أعناقكم, تكلفة, كلفة, ثمن, سعر, يتكفل,
  المساهمة,
  للمشاركة, الدعم, دعمك, دعمكم, تبرعات, صندوق دعم, شباب
call en reader: donor*, sponsor*, set aside, salary, you, your, give, giving, donations, donate, support, anonymously,
  we accept bitcoin, bitcoin accepted, crypto accepted, brothers, costs, each, help, spare, finance, pay for
call fr reader: vous, votre, vos, tu, ton, ta, tes, donateur*, don, dons, frères, aidez, aider, coûte, suffisent
call de reader: du, dein*, ihr, euer, eure*, spender, spende*, brüder*, hilfe, kostet, wer kann, bitte
call id reader: anda, kamu, antum, kalian, donatur, donasi, bantu, bantuan, infak, infaq, saudara*, kirim bantuan,
  biaya
call ur reader: آپ, اپنے, اپنا, اپنی, بھائیو*, چندہ, مدد, عطیات, خرچ
call tr reader: siz*, sen*, kardeş*, bağış*, yardım*, destek*, katkı*, infak*, masraf*, maliyet*
call fa reader: شما, خود, برادران, برادر, هزینه, کمک, کمک‌های, حمایت, یاری, انفاق
call ru reader: вы, ваш*, твой*, твои*, ты, брат*, помощь, пожертвован*, сбор*, цена, стоит, кто
call uz reader: siz*, сиз*, yig'il*, йиғил*, birodar*, биродар*, yordam*, ёрдам*
call tg reader: шумо, худ, бародар*, кӯмак*, ёрӣ, маблағ*
call arabizi reader: da3mkom, da3mak*, sa3du*, sa3do*, sa3ed*, sa3id*, ikhwan*, ikhwet*, shabab, lakum, 3alaykum

purpose ar fighters: الكتيبة, السرية, المجاهد, المقاتل, مقاتل, مقاتلي, غازي, جند الله, المرابط, مرابط, الجبهة, للجبهة,
  الخنادق, الفصيل, الجهاد
purpose ar weapons: عتاد, العتاد, الذخيرة, قذيفة, قذائف, عبوة, رصاص, بندقية, هاون, قنص, مناظير, درون, مسيرة, صواريخ
purpose en fighters: jihadi*, warrior*, militia, our fighters, armed struggle, armed resistance, caliphate,
  trenches, trench
purpose en fighters: mujahideen
purpose en weapons: bullet*, ammo, rounds, scope*, thermal, magazines, drone*, rifle*, body armour, body armor,
  vest*, mortar*
purpose ur fighters: غازی, مجاہدوں, محاذوں, لڑنے والوں
purpose id fighters: laskar, medan jihad, front, perjuangan
purpose tr fighters: mücahit*, mücahid*, cihad*, cihat*, cephe*, savaşçı*, direnişçi*, tugay*, gazi*
purpose tr weapons: silah*, mermi*, mühimmat*, cephane*, roket*, dron*
purpose tr families: şehit aile*, şehid*, yetim*, dul kadın*
purpose tr prisoners: esir*, tutsak*
purpose tr relief: mazlum*, muhacir*, mülteci*, kışlık
purpose tr medical: yaralı*
purpose fa fighters: مجاهدین, مجاهدان, مجاهد, رزمندگان, رزمنده, جبهه, مقاومت, جهاد
purpose fa weapons: سلاح, مهمات, اسلحه, موشک, جلیقه
purpose fa families: خانواده شهدا, خانواده‌های شهدا, یتیمان, ایتام
purpose fa prisoners: زندانیان, اسرا
purpose fa medical: مجروحان, مجروحین, زخمی‌ها
purpose ru fighters: моджахед*, муджахид*, бойцам, бойцов, бойцы, воин, воина, воинов, фронт, фронте, фронту,
  джихад*, рибат*,
  джамаат*
purpose ru weapons: оружи*, патрон*, боеприпас*, дрон*, снаряжени*, прицел*, бронежилет*
purpose ru families: шахид*, вдов*, сирот*, семьям бойцов
purpose ru prisoners: узник*, пленн*
purpose ru medical: ранен*
purpose de fighters: mudschahid*, mujahid*, kämpfer*, front, dschihad*, krieger*, widerstand
purpose de weapons: waffen, munition, drohnen, gewehr*, schutzwesten
purpose de families: witwen, waisen, märtyrer*
purpose de prisoners: gefangene*
purpose de medical: verwundete*
purpose arabizi fighters: mujahid*, mojahid*, mojahed*, mujahed*, murabit*, morabit*, moqawama, muqawama, mo2awama,
  ghazi,
  ghaziyan, jabha, el jabha, thuwar
purpose arabizi weapons: sila7, silah, zakhira, thakhira, dhakhira, 3itad

actor tr group: tugay*, cemaat*, tabur*, mücahitler
actor ru group: джамаат*, бригад*, батальон*, катиба*
actor de group: brigade*, bataillon*

rail tr crypto: cüzdan*, kripto*, usdt adres*
rail tr bank: hesap no, hesap numara*, havale
rail tr contact: iletişim, bize ulaşın, yazın, dm
rail fa crypto: کیف پول, والت, تتر, بیت کوین, بیت‌کوین, رمزارز
rail fa bank: شماره کارت, شماره حساب, شبا
rail fa contact: تماس, پیام دهید, آیدی
rail ru crypto: кошел*, кошёл*, биткоин*, биткойн*, крипт*, юсдт
rail ru bank: реквизит*, номер карты, на карту, сбербанк*
rail ru contact: пишите, в личку, обращайтесь
rail de crypto: kryptowährung*, kryptoadresse
rail de bank: überweisung, konto, bankverbindung
rail de contact: kontakt, schreibt uns, schreib uns
rail arabizi crypto: mahfaza, mahfatha, ma7faza, ma7fatha, ma7fazat*

against ar aside: بالدم, بدمك, بدمكم, دمك, مباراة, المباراة, المنتخب, التصويت, صوتوا, لايك, للبيع, فاتورة,
  الفاتورة, ما حكم,
  شرح, الدرس, صحيح البخاري, فتوى, مسلسل, الحلقة, المزيفة, مزيفة, وهمي*, نفى, نفت, تمويل الإرهاب, بلغ عن, ضبطت, القبض
against en aside: blood, organ donation, petition, vote, votes, boxing, tournament, tickets, on sale, discount,
  haircut*, invoice*,
  refund, wrong address, denied, denies, fraud, fraudulent, pretending, fake, phishing, why do, how do, literature
against en told: advertised, audit, audited, posted, published, the group has, the group had
against fr aside: votre sang, le sang, tournoi, match, billets, escroc*, fausse, faux, dénonce, accuse
against id aside: donor darah, darah, vote, pertandingan, palsu, mengaku, hati-hati, menangkap
against ur aside: خون, جعلی, ہوشیار, دھوکا, دھوکہ, میچ
against tr aside: polis, gözaltı*, tutukla*, mahkeme, savcı*, sahte, dolandır*, dikkat, uyar*, iddia*, kan bağış*,
  takımımız*, maç, maçta,
  operasyon*
against fa aside: پلیس, دستگیر*, بازداشت*, کلاهبردار*, فریب, هشدار, دادگاه, به گزارش, متهم*, خون
against ru aside: задержа*, арестова*, суд, суда, фсб, полици*, мошенни*, не переводите, осторожно, обвин*, кровь,
  крови, турнир*, матч,
  приговор*
against de aside: polizei, angeklagt*, gericht, staatsanwalt*, warnt, warnung, betrug, betrüger*, blut,
  festgenommen, verdacht*, laut,
  soll, sollen, sollte
against arabizi aside: dammak, damak, nasb, shorta, fake, tasweet
against uz aside: qon, қон, soxta, сохта
against tg aside: хун, қалбакӣ, дастгир кард
`
