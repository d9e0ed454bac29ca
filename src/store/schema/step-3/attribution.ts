/** Step 3, attribution: tables that came with it. */
export const attribution = ``
