/** Countries as sentences name them (a view's spelling, and English), with their adjectives. Ours; ISO 3166 codes. */
export const PLACES: readonly (readonly [string, RegExp])[] = (
  [
    [
      'US',

      'الولايات المتحده|(?<!دولار )(?:ال)?امريكي(?:ه|ا)?|(?<!دولار )(?:ال)?اميركي(?:ه|ا)?|امريكا|' +
        'اميركا|united states|american?|u\\.s\\.|us',
    ],
    ['PS', 'غزه|فلسطين(?:ي|يه)?|الفلسطيني(?:ه)?|gaza|palestin(?:e|ian)'],
    ['IL', 'اسراييل(?:ي|يه)?|الاسراييلي(?:ه)?|israeli?'],
    ['IR', 'ايران(?:ي|يه)?|الايراني(?:ه)?|iran(?:ian)?'],
    ['SY', 'سوريا|سوري(?:ه)?|السوري(?:ه)?|syrian?'],
    ['IQ', 'العراق|عراقي(?:ه)?|iraqi?'],
    ['TR', 'تركيا|(?:ال)?تركي(?:ه)?|turkey|turkiye|türkiye|turkish'],
    ['TJ', 'طاجيكستان|(?:ال)?طاجيكي(?:ه)?|tajikistan|tajik'],
    ['ID', 'اندونيسيا|(?:ال)?اندونيسي(?:ه)?|indonesian?'],
    ['AF', 'افغانستان|(?:ال)?افغاني(?:ه)?|afghan(?:istan)?'],
    ['PK', 'باكستان|(?:ال)?باكستاني(?:ه)?|pakistani?'],
    ['FR', 'فرنسا|(?:ال)?فرنسي(?:ه)?|france|french'],
    ['DE', 'المانيا|(?:ال)?الماني(?:ه)?|germany?'],
    ['GB', 'بريطانيا|(?:ال)?بريطاني(?:ه)?|united kingdom|british|britain|uk'],
    ['LB', 'لبنان|(?:ال)?لبناني(?:ه)?|leban(?:on|ese)'],
    ['YE', 'اليمن|(?:ال)?يمني(?:ه)?|yemeni?'],
    ['EG', 'مصر|(?:ال)?مصري(?:ه)?|egypt(?:ian)?'],
    ['JO', 'الاردن|(?:ال)?اردني(?:ه)?|jordan(?:ian)?'],
    ['QA', 'قطر|(?:ال)?قطري(?:ه)?|qatari?'],
    ['AE', 'الامارات|(?:ال)?اماراتي(?:ه)?|emirates|emirati|uae'],
    ['SA', 'السعوديه|(?:ال)?سعودي(?:ه)?|saudi(?: arabia)?'],
    ['MY', 'ماليزيا|(?:ال)?ماليزي(?:ه)?|malaysian?'],
    ['PH', 'الفلبين|(?:ال)?فلبيني(?:ه)?|philippin(?:es|e)|filipino'],
    ['UZ', 'اوزبكستان|uzbek(?:istan)?'],
    ['RU', 'روسيا|(?:ال)?روسي(?:ه)?|russian?'],
    ['CN', 'الصين|صيني(?:ه)?|china|chinese'],
    ['SO', 'الصومال|صومالي(?:ه)?|somali(?:a)?'],
    ['NG', 'نيجيريا|nigerian?'],
    ['LY', 'ليبيا|libyan?'],
    ['MV', 'المالديف|maldives'],
  ] as const
).map(([code, names]) => [
  code,
  new RegExp(String.raw`(?<![\p{L}\d])(?:[وفبلك]|وال|بال|لل)?(?:${names})(?![\p{L}\d])`, 'iu'),
])
