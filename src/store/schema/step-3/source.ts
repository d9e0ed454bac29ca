/** Step 3, source: tables that came with it. */
export const source = ``
