import { useEffect, useState } from 'react'
import type { BudgetId } from '../../../core/ids'
import type { BudgetEventView } from '../../../shared/ipc/budget-history-views'
import type { RequestError } from '../../../shared/ipc/transport'
import { request } from '../../bridge/client'

type Subject = BudgetId | 'all'

interface Shown {
  readonly of: Subject | null
  /** Newest first; null while they are asked for. */
  readonly events: readonly BudgetEventView[] | null
  /** To ask for the next page with; null at the end. */
  readonly next: number | null
  readonly error: RequestError | null
}

const NOTHING: Shown = { of: null, events: null, next: null, error: null }

/** The history of a budget, or of all, asked for anew each time it is opened. */
export function useBudgetHistory(of: Subject | null) {
  const [shown, setShown] = useState(NOTHING)
  useEffect(() => {
    if (of === null) return undefined
    let closed = false
    async function ask(subject: Subject): Promise<void> {
      const page = await pageOf(subject, null)
      if (!closed) setShown({ of: subject, events: null, next: null, error: null, ...page })
    }
    void ask(of)
    return () => {
      closed = true
    }
  }, [of])

  // What is closed keeps its lines while it fades out.
  const { events, next, error } = of === null || shown.of === of ? shown : NOTHING

  async function more(): Promise<void> {
    if (of === null || next === null) return
    const page = await pageOf(of, next)
    setShown((now) => {
      // Another one may be looked at by now, or this page be there already.
      if (now.of !== of || now.next !== next) return now
      return { ...now, ...page, events: [...(now.events ?? []), ...(page.events ?? [])] }
    })
  }

  return { events, error, more: next === null ? null : more }
}

async function pageOf(of: Subject, before: number | null): Promise<Partial<Shown>> {
  const result = await request('budget.history', { budgetId: of === 'all' ? null : of, before })
  return result.ok ? { ...result.value, error: null } : { error: result.error }
}
