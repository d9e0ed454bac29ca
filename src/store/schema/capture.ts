/** Tables of the capture folder. Ground tables are append-only: triggers refuse UPDATE and DELETE. */
export const capture = `
`
