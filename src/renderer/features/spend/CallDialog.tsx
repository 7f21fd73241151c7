import { useState, type ReactNode } from 'react'
import type { ConversationId, MessageId } from '../../../core/ids'
import { formatExact, picoFromString } from '../../../core/money'
import type { CallDetailView, LedgerLineView } from '../../../shared/ipc/spend-views'
import { costTitle, costWords } from '../../lib/cost-words'
import { formatCount, formatDate, formatTime } from '../../lib/format'
import { kindWords, unitPriceWords } from '../../lib/line-words'
import { Button } from '../../ui/Button'
import { Dialog, DialogActions } from '../../ui/Dialog'
import { Disclosure } from '../../ui/Disclosure'
import { TextButton } from '../../ui/TextButton'
import styles from './CallDialog.module.css'
import { className } from './spend-report-words'
import { noWayWords, outcomeWords } from './spend-words'

interface CallDialogProps {
  readonly call: CallDetailView | null
  readonly onClose: () => void
  /** Leads to its answer, or with null to its conversation as it is. */
  readonly onMessage: (conversationId: ConversationId, messageId: MessageId | null) => void
  /** Leads to a price, by the id that a line names it by. */
  readonly onPrice: (priceId: string) => void
}

/** One call with everything that is booked of it. */
export function CallDialog({ call, onClose, onMessage, onPrice }: CallDialogProps) {
  // Keeps its words while it fades out.
  const [shown, setShown] = useState(call)
  if (call !== null && call !== shown) setShown(call)
  return (
    <Dialog open={call !== null} onClose={onClose} title="Call" wide>
      {shown !== null && <CallFacts call={shown} onPrice={onPrice} />}
      <DialogActions>
        {shown !== null && <Way call={shown} onMessage={onMessage} />}
        <Button onClick={onClose}>Close</Button>
      </DialogActions>
    </Dialog>
  )
}

/** The way to where a call's answer stands, or why there is none. */
function Way({ call, onMessage }: { readonly call: CallDetailView } & Pick<CallDialogProps, 'onMessage'>) {
  const { message, conversationId, isPrivate } = call
  const none = noWayWords(call)
  if (none !== '') return <p className={styles.none}>{none}</p>
  if (message !== null && !isPrivate) {
    return <Button onClick={() => onMessage(message.conversationId, message.messageId)}>Show message</Button>
  }
  if (conversationId === null) return null
  return <Button onClick={() => onMessage(conversationId, null)}>Open conversation</Button>
}

/** What is known of a call, in words and figures. */
export function CallFacts({ call, onPrice }: { readonly call: CallDetailView } & Pick<CallDialogProps, 'onPrice'>) {
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
                <th scope="col" className={styles.number}>
                  Units
                </th>
                <th scope="col" className={styles.number}>
                  Unit price
                </th>
                <th scope="col" className={styles.number}>
                  Cost
                </th>
              </tr>
            </thead>
            <tbody>
              {call.lines.map((line) => (
                <Line key={line.seq} line={line} onPrice={onPrice} />
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

function Line({ line, onPrice }: { readonly line: LedgerLineView } & Pick<CallDialogProps, 'onPrice'>) {
  const { bucket, units, pico, upper, costClass, price, reason } = line
  return (
    <>
      <tr className={styles.line}>
        <th scope="row">{kindWords(line)}</th>
        <td className={styles.number}>{bucket === 'provider_cost' ? '' : formatCount(units)}</td>
        <td className={styles.number}>{unitPriceWords(line)}</td>
        <td className={styles.number}>{lineAmount(pico, upper)}</td>
      </tr>
      <tr>
        <td colSpan={4} className={styles.by}>
          {className(costClass)}
          {reason !== null && `, ${REASONS[reason]}`}
          {price !== null && (
            <span className={styles.price}>
              {price.own ? 'Your price' : 'Price'} from {formatDate(price.validFrom)}
              {price.checked !== null && `, checked ${formatDate(price.checked)}`}
              {price.source !== '' && (
                <>
                  {' at '}
                  <span className={styles.source}>{price.source}</span>
                </>
              )}
              {' · '}
              <TextButton className={styles.source} title="Show in Prices" onClick={() => onPrice(price.id)}>
                {price.id}
              </TextButton>
            </span>
          )}
        </td>
      </tr>
    </>
  )
}

/** Every digit of what a line costs, with its bound. */
function lineAmount(pico: string | null, upper: string | null): string {
  if (pico === null) return 'unpriced'
  const known = formatExact(picoFromString(pico))
  return upper === null || upper === pico ? known : `${known} to ${formatExact(picoFromString(upper))}`
}
