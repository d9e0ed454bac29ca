import type { ReactNode } from 'react'

type Given = {
  /** What it is called, and the words above it where they differ or stand above more than the table. */
  label: string
  heads: readonly (string | { readonly end: string })[]
  /** Between the title and the table. */
  above?: ReactNode
  below?: ReactNode
  /** Within another card: no frame and no title of its own. */
  bare?: boolean
  /** A card that is called by its label without saying it again. */
  untitled?: boolean
  children: ReactNode
}

/** A table of a few rows under its heads; what is wider than the page scrolls, and can be reached by keyboard. */
export function Sheet({ label, heads, above, below, bare = false, untitled = false, children }: Given) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className={bare ? 'scroll' : 'card scroll'} aria-label={label} tabIndex={0}>
      {!bare && !untitled && <h2>{label}</h2>}
      {above}
      <table className="plain">
        <thead>
          <tr>
            {heads.map(head =>
              typeof head === 'string' ? (
                <th key={head} scope="col">
                  {head}
                </th>
              ) : (
                <th key={head.end} scope="col" className="end">
                  {head.end}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
      {below}
    </section>
  )
}
