import type { Sample } from './solicitation.ts'
import { read } from './solicitation-unseen.ts'

// Beside these the lists of the second file of words were written (src/mention/cue-word-other.ts). They prove nothing.

const CALLS = `
ar	محتاجين تبرعاتكم يا أهل الشام لشراء الذخيرة T
ar	ابعتو للشباب على الجبهة شو ما تيسر، المحفظة T
ar	لإيصال الدعم للمرابطين راسلوا البوت @ribat_bot
ar	من عجز عن الجهاد بنفسه فليجاهد بماله B
ar	خصصوا شيئا من راتبكم لتسليح السرية B
ar	سلّح مجاهدا: كلفة البندقية ٦٠٠ دولار T
ar	نفقاتكم في سبيل الله تصل المقاتلين خلال ساعات، USDT T
ar	مطلوب متبرعون لثمن خمس طائرات درون للكتيبة، @drone_kataib
arabizi	tabaru3 lel mujahidin usdt T
arabizi	shabab da3mkom lel moqawama, el ma7faza T
arabizi	jahez mujahed b 100 dollar B
arabizi	sahmo ma3na fi shira2 el sila7 B
en	Donors needed for two rifles and a scope, monero only, ask @desk
en	We are accepting donations for the brigade. USDT T
en	Set aside a part of your salary for the mujahideen B
en	Looking for sponsors for our fighters, 90 USDT a month each T
en	Finance a drone for the frontline: B
en	Your coins reach the fighters within the hour T
en	Those who wish to give anonymously to the mujahideen can use monero, ask our bot
en	Please transfer your support for the armed resistance to E
fr	Envoyez de quoi acheter des munitions aux frères B
fr	Dons pour les moudjahidines par USDT T
fr	Recherchons donateurs pour équiper deux combattants, @aide_front
de	Wir sammeln für Drohnen an der Front, USDT T
de	Gebt den Mudschahidin von eurem Vermögen B
de	Überweist was ihr könnt für Munition B
de	Wer kann einen Kämpfer ausrüsten? Hilf mit: B
tr	Mücahitler için yardımlarınızı bu adrese gönderin T
tr	Malınızla cihad edin, bitcoin B
tr	Cephanemiz bitiyor, destek verin T
tr	Bir savaşçının masrafını karşılayın, infaklarınız için cüzdan T
fa	برای خرید سلاح واریز کنید، تتر T
fa	رزمندگان به کمک شما نیاز دارند، بیت‌کوین B
fa	سهم خود را در جهاد ادا کنید، کیف پول T
fa	هزینه تجهیز یک مجاهد ۱۵۰ دلار، حمایت کنید B
ru	Собираем на патроны братьям, биткоин B
ru	Внесите вклад в джихад, кошелёк T
ru	Нужны средства на снаряжение бойцов, переводите на USDT T
ru	Кто снарядил воина, тот сам воевал. Реквизиты: B
ur	محاذ کے مجاہدوں کے لیے پیسے بھیجیں، والٹ T
ur	اسلحہ خریدنے کے لیے امداد دیں B
id	Sumbangkan hartamu untuk jihad, dompet T
id	Mari biayai satu pejuang sebulan, USDT T
id	Program santunan laskar, donatur silakan hubungi @laskar_peduli
uz	Jihod uchun pul yuboring, hamyon T
uz	Мужоҳидлар учун пул йиғилмоқда, ҳамён T
tg	Барои муҷоҳидон пул диҳед, ҳамён T
`

const OTHERS = `
ar	تبرع بالدم اليوم في مستشفى الجبهة الوطنية
ar	دعم المجاهدين السابقين: الحكومة ترفع معاشات التقاعد
ar	الدرس الخامس: فضل تجهيز الغازي في سبيل الله
ar	بيع مناظير صيد، السعر ١٢٠ دولار، التواصل واتساب
ar	ضبط خلية أرسلت أموالا للمقاتلين عبر T
ar	زكاة الفطر صاع من طعام، والصدقة تطفئ غضب الرب
ar	كفالة الأيتام: كيف تختار الجمعية الموثوقة
ar	هل يجوز إخراج الزكاة بالبيتكوين؟
arabizi	3ayez a7awel usdt men binance, sa3duni
arabizi	el jabha el wataniya fazet fel intikhabat
en	Donate blood, the hospital needs it
en	The brigade thanked the fire fighters for their support
en	Front desk wanted, send your CV, crypto salary
en	Your coins are safe with a hardware wallet
en	Support the team: new jerseys on sale
en	According to the charge sheet he sent bitcoin to fighters at B
en	Zakat calculator: gold, silver and bitcoin
en	Orphan sponsorship report 2023, all expenses audited
fr	Les pompiers, combattants du feu, vendent leurs calendriers
fr	Dons du sang : la collecte a lieu samedi
de	Spenden an Hilfswerke sind steuerlich absetzbar
de	Kampf um den Titel: Karten und Spenden für den Sportverein
tr	Gazi Üniversitesi bağış yapan mezunlarına teşekkür etti
tr	Kripto cüzdan nedir, nasıl açılır?
tr	Yardım kampanyası sahte çıktı, polis uyardı
fa	جبهه هوای سرد وارد کشور شد
fa	کمک هزینه تحصیلی دانشجویان واریز شد
ru	Сборная проиграла, бойцы ММА поддержали команду
ru	Сбор на новый двор: жильцы собрали деньги
ru	Курс биткоина и кошельки для новичков
ur	زکوٰۃ فنڈ کا سالانہ اجلاس
id	Pejuang literasi: donasi buku untuk desa
id	Cara kirim bantuan dana BOS lewat rekening sekolah
uz	Fuqarolar jangchilari film namoyishi
tg	Намоиши филм дар бораи ҷанг
`

export const develop: readonly Sample[] = [...read(CALLS, true), ...read(OTHERS, false)]
