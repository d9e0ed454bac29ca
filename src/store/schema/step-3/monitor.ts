/** Step 3, monitor: tables that came with it. */
export const monitor = ``
