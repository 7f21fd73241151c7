import type { Budget, BudgetPeriod, BudgetScope, BudgetStep } from '../../core/budget'
import type { BudgetId, ConnectionId, ConversationId } from '../../core/ids'
import type { ProviderId } from '../../core/provider'

/** What a budget limits and how, as it stands in the rows of budgets and of their history. */
export interface StoredLimit {
  readonly id: BudgetId
  readonly scope: BudgetScope['kind']
  /** Empty where there is nothing to name: everything, or each conversation. */
  readonly subject: string
  readonly period: BudgetPeriod
  readonly limitPico: bigint
  readonly steps: string
}

/** A budget without its pause. */
export type Limit = Omit<Budget, 'pause'>

/** A budget out of its row. */
export function limitFrom({ id, scope, subject, period, limitPico, steps }: StoredLimit): Limit {
  return {
    id,
    scope: scopeFrom(scope, subject),
    period,
    limit: limitPico,
    steps: JSON.parse(steps) as readonly BudgetStep[],
  }
}

/** The id of what is limited, or a provider; empty where there is nothing to name. */
export function subjectOf(scope: BudgetScope): string {
  switch (scope.kind) {
    case 'all':
      return ''
    case 'provider':
      return scope.provider
    case 'connection':
      return scope.connectionId
    case 'conversation':
      return scope.conversationId ?? ''
  }
}

function scopeFrom(kind: BudgetScope['kind'], subject: string): BudgetScope {
  switch (kind) {
    case 'all':
      return { kind }
    case 'provider':
      return { kind, provider: subject as ProviderId }
    case 'connection':
      return { kind, connectionId: subject as ConnectionId }
    case 'conversation':
      return { kind, conversationId: subject === '' ? null : (subject as ConversationId) }
  }
}
