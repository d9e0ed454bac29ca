/**
 * Headers of every answer. The workbench's scripts and styles come from this server only; no inline script ever runs,
 * and an inline style only with the nonce that was made for this one page (a component library sets its variables so).
 */
export function headersOf(policy: string): Readonly<Record<string, string>> {
  return {
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'SAMEORIGIN',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  }
}

/** For the workbench's page. Without a nonce no inline style is taken. */
export function pagePolicy(nonce: string | null): string {
  const styles = nonce === null ? "style-src 'self'" : `style-src 'self' 'nonce-${nonce}'`
  const own = ["script-src 'self'", styles, "img-src 'self' data: blob:", "font-src 'self'", "connect-src 'self'"]
  const none = ["object-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"]
  return ["default-src 'none'", ...own, "worker-src 'self'", "manifest-src 'self'", "frame-src 'self'", ...none].join(
    '; ',
  )
}

/** For answers that are data: nothing in them may run or load. */
export const dataPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

/**
 * For reports and captured files: an origin of their own without scripts, forms or requests, so that hostile content
 * which got into them stays inert. They may be shown in a frame of the workbench.
 */
export const inertPolicy = [
  ...['sandbox allow-popups', "default-src 'none'", "style-src 'unsafe-inline'", 'img-src data:', 'font-src data:'],
  ...["base-uri 'none'", "form-action 'none'", "frame-ancestors 'self'"],
].join('; ')
