/** So that nobody opens it by accident: `hxxps://example[.]com/a.html`. */
export function defang(value: string): string {
  const parts = /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^/?#]*)(.*)$/is.exec(value)!
  const scheme = parts[1] === undefined ? '' : `${parts[1].replace(/^http/i, 'hxxp')}://`
  return `${scheme}${parts[2]!.replaceAll('.', '[.]')}${parts[3]!}`
}
