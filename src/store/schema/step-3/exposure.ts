/** Step 3, exposure: tables that came with it. */
export const exposure = ``
