/**
 * JSON text with control characters of C1, and marks that turn text around, escaped, which JSON allows anywhere in a
 * text: the document says the same, and a terminal that shows it obeys nothing in it. Those below U+0020
 * JSON.stringify escapes itself.
 */
export function escapeHostile(json: string): string {
  return json.replace(HOSTILE, mark => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

const HOSTILE = /[\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
