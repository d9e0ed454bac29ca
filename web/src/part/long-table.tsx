import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useRef } from 'react'

export type Head = {
  readonly key: string
  readonly title: ReactNode
  /** Share of the width, as in a grid. */
  readonly width: string
  readonly end?: boolean
  readonly sort?: 'ascending' | 'descending' | 'none'
}

const ROW = 44

/**
 * A table of any length: only the rows in sight exist. It says its true number of rows, so that whoever listens to it
 * knows where they are; rows have one height.
 */
export function LongTable(given: {
  label: string
  heads: readonly Head[]
  count: number
  cells: (row: number) => readonly ReactNode[]
  height?: number
  /** Width in rem below which the table scrolls sideways instead of squeezing its columns. */
  least?: number
}) {
  const { label, heads, count, cells, height = 420, least = 46 } = given
  const frame = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    ...{ count, getScrollElement: () => frame.current, estimateSize: () => ROW, overscan: 6 },
  })
  const columns = { gridTemplateColumns: heads.map(head => head.width).join(' '), minInlineSize: `${least}rem` }
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows of a real table cannot be placed one by one
    <div
      className="long"
      ref={frame}
      role="table"
      aria-label={label}
      aria-rowcount={count + 1}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
      tabIndex={0}
      style={{ blockSize: Math.min(height, (count + 1) * ROW + 2) }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      <div role="rowgroup" className="long-head">
        {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: see above */}
        <div role="row" aria-rowindex={1} className="long-row" style={columns}>
          {heads.map(head => (
            // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: see above
            <div key={head.key} role="columnheader" aria-sort={head.sort} className={head.end === true ? 'end' : ''}>
              {head.title}
            </div>
          ))}
        </div>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      <div role="rowgroup" className="long-body" style={{ blockSize: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => (
          // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: see above
          <div
            key={index}
            role="row"
            aria-rowindex={index + 2}
            className="long-row"
            style={{ ...columns, transform: `translateY(${start}px)`, blockSize: ROW }}
          >
            {cells(index).map((cell, i) => (
              // biome-ignore lint/a11y/useSemanticElements: see above
              <div key={heads[i]!.key} role="cell" className={heads[i]!.end === true ? 'end' : ''}>
                {cell}
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}
