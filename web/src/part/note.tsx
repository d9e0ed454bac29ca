import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import Markdown, { defaultUrlTransform } from 'react-markdown'
import { visible } from '../word/visible.ts'
import { parse } from './citation.ts'
import { Short } from './code.tsx'

/**
 * A note as Markdown. Raw HTML is text, pictures are not loaded, and no link leaves the page: what cites something of
 * the case leads there, everything else shows where it would have led.
 */
export function NoteText({ text }: { text: string }) {
  return (
    <div className="note" dir="auto">
      <Markdown
        skipHtml={false}
        urlTransform={keepCitations}
        components={{ a: Cited, img: Picture, h1: Head, h2: Head }}
      >
        {visible(text)}
      </Markdown>
    </div>
  )
}

function keepCitations(url: string): string {
  return url.startsWith('cite:') ? url : defaultUrlTransform(url)
}

function Cited({ href = '', children }: { href?: string | undefined; children?: ReactNode }) {
  const cited = parse(href)
  if (cited === undefined) return <Inert href={href}>{children}</Inert>
  if (cited.what === 'address') {
    return (
      <Link to="/address/$network/$address" params={{ network: cited.network, address: cited.value }}>
        <Short>{cited.value}</Short>
      </Link>
    )
  }
  if (cited.what === 'campaign') {
    return (
      <Link to="/campaigns/$name" params={{ name: cited.value }}>
        <bdi>{children}</bdi>
      </Link>
    )
  }
  if (cited.what === 'capture') {
    return (
      <Link to="/captures/$sha256" params={{ sha256: cited.value }}>
        <Short>{cited.value}</Short>
      </Link>
    )
  }
  return <Short>{cited.value}</Short>
}

function Inert({ href, children }: { href: string; children: ReactNode }) {
  return (
    <span className="inert">
      <bdi>{children}</bdi> {href !== '' && <bdi dir="ltr">({href})</bdi>}
    </span>
  )
}

function Picture({ alt, src }: { alt?: string | undefined; src?: string | Blob | undefined }) {
  return <Inert href={typeof src === 'string' ? src : ''}>{alt ?? ''}</Inert>
}

/** Headings of a note are none of the page. */
function Head({ children }: { children?: ReactNode }) {
  return (
    <p>
      <strong>{children}</strong>
    </p>
  )
}
