import { visible } from '../word/visible.ts'
import { useWords } from '../word/words.ts'
import { AddressLink, Name, Short } from './code.tsx'

/** A capture as `capture list` gives it. */
export type CaptureRow = {
  readonly sha256: string
  readonly mediaType: string
  readonly bytes: number
  readonly sealedAt: string
  readonly origins: readonly {
    path: string
    sourceUrl: string | null
    postedAt: string | null
    capturedAt: string
    collector: string
    tool: string
    campaign: string | null
  }[]
}

export type Mention = {
  readonly kind: string
  readonly raw: string
  readonly start: number
  readonly end: number
  readonly certainty: string
  readonly address?: string
  readonly network?: string
}

export type Rejected = { readonly raw: string; readonly reason: string; readonly start: number; readonly end: number }

/** One part of a capture with its text and what it names. */
export type Member = {
  readonly path: string
  readonly title: string | null
  readonly mediaType: string | null
  readonly notes: readonly string[]
  readonly text: string | null
  readonly mentions: readonly Mention[]
  readonly possible: readonly Mention[]
  readonly rejected: readonly Rejected[]
}

/** The file's own name, without the folders of the machine that sealed it. */
export function nameOf({ sha256, origins }: CaptureRow): string {
  return origins[0]?.path.split(/[/\\]/).at(-1) ?? sha256.slice(0, 12)
}

/** Characters of one text that are drawn. */
const TEXT_MAX = 200_000

type Piece = { readonly text: string; readonly mention: Mention | null; readonly rejected: Rejected | null }

/** The text with its mentions in place. Nothing of it is markup here: it is text nodes only. */
export function ReadText({ member }: { member: Member }) {
  const { t } = useWords()
  if (member.text === null || member.text === '') return <p className="quiet">{t('capture.noText')}</p>
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className="reading" dir="auto" aria-label={t('capture.text')} tabIndex={0}>
        {pieces(member).map((piece, i) => (
          <Drawn key={`${i}-${piece.text.length}`} piece={piece} />
        ))}
      </section>
      {member.text.length > TEXT_MAX && <p className="quiet">{t('capture.cut')}</p>}
    </>
  )
}

function Drawn({ piece: { text, mention, rejected } }: { piece: Piece }) {
  const { term } = useWords()
  if (rejected !== null)
    return (
      <mark className="rejected" title={term('rejected', rejected.reason)}>
        <Name>{text}</Name>
      </mark>
    )
  if (mention === null) return visible(text)
  const title = `${term('kind', mention.kind)} · ${term('certainty', mention.certainty)}`
  return (
    <mark className={mention.kind} title={title}>
      <Name>{text}</Name>
    </mark>
  )
}

/** Cuts the text at its mentions; where two overlap the one that begins first stands, the longer before the shorter. */
function pieces({ text, mentions, possible, rejected }: Member): Piece[] {
  const spans = [
    ...[...mentions, ...possible].map(mention => ({ ...mention, mention, rejected: null })),
    ...rejected.map(one => ({ ...one, mention: null, rejected: one })),
  ].sort((a, b) => a.start - b.start || b.end - a.end)
  const cut: Piece[] = []
  const shown = text!.slice(0, TEXT_MAX)
  let at = 0
  for (const span of spans) {
    if (span.start < at || span.end > shown.length) continue
    if (span.start > at) cut.push({ text: shown.slice(at, span.start), mention: null, rejected: null })
    cut.push({ text: shown.slice(span.start, span.end), mention: span.mention, rejected: span.rejected })
    at = span.end
  }
  return [...cut, { text: shown.slice(at), mention: null, rejected: null }]
}

/** What was found, and what looked like it and is none, with the reason. */
export function FoundList({ member }: { member: Member }) {
  const { t, term } = useWords()
  return (
    <>
      <h3>{t('capture.found')}</h3>
      {member.mentions.length === 0 && <p className="quiet">{t('mentions.none')}</p>}
      <ul className="lines">
        {[...member.mentions, ...member.possible].slice(0, 200).map((one, i) => (
          <li key={`${one.start}-${i}`}>
            <span className="chip">{term('kind', one.kind)}</span>{' '}
            {one.address === undefined ? (
              <Name>{one.raw}</Name>
            ) : (
              <AddressLink network={one.network ?? 'any'} address={one.address} />
            )}{' '}
            {one.certainty !== 'found' && <span className="quiet">{term('certainty', one.certainty)}</span>}
          </li>
        ))}
      </ul>
      <h3>{t('capture.rejected')}</h3>
      {member.rejected.length === 0 && <p className="quiet">{t('capture.noRejected')}</p>}
      <ul className="lines">
        {member.rejected.slice(0, 200).map((one, i) => (
          <li key={`${one.start}-${i}`}>
            <Short>{one.raw}</Short> <span className="quiet">{term('rejected', one.reason)}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
