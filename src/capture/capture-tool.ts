/** Name and version of what reads and seals, kept with each capture. */
export const TOOL = 'athar-capture/3'
