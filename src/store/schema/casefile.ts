/** Tables of the casefile folder. Ground tables are append-only: triggers refuse UPDATE and DELETE. */
export const casefile = `
`
