/** Tables of the ledger folder. Ground tables are append-only: triggers refuse UPDATE and DELETE. */
export const ledger = `
`
