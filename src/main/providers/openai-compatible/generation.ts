import { believable, type Generation } from '../../../core/generation'
import type { CallAccess } from '../provider-adapter'
import { TransportError } from '../../ports'
import { isJson, type Json } from '../reading'

/** What OpenRouter says of a call afterwards. `not_yet`: nothing so far. `no`: nothing that can be used. */
export type GenerationAnswer = Generation | 'not_yet' | 'no'

/** The answer is an object of some forty fields. */
const MOST_BYTES = 65_536

/**
 * GET /generation: free, and the one place where the charge for a call that was cut short is told
 * (openrouter.ai/docs/api-reference/get-a-generation). It answers 404 until the call is accounted for. Rejects only where
 * something unexpected befalls it.
 */
export async function askGeneration(
  responseId: string,
  access: Pick<CallAccess, 'key' | 'baseUrl' | 'fetch' | 'signal'>,
): Promise<GenerationAnswer> {
  const { key, baseUrl, signal } = access
  const headers = { accept: 'application/json', ...(key === null ? {} : { authorization: `Bearer ${key}` }) }
  try {
    const response = await access.fetch(`${baseUrl}/generation?id=${encodeURIComponent(responseId)}`, {
      headers,
      signal,
    })
    if (response.status !== 200) {
      await response.body?.cancel()
      return response.status === 404 ? 'not_yet' : 'no'
    }
    const text = await textOf(response)
    return (text === null ? null : generationIn(text, responseId)) ?? 'no'
  } catch (error) {
    // A network that is away may be why the answer broke off, and comes back.
    if (signal.aborted || transportCode(error) === 'network' || transportCode(error) === 'timeout') return 'not_yet'
    if (transportCode(error) !== null) return 'no'
    throw error
  }
}

/** The charge in a body, if it is for this response, whole and believable; else null. */
export function generationIn(text: string, responseId: string): Generation | null {
  const data = dataIn(text)
  if (data === null || data['id'] !== responseId || typeof data['is_byok'] !== 'boolean') return null
  const totalUsd = amountIn(data['total_cost'])
  const upstreamUsd = data['is_byok'] ? amountIn(data['upstream_inference_cost']) : null
  // A fee without what it is the fee for is half a bill.
  if (totalUsd === null || (data['is_byok'] && upstreamUsd === null)) return null
  return { totalUsd, upstreamUsd }
}

/** A number of a JSON text as it is written there; no JSON has a field of this name. */
const WRITTEN = Symbol('written')

type Reviver = (this: unknown, name: string, value: unknown, context: { readonly source?: string }) => unknown

/** As a JavaScript number an amount would lose digits. */
const exact: Reviver = (_name, value, { source }) => (typeof value === 'number' ? { [WRITTEN]: source } : value)

function dataIn(text: string): Json | null {
  try {
    const body: unknown = JSON.parse(text, exact as (name: string, value: unknown) => unknown)
    return isJson(body) && isJson(body['data']) ? body['data'] : null
  } catch {
    return null
  }
}

function amountIn(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !(WRITTEN in value)) return null
  return typeof value[WRITTEN] === 'string' ? believable(value[WRITTEN]) : null
}

/** Null when it is longer than any such answer. */
async function textOf(response: Response): Promise<string | null> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > MOST_BYTES) return null
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

function transportCode(error: unknown): TransportError['code'] | null {
  return error instanceof TransportError ? error.code : null
}
