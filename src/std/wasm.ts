/**
 * WebAssembly modules of our own: what they are spelt with, so that no binary has to be trusted, and how they start.
 *
 * Source: WebAssembly 2.0, chapter 5, “Binary Format”.
 */

/** Bytes, nested as they were put together: flattened once, at the end. */
export type Code = readonly (number | Code)[]

/** A module of these sections, in their order. */
export function module(...sections: readonly Code[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(flatten([[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], sections]))
}

export function section(id: number, body: Code): Code {
  return [id, sized(body)]
}

export function sized(body: Code): Code {
  const bytes = flatten(body)
  return [unsigned(bytes.length), bytes]
}

export function name(text: string): Code {
  return sized([...text].map(letter => letter.charCodeAt(0)))
}

/** LEB128. */
export function unsigned(value: number): Code {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, unsigned(value >>> 7)]
}

/** `i32.const` of a number below 2^31. */
export function i32(value: number): Code {
  return [0x41, signed(value)]
}

export function get(local: number): Code {
  return [0x20, local]
}

export function set(local: number): Code {
  return [0x21, local]
}

export function tee(local: number): Code {
  return [0x22, local]
}

/** A module that can be started any number of times. Fails where the machine has no WebAssembly, or not this of it. */
export function compile(bytes: Uint8Array<ArrayBuffer>): object {
  return new WebAssembly.Module(bytes)
}

/** What a module exports, started anew. */
export function start(compiled: object, imports: object = {}): object {
  return new WebAssembly.Instance(compiled, imports).exports
}

/** Memory of at least so many bytes, zeros. Fails where there is none. */
export function memoryOf(bytes: number): Memory {
  return new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) })
}

export type Memory = { readonly buffer: ArrayBuffer; grow(pages: number): number }

/** Core specification, 4.2.8. */
export const PAGE_BYTES = 65_536

/** What is used of WebAssembly: its types come with the DOM's, which this code does without. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object
  readonly Instance: new (module: object, imports: object) => { readonly exports: object }
  readonly Memory: new (size: { readonly initial: number }) => Memory
}

export const I32 = 0x7f
export const V128 = 0x7b
export const END = 0x0b

/** Signed LEB128 of a number that is not negative. */
function signed(value: number): Code {
  return value < 0x40 ? [value] : [(value & 0x7f) | 0x80, signed(value >>> 7)]
}

function flatten(code: Code, into: number[] = []): number[] {
  for (const part of code) {
    if (typeof part === 'number') into.push(part)
    else flatten(part, into)
  }
  return into
}
