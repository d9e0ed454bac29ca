/** Step 3, ledger: tables that came with it. */
export const ledger = ``
