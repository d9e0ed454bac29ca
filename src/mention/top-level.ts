/**
 * Top-level domains in use: every two-letter country code of ISO 3166 that is delegated, and the generic ones that are
 * registered in numbers (IANA root zone, November 2026). A name under any other is reported only inside a URL.
 */
export function isTopLevel(label: string): boolean {
  return GENERIC.has(label) || COUNTRY.has(label)
}

const GENERIC = new Set(
  `com net org info biz name pro mobi asia tel jobs cat travel aero coop museum int edu gov mil arpa onion i2p
  eth ton crypto xyz online site top club shop store app dev page web tech space website live news media press blog
  wiki world life today agency group team network systems digital cloud host hosting services solutions support
  help center company finance financial money cash fund foundation charity ngo ong donate gives community
  social chat link click email one works zone work vip win bid loan men date party review trade webcam stream
  download racing science faith cricket accountant ninja guru rocks run fun icu cyou sbs quest bond cfd rest
  buzz monster art design studio photo photos video tv film music games game bet casino poker exchange market
  markets trading capital ventures partners holdings global international land city earth house family kids
  school academy education university institute health care clinic hospital doctor legal law attorney expert
  consulting directory guide tips tools software codes engineering energy green eco farm food restaurant cafe
  bar pub wine beer coffee pizza fashion style clothing shoes boutique gifts gold silver diamonds jewelry auto
  cars bike taxi flights holiday tours voyage hotel rent rentals estate properties build builders construction
  supply supplies parts equipment industries express delivery africa arab islam halal quran london berlin paris
  istanbul moscow tokyo nyc gal eus swiss wales scot bayern zip mov`.split(/\s+/),
)

const COUNTRY = new Set(
  `ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca
  cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo
  fr ga gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je
  jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo
  mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt
  pw py qa re ro rs ru rw sa sb sc sd se sg sh si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk
  tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw`.split(/\s+/),
)
