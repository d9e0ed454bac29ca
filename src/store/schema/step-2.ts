/** Step 2: a manifest names the format of its chunks. What was written before is of format 1. */
export const step2 = `
ALTER TABLE ledger_manifest ADD COLUMN format INTEGER NOT NULL DEFAULT 1;
`
