/**
 * First-strong isolate: an address, amount or name keeps its order inside a sentence of either direction (Unicode
 * UAX #9). A name's own marks of direction go, so that it cannot end the isolate and turn the rest of the sentence.
 */
export function isolate(text: string): string {
  return `\u2068${text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '')}\u2069`
}
