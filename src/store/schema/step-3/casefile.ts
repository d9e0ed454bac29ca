/** Step 3, casefile: tables that came with it. */
export const casefile = ``
