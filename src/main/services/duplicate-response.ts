import type { Answer } from '../../core/answer'
import { carriesMoney, isDoubtful, lastWords, takeBack } from '../../core/corrections'
import type { PricedLine } from '../../core/pricing'
import { PROVIDERS } from '../../core/provider'
import { hasUniqueIds, sameReport, standingCall, type ResponseCall } from '../../core/response-once'
import { isLoopback } from '../egress/egress'
import type { Call, CallRow } from '../storage/calls'
import type { BookedLine, Correction } from '../storage/ledger'
import type { Storage } from '../storage/storage'
import { FOREIGN, hostModifier } from './host-price'

/** What booking a call means for it and for the calls that brought the same response before it. */
export interface OnceBooked {
  readonly isDuplicate: boolean
  /** The lines the call is booked with: none where an earlier one carries the money. */
  readonly lines: readonly PricedLine[]
  readonly takenBack: readonly { readonly call: CallRow; readonly corrections: readonly Correction[] }[]
}

type Needs = Pick<Storage, 'calls' | 'connections' | 'ledger'>

/** Books one response once. Call it in the transaction that settles the call. */
export function bookOnce(
  storage: Needs,
  call: Call,
  { responseId, usage }: Pick<Answer, 'responseId' | 'usage'>,
  complete: boolean,
  lines: readonly PricedLine[],
): OnceBooked {
  const earlier = responseId === null ? [] : bookedBefore(storage, call, responseId, usage)
  if (earlier.length === 0) return { isDuplicate: false, lines, takenBack: [] }
  const reported = complete && usage !== null && usage.lines.length > 0
  const standing = standingCall([...earlier.map((each) => bookedAs(storage, each)), { reported, lines }])
  return {
    isDuplicate: true,
    lines: standing === earlier.length ? lines : [],
    takenBack: earlier.flatMap(({ call: each, lines: booked }, index) =>
      index === standing
        ? []
        : [{ call: each, corrections: takeBack(booked).map((part) => ({ ...part, reason: 'duplicate' as const })) }],
    ),
  }
}

interface Booked {
  readonly call: CallRow
  readonly lines: readonly BookedLine[]
}

/** The earlier calls that brought this very response and carry money for it. */
function bookedBefore(storage: Needs, call: Call, responseId: string, usage: Answer['usage']): Booked[] {
  const trusted = isIdTrusted(storage, call)
  return storage.calls
    .ofResponse(call.connectionId, responseId)
    .filter(({ id }) => id !== call.id)
    .filter((each) => trusted || (isSameTurn(call, each) && sameReport(usage, usageOf(storage, each))))
    .map((each) => ({ call: each, lines: storage.ledger.ofCall(each.id) }))
    .filter(({ lines }) => carriesMoney(lines))
}

/** A provider's ids are unique at its own host; what stands between may give every answer the same one. */
function isIdTrusted({ connections }: Needs, { provider, connectionId }: Call): boolean {
  const baseUrl = connections.get(connectionId)?.baseUrl
  if (baseUrl === undefined || PROVIDERS[provider].baseUrl === null || !hasUniqueIds(provider)) return false
  return hostModifier(provider, baseUrl) !== FOREIGN && !isLoopback(new URL(baseUrl).hostname)
}

/** A server that gives every answer one id also reports the same figures whenever it is asked the same thing. */
function isSameTurn(a: Call, b: Call): boolean {
  return a.turnId === b.turnId && a.conversationId === b.conversationId && a.purpose === b.purpose
}

function usageOf({ calls }: Needs, { id }: Call): Answer['usage'] {
  return calls.progressOf(id)?.usage ?? null
}

function bookedAs(storage: Needs, { call, lines }: Booked): ResponseCall {
  const last = lastWords(lines).map(({ line, net }) => ({ ...line, pico: line.pico === null ? null : net }))
  const usage = usageOf(storage, call)
  // Of one that did not end well only its lines tell whether its report was final all the same.
  const settled = call.state === 'done' ? usage !== null && usage.lines.length > 0 : !last.some(isDoubtful)
  return { reported: settled, lines: last }
}
