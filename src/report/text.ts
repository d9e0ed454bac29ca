/** The texts of a report: [English, Arabic]. `{name}` marks the place of a value. */
export const TEXTS = {
  report: ['Report', 'تقرير'],
  case: ['Case', 'القضية'],
  written: ['Written', 'حُرّر في'],
  author: ['By', 'حرّره'],
  program: ['Program', 'البرنامج'],
  status: ['Status', 'الحالة'],
  'status.open': ['open', 'مفتوحة'],
  'status.in-review': ['in review', 'قيد المراجعة'],
  'status.waiting': ['waiting', 'بانتظار رد'],
  'status.closed': ['closed', 'مغلقة'],
  contents: ['Contents', 'المحتويات'],

  synthetic: [
    'SYNTHETIC. Everything in this report comes from a generated sample world. Its organisations, people, ' +
      'addresses, posts, prices and blocks are invented; its coins have no value.',
    'عالم تجريبي مولَّد (SYNTHETIC). كل ما في هذا التقرير مأخوذ من عالم مولَّد آليًا. منظماته وأشخاصه ' +
      'وعناوينه ومنشوراته وأسعاره وكتله مختلقة، ولا قيمة لعملاته.',
  ],
  reading: [
    'Each underlined figure leads to its entry in the register of figures, which names the operation, the ' +
      'method and its version, and the evidence it rests on: transactions, captured bytes and list entries ' +
      'by hash.',
    'كل رقم مسطَّر يقود إلى قيده في سجل الأرقام، وفيه العملية والمنهج وإصداره والأدلة التي يستند إليها: ' +
      'المعاملات والبايتات الملتقطة وبنود القوائم ببصماتها.',
  ],
  claims: [
    'Statements about who owns or controls an address are claims of the sources named, not findings of ' +
      'this report. A post proves that it shows an address, not who controls it.',
    'ما يرد عمّن يملك عنوانًا أو يتحكم فيه ادعاء منسوب إلى مصدره وليس نتيجة من نتائج هذا التقرير. والمنشور ' +
      'يثبت أنه يعرض العنوان، لا هوية من يتحكم فيه.',
  ],
  payers: [
    'Addresses of payers are left out of this report: payers are not its subject.',
    'حُذفت عناوين الدافعين من هذا التقرير: فهم ليسوا موضوعه.',
  ],

  summary: ['Summary', 'الخلاصة'],
  'summary.published': [
    '{captures} present {addresses} in connection with the campaign {campaign}.',
    'تعرض المواد الملتقطة ({captures}) عناوين ذات صلة بالحملة {campaign} ({addresses}).',
  ],
  'summary.publishedBy': [
    'They name {actor} as the receiver; this is their claim.',
    'وتسمّي {actor} جهةً متلقية؛ وهذا ادعاؤها.',
  ],
  'summary.receipts': [
    'Receipts come to {usd}, valued at the day of each transaction, in {transactions}, from {first} to {last}.',
    'تبلغ المتحصلات {usd} بسعر يوم كل معاملة ({transactions})، من {first} إلى {last}.',
  ],
  'summary.receiptsUnvalued': [
    'Receipts come in {transactions}, from {first} to {last}. No value in dollars is stated: a price was missing.',
    'معاملات المتحصلات: {transactions}، من {first} إلى {last}. ولم تُذكر قيمة بالدولار لفقدان سعر.',
  ],
  'summary.undecided': [
    'Undecided beside that: {amounts}. Receipts are a lower bound; with all of it they would reach the upper bound.',
    'وإلى جانبها مبالغ غير محسومة: {amounts}. فالمتحصلات المذكورة حدّ أدنى، ولو احتُسبت كلها لبلغت الحد الأعلى.',
  ],
  'summary.reached': [
    'By every method that conserves value, {amount} reached {name} ({category}), where tracing stops.',
    'ووصل وفق كل منهج يحفظ القيمة مبلغ {amount} إلى {name} ({category})، وعنده يتوقف التتبّع.',
  ],
  'summary.reachedBetween': [
    'Between {min} and {max}, depending on the method, reached {name} ({category}), where tracing stops.',
    'ووصل ما بين {min} و{max}، بحسب المنهج، إلى {name} ({category})، وعنده يتوقف التتبّع.',
  ],
  'summary.reachedFragile': [
    'Between {min} and {max}, depending on the method, reached {name} ({category}); this conclusion is fragile.',
    'ووصل ما بين {min} و{max}، بحسب المنهج، إلى {name} ({category})؛ وهذه نتيجة هشّة.',
  ],
  'summary.listed': [
    'On a list that was loaded: {listed} of the {screened} screened.',
    'المدرج في قائمة محمَّلة: {listed}، وعدد ما فُحص {screened}.',
  ],

  captures: ['What was published', 'ما نُشر'],
  'captures.intro': [
    'The bytes below were sealed when they were received. Times of posting are those the source states.',
    'خُتمت البايتات التالية عند تلقيها. وأوقات النشر هي التي يذكرها المصدر.',
  ],
  'captures.none': ['No captured post or page is in the case.', 'ليس في القضية مواد ملتقطة.'],
  'capture.id': ['Capture', 'اللقطة'],
  'capture.source': ['Source', 'المصدر'],
  'capture.posted': ['Posted (source states)', 'نُشر (بحسب المصدر)'],
  'capture.captured': ['Captured', 'التُقط'],
  'capture.shows': ['Shows', 'يعرض'],
  'capture.nothing': ['no address of this case', 'لا عنوان من عناوين القضية'],

  addresses: ['Addresses', 'العناوين'],
  'addresses.other': ['Other addresses in the case', 'عناوين أخرى في القضية'],
  'addresses.none': ['No address is in the case.', 'ليس في القضية عناوين.'],
  claimed: ['What is claimed of the addresses', 'ما يُدّعى عن العناوين'],
  'claim.object': ['Claimed', 'المدّعى به'],
  'claim.speaker': ['By whom, where', 'من قاله وأين'],
  'claim.words': ['In these words', 'بهذه الكلمات'],
  disputed: ['What is disputed, by whom', 'ما هو محل اعتراض، وممن'],
  'dispute.by': ['Disputed by', 'صاحب الاعتراض'],
  'grade.alleged': ['alleged', 'ادعاء'],
  'grade.reported': ['reported', 'منقول'],
  'grade.designated': ['designated', 'قرار إدراج'],
  'grade.convicted': ['convicted', 'حكم إدانة'],
  address: ['Address', 'العنوان'],
  network: ['Network', 'الشبكة'],
  role: ['Role', 'الدور'],
  'role.donation': ['donation (claimed)', 'تبرعات (ادعاء)'],
  'role.collector': ['collector', 'تجميع'],
  'role.operational': ['operational', 'تشغيلي'],
  'role.intermediary': ['intermediary', 'وسيط'],
  'role.service': ['service', 'خدمة'],
  'role.cash-out': ['cash-out', 'صرف نقدي'],
  'role.payer': ['payer', 'دافع'],
  'role.government-controlled': ['government-controlled', 'بيد جهة حكومية'],
  'role.unknown': ['unknown', 'غير معروف'],
  custody: ['Custody', 'الحيازة'],
  'custody.self': ['self', 'ذاتية'],
  'custody.unknown': ['not known', 'غير معروفة'],
  'custody.hosted': ['hosted at {name}', 'لدى {name}'],
  window: ['Published', 'نُشر في'],
  listing: ['Lists', 'القوائم'],
  'listing.listed': ['listed', 'مدرج'],
  'listing.formerly-listed': ['formerly listed', 'كان مدرجًا'],
  'listing.expired': ['order expired', 'أمر انقضى أجله'],
  'listing.direct': ['direct exposure', 'انكشاف مباشر'],
  'listing.indirect': ['indirect exposure', 'انكشاف غير مباشر'],
  'listing.no-finding': ['no finding in what was checked', 'لا نتيجة ضمن ما فُحص'],
  'listing.not-checked': ['not checked', 'لم يُفحص'],
  'listing.invalid': ['not a valid address', 'ليس عنوانًا صالحًا'],

  receipts: ['Receipts', 'المتحصلات'],
  'receipts.intro': [
    'All inflow to the addresses is divided into classes that sum to it. Receipts are what is left when ' +
      'the other classes are taken out; the bounds say what could not be decided.',
    'قُسم كل وارد إلى العناوين أصنافًا مجموعها الوارد كله. والمتحصلات ما يبقى بعد عزل الأصناف الأخرى؛ ' +
      'ويبيّن الحدّان ما لم يُحسم.',
  ],
  'receipts.none': ['No receipts were computed in this case.', 'لم تُحسب متحصلات في هذه القضية.'],
  class: ['Class', 'الصنف'],
  'class.receipts': ['Receipts', 'متحصلات'],
  'class.undecided': ['Undecided', 'غير محسوم'],
  'class.beforePublication': ['Before publication', 'قبل النشر'],
  'class.afterExposure': ['After exposure', 'بعد الانكشاف العلني'],
  'class.afterFreeze': ['After freeze', 'بعد التجميد'],
  'class.refund': ['Refund', 'ردّ مبلغ'],
  'class.passThrough': ['Pass-through', 'عبور'],
  'class.selfTransfer': ['Self-transfer', 'تحويل ذاتي'],
  'class.service': ['Service turnover', 'حركة خدمة'],
  'class.dust': ['Dust', 'غبار'],
  'class.governmentWindow': ['Government window', 'فترة تحكم حكومي'],
  inflow: ['All inflow', 'كل الوارد'],
  lower: ['Lower bound', 'الحد الأدنى'],
  upper: ['Upper bound', 'الحد الأعلى'],
  usd: ['Receipts in US dollars', 'المتحصلات بالدولار الأمريكي'],
  'usd.missing': ['not stated: a price is missing', 'غير مذكورة: سعر مفقود'],
  'receipts.transactions': ['Transactions', 'المعاملات'],
  first: ['First receipt', 'أول متحصَّل'],
  last: ['Last receipt', 'آخر متحصَّل'],
  'basis.transaction-day': ['at the day of each transaction', 'بسعر يوم كل معاملة'],
  'basis.as-of-day': ['at the as-of day', 'بسعر يوم الحساب'],
  'basis.report-day': ['at the day of the report', 'بسعر يوم التقرير'],
  month: ['Month', 'الشهر'],
  'chart.title': ['Inflow by month in {asset}, by class', 'الوارد شهريًا بعملة {asset}، بحسب الصنف'],
  'chart.withoutService': [
    'Service turnover is left out of the drawing, since receipts are not volume; it stands in the table.',
    'تُركت حركة الخدمة خارج الرسم لأن المتحصلات ليست حجم التداول؛ وهي في الجدول.',
  ],
  'chart.says': [
    'Stacked bars, one a month. The same figures stand in the table below.',
    'أعمدة متراكبة، عمود لكل شهر. والأرقام نفسها في الجدول أدناه.',
  ],

  trace: ['Where the money went', 'مآل الأموال'],
  'trace.intro': [
    'Declared before the run: methods {methods}; horizon {hops}; least amount {min}; reason: “{reason}”. ' +
      'Tracing stops at custodial services.',
    'أُعلن قبل التتبّع: المناهج: {methods}؛ الأفق: {hops}؛ المبلغ الأدنى: {min}؛ السبب: «{reason}». ويتوقف التتبّع ' +
      'عند خدمات الوصاية.',
  ],
  'trace.unlimited': ['to the end', 'حتى النهاية'],
  'trace.everyUnit': ['every unit', 'كل وحدة'],
  'trace.none': ['No trace was run in this case.', 'لم يُجرَ تتبّع في هذه القضية.'],
  'trace.conserved': [
    'In every conserving method, what was reached and the fees sum to the value of the origin to the last unit.',
    'في كل منهج يحفظ القيمة، يساوي مجموعُ ما وُصل إليه مع الرسوم قيمةَ المنشأ حتى آخر وحدة.',
  ],
  'trace.notConserved': [
    'The parts do not sum to the value of the origin: do not rely on this trace.',
    'لا تساوي الأجزاء قيمة المنشأ: لا يُعتمد على هذا التتبّع.',
  ],
  crossings: ['Over bridges to other networks', 'عبر الجسور إلى شبكات أخرى'],
  'crossings.says': [
    'What went into a bridge stands above as a contract; nothing of what follows is in the sums above. Proven: ' +
      'events on both networks tie the two payments by one number. Told: the sending side alone says where to. ' +
      'Inferred: two payments that fit each other and no other.',
    'ما دخل جسرًا مذكور أعلاه بوصفه عقدًا، ولا يدخل شيء مما يلي في المجاميع أعلاه. مثبت: أحداث على الشبكتين تربط ' +
      'الدفعتين برقم واحد. بقول المرسِل: جهة الإرسال وحدها تذكر الوجهة. مستنتج: دفعتان توافق إحداهما الأخرى ' +
      'دون سواهما.',
  ],
  'crossing.from': ['From', 'من'],
  'crossing.to': ['To', 'إلى'],
  'crossing.by': ['Bridge', 'الجسر'],
  'crossing.paid': ['Paid in', 'المدفوع إلى الجسر'],
  'crossing.released': ['Paid out', 'المصروف منه'],
  'crossing.grade': ['How it is known', 'كيف عُرف'],
  'crossing.proven': ['proven', 'مثبت'],
  'crossing.told': ['told by the sender’s side', 'بقول جهة الإرسال'],
  'crossing.inferred': ['inferred', 'مستنتج'],
  'onward.title': ['What came to {network} so, and where it lies', 'ما وصل إلى {network} على هذا النحو وأين استقر'],
  origin: ['Origin', 'المنشأ'],
  'origin.value': ['Value that entered the origin', 'القيمة الداخلة إلى المنشأ'],
  destination: ['Where it lies', 'أين استقر'],
  stopped: ['Stopped because', 'سبب التوقف'],
  'stop.service': ['custodial service', 'خدمة وصاية'],
  'stop.mixer': ['mixer', 'خلّاط'],
  'stop.contract': ['contract, not followed through', 'عقد لا يُتتبّع عبره'],
  'stop.horizon': ['horizon reached', 'بلوغ الأفق'],
  'stop.time': ['end of the time window', 'نهاية الفترة'],
  'stop.min': ['below the least amount', 'دون المبلغ الأدنى'],
  'stop.limit': ['edge limit', 'بلوغ حد القراءة'],
  'stop.unspent': ['unspent', 'لم يُنفق'],
  'stop.unread': ['ledger not read further', 'لم يُقرأ السجل أبعد من ذلك'],
  'stop.burned': ['burned', 'أُتلف'],
  'stop.coinbase': ['newly mined', 'تعدين جديد'],
  least: ['Least', 'الأقل'],
  most: ['Most', 'الأكثر'],
  hops: ['Steps', 'القفزات'],
  robust: ['Over methods', 'عبر المناهج'],
  'robust.yes': ['robust', 'متينة'],
  'robust.no': ['fragile', 'هشّة'],
  'flow.title': ['Flow of funds in {asset}, by haircut', 'مسار الأموال بعملة {asset}، بمنهج النسبة'],
  'flow.says': [
    'Left to right: origin, addresses in between, where the value stopped. Widths are to scale. The same ' +
      'figures stand in the table below.',
    'من اليمين إلى اليسار: المنشأ، فالعناوين الوسيطة، فموضع التوقف. والعرض بمقياس القيمة. والأرقام نفسها ' +
      'في الجدول أدناه.',
  ],
  'flow.origin': ['Campaign addresses', 'عناوين الحملة'],
  'flow.unspent': ['Unspent', 'لم يُنفق'],
  'flow.other': ['Other', 'غير ذلك'],
  'flow.fees': ['Fees', 'رسوم'],
  category: ['Category', 'الفئة'],

  screening: ['Lists checked', 'القوائم التي فُحصت'],
  'screening.none': [
    'No list was loaded: no address was checked against any list.',
    'لم تُحمَّل أي قائمة: لم يُقارَن أي عنوان بأي قائمة.',
  ],
  'screening.says': [
    '“No finding” says only that nothing was found in what was checked. It does not say that an address is clean.',
    '«لا نتيجة ضمن ما فُحص» لا تعني إلا أن شيئًا لم يوجد ضمن ما فُحص؛ ولا تعني سلامة العنوان.',
  ],
  authority: ['Authority', 'الجهة الرسمية'],
  version: ['Version', 'الإصدار'],
  entry: ['Entry', 'البند'],
  listedAt: ['Listed', 'أُدرج في'],

  unseen: ['What was not seen', 'ما لم يُطّلع عليه'],
  'unseen.intro': [
    'An answer is no better than what could be read. A dash stands for: not known.',
    'لا يكون الجواب أفضل مما أمكنت قراءته. والشرطة تعني: غير معروف.',
  ],
  'coverage.blocks': ['Heights read', 'الارتفاعات المقروءة'],
  'coverage.gaps': [' (with gaps)', ' (مع فجوات)'],
  'coverage.tip': ['Tip', 'رأس السلسلة'],
  'coverage.transactions': ['Transactions read of expected', 'المعاملات المقروءة من المتوقعة'],
  'coverage.truncated': ['Truncated', 'مبتور'],
  'coverage.finality': ['Finality', 'النهائية'],
  'coverage.labels': ['Labels', 'الوسوم'],
  'finality.final': ['final', 'نهائية'],
  'finality.unconfirmed': ['unconfirmed', 'غير مؤكدة'],
  'finality.unanchored': ['unanchored: not evidence', 'غير موصولة بنقطة تحقق: ليست دليلًا'],
  'finality.provider-attested': ['attested by the provider', 'بإفادة المزوّد'],
  yes: ['yes', 'نعم'],
  no: ['no', 'لا'],
  'unseen.ledger': [
    'The ledger of {network} was not read; a missing figure there is not a zero.',
    'لم يُقرأ سجل {network}؛ وغياب رقم عنه ليس صفرًا.',
  ],
  'unseen.offchain': [
    'Cash, bank transfers, vouchers and movements inside an exchange leave no trace on a chain and are ' +
      'not in this report.',
    'النقد والتحويلات المصرفية والقسائم والحركات داخل منصة التداول لا تترك أثرًا على السلسلة وليست في هذا التقرير.',
  ],
  'unseen.addresses': [
    'Addresses that were never published or captured are missing; the true receipts may be higher.',
    'العناوين التي لم تُنشر أو لم تُلتقط غائبة؛ وقد تكون المتحصلات الحقيقية أعلى.',
  ],
  'unseen.services': [
    'What happened to value inside a service is known to that service only.',
    'ما جرى للقيمة داخل خدمة لا يعلمه إلا تلك الخدمة.',
  ],

  methods: ['Methods and declared parameters', 'المناهج والمعطيات المعلنة'],
  'methods.receipts': [
    'Receipts: all inflow to the addresses, divided by fixed rules into classes that sum to it. Received ' +
      'is not received plus sent, and turnover is not receipts.',
    'المتحصلات: كل وارد إلى العناوين مقسومًا بقواعد ثابتة إلى أصناف مجموعها الوارد. والوارد ليس مجموع ' +
      'الوارد والصادر، وحركة الأموال ليست متحصلات.',
  ],
  'methods.trace': [
    'Trace: poison marks everything that tainted value touches (an upper bound); haircut divides in ' +
      'proportion; FIFO and LIFO follow the order of arrival; TIHO sends taint to the highest outputs. ' +
      'Methods are never mixed along a path. Where not every method that conserves value reaches a place, that ' +
      'conclusion is called fragile.',
    'التتبّع: منهج «السم» (poison) يعلّم كل ما تمسّه القيمة المتتبَّعة (حد أعلى)؛ ومنهج «النسبة» (haircut) ' +
      'يقسمها بالتناسب؛ ومنهجا «الأول أولًا» (FIFO) و«الأخير أولًا» (LIFO) يتبعان ترتيب الوصول؛ ومنهج «الأعلى ' +
      'أولًا» (TIHO) يرسلها إلى أعلى المخرجات. ولا تُخلط المناهج في مسار واحد. وإذا لم يصل كل منهج ' +
      'يحفظ القيمة إلى الموضع سُمّيت النتيجة هشّة.',
  ],
  'methods.cluster': [
    'Clusters are hypotheses: addresses whose inputs were signed in one transaction are held to be one ' +
      'holder’s, with a guard against CoinJoin.',
    'مجموعات العناوين فرضيات: العناوين التي وُقّعت مدخلاتها في معاملة واحدة تُعدّ لحائز واحد، مع الاحتراز من CoinJoin.',
  ],
  'methods.value': [
    'Dollars: each amount at the price of its transaction’s day in the price files named in the appendix, ' +
      'summed exactly, rounded half to even once.',
    'الدولار: كل مبلغ بسعر يوم معاملته في ملفات الأسعار المذكورة في الملحق، والجمع دقيق، ثم يُقرَّب ' +
      'المجموع مرة واحدة، والنصف إلى الرقم الزوجي.',
  ],
  run: ['Run', 'التشغيل'],
  operation: ['Operation', 'العملية'],
  arguments: ['Arguments', 'المعطيات'],
  reason: ['Reason', 'السبب'],
  declared: ['Declared', 'أُعلن في'],
  answer: ['Answer (SHA-256)', 'الجواب (SHA-256)'],
  unanswered: ['no answer', 'لا جواب'],

  notes: ['Notes of the analysts', 'ملاحظات المحللين'],
  register: ['Register of figures', 'سجل الأرقام'],
  figure: ['Figure', 'الرقم'],
  method: ['Method', 'المنهج'],
  evidence: ['Evidence', 'الأدلة'],
  digest: ['Digest', 'البصمة'],
  'evidence.capture': ['Captures', 'اللقطات'],
  'evidence.list': ['List entries', 'بنود القوائم'],
  'evidence.price': ['Price files', 'ملفات الأسعار'],
  'evidence.run': ['Runs', 'التشغيلات'],
  'evidence.transaction': ['Transactions', 'المعاملات'],
  'evidence.block': ['Blocks', 'الكتل'],
  'evidence.judgement': ['Judgements', 'الأحكام'],
  'evidence.id': ['No.', 'المرجع'],
  'evidence.sha256': ['SHA-256', 'SHA-256'],
  'evidence.span': ['Span', 'الموضع'],
  'evidence.txid': ['Transaction', 'المعاملة'],
  'evidence.height': ['Height', 'الارتفاع'],
  'evidence.outputs': ['Outputs', 'المخرجات'],
  'evidence.time': ['Time', 'الوقت'],
  'evidence.asset': ['Asset', 'العملة'],
  'evidence.days': ['Days', 'الأيام'],
  record: [
    'The case has {events}; the digest of the last is {digest}. Each event carries the digest of the one before it.',
    'سجل القضية: {events}؛ وبصمة القيد الأخير {digest}. ويحمل كل قيد بصمة القيد الذي قبله.',
  ],
} as const satisfies Record<string, readonly [string, string]>
