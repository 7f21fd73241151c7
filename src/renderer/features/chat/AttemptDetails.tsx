import { Check, Copy } from 'lucide-react'
import { useId, useState } from 'react'
import type { AttemptView, DetailLineView } from '../../../shared/ipc/detail-views'
import { formatCount, formatDate } from '../../lib/format'
import { kindWords, unitPriceWords } from '../../lib/line-words'
import { copyText } from '../../markdown/copy-text'
import { Button } from '../../ui/Button'
import { Disclosure } from '../../ui/Disclosure'
import { IconButton } from '../../ui/IconButton'
import { VisuallyHidden } from '../../ui/VisuallyHidden'
import styles from './AnswerDetails.module.css'
import {
  correctedWords,
  keyName,
  lineCostWords,
  momentWords,
  outcomeWords,
  paceWords,
  priceWords,
  spareWords,
  togetherWords,
  unitsWords,
} from './detail-words'
import { useSaid } from './use-said'

interface AttemptDetailsProps {
  readonly attempt: AttemptView
  readonly number: number
  readonly of: number
  /** Leads to a price. */
  readonly onPrice: (priceId: string) => void
}

/** One request for an answer: what it used, at which prices, and what its provider called it. */
export function AttemptDetails({ attempt, number, of, onPrice }: AttemptDetailsProps) {
  const [open, setOpen] = useState(false)
  const headingId = useId()
  const { lines, prices, report } = attempt
  const several = of > 1
  const names = { key: attempt.key?.label ?? attempt.connectionLabel, model: attempt.modelAsked }
  return (
    <section className={styles.attempt} aria-labelledby={headingId}>
      <h3 id={headingId} className={styles.heading}>
        {several ? `Request ${number} of ${of}` : 'Request'}
        <span className={styles.outcome}>{outcomeWords(attempt, names)}</span>
      </h3>
      {several && (
        <p className={styles.note}>
          {[
            momentWords(attempt.startedMs),
            keyName(attempt),
            spareWords(attempt),
            attempt.automatic ? 'repeated by itself' : null,
          ]
            .filter((part) => part !== null)
            .join(', ')}
        </p>
      )}
      <p className={styles.note}>{paceWords(attempt)}</p>
      {lines.length > 0 && <Lines attempt={attempt} />}
      {lines.length === 0 && attempt.cost !== null && <p className={styles.note}>No tokens, no cost.</p>}
      {prices.map((price) => (
        <div key={price.id} className={styles.source}>
          <p>{priceWords(price)}</p>
          {price.kind !== 'unknown' && (
            <Button kind="quiet" small onClick={() => onPrice(price.id)}>
              Show in Prices<VisuallyHidden>: {price.id}</VisuallyHidden>
            </Button>
          )}
          {price.sources.map(({ source, checked }) => (
            <p key={source}>
              Read {formatDate(checked)} at {source}
            </p>
          ))}
        </div>
      ))}
      <Identity name="Response" id={attempt.responseId} />
      <Identity name="Request" id={attempt.requestId} />
      {report !== null && (
        <Disclosure label="What the provider reported" open={open} onOpen={setOpen}>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- Only what can be focused can be scrolled by keyboard. */}
          <pre className={styles.report} tabIndex={0} dir="ltr">
            {report}
          </pre>
        </Disclosure>
      )}
    </section>
  )
}

function Lines({ attempt }: { readonly attempt: AttemptView }) {
  const { lines, cost, thinkingTokens } = attempt
  return (
    <table className={styles.lines}>
      <thead>
        <tr>
          <th scope="col">Kind</th>
          <th scope="col">Tokens</th>
          <th scope="col">Price</th>
          <th scope="col">Cost</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- Lines are only ever added at the end.
          <Line key={index} line={line} model={attempt.modelAnswered ?? attempt.modelAsked} />
        ))}
        {thinkingTokens !== null && (
          <tr className={styles.part}>
            <th scope="row">Thinking</th>
            <td>{formatCount(thinkingTokens)}</td>
            <td colSpan={2}>part of the output</td>
          </tr>
        )}
      </tbody>
      {cost !== null && lines.length > 1 && (
        <tfoot>
          <tr>
            <th scope="row" colSpan={3}>
              Together
            </th>
            <td>{togetherWords(cost)}</td>
          </tr>
        </tfoot>
      )}
    </table>
  )
}

function Line({ line, model }: { readonly line: DetailLineView; readonly model: string }) {
  const corrected = correctedWords(line)
  return (
    <tr>
      <th scope="row">
        {kindWords(line)}
        {line.model !== model && <span className={styles.note}>{line.model}</span>}
        {corrected !== null && <span className={styles.note}>{corrected}</span>}
      </th>
      <td>{unitsWords(line)}</td>
      <td>{unitPriceWords(line)}</td>
      <td>{lineCostWords(line)}</td>
    </tr>
  )
}

function Identity({ name, id }: { readonly name: string; readonly id: string | null }) {
  const [said, say] = useSaid()
  if (id === null) return null
  return (
    <p className={styles.identity}>
      <span>{name} id</span>
      <code>{id}</code>
      <span>
        <IconButton
          label={said ?? `Copy ${name.toLowerCase()} id`}
          onClick={() => say(copyText(id) ? 'Copied' : 'Could not copy')}
        >
          {said === 'Copied' ? <Check /> : <Copy />}
        </IconButton>
        <output>
          <VisuallyHidden>{said}</VisuallyHidden>
        </output>
      </span>
    </p>
  )
}
