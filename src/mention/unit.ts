/** The UTF-16 units of a text, and two zeros: read from an array twice as fast as from the text. */
export function unitsOf(text: string): Uint16Array<ArrayBuffer> {
  const units = new Uint16Array(text.length + 2)
  Buffer.from(units.buffer).write(text, 'utf16le')
  return units
}
