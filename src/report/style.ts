import { sha256 } from '../std/digest.ts'

/**
 * The one style of a report: dark ink on white, one column, no decoration; logical properties only, so that the same
 * text serves both directions; A4 for print. It stands in the page once and is allowed by its hash.
 */
export const STYLE = `
:root { color-scheme: light; --ink: #1b242b; --faint: #55616a; --line: #d8dee3; --soft: #f4f6f8; --link: #0b4a72; }
* { box-sizing: border-box; }
html { background: #fff; }
body { margin: 0 auto; max-width: 62rem; padding: 2.5rem 2rem 5rem; color: var(--ink);
  font-size: 1rem; line-height: 1.6;
  font-family: system-ui, 'Segoe UI', 'Noto Sans', 'Helvetica Neue', Arial, sans-serif; overflow-wrap: break-word; }
html[lang='ar'] body { line-height: 1.85;
  font-family: 'Noto Naskh Arabic UI', 'Noto Sans Arabic', 'Noto Naskh Arabic', 'Segoe UI', Tahoma,
    'Geeza Pro', sans-serif; }
header .about { border-block-end: 2px solid var(--ink); padding-block-end: 1.25rem; }
header p { margin: 0; }
header p:first-child { color: var(--faint); }
h1 { margin: 0.1rem 0 1rem; font-size: 1.9rem; line-height: 1.3; font-weight: 650; }
h2 { margin: 3rem 0 0.8rem; font-size: 1.3rem; line-height: 1.4; font-weight: 650; }
h3 { margin: 2rem 0 0.6rem; font-size: 1.05rem; font-weight: 650; }
p { margin: 0 0 0.9rem; max-width: 46rem; }
ul { margin: 0 0 1rem; padding-inline-start: 1.3rem; max-width: 46rem; }
li { margin-block-end: 0.45rem; }
.about { display: flex; flex-wrap: wrap; gap: 0.4rem 2.2rem; margin: 0; }
.about dt { color: var(--faint); font-size: 0.8rem; }
.about dd { margin: 0; }
.notice { border: 1px solid #b98a1c; border-inline-start-width: 5px; background: #fff9e8; padding: 0.8rem 1.1rem;
  margin: 1.4rem 0; max-width: none; }
nav ol { columns: 2; column-gap: 3rem; padding-inline-start: 1.4rem; margin: 1.4rem 0 0; font-size: 0.95rem; }
a { color: var(--link); text-underline-offset: 0.18em; text-decoration-thickness: 1px; }
nav a, td a { text-decoration-color: #9db4c3; }
a.figure { color: inherit; text-decoration: underline; text-decoration-color: #6f95ad; }
a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
bdi { white-space: normal; }
bdi.whole { white-space: nowrap; }
code { font-family: ui-monospace, 'SFMono-Regular', 'DejaVu Sans Mono', Consolas, monospace; font-size: 0.82em;
  overflow-wrap: anywhere; }
header .notice { margin: 1.4rem 0; color: inherit; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 0; margin: 1.2rem 0 1.6rem;
  border-block: 1px solid var(--line); }
.figures div { padding: 0.8rem 1rem 0.8rem 0; padding-inline: 0 1rem; }
.figures dt { color: var(--faint); font-size: 0.85rem; line-height: 1.5; }
.figures dd { margin: 0.15rem 0 0; font-size: 1.12rem; line-height: 1.45; font-weight: 600;
  font-variant-numeric: tabular-nums; }
.figures bdi.whole { white-space: normal; }
.figures small { display: block; color: var(--faint); font-weight: 400; font-size: 0.8rem; }
figure { margin: 1.6rem 0; }
figcaption { font-weight: 600; margin-block-end: 0.5rem; }
.drawing { display: block; width: 100%; height: auto; max-width: 46rem; }
.wide { overflow-x: auto; margin: 1.2rem 0 1.6rem; }
table { border-collapse: collapse; width: auto; min-width: min(100%, 40rem); font-size: 0.9rem; line-height: 1.5; }
caption { text-align: start; font-weight: 600; padding-block-end: 0.45rem; }
caption.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { text-align: start; vertical-align: top; padding: 0.45rem 0.7rem; border-block-end: 1px solid var(--line); }
th { color: var(--faint); font-weight: 600; font-size: 0.82rem; border-block-end: 1px solid var(--ink); }
th:first-child, td:first-child { padding-inline-start: 0; }
th:last-child, td:last-child { padding-inline-end: 0; }
th.end, td.end { text-align: end; font-variant-numeric: tabular-nums; }
tr.strong td { font-weight: 650; }
tr:target td { background: #fff3c4; }
.appendix { font-size: 0.92rem; }
.appendix table { font-size: 0.78rem; }
footer { margin-block-start: 4rem; border-block-start: 1px solid var(--line); padding-block-start: 1rem;
  color: var(--faint); font-size: 0.85rem; }
@media (max-width: 40rem) { body { padding: 1.25rem 1rem 3rem; } nav ol { columns: 1; } }
@page { size: A4; margin: 18mm 16mm 20mm;
  @bottom-center { content: counter(page) ' / ' counter(pages); font: 9pt sans-serif; } }
@page synthetic { @top-center { content: 'SYNTHETIC'; font: 9pt sans-serif; } }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  body.synthetic { page: synthetic; }
  h2, h3, figcaption, caption { break-after: avoid; }
  .figures, figure, tr, .notice { break-inside: avoid; }
  .wide { overflow: visible; }
  table { width: 100%; font-size: 8pt; }
  td { overflow-wrap: anywhere; }
  td bdi.whole:not(:has(code)) { white-space: normal; }
  td.end bdi.whole { white-space: nowrap; }
  .appendix table { font-size: 7pt; }
  .appendix td { padding-block: 0.12rem; }
  thead { display: table-header-group; }
  a { color: inherit; }
}
`

/** What a Content-Security-Policy says to allow exactly this style: `'sha256-…'`. */
export const STYLE_SOURCE = `'sha256-${base64(sha256(new TextEncoder().encode(STYLE)))}'`

/** The whole policy of a report: no script, no picture from outside, no form; this one style. */
export const CONTENT_SECURITY_POLICY = [
  ...[`default-src 'none'`, `style-src ${STYLE_SOURCE}`, `base-uri 'none'`, `form-action 'none'`],
].join('; ')

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}
