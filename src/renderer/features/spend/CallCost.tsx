import { useRef } from 'react'
import type { CallView } from '../../../shared/ipc/spend-views'
import { costNotes, exactWords, figureTitle, whoseWords } from '../../lib/cost-notes'
import { costWords } from '../../lib/cost-words'
import { CostMark } from '../../ui/CostMark'
import { VisuallyHidden } from '../../ui/VisuallyHidden'
import styles from './CallsTable.module.css'

/** How a call without a price gets one. */
export interface Pricing {
  /** Whether its connection is still there to have a price. */
  readonly can: (call: CallView) => boolean
  /** `focusAfter` is what stands in the call's place once it has a price. */
  readonly ask: (call: CallView, focusAfter: () => HTMLElement | null) => void
}

interface CallCostProps {
  readonly call: CallView
  readonly pricing: Pricing
}

/** What a call cost, what is to be known about that, and where there is no price a way to set one. */
export function CallCost({ call, pricing }: CallCostProps) {
  const place = useRef<HTMLSpanElement>(null)
  const asking = useRef<HTMLButtonElement>(null)
  const { cost, usageFlags } = call
  const settable = cost.pico === null && pricing.can(call)
  // The button says it already.
  const told = settable && usageFlags.length === 0 && cost.atLeast === '0'
  const whose = whoseWords(call)
  // Marks stand before the figure, so that figures stay in line.
  return (
    <span ref={place} className={styles.figure}>
      {!told && <CostMark exact={exactWords(call)} notes={costNotes(call)} />}
      {settable && (
        <button
          ref={asking}
          type="button"
          className={styles.set}
          onClick={() => pricing.ask(call, () => asking.current ?? place.current?.querySelector('button') ?? null)}
        >
          Set price…<VisuallyHidden> of {call.model}</VisuallyHidden>
        </button>
      )}
      <span title={figureTitle(call)}>{costWords(cost)}</span>
      {whose !== '' && <VisuallyHidden>, {whose}</VisuallyHidden>}
    </span>
  )
}
