/** Tables of the attribution folder. Ground tables are append-only: triggers refuse UPDATE and DELETE. */
export const attribution = `
`
