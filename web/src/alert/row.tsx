import type { AlertAnswer } from '../answer.ts'
import { Name, Short } from '../part/code.tsx'
import { Dollars, Figure, Time } from '../part/figure.tsx'
import { inDigits } from '../word/digit.ts'
import { useWords } from '../word/words.ts'
import { Detail } from './detail.tsx'
import { Until } from './until.tsx'
import type { Verdict } from './verdict.tsx'

/** What the row of an alert can do for the desk that holds it. */
export type Acts = {
  open(id: number | null): void
  /** Somebody has said what it is. */
  closed(alert: AlertAnswer, verdict: Verdict): void
}

type Given = { alert: AlertAnswer; open: boolean; fresh: boolean; verdict: Verdict | null; acts: Acts }

/** One alert in a line, and where it is opened all that is known of it and the form that closes it. */
export function AlertRow({ alert, open, fresh, verdict, acts }: Given) {
  const { id, status, standing, deadline } = alert
  const waits = status === 'open' && deadline !== null
  return (
    <li
      className="alert"
      data-alert={id}
      data-status={status}
      data-standing={standing}
      data-late={waits && Date.parse(deadline) < Date.now() ? '' : undefined}
    >
      <button
        type="button"
        className="alert-row"
        aria-expanded={open}
        aria-controls={`alert-${id}`}
        onClick={() => acts.open(open ? null : id)}
      >
        <Line alert={alert} />
        <span className="alert-marks">
          <Marks alert={alert} fresh={fresh} />
          {waits && <Until at={deadline} />}
        </span>
      </button>
      <div id={`alert-${id}`} className="alert-body">
        {open && <Detail alert={alert} verdict={verdict} acts={acts} />}
      </div>
    </li>
  )
}

function Line({ alert }: { alert: AlertAnswer }) {
  const { t, term } = useWords()
  const { id, watch, rule, direction, amount, address, raisedAt, reference } = alert
  return (
    <span className="alert-line">
      <span>
        <strong>{amount === null ? t('alert.post') : <Figure amount={amount} />}</strong>{' '}
        {amount !== null && amount.usd !== null && (
          <span className="quiet small">
            <Dollars value={amount.usd.value} />
          </span>
        )}{' '}
        {direction !== null && <span className="chip">{term('direction', direction)}</span>} <Name>{watch}</Name>
      </span>
      <span className="quiet small">
        <bdi className="number" dir="ltr">
          #{inDigits(String(id))}
        </bdi>{' '}
        · <RuleName name={rule} /> · <Short>{address}</Short> · <Time at={raisedAt} />
        {reference !== null && (
          <>
            {' · '}
            <Name>{reference}</Name>
          </>
        )}
      </span>
    </span>
  )
}

/** What sets an alert apart: not yet in a block, changed since, withdrawn, closed and by whom looked at again. */
function Marks({ alert, fresh }: { alert: AlertAnswer; fresh: boolean }) {
  const { t, term } = useWords()
  const { status, standing, disposition, reason, events } = alert
  const said = disposition === null ? null : term('verdict', disposition.verdict)
  return (
    <>
      {fresh && <span className="chip new">{t('alert.fresh')}</span>}
      {standing === 'unconfirmed' && <span className="chip warn dashed">{t('alert.unconfirmed')}</span>}
      {reason !== null && <span className="chip warn">{term('holds', reason.holds)}</span>}
      {status === 'open' && events.some(one => CHANGES.has(one.kind)) && (
        <span className="chip">{t('alert.changed')}</span>
      )}
      {status === 'open' && disposition !== null && <span className="chip warn">{t('alert.reopened')}</span>}
      {status === 'withdrawn' && <span className="chip gone">{term('alert', status)}</span>}
      {status === 'closed' && <span className="chip done">{said}</span>}
      {disposition?.reviewed?.agrees === true && <span className="chip done">{t('alert.seconded')}</span>}
    </>
  )
}

const CHANGES: ReadonlySet<string> = new Set(['mined', 'restored'])

/** `burst@1` in words; a rule of one's own by its name. */
export function RuleName({ name }: { name: string }) {
  const { term } = useWords()
  const id = name.split('@')[0]!
  const word = term('rule', id)
  return word === id ? <bdi>{name}</bdi> : <span title={name}>{word}</span>
}
