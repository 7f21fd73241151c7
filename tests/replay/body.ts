import { NOTHING_RECEIVED, type Answer, type End } from '../../src/core/answer'
import { failure } from '../../src/core/failure'
import type { Dialect, ProviderId } from '../../src/core/provider'
import type { UsageReport } from '../../src/core/usage'
import { createUsageReader as anthropicReader } from '../../src/main/providers/anthropic/usage'
import { reasonOf } from '../../src/main/providers/google/stream'
import { createUsageReader as googleReader } from '../../src/main/providers/google/usage'
import { usageOf } from '../../src/main/providers/openai/usage'
import { createUsageReader as chatReader } from '../../src/main/providers/openai-compatible/usage'
import { isJson, readName, type Json } from '../../src/main/providers/reading'

/** A response that came in one piece, through the same reading of its usage as a stream. */
export function answerOf(body: unknown, dialect: Dialect, model: string, provider: ProviderId): [Answer, End] {
  const fields = isJson(body) ? body : {}
  const usage = reportOf(fields, dialect, model, provider)
  const answered = readName(fields['model']) ?? readName(fields['modelVersion'])
  const responseId = readName(fields['id']) ?? readName(fields['responseId'])
  return [{ ...NOTHING_RECEIVED, modelAnswered: answered, responseId, usage }, endOf(fields, dialect)]
}

function reportOf(body: Json, dialect: Dialect, model: string, provider: ProviderId): UsageReport | null {
  switch (dialect) {
    case 'anthropic': {
      const { usage } = body
      if (usage === undefined || usage === null) return null
      const reader = anthropicReader()
      reader.start({ id: String(body['id']), model: readName(body['model']) ?? model, usage: {} })
      for (const block of Array.isArray(body['content']) ? body['content'].filter(isJson) : []) {
        if (block['type'] === 'server_tool_use') reader.tool(block['name'])
      }
      return { ...reader.delta(usage, body['stop_reason'] === 'refusal' ? 'refusal' : 'end'), raw: usage }
    }
    case 'openai-responses':
      return usageOf(body, model)
    case 'openai-chat': {
      const reader = chatReader(model, provider)
      return reader.read(body) ? reader.report() : null
    }
    case 'google':
      return (
        googleReader(model).chunk(body, isBlocked(body) || reasonOf(first(body['candidates'])) === 'refusal') ?? null
      )
  }
}

function endOf(body: Json, dialect: Dialect): End {
  const failed = isJson(body['error']) || body['status'] === 'failed' || (dialect === 'google' && isBlocked(body))
  if (failed) return { ending: 'failed', failure: failure('server'), stopReason: null }
  return isWhole(body, dialect)
    ? { ending: 'done', failure: null, stopReason: 'end' }
    : { ending: 'cut_off', failure: null, stopReason: null }
}

function isWhole(body: Json, dialect: Dialect): boolean {
  switch (dialect) {
    case 'anthropic':
      return typeof body['stop_reason'] === 'string'
    case 'openai-responses':
      return body['status'] === 'completed' || body['status'] === 'incomplete'
    case 'openai-chat':
      return typeof first(body['choices'])['finish_reason'] === 'string'
    case 'google':
      return typeof first(body['candidates'])['finishReason'] === 'string'
  }
}

function first(list: unknown): Json {
  const item: unknown = Array.isArray(list) ? list[0] : undefined
  return isJson(item) ? item : {}
}

function isBlocked(body: Json): boolean {
  return isJson(body['promptFeedback']) && typeof body['promptFeedback']['blockReason'] === 'string'
}
