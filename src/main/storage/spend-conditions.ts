import type { ConversationId } from '../../core/ids'
import type { CostClass } from '../../core/pricing'
import { COST_CLASSES, type SpendFilter } from '../../core/spend-query'

/** By which parts of a filter calls are found, with what is asked of their rows. */
const CONDITION = {
  provider: 'provider = @provider',
  model: 'model = @model',
  connectionId: 'connection_id = @connectionId',
  keyId: `key_id = @keyId`,
  purpose: 'purpose = @purpose',
  outcome: 'state = @outcome',
  costClass: 'doubt = @doubt',
} as const satisfies Record<Exclude<keyof SpendFilter, 'conversationId'>, string>

/** What stands for a name in a statement. */
export type Values = Readonly<Record<string, string | number>>

/** What is asked of rows. */
export type Conditions = { readonly where: string; readonly values: Values }

/** Which calls a filter lets through, between two days. */
export function conditions(filter: SpendFilter): Conditions {
  const { conversationId } = filter
  const { where, values } = conditionsOf(filter)
  const among = `(local_day, seq) IN (SELECT local_day, seq FROM call WHERE conversation_id = @conversationId)`
  const its =
    conversationId === 'private'
      ? ['private = 1']
      : conversationId === 'none'
        ? [`conversation_id = ''`]
        : isOne(conversationId)
          ? [among]
          : []
  return {
    where: ['local_day BETWEEN @from AND @to', ...its, ...where].join(' AND '),
    values: isOne(conversationId) ? { ...values, conversationId } : values,
  }
}

/** The same of kept sums, between two days or months. They do not know single conversations as a condition. */
export function conditionsOfSums(filter: SpendFilter): Conditions {
  const { conversationId } = filter
  const { where, values } = conditionsOf(filter)
  const its =
    conversationId === undefined ? [] : [`conversation = ${conversationId === 'private' ? `'private'` : `''`}`]
  return { where: ['grain = @grain', 'period BETWEEN @from AND @to', ...its, ...where].join(' AND '), values }
}

function conditionsOf({ keyId, costClass, ...plain }: SpendFilter) {
  const values: Record<string, string | number> = {}
  const where: string[] = []
  for (const [name, value] of Object.entries(plain)) {
    if (value === undefined || name === 'conversationId') continue
    where.push(CONDITION[name as keyof typeof CONDITION])
    values[name] = value
  }
  if (keyId !== undefined) {
    where.push(CONDITION.keyId)
    values['keyId'] = keyId === 'none' ? '' : keyId
  }
  if (costClass === 'computed') where.push(`doubt IN (0, ${doubtOf(costClass)})`)
  else if (costClass !== undefined) {
    where.push(CONDITION.costClass)
    values['doubt'] = doubtOf(costClass)
  }
  return { where, values }
}

/** Whether a filter is for one conversation. */
export function isOne(id: SpendFilter['conversationId']): id is ConversationId {
  return id !== undefined && id !== 'private' && id !== 'none'
}

function doubtOf(costClass: CostClass): number {
  return COST_CLASSES.length - COST_CLASSES.indexOf(costClass)
}
