import * as z from 'zod/mini'
import { answering, editOf, id, MAX_TEXT, model, spendFilter, spendQuery, spendRange, unasked } from './inputs'
import type {
  CallDetailView,
  CallsView,
  ForecastView,
  SavedView,
  SpendExportView,
  SpendPageView,
  SpendReportView,
  SpendView,
} from './spend-views'
import type { EstimateView, ModelEstimateView } from './views'

/** What may be asked about what was spent, or would be: rows of the contract. */
export const spendRequests = {
  /** What sending this text now would cost. Sends nothing. */
  'estimate.send': answering<EstimateView>().with(
    z.strictObject({
      conversationId: z.nullable(id('conversation')),
      connectionId: id('connection'),
      model: model(),
      text: z.string().check(z.maxLength(MAX_TEXT)),
      editOf: editOf(),
      unasked: unasked(),
    }),
  ),
  /** The same for every model that can be chosen. Sends nothing. */
  'estimate.models': answering<readonly ModelEstimateView[]>().with(
    z.strictObject({
      conversationId: z.nullable(id('conversation')),
      text: z.string().check(z.maxLength(MAX_TEXT)),
      editOf: editOf(),
    }),
  ),

  /** The current local month with its latest calls. */
  'spend.month': answering<SpendView>().with(z.strictObject({ unasked: unasked() })),
  /** What the Spend page shows of a range: its report, its dearest parts, its newest calls and the forecast. */
  'spend.page': answering<SpendPageView>().with(z.strictObject({ query: spendQuery(), unasked: unasked() })),
  /** What the calls of a range have cost, whole and in parts. */
  'spend.report': answering<SpendReportView>().with(z.strictObject({ query: spendQuery(), unasked: unasked() })),
  /** The calls themselves, 100 at a time from the newest on; `before` is the last one that is known. */
  'spend.calls': answering<CallsView>().with(
    z.strictObject({
      range: spendRange(),
      filter: spendFilter(),
      before: z.nullable(id('call')),
      unasked: unasked(),
    }),
  ),
  'spend.call': answering<CallDetailView>().with(z.strictObject({ callId: id('call'), unasked: unasked() })),
  /** Between what the current local month will probably end. */
  'spend.forecast': answering<ForecastView>().with(z.strictObject({ unasked: unasked() })),
  /** A file, piece by piece: `after` is what the piece before it said is next. Groups are one piece. */
  'spend.export': answering<SpendExportView>().with(
    z.strictObject({
      query: spendQuery(),
      what: z.literal(['groups', 'calls']),
      format: z.literal(['csv', 'json']),
      after: z.nullable(id('call')),
    }),
  ),
  /** The same as a file of any length: asks its user where, and answers once it is there, or why it is not. */
  'spend.save': answering<SavedView>().with(
    z.strictObject({
      query: spendQuery(),
      what: z.literal(['groups', 'steps', 'calls']),
      format: z.literal(['csv', 'json']),
    }),
  ),
  /** Stops the file that is being saved, if there is one; nothing of it stays. */
  'saving.cancel': answering<null>().with(z.strictObject({})),
} as const
