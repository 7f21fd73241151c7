import { useState, type ReactNode } from 'react'
import { formatExact, picoFromString } from '../../../core/money'
import type { CallDetailView, LedgerLineView } from '../../../shared/ipc/spend-views'
import { costTitle, costWords } from '../../lib/cost-words'
import { formatCount, formatDate, formatTime } from '../../lib/format'
import { Button } from '../../ui/Button'
import { Dialog, DialogActions } from '../../ui/Dialog'
import { Disclosure } from '../../ui/Disclosure'
import styles from './CallDialog.module.css'
import { className } from './spend-report-words'
import { outcomeWords } from './spend-words'

interface CallDialogProps {
  readonly call: CallDetailView | null
  readonly onClose: () => void
  /** Leads to where its answer stands. */
  readonly onMessage: (message: NonNullable<CallDetailView['message']>) => void
}

/** One call with everything that is booked of it. */
export function CallDialog({ call, onClose, onMessage }: CallDialogProps) {
  return (
    <Dialog open={call !== null} onClose={onClose} title="Call">
      {call !== null && <CallFacts call={call} />}
      <DialogActions>
        {call !== null && call.message !== null && <MessageButton call={call} onMessage={onMessage} />}
        <Button onClick={onClose}>Close</Button>
      </DialogActions>
    </Dialog>
  )
}

function MessageButton({ call, onMessage }: { readonly call: CallDetailView } & Pick<CallDialogProps, 'onMessage'>) {
  const { message } = call
  return message === null ? null : <Button onClick={() => onMessage(message)}>Open the conversation</Button>
}

/** What is known of a call, in words and figures. */
export function CallFacts({ call }: { readonly call: CallDetailView }) {
  const [raw, setRaw] = useState(false)
  return (
    <div className={styles.facts}>
      <dl className={styles.list}>
        <Fact name="When">{`${formatDate(call.localDay)}, ${formatTime(call.startedMs)}`}</Fact>
        <Fact name="Model">
          <span dir="auto">{call.model}</span>
        </Fact>
        {call.modelAnswered !== null && call.modelAnswered !== call.modelId && (
          <Fact name="Answered as">
            <span dir="auto">{call.modelAnswered}</span>
          </Fact>
        )}
        <Fact name="Connection">
          <span dir="auto">{call.connectionLabel}</span>
        </Fact>
        {call.keyLabel !== null && (
          <Fact name="Key">
            <span dir="auto">{call.keyLabel}</span>
          </Fact>
        )}
        <Fact name="Outcome">{outcomeWords(call.state)}</Fact>
        {call.failureCode !== null && <Fact name="Failure">{call.failureCode}</Fact>}
        {call.attempts.length > 1 && (
          <Fact name="Attempt">
            {`${call.attempts.findIndex(({ id }) => id === call.id) + 1} of ${call.attempts.length}`}
          </Fact>
        )}
        <Fact name="Cost">
          <span title={costTitle(call.cost)}>{costWords(call.cost)}</span>
        </Fact>
      </dl>
      {call.lines.length === 0 ? (
        <p>Nothing is booked for it.</p>
      ) : (
        <div className={styles.scroll}>
          <table className={styles.table} aria-label="Lines">
            <thead>
              <tr>
                <th scope="col">For</th>
                <th scope="col">Units</th>
                <th scope="col">Unit price</th>
                <th scope="col">Cost</th>
              </tr>
            </thead>
            <tbody>
              {call.lines.map((line) => (
                <Line key={line.seq} line={line} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {call.usageText !== null && (
        <Disclosure label="What the provider reported" open={raw} onOpen={setRaw} foreign>
          <pre className={styles.raw}>{call.usageText}</pre>
        </Disclosure>
      )}
    </div>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

const REASONS = {
  price_override: 'corrected by a price of yours',
  generation: 'corrected by what the provider said later',
  duplicate: 'counted with an earlier call',
} as const

function Line({ line }: { readonly line: LedgerLineView }) {
  const { bucket, units, unitPrice, multiplier, pico, costClass, price, reason } = line
  return (
    <>
      <tr className={styles.line}>
        <th scope="row">{bucket.replaceAll(/[_:]/g, ' ')}</th>
        <td>{formatCount(units)}</td>
        <td>
          {unitPrice === null ? 'none' : `$${unitPrice}`}
          {multiplier !== '1' && ` × ${multiplier}`}
        </td>
        <td>{pico === null ? 'unpriced' : formatExact(picoFromString(pico))}</td>
      </tr>
      <tr>
        <td colSpan={4} className={styles.by}>
          {className(costClass)}
          {reason !== null && `, ${REASONS[reason]}`}
          {price !== null && (
            <span className={styles.price} title={price.id}>
              {price.own ? 'Your price' : price.source} from {formatDate(price.validFrom)}
              {price.checked !== null && `, checked ${formatDate(price.checked)}`}
            </span>
          )}
        </td>
      </tr>
    </>
  )
}
