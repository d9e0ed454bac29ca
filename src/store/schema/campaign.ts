/** Tables of the campaign folder. Ground tables are append-only: triggers refuse UPDATE and DELETE. */
export const campaign = `
`
