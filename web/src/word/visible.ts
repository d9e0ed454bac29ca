/** Marks that change the order or hide parts of a text: all controls and formats but line ends, tabs and joiners. */
const HIDDEN = /(?![\t\n\r\u200c\u200d])[\p{Cc}\p{Cf}]/gu

/** Such marks as something to see (`⟦U+202E⟧`): hostile text is shown, never obeyed. */
export function visible(text: string): string {
  return text.replace(HIDDEN, mark => `⟦U+${mark.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}⟧`)
}
