import type { Figure } from './figure.ts'

/**
 * A piece of running text. `isolate`: an amount or a time, read left to right wherever it stands. `code`: an address,
 * hash or path, the same in fixed width. `name`: a name in whatever script, isolated from the text around it.
 */
export type Inline =
  | string
  | { readonly figure: Figure }
  | { readonly isolate: string }
  | { readonly code: string }
  | { readonly name: string }
  | { readonly link: { readonly to: string; readonly text: string } }
