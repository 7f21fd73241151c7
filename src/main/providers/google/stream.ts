import { failure, type Failure } from '../../../core/failure'
import { lookup } from '../../../core/lookup'
import type { StopReason, StreamPart } from '../../../core/stream-part'
import type { CallAccess } from '../provider-adapter'
import { saidDetail, saidName } from '../provider-failure'
import { isJson, readName, type Json } from '../reading'
import { failureFrom, failureSaid } from './errors'
import { createUsageReader } from './usage'

const FINISH_REASONS: Readonly<Record<string, StopReason>> = {
  STOP: 'end',
  MAX_TOKENS: 'max_tokens',
  SAFETY: 'refusal',
  RECITATION: 'refusal',
  LANGUAGE: 'refusal',
  BLOCKLIST: 'refusal',
  PROHIBITED_CONTENT: 'refusal',
  SPII: 'refusal',
  MODEL_ARMOR: 'refusal',
  IMAGE_SAFETY: 'refusal',
  IMAGE_PROHIBITED_CONTENT: 'refusal',
  IMAGE_RECITATION: 'refusal',
  IMAGE_OTHER: 'refusal',
  // "Unknown reason" by its documentation: withheld all the same.
  OTHER: 'refusal',
  MALFORMED_FUNCTION_CALL: 'tool_call',
  UNEXPECTED_TOOL_CALL: 'tool_call',
  TOO_MANY_TOOL_CALLS: 'tool_call',
}

/**
 * Turns generateContent chunks into stream parts. There is no terminal event: an answer is complete when some chunk gave
 * a finish reason (or said that the prompt is blocked) and the body then ended, since figures may follow the reason.
 */
export async function* toParts(
  chunks: AsyncIterable<unknown>,
  access: Pick<CallAccess, 'signal' | 'redact' | 'now'> & { readonly model: string },
): AsyncGenerator<StreamPart> {
  const usage = createUsageReader(access.model)
  let begun = false
  let called = false
  let reason: StopReason | undefined
  let blocked: Failure | undefined
  let failed: Failure | undefined
  try {
    for await (const chunk of chunks) {
      if (!isJson(chunk)) {
        failed = failure('protocol', { maybeBilled: true })
        break
      }
      // An error inside a 200 stream comes as a chunk like any other.
      if (chunk['error'] !== undefined && chunk['error'] !== null) {
        failed = failureSaid(chunk['error'], null, access, begun)
        break
      }
      if (!isAnswer(chunk)) continue
      if (!begun) {
        begun = true
        const { responseId, modelVersion } = chunk
        yield { type: 'response-start', responseId: readName(responseId), model: readName(modelVersion) }
      }
      const candidate = candidateOf(chunk)
      const parts = partsOf(candidate)
      called ||= parts.some((part) => isJson(part['functionCall']))
      for (const part of parts) yield* fromPart(part)
      reason = reasonOf(candidate) ?? reason
      blocked = blockOf(chunk, access) ?? blocked
      const report = usage.chunk(chunk, reason === 'refusal' || blocked !== undefined)
      if (report !== undefined) yield { type: 'usage', usage: report }
    }
  } catch (error) {
    // After a finish reason nothing can be missing but the end itself.
    if (reason === undefined) failed ??= blocked ?? failureFrom(error, access, begun)
  }
  if (access.signal.aborted) yield { type: 'stopped' }
  else if (failed !== undefined) yield { type: 'failure', failure: failed }
  else if (reason !== undefined) yield { type: 'finish', reason: reason === 'end' && called ? 'tool_call' : reason }
  else if (blocked !== undefined) yield { type: 'failure', failure: blocked }
  else if (begun) yield { type: 'cut-off' }
  else yield { type: 'failure', failure: failure('protocol', { maybeBilled: true }) }
}

/** JSON of another kind is no beginning of an answer. */
function isAnswer(chunk: Json): boolean {
  return ['candidates', 'promptFeedback', 'usageMetadata', 'responseId'].some((name) => (chunk[name] ?? null) !== null)
}

/** One answer is asked for; a second candidate would be somebody else's idea. */
function candidateOf(chunk: Json): Json {
  const candidates = chunk['candidates']
  const first: unknown = Array.isArray(candidates) ? candidates[0] : undefined
  return isJson(first) ? first : {}
}

function partsOf(candidate: Json): Json[] {
  const content = candidate['content']
  const parts = isJson(content) ? content['parts'] : undefined
  return Array.isArray(parts) ? parts.filter(isJson) : []
}

/**
 * A signature is kept as proof only with the thought it stands on. Gemini 3 signs its text as well, as a rule on an empty
 * last part: that one says nothing about thinking anybody has seen, and is not wanted back for text.
 */
function* fromPart(part: Json): Generator<StreamPart> {
  const { text, thought, thoughtSignature } = part
  const said = typeof text === 'string' ? text : ''
  if (thought !== true) {
    if (said !== '') yield { type: 'text-delta', text: said }
    return
  }
  if (said !== '') yield { type: 'reasoning-delta', text: said }
  if (typeof thoughtSignature === 'string' && thoughtSignature !== '') {
    yield { type: 'reasoning-proof', proof: thoughtSignature }
  }
}

/** Why a candidate ended. A future reason is a reason all the same: the model stopped. */
export function reasonOf(candidate: Json): StopReason | undefined {
  const reason = candidate['finishReason']
  if (typeof reason !== 'string' || reason === '' || reason === 'FINISH_REASON_UNSPECIFIED') return undefined
  return lookup(FINISH_REASONS, reason) ?? 'end'
}

function blockOf(chunk: Json, access: Pick<CallAccess, 'redact'>): Failure | undefined {
  const feedback = chunk['promptFeedback']
  const reason = isJson(feedback) ? feedback['blockReason'] : undefined
  if (!isJson(feedback) || typeof reason !== 'string' || reason === '') return undefined
  return failure('content_blocked', {
    providerCode: saidName(reason, access),
    detail: saidDetail(feedback['blockReasonMessage'], access),
    maybeBilled: true,
  })
}
