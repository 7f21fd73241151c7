import { startProviderServer, stream, type ProviderServer, type Reply } from '../support/provider-server'
import type { RecordedRequest } from '../support/provider-server'
import { anthropicEvent, type SseEvent } from '../support/sse'
import { STORIES } from './content'

// A provider on loopback that speaks three dialects and answers from the invented stories, so that everything can be
// tried with no key and no network.

const UNKNOWN =
  'This is the practice provider of the demo. It knows only what the sample conversations asked, but it streams, counts and costs like a real one.\n\n- Try **Stop** while it writes.\n- Look at *Spend* afterwards.'

const ANSWERS = new Map(STORIES.flatMap(({ turns }) => turns.map(({ ask, answer }): [string, string] => [ask, answer])))

/** Milliseconds between two words; 0 while a year is being invented. */
export interface Pace {
  paceMs: number
}

/** Starts it. Base URLs: `/anthropic`, `/openai/v1`, `/google`. */
export async function startPracticeProvider(pace: Pace): Promise<ProviderServer> {
  const server = await startProviderServer()
  server.always((request) => reply(request, pace.paceMs))
  return server
}

function reply(request: RecordedRequest, paceMs: number): Reply {
  const answer = ANSWERS.get(lastQuestion(request.json)) ?? UNKNOWN
  // People paste long things: the prompt is taken for some ten to a hundred times of what it is.
  const input = (180 + Math.ceil(request.body.length / 3)) * (40 + (request.body.length % 297))
  const output = (20 + Math.ceil(answer.length / 3)) * (4 + (request.body.length % 17))
  if (request.path.startsWith('/anthropic')) return stream(anthropicAnswer(request, answer, input, output), { paceMs })
  if (request.path.startsWith('/openai')) return stream(openaiAnswer(request, answer, input, output), { paceMs })
  return stream(googleAnswer(answer, input, output), { paceMs })
}

/** The last thing said in the request, whatever its dialect; names of roles and types are shorter than any question. */
function lastQuestion(json: unknown): string {
  const texts: string[] = []
  const walk = (value: unknown): void => {
    if (typeof value === 'string') texts.push(value)
    else if (Array.isArray(value)) value.forEach(walk)
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk)
  }
  const body = json as { messages?: unknown; input?: unknown; contents?: unknown }
  walk(body.messages ?? body.input ?? body.contents)
  return texts.findLast((text) => text.length > 12) ?? ''
}

const words = (text: string): string[] => text.match(/\S+\s*|\s+/g) ?? []
const modelOf = (request: RecordedRequest): string => (request.json as { model: string }).model

function anthropicAnswer(request: RecordedRequest, text: string, input: number, output: number): SseEvent[] {
  const cached = Math.floor(input / 3)
  const usage = { input_tokens: input - cached, cache_read_input_tokens: cached, cache_creation_input_tokens: 0 }
  return [
    anthropicEvent({
      type: 'message_start',
      message: { id: request.requestId, model: modelOf(request), usage: { ...usage, output_tokens: 1 } },
    }),
    anthropicEvent({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
    ...words(text).map((word) =>
      anthropicEvent({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: word } }),
    ),
    anthropicEvent({ type: 'content_block_stop', index: 0 }),
    anthropicEvent({
      type: 'message_delta',
      delta: { stop_reason: 'end_turn', stop_sequence: null },
      usage: { ...usage, output_tokens: output },
    }),
    anthropicEvent({ type: 'message_stop' }),
  ]
}

function openaiAnswer(request: RecordedRequest, text: string, input: number, output: number): SseEvent[] {
  const id = `resp_${request.requestId}`
  const event = (data: { type: string }): SseEvent => ({ event: data.type, data: JSON.stringify(data) })
  const response = { id, object: 'response', model: modelOf(request), status: 'in_progress', output: [] }
  const details = { input_tokens_details: { cached_tokens: Math.floor(input / 4) } }
  const usage = {
    input_tokens: input,
    ...details,
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: 0 },
  }
  return [
    event({ type: 'response.created', response } as never),
    ...words(text).map((word) =>
      event({
        type: 'response.output_text.delta',
        item_id: 'msg_1',
        output_index: 0,
        content_index: 0,
        delta: word,
      } as never),
    ),
    event({
      type: 'response.completed',
      response: {
        ...response,
        status: 'completed',
        service_tier: 'default',
        usage: { ...usage, total_tokens: input + output },
      },
    } as never),
  ]
}

function googleAnswer(text: string, input: number, output: number): SseEvent[] {
  const counts = (written: number) => ({
    promptTokenCount: input,
    candidatesTokenCount: written,
    totalTokenCount: input + written,
  })
  const pieces = words(text)
  return pieces.map((word, index) => {
    const last = index === pieces.length - 1
    const candidate = { content: { role: 'model', parts: [{ text: word }] }, index: 0 }
    const usageMetadata = counts(last ? output : Math.ceil((output * (index + 1)) / pieces.length))
    const data = { candidates: [last ? { ...candidate, finishReason: 'STOP' } : candidate], usageMetadata }
    return { data: JSON.stringify(data) }
  })
}
