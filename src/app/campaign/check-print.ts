import type { CheckAnswer } from './check.ts'

/** Lines for a person: files, claims by number, then verdicts, flags and what was recomputed. */
export function printCheck({
  files,
  claims,
  verdicts,
  flags,
  readings,
  clusters,
  recomputed,
  shares,
  notes,
}: CheckAnswer): string {
  const lines = files.map(file => {
    const written = file.contentDate.value ?? 'date not known'
    const page = file.pageDate === null || file.pageDate === file.contentDate.value ? '' : ` (page: ${file.pageDate})`
    return `${file.path ?? 'text'}  ${file.language ?? '?'}  written ${written}${page}  ${file.claims} claims`
  })
  lines.push('')
  for (const claim of claims) {
    const { id, kind, figure, measure, state, scope, speaker, period, qualifier, asset } = claim
    const about = [scope.subject?.name, measure, state, asset, qualifier, period?.words.trim(), scope.within]
    const said = about.filter(text => text !== null && text !== undefined).join(' · ')
    lines.push(
      `${id.padStart(3)}  ${kind.padEnd(12)} ${figure.raw.trim()}  ${said}${speaker === null ? '' : `  — ${speaker}`}`,
    )
  }
  lines.push('')
  for (const { verdict, claims: ids, en } of verdicts) lines.push(`${verdict.toUpperCase()} ${ids.join(', ')}: ${en}`)
  for (const { claim, en } of flags) lines.push(`FLAG ${claim}: ${en}`)
  for (const { line, term, en } of readings) lines.push(`READING line ${line} ${term}: ${en}`)
  for (const { claims: ids, en } of clusters) lines.push(`CLUSTER ${ids.join(', ')}: ${en}`)
  for (const { claim, en } of [...recomputed, ...shares]) lines.push(`RECOMPUTED ${claim}: ${en}`)
  for (const note of notes) lines.push(`Note: ${note}.`)
  return lines.join('\n')
}
