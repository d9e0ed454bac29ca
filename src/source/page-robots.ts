/**
 * Whether a robots.txt lets a program read a path (RFC 9309): the group of our name, else of `*`; the longest rule that
 * fits wins, and on a draw the one that allows.
 */
export function isAllowed(robots: string, userAgent: string, path: string): boolean {
  const name = userAgent.split(/[/\s]/)[0]!.toLowerCase()
  const groups = groupsOf(robots.slice(0, 512 * 1024))
  const own = groups.filter(group => group.names.some(one => one !== '*' && name.startsWith(one)))
  const rules = (own.length > 0 ? own : groups.filter(group => group.names.includes('*'))).flatMap(one => one.rules)
  let best = { length: -1, allow: true }
  for (const { allow, pattern } of rules) {
    if (pattern === '' || !fits(pattern, path)) continue
    if (pattern.length > best.length || (pattern.length === best.length && allow))
      best = { length: pattern.length, allow }
  }
  return best.allow
}

type Group = { readonly names: string[]; readonly rules: { allow: boolean; pattern: string }[] }

function groupsOf(robots: string): Group[] {
  const groups: Group[] = []
  let isOpen = false
  for (const line of robots.split(/\r?\n/)) {
    const [, field, value] = /^\s*([a-z-]{1,20})\s*:\s*([^#]*?)\s*(?:#.*)?$/i.exec(line.slice(0, 2000)) ?? []
    if (field === undefined) continue
    const key = field.toLowerCase()
    if (key === 'user-agent') {
      if (!isOpen) groups.push({ names: [], rules: [] })
      groups.at(-1)!.names.push(value!.toLowerCase())
      isOpen = true
    } else if (key === 'allow' || key === 'disallow') {
      groups.at(-1)?.rules.push({ allow: key === 'allow', pattern: value! })
      isOpen = false
    }
  }
  return groups
}

/** `*` stands for anything, `$` for the end; matched without backtracking. */
function fits(pattern: string, path: string): boolean {
  const isWhole = pattern.endsWith('$')
  const parts = (isWhole ? pattern.slice(0, -1) : pattern).split('*')
  if (!path.startsWith(parts[0]!)) return false
  let at = parts[0]!.length
  for (const [i, part] of parts.slice(1).entries()) {
    const isLast = i === parts.length - 2
    if (isWhole && isLast) return path.length - part.length >= at && path.endsWith(part)
    const next = path.indexOf(part, at)
    if (next === -1) return false
    at = next + part.length
  }
  return !isWhole || at === path.length
}
