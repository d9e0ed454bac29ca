/**
 * HTML and SVG built as values: a plain string is text and is escaped, only `element` makes markup. So nothing that a
 * post or a list says can become a tag.
 */
export type Markup = { readonly markup: string }

export type Child = Markup | string | readonly Child[]

export type Attributes = Readonly<Record<string, string | number | undefined>>

export function element(name: string, attributes: Attributes, ...children: readonly Child[]): Markup {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeText(String(value))}"`)
    .join('')
  const inner = children.map(render).join('')
  return { markup: VOID.has(name) ? `<${name}${written}>` : `<${name}${written}>${inner}</${name}>` }
}

/** Children without an element around them. */
export function fragment(...children: readonly Child[]): Markup {
  return { markup: children.map(render).join('') }
}

export function render(child: Child): string {
  if (typeof child === 'string') return escapeText(child)
  return 'markup' in child ? child.markup : child.map(render).join('')
}

/**
 * Text as it may stand in content and in attributes. Control characters that no HTML may hold become U+FFFD; marks that
 * turn text around (overrides, embeddings) are shown by their number, so that a hostile name cannot hide in them.
 */
export function escapeText(text: string): string {
  return text
    .replace(/[\u200e\u200f\u061c]/g, '')
    .replace(/[\u202a-\u202e\u2066\u2067]/g, mark => `[U+${mark.codePointAt(0)!.toString(16).toUpperCase()}]`)
    .replace(/[&<>"']|\p{Cc}/gu, letter => ENTITIES[letter] ?? '\ufffd')
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '\n': '\n',
  '\t': '\t',
}

const VOID = new Set(['meta', 'br', 'hr', 'link', 'col'])
