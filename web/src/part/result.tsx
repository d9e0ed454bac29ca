import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { SearchResult } from '../answer.ts'
import { visible } from '../word/visible.ts'
import { useWords } from '../word/words.ts'
import { Name, Short } from './code.tsx'

/** Where a result leads; null where there is no page for it yet. */
export function placeOf({ kind, network, address, sha256, name }: SearchResult): string | null {
  if (address !== null) return `/address/${network ?? 'any'}/${encodeURIComponent(address)}`
  if (kind === 'capture') return `/captures/${sha256}`
  if (kind === 'campaign') return `/campaigns/${encodeURIComponent(name!)}`
  return kind === 'case' ? `/cases/${encodeURIComponent(name!)}` : null
}

/** What was found, in one row: kind, name, and the words around it. */
export function ResultRow({ result }: { result: SearchResult }) {
  const { term } = useWords()
  const { kind, title, address, network, snippet } = result
  const code = kind === 'address' || kind === 'txid'
  return (
    <>
      <span className="chip">{term('kind', kind)}</span> {code ? <Short>{title}</Short> : <Name>{title}</Name>}{' '}
      {!code && address !== null && <Short>{address}</Short>}{' '}
      {network !== null && <span className="quiet small">{term('network', network)}</span>}
      {snippet !== null && (
        <div className="small quiet snippet" dir="auto">
          …{visible(snippet.before)}
          <mark>{visible(snippet.match)}</mark>
          {visible(snippet.after)}…
        </div>
      )}
    </>
  )
}

export function ResultLink({ result, children }: { result: SearchResult; children: ReactNode }) {
  const place = placeOf(result)
  return place === null ? <div>{children}</div> : <Link to={place}>{children}</Link>
}
