/**
 * A field of a CSV (RFC 4180). One that a spreadsheet would take for a formula gets an apostrophe in front of it
 * (OWASP, CSV injection).
 */
export function quoted(field: string): string {
  const safe = /^[=+\-@\t\r]/.test(field) ? `'${field}` : field
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
