import * as z from 'zod/mini'
import { BUDGET_ACTIONS, BUDGET_PERIODS } from '../../core/budget'
import { idPattern, type Id, type IdKind } from '../../core/ids'
import { MOST_RETENTION_DAYS } from '../../core/retention'
import { PROVIDERS, type ProviderId } from '../../core/provider'
import { CALL_STATES, COST_CLASSES, SPEND_GROUPINGS, SPEND_PURPOSES } from '../../core/spend-query'
import { BUCKETS } from '../../core/usage'

// What the inputs of the contract are made of, with their bounds.

/** Longest message, in UTF-16 units: far past any model's context, far below what would stall the process. */
export const MAX_TEXT = 4_000_000
/** The most messages that are read at once; whoever wants more asks again. */
export const MOST_AT_ONCE = 400
const MAX_KEY = 512
/** A passphrase is stretched whole, so its length must be bounded. */
export const MAX_PASSPHRASE = 1024
export const MIN_PASSPHRASE = 8
const MAX_URL = 2048
const MAX_LABEL = 60

/** A well-formed id of this kind. */
export function id<Kind extends IdKind>(kind: Kind) {
  return z.pipe(
    z.string().check(z.maxLength(64), z.regex(idPattern(kind))),
    z.transform((text) => text as Id<Kind>),
  )
}

export const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max))
/** What is shown, stored or sent as one line: no half of a sign, and no control signs but the tab that pasting brings. */
const ONE_LINE = /^(?:\t|[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}])*$/u
export const line = (max: number) => z.string().check(z.minLength(1), z.maxLength(max), z.regex(ONE_LINE))
export const trimmedLine = (max: number) =>
  z.string().check(z.trim(), z.minLength(1), z.maxLength(max), z.regex(ONE_LINE))
export const model = () => line(200)
export const provider = () => z.literal(Object.keys(PROVIDERS) as ProviderId[])
export const label = () => trimmedLine(MAX_LABEL)
export const url = () => trimmedLine(MAX_URL)
export const key = () => z.string().check(z.minLength(1), z.maxLength(MAX_KEY))
/** Where a key is kept; on disk unless it is said otherwise. */
export const keep = () => z.optional(z.literal(['disk', 'session']))
export const passphrase = () => z.string().check(z.minLength(1), z.maxLength(MAX_PASSPHRASE))
const amount = () => line(40)
export const day = () => z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/))
const rates = () => z.partialRecord(z.literal(BUCKETS), amount())
const named = () => z.record(line(60), amount())
/** A row of the price book; core/price-file reads the amounts. */
export const price = () =>
  z.strictObject({
    model: model(),
    from: z.optional(day()),
    to: z.optional(day()),
    rates: rates(),
    tiers: z.optional(
      z.array(z.strictObject({ above: z.int().check(z.positive()), rates: rates() })).check(z.maxLength(8)),
    ),
    multipliers: z.optional(named()),
    fees: z.optional(named()),
  })
/** What a budget limits. Without an id, a conversation budget is one for each conversation. */
const scope = () =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('all') }),
    z.strictObject({ kind: z.literal('provider'), provider: provider() }),
    z.strictObject({ kind: z.literal('connection'), connectionId: id('connection') }),
    z.strictObject({ kind: z.literal('conversation'), conversationId: z.nullable(id('conversation')) }),
  ])
/** How long something is kept. */
export const retention = () =>
  z.union([
    z.literal(['forever', 'until_quit']),
    z.strictObject({ days: z.int().check(z.minimum(1), z.maximum(MOST_RETENTION_DAYS)) }),
  ])
/** Local days, both included. */
export const spendRange = () => z.strictObject({ from: day(), to: day() })
/** Which calls are meant; all given conditions hold. */
export const spendFilter = () =>
  z.strictObject({
    provider: z.optional(provider()),
    model: z.optional(model()),
    connectionId: z.optional(id('connection')),
    keyId: z.optional(z.union([id('key'), z.literal('none')])),
    conversationId: z.optional(z.union([id('conversation'), z.literal(['private', 'none'])])),
    purpose: z.optional(z.literal(SPEND_PURPOSES)),
    outcome: z.optional(z.literal(CALL_STATES)),
    costClass: z.optional(z.literal(COST_CLASSES)),
  })
export const spendQuery = () =>
  z.strictObject({ range: spendRange(), filter: spendFilter(), by: z.literal(SPEND_GROUPINGS) })
const percent = () => z.int().check(z.minimum(1), z.maximum(100))
const steps = () =>
  z
    .array(z.strictObject({ percent: percent(), action: z.literal(BUDGET_ACTIONS) }))
    .check(z.minLength(1), z.maxLength(6))
/** A limit and what happens on the way to it. */
export const budget = () =>
  z.strictObject({
    scope: scope(),
    period: z.literal(BUDGET_PERIODS),
    /** A decimal string in US dollars. */
    limit: amount(),
    steps: steps(),
  })
/** After how much within how many minutes the next request is asked about. */
export const loopRule = () =>
  z.strictObject({
    on: z.boolean(),
    calls: z.literal([10, 30, 100, 300]),
    spent: z.literal(['usd1', 'usd5', 'usd20', 'usd100']),
    minutes: z.literal([1, 5, 15, 60]),
  })
/** Steps of budgets that are not to stop this one message. */
export const allow = () =>
  z.optional(z.array(z.strictObject({ budgetId: id('budget'), percent: percent() })).check(z.maxLength(50)))
/** What becomes of keys in earlier messages that were not sent to this connection before; asked when it is left out. */
export const earlierKeys = () => z.optional(z.literal(['send', 'redact']))
/** A message of the user's own in the place of which a text would stand. */
export const editOf = () => z.optional(id('message'))
/** Its user was asked, and wants it to leave although so much has. */
export const allowLoop = () => z.optional(z.boolean())
/** Asked by the window itself, because something has changed: it says nothing of anybody being there. */
export const unasked = () => z.optional(z.boolean())
export const nothing = z.strictObject({})

/** Binds an input schema to the type of its answer, which needs no check: we make it ourselves. */
function row<Schema extends z.ZodMiniType, Answer>(input: Schema): { input: Schema; answer?: Answer } {
  return { input }
}

/** A row of the contract that is answered with this. */
export const answering = <Answer>() => ({
  with: <Schema extends z.ZodMiniType>(input: Schema) => row<Schema, Answer>(input),
})
