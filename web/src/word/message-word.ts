/** The words about messages in transactions. */
export const messageEnglish = {
  messages: 'Words in transactions',
  messagesSay: 'Whoever signs a transaction writes what they like, to any address: this says nothing of who is paid.',
  messagesUnread:
    'Part of this ledger was read without such words: athar rebuild, or ledger fetch --again, reads them.',
  messageOwn: 'written by this address',
  messageOther: 'written by',
  messageOneOf: 'written by one of those who signed:',
  messageNames: 'It names',
}

export const messageArabic: typeof messageEnglish = {
  messages: 'كلمات في المعاملات',
  messagesSay: 'من يوقّع معاملة يكتب فيها ما يشاء وإلى أي عنوان: لا يدل هذا على شيء عمّن دُفع له.',
  messagesUnread: 'قُرئ جزء من هذا السجل من دون هذه الكلمات: يقرؤها athar rebuild أو ledger fetch --again.',
  messageOwn: 'كتبها هذا العنوان',
  messageOther: 'كتبها',
  messageOneOf: 'كتبها أحد الموقّعين:',
  messageNames: 'وتذكر',
}
