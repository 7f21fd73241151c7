import type { ReactNode } from 'react'
import type { MessageDetailsView } from '../../../shared/ipc/detail-views'
import type { MessageView } from '../../../shared/ipc/views'
import { exactWords, flagWords, savedWords, sourceWords, type Figure } from '../../lib/cost-notes'
import { formatCounted } from '../../lib/format'
import { providers } from '../../lib/providers'
import { requestWords } from '../../lib/request-words'
import { Button } from '../../ui/Button'
import { Dialog, DialogActions } from '../../ui/Dialog'
import { Notice } from '../../ui/Notice'
import styles from './AnswerDetails.module.css'
import { AttemptDetails } from './AttemptDetails'
import { endWords, keyName, momentWords, spanWords, spareWords } from './detail-words'
import { useDetails } from './use-details'

interface AnswerDetailsProps {
  readonly message: MessageView
  readonly open: boolean
  readonly onClose: () => void
  /** Leads to a price. */
  readonly onPrice: (priceId: string) => void
}

/** How an answer came about and what it cost, every figure with where it comes from. */
export function AnswerDetails({ message, open, onClose, onPrice }: AnswerDetailsProps) {
  const { view, error } = useDetails(message, open)
  return (
    <Dialog open={open} onClose={onClose} title="Details of this answer" wide>
      {error !== null && <Notice kind="danger" title={requestWords(error)} />}
      {view !== null && (
        <DetailsBody
          view={view}
          onPrice={(priceId) => {
            onClose()
            onPrice(priceId)
          }}
        />
      )}
      <DialogActions>
        <Button onClick={onClose}>Close</Button>
      </DialogActions>
    </Dialog>
  )
}

interface DetailsBodyProps {
  readonly view: MessageDetailsView
  readonly onPrice: (priceId: string) => void
}

/** What the dialog shows. */
export function DetailsBody({ view, onPrice }: DetailsBodyProps) {
  const { attempts } = view
  const last = attempts.at(-1)
  const whole = last === undefined ? null : spanWords(attempts[0]?.startedMs ?? last.startedMs, last.endedMs)
  const asked = view.model ?? 'unknown'
  return (
    <>
      <dl className={styles.facts}>
        <Fact name="Asked for">{named(view.modelName, asked)}</Fact>
        <Fact name="Answered by">{answeredBy(last?.modelAnswered ?? null, asked)}</Fact>
        {last !== undefined && (
          <Fact name="Over">
            {providers[last.provider].name}, connection “{last.connectionLabel}”
          </Fact>
        )}
        {last !== undefined && <Fact name="Key">{[keyName(last), spareWords(last)].filter(Boolean).join(', ')}</Fact>}
        <Fact name="When">{momentWords(view.createdMs)}</Fact>
        <Fact name="Ended">
          {endWords(view)}
          {attempts.length > 1 &&
            whole !== null &&
            `, after ${whole} and ${formatCounted(attempts.length, 'request', 'requests')}`}
        </Fact>
        <Fact name="Cost">
          {view.cost === null ? 'Not known yet' : <CostFacts figure={{ ...view, cost: view.cost }} />}
        </Fact>
      </dl>
      {attempts.map((attempt, index) => (
        <AttemptDetails
          key={attempt.callId}
          attempt={attempt}
          number={index + 1}
          of={attempts.length}
          onPrice={onPrice}
        />
      ))}
    </>
  )
}

function CostFacts({ figure }: { readonly figure: Figure }) {
  const saved = savedWords(figure.cacheSaved)
  return (
    <>
      <span className={styles.total}>{exactWords(figure)}</span>
      <span className={styles.note}>{sourceWords(figure)}</span>
      {saved !== null && <span className={styles.note}>{saved}</span>}
      {[...new Set(figure.usageFlags)].map((flag) => {
        const { what, soThat } = flagWords(flag)
        return (
          <span key={flag} className={styles.note}>
            {what} {soThat}
          </span>
        )
      })}
    </>
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

function named(name: string | null, id: string): ReactNode {
  return name === null || name === id ? (
    <code>{id}</code>
  ) : (
    <>
      {name} <code>{id}</code>
    </>
  )
}

function answeredBy(answered: string | null, asked: string): ReactNode {
  if (answered === null) return 'Not told'
  return answered === asked ? 'The same' : <code>{answered}</code>
}
