import { believable, type Generation } from '../../../core/generation'
import type { CallAccess } from '../provider-adapter'
import { TransportError } from '../../ports'
import { exactDataIn, textWithin, writtenNumber } from './exact-json'

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
    const text = await textWithin(response, MOST_BYTES)
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
  const data = exactDataIn(text)
  if (data === null || data['id'] !== responseId || typeof data['is_byok'] !== 'boolean') return null
  const totalUsd = amountIn(data['total_cost'])
  const upstreamUsd = data['is_byok'] ? amountIn(data['upstream_inference_cost']) : null
  // A fee without what it is the fee for is half a bill.
  if (totalUsd === null || (data['is_byok'] && upstreamUsd === null)) return null
  return { totalUsd, upstreamUsd }
}

function amountIn(value: unknown): string | null {
  const written = writtenNumber(value)
  return written === null ? null : believable(written)
}

function transportCode(error: unknown): TransportError['code'] | null {
  return error instanceof TransportError ? error.code : null
}
