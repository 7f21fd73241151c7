import type { Failure, FailureCode } from './failure'
import type { KeyId } from './ids'

/** A rejected key, an account without credit, a limit on requests: what another key of the same provider may not have. */
const TROUBLES: readonly FailureCode[] = ['key_invalid', 'no_credit', 'rate_limited']

/**
 * The key to ask with after `tried`, in the order its user has given; null when there is none, or when the failure is
 * nothing another key would mend. Never once anything has been answered, or may have been billed.
 */
export function nextKey(
  order: readonly KeyId[],
  tried: ReadonlySet<KeyId>,
  failed: Failure,
  begun: boolean,
): KeyId | null {
  if (begun || failed.maybeBilled || !TROUBLES.includes(failed.code)) return null
  // A budget in flight that frees itself is a limit of the user's own at the provider: it is waited for, not gone round.
  if (failed.code === 'rate_limited' && failed.status === 402) return null
  return order.find((id) => !tried.has(id)) ?? null
}

/** What a provider says against the key itself, and its user has to hear of though another key answered. */
export function isAgainstKey(code: FailureCode): boolean {
  return code === 'key_invalid' || code === 'no_credit'
}
