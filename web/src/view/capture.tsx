import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { call } from '../call.ts'
import { type CaptureRow, FoundList, type Member, nameOf, ReadText } from '../part/capture.tsx'
import { Code, Copy, Name, Short } from '../part/code.tsx'
import { Time } from '../part/figure.tsx'
import { Tile } from '../part/movement.tsx'
import { Sheet } from '../part/sheet.tsx'
import { PageTrouble, Reading } from '../part/trouble.tsx'
import { useTitle } from '../word/title.ts'
import { visible } from '../word/visible.ts'
import { useWords } from '../word/words.ts'

type Custody = { seq: number; action: string; at: string; by: string; tool: string; hash: string }
/** Who ordered what about a capture, why, and when. */
type Order = { authority: string; reason: string; by: string; at: string }
type CaptureAnswer = CaptureRow & {
  readonly custody: readonly Custody[]
  readonly members: readonly Member[]
  readonly hold: Order | null
  readonly withheld: Order | null
}

/** One capture: its text with what it names in place, where it came from, and through whose hands it went. */
export function CaptureView() {
  const { sha256 } = useParams({ from: '/captures/$sha256' })
  const { t } = useWords()
  const shown = useQuery({
    queryKey: ['capture show', sha256],
    queryFn: ({ signal }) => call<CaptureAnswer>('capture show', { sha256, text: true }, signal),
  })
  useTitle(`${t('capture.one')} ${shown.data === undefined ? sha256.slice(0, 12) : visible(nameOf(shown.data))}`)
  if (shown.data !== undefined) return <Shown answer={shown.data} />
  return shown.error === null ? <Reading /> : <PageTrouble title={t('capture.one')} error={shown.error} />
}

function Shown({ answer }: { answer: CaptureAnswer }) {
  const { t } = useWords()
  const several = answer.members.length > 1
  return (
    <>
      <div className="head">
        <h1>
          <Name>{nameOf(answer)}</Name>
        </h1>
        <Copy text={answer.sha256} />
      </div>
      <p className="small quiet">
        SHA-256 <Code>{answer.sha256}</Code>
      </p>
      {answer.withheld !== null && <Ordered word={t('capture.erased')} order={answer.withheld} />}
      {answer.hold !== null && <Ordered word={t('capture.held')} order={answer.hold} />}
      <Origins answer={answer} />
      <p className="small quiet">{t('capture.inert')}</p>
      {answer.members.map((member, i) => (
        <div className="grid" key={`${member.path}-${i}`}>
          <section className="card">
            <h2>
              {t('capture.text')}
              {several && (
                <span className="quiet small">
                  {' '}
                  <Name>{member.path.split('!/').at(-1)!}</Name>
                </span>
              )}
            </h2>
            {member.title !== null && (
              <p>
                <strong>
                  <Name>{member.title}</Name>
                </strong>
              </p>
            )}
            <ReadText member={member} />
          </section>
          <section className="card">
            <FoundList member={member} />
          </section>
        </div>
      ))}
      <CustodyCard custody={answer.custody} />
    </>
  )
}

/** An order that stands over the capture: a legal hold, or what erased it. */
function Ordered({ word, order: { authority, reason, by, at } }: { word: string; order: Order }) {
  return (
    <div className="verdict warn">
      <strong>{word}</strong>
      <p>
        <Name>{authority}</Name>: <Name>{reason}</Name> · <Name>{by}</Name> · <Time at={at} zone />
      </p>
    </div>
  )
}

function Origins({ answer }: { answer: CaptureAnswer }) {
  const { t, count } = useWords()
  return answer.origins.map((origin, i) => (
    <div className="tiles" key={`${origin.path}-${i}`}>
      <Tile word={t('capture.source')}>
        {origin.sourceUrl === null ? t('unknown') : <Name>{origin.sourceUrl}</Name>}
      </Tile>
      <Tile word={t('capture.posted')}>
        {origin.postedAt === null ? t('unknown') : <Time at={origin.postedAt} zone />}
      </Tile>
      <Tile word={t('capture.captured')}>
        <Time at={origin.capturedAt} zone />
      </Tile>
      <Tile word={t('capture.campaign')}>
        {origin.campaign === null ? (
          t('none')
        ) : (
          <Link to="/campaigns/$name" params={{ name: origin.campaign }}>
            <Name>{origin.campaign}</Name>
          </Link>
        )}
      </Tile>
      <Tile word={t('capture.size')}>
        {count('bytes', answer.bytes)} · <bdi dir="ltr">{answer.mediaType}</bdi>
      </Tile>
    </div>
  ))
}

function CustodyCard({ custody }: { custody: readonly Custody[] }) {
  const { t, term } = useWords()
  return (
    <section className="card">
      <h2>{t('capture.custody')}</h2>
      <Sheet
        label={t('capture.custody')}
        heads={[t('address.time'), t('capture.what'), t('capture.by'), t('capture.digest')]}
        bare
      >
        {custody.map(entry => (
          <tr key={entry.seq}>
            <td>
              <Time at={entry.at} />
            </td>
            <td>{term('custody', entry.action)}</td>
            <td>
              <Name>{entry.by}</Name> <bdi className="quiet small">{entry.tool}</bdi>
            </td>
            <td>
              <Short>{entry.hash}</Short>
            </td>
          </tr>
        ))}
      </Sheet>
    </section>
  )
}
