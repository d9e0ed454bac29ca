import { indicatorWords, purposeWords, thresholdWords } from '../../../src/monitor/word.ts'

/** Closed values of watching in words: [English, Arabic]. */
const terms = {
  alert: {
    open: ['open', 'مفتوح'],
    closed: ['closed', 'مغلق'],
    withdrawn: ['withdrawn: its transaction is gone', 'سُحب: زالت معاملته'],
  },
  alertEvent: {
    closed: ['closed', 'أُغلق'],
    reviewed: ['looked at again', 'رُوجع'],
    reopened: ['opened again', 'أُعيد فتحه'],
    withdrawn: ['withdrawn', 'سُحب'],
    restored: ['its transaction is on the chain again', 'عادت معاملته إلى السلسلة'],
    mined: ['its transaction is in a block', 'دخلت معاملته كتلة'],
    changed: ['what is known of it has changed', 'تغيّر ما يُعرف عنه'],
  },
  holds: {
    yes: ['another reason today', 'سببه اليوم آخر'],
    lifted: ['reason lifted since', 'رُفع سببه بعد ذلك'],
    no: ['reason no longer holds', 'لم يعد سببه قائمًا'],
  },
  crossing: {
    proven: ['told by both events', 'يذكره حدثا الطرفين'],
    told: ['told by one side alone', 'يذكره طرف واحد فقط'],
    inferred: ['inferred: the only payments that fit', 'استنتاج: هما الدفعتان الوحيدتان المتوافقتان'],
  },
  unpaired: {
    'not-received': ['nothing of it was read on another network', 'لم يُقرأ منه شيء على شبكة أخرى'],
    'not-sent': ['nothing of it was read on another network', 'لم يُقرأ منه شيء على شبكة أخرى'],
    ambiguous: ['several events bear its number', 'تحمل رقمه عدة أحداث'],
    'other-network': ['the other side names other networks', 'يسمّي الطرف الآخر شبكات أخرى'],
    'other-amount': ['the other side names another amount', 'يذكر الطرف الآخر مبلغًا آخر'],
    'no-payment': ['told by the other side, but no payment of it was read', 'يذكره الطرف الآخر، ولم تُقرأ له دفعة'],
  },
  control: {
    issuer: ['issuer: can freeze', 'مُصدِر: بوسعه التجميد'],
    exchange: ['exchange: can hold', 'منصة تداول: بوسعها الحجز'],
    none: ['nobody but the holder', 'لا أحد سوى الحائز'],
  },
  receiver: {
    webhook: ['webhook', 'رابط استدعاء (webhook)'],
    mail: ['mail', 'بريد'],
    file: ['file', 'ملف'],
  },
  verdict: {
    true: ['what the rule looks for', 'صحيح: هو ما تبحث عنه القاعدة'],
    false: ['something else', 'إنذار كاذب: أمر آخر'],
    unclear: ['cannot be told', 'غير محسوم: لا يمكن الجزم'],
  },
  watch: {
    address: ['address', 'عنوان'],
    cluster: ['cluster', 'مجموعة عناوين'],
    campaign: ['campaign', 'حملة'],
    entity: ['entity', 'جهة'],
    folder: ['folder of posts', 'مجلد منشورات'],
  },
  ruleState: {
    active: ['in force', 'سارية'],
    draft: ['draft', 'مسودة'],
    retired: ['out of use', 'متروكة'],
  },
  indicator: indicatorWords,
  threshold: thresholdWords,
  purpose: purposeWords,
  refusal: {
    coinjoin: ['CoinJoin', 'معاملة CoinJoin'],
    'dual-funding': ['channel funded by two', 'قناة بتمويل طرفين'],
    'single-anyonecanpay': ['inputs that anybody may add to', 'مدخلات يضيف إليها من يشاء'],
  },
} as const

/** Rules by their id: most are called as what they look for. */
const rule = {
  ...terms.indicator,
  'any-payment': ['any payment', 'أي دفعة'],
  'mixer-contact': ['dealing with a mixer', 'تعامل مع خلّاط'],
  'burst-after-silence': ['a burst after silence', 'طفرة دفعات بعد سكون'],
} as const

export const watchTerms = { ...terms, rule } as const
