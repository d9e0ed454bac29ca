/**
 * What kind of thing an address or entity is, with the GraphSense concept it maps to (concepts.yaml, derived from the
 * INTERPOL Darknet and Cryptocurrencies Working Group taxonomy).
 */
export type Category = (typeof TABLE)[number]['id']

const TABLE = [
  {
    id: 'terrorist-financing',
    concept: 'terrorism_financing',
    custodial: false,
    words: ['terrorist financing', 'تمويل الإرهاب'],
  },
  { id: 'sanctioned', concept: 'sanction', custodial: false, words: ['sanctioned', 'خاضع لعقوبات'] },
  { id: 'donation', concept: 'donation', custodial: false, words: ['donation', 'تبرعات'] },
  { id: 'exchange', concept: 'exchange', custodial: true, words: ['exchange', 'منصة تداول'] },
  { id: 'mixer', concept: 'mixing_service', custodial: true, words: ['mixer', 'خلّاط'] },
  { id: 'coinjoin', concept: 'coinjoin', custodial: false, words: ['CoinJoin', 'معاملات CoinJoin'] },
  {
    id: 'payment-processor',
    concept: 'payment_processor',
    custodial: true,
    words: ['payment processor', 'معالج مدفوعات'],
  },
  { id: 'gambling', concept: 'gambling', custodial: true, words: ['gambling', 'مقامرة'] },
  { id: 'wallet-service', concept: 'wallet_service', custodial: true, words: ['wallet service', 'خدمة محافظ'] },
  { id: 'hosting', concept: 'hosting', custodial: true, words: ['hosting', 'استضافة'] },
  { id: 'marketplace', concept: 'market', custodial: true, words: ['marketplace', 'سوق'] },
  { id: 'mining-pool', concept: 'miner', custodial: true, words: ['mining pool', 'مجمّع تعدين'] },
  { id: 'atm', concept: 'atm', custodial: true, words: ['crypto ATM', 'صرّاف آلي للعملات المشفّرة'] },
  { id: 'lending', concept: 'defi_lending', custodial: true, words: ['lending', 'إقراض'] },
  { id: 'dex', concept: 'defi_dex', custodial: false, words: ['decentralised exchange', 'منصة تداول لامركزية'] },
  { id: 'bridge', concept: 'defi_bridge', custodial: false, words: ['bridge', 'جسر بين الشبكات'] },
  { id: 'contract', concept: 'defi', custodial: false, words: ['contract', 'عقد ذكي'] },
  { id: 'token', concept: 'token_standard', custodial: false, words: ['token', 'رمز'] },
  { id: 'ransomware', concept: 'ransomware', custodial: false, words: ['ransomware', 'برمجيات فدية'] },
  { id: 'hack', concept: 'hack', custodial: false, words: ['hack', 'اختراق'] },
  { id: 'scam', concept: 'scam', custodial: false, words: ['scam', 'احتيال'] },
  { id: 'darknet', concept: 'darkweb', custodial: false, words: ['darknet', 'الشبكة المظلمة'] },
  { id: 'government', concept: 'organization', custodial: false, words: ['government', 'جهة حكومية'] },
  { id: 'organisation', concept: 'organization', custodial: false, words: ['organisation', 'منظمة'] },
  { id: 'person', concept: 'user', custodial: false, words: ['person', 'شخص'] },
  { id: 'other', concept: 'entity', custodial: false, words: ['other', 'غير ذلك'] },
] as const

export const all: readonly Category[] = TABLE.map(row => row.id)

/** Whether value that enters such a place loses its thread: tracing stops there. */
export function isCustodial(category: Category): boolean {
  return TABLE.find(row => row.id === category)!.custodial
}

export function parse(text: string): Category | undefined {
  return all.find(category => category === text)
}

/** Its name in words, English or Arabic. */
export function nameOf(category: Category, language: 'en' | 'ar'): string {
  return TABLE.find(row => row.id === category)!.words[language === 'en' ? 0 : 1]
}

/** The GraphSense concept id of a category. */
export function toConcept(category: Category): string {
  return TABLE.find(row => row.id === category)!.concept
}
