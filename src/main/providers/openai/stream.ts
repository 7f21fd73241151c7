import { failure } from '../../../core/failure'
import { lookup } from '../../../core/lookup'
import type { StopReason, StreamPart } from '../../../core/stream-part'
import type { CallAccess } from '../provider-adapter'
import { isJson, readName, type Json } from '../reading'
import { failureFrom, failureSaid } from './errors'
import { proofOf } from './request'
import { usageOf } from './usage'

type Access = Pick<CallAccess, 'signal' | 'redact' | 'now'> & { readonly model: string }

const INCOMPLETE: Readonly<Record<string, StopReason>> = {
  max_output_tokens: 'max_tokens',
  content_filter: 'refusal',
}
const TOOL_CALLS = new Set(['function_call', 'custom_tool_call'])

/** What the events so far have said. */
interface Progress {
  /** The provider has accepted the request; an empty balance is only noticed after that. */
  started: boolean
  /** Something of the answer has arrived, so there is something to bill. */
  begun: boolean
  refused: boolean
  /** The last delta was thinking, and no proof has closed it yet. */
  thinking: boolean
  finished: boolean
}

/**
 * Turns Responses events into stream parts. The events are read as anything: the SDK passes on whatever JSON arrives.
 * Both an abort and an early end of the connection end its iteration silently, so only a terminal event counts as an end.
 */
export async function* toParts(events: AsyncIterable<unknown>, access: Access): AsyncGenerator<StreamPart> {
  const progress: Progress = { started: false, begun: false, refused: false, thinking: false, finished: false }
  try {
    for await (const event of events) {
      // Read on to the end of the body all the same: a connection that was cut cannot be used again.
      if (!progress.finished && isJson(event)) yield* fromEvent(event, progress, access)
    }
  } catch (error) {
    if (progress.finished) return
    yield access.signal.aborted
      ? { type: 'stopped' }
      : { type: 'failure', failure: failureFrom(error, access, progress.begun) }
    return
  }
  if (progress.finished) return
  if (access.signal.aborted) yield { type: 'stopped' }
  else if (progress.started || progress.begun) yield { type: 'cut-off' }
  else yield { type: 'failure', failure: failure('protocol', { maybeBilled: true }) }
}

function* fromEvent(event: Json, progress: Progress, access: Access): Generator<StreamPart> {
  switch (event['type']) {
    case 'response.created': {
      if (progress.started) break
      progress.started = true
      const response = isJson(event['response']) ? event['response'] : {}
      yield { type: 'response-start', responseId: readName(response['id']), model: readName(response['model']) }
      break
    }
    case 'response.output_item.added':
      progress.begun = true
      break
    case 'response.output_text.delta':
      yield* textPart('text-delta', event['delta'], progress)
      break
    case 'response.refusal.delta':
      progress.refused = true
      yield* textPart('text-delta', event['delta'], progress)
      break
    case 'response.reasoning_summary_part.added':
      if (event['summary_index'] !== 0 && progress.thinking) yield* textPart('reasoning-delta', '\n\n', progress)
      break
    case 'response.reasoning_summary_text.delta':
    case 'response.reasoning_text.delta':
      yield* textPart('reasoning-delta', event['delta'], progress)
      break
    case 'response.output_item.done':
      yield* fromItem(event['item'], progress)
      break
    case 'response.completed':
    case 'response.incomplete':
    case 'response.failed':
      progress.finished = true
      yield* fromEnd(event['type'], isJson(event['response']) ? event['response'] : {}, progress, access)
      break
    default:
      // A future event name is no reason to lose an answer.
      break
  }
}

function* fromItem(item: unknown, progress: Progress): Generator<StreamPart> {
  if (!isJson(item) || item['type'] !== 'reasoning') return
  const proof = proofOf(item)
  if (proof !== undefined) {
    // A proof closes the thinking before it, so thinking that was not shown needs an empty place of its own.
    if (!progress.thinking) yield { type: 'reasoning-delta', text: '' }
    yield { type: 'reasoning-proof', proof }
  }
  progress.thinking = false
}

type End = 'response.completed' | 'response.incomplete' | 'response.failed'

function* fromEnd(end: End, response: Json, progress: Progress, access: Access): Generator<StreamPart> {
  const usage = usageOf(response, access.model)
  if (usage !== null) yield { type: 'usage', usage }
  if (end === 'response.failed') {
    const failed = { type: 'failure', failure: failureSaid(response['error'], access, progress.begun) } as const
    // This event is the provider's last, so the usage in it is all there will be.
    yield usage === null ? failed : { ...failed, reportIsFinal: true }
    return
  }
  yield { type: 'finish', reason: end === 'response.completed' ? reasonOf(response, progress) : cutReasonOf(response) }
}

function reasonOf(response: Json, { refused }: Progress): StopReason {
  if (refused) return 'refusal'
  const output = Array.isArray(response['output']) ? response['output'].filter(isJson) : []
  return output.some(({ type }) => TOOL_CALLS.has(String(type))) ? 'tool_call' : 'end'
}

/** Why an answer is incomplete; for a reason not known here it is one that could go on. */
function cutReasonOf(response: Json): StopReason {
  const details = isJson(response['incomplete_details']) ? response['incomplete_details'] : {}
  return lookup(INCOMPLETE, String(details['reason'])) ?? 'pause'
}

function* textPart(type: 'text-delta' | 'reasoning-delta', text: unknown, progress: Progress): Generator<StreamPart> {
  if (typeof text !== 'string' || text === '') return
  progress.begun = true
  progress.thinking = type === 'reasoning-delta'
  yield { type, text }
}
