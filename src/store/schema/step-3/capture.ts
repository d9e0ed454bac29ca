/** Step 3, capture: tables that came with it. */
export const capture = ``
