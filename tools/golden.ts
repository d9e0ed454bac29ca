/**
 * Writes the committed reports of test/golden anew: node tools/golden.ts. Look at the difference before committing it:
 * these files are what the tests hold the printers to.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compose, toCsv, toHtml } from '../src/report/report.ts'
import { material } from '../test/report-material.ts'

const folder = join(import.meta.dirname, '../test/golden')

for (const language of ['en', 'ar'] as const) {
  writeFileSync(join(folder, `report.${language}.html`), toHtml(compose(material, language)))
}
writeFileSync(join(folder, 'report.en.csv'), toCsv(compose(material, 'en')))
