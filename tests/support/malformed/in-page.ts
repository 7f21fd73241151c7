import type { Bridge, RequestName } from '../../../src/shared/ipc/transport'
import { malformedInputs, MARK, requestNames, type KnownIds } from './index'

// Runs in the page, bundled: what is malformed is made on this side of the bridge, so that it crosses as it would.

/** What became of the malformed calls of one request. */
export interface Attacked {
  readonly name: RequestName
  readonly calls: number
  /** Answered with `bad_request`, and a field of the contract at most. */
  readonly refused: number
  /** Not let over the bridge at all: it cannot be cloned. */
  readonly kept: number
  readonly wrong: readonly string[]
}

/** Fewer at once than the router takes. */
const AT_ONCE = 100

/** Makes every malformed call of every request over this bridge. */
export async function attack(bridge: Bridge, ids: KnownIds): Promise<readonly Attacked[]> {
  const all: Attacked[] = []
  for (const name of requestNames) {
    const inputs = malformedInputs(name, ids).filter(({ tamed }) => tamed !== true)
    const outcomes: string[] = []
    for (let from = 0; from < inputs.length; from += AT_ONCE) {
      const batch = inputs.slice(from, from + AT_ONCE)
      outcomes.push(...(await Promise.all(batch.map(({ what, value }) => outcomeOf(bridge, name, what, value)))))
    }
    const count = (outcome: string) => outcomes.filter((each) => each === outcome).length
    const wrong = outcomes.filter((each) => each !== 'refused' && each !== 'kept')
    all.push({ name, calls: outcomes.length, refused: count('refused'), kept: count('kept'), wrong })
  }
  return all
}

async function outcomeOf(bridge: Bridge, name: RequestName, what: string, value: unknown): Promise<string> {
  try {
    const result = await bridge.request(name, value as never)
    const text = JSON.stringify(result)
    const isRefused = !result.ok && result.error.code === 'bad_request' && !text.includes(MARK)
    return isRefused && text.length < 100 ? 'refused' : `${what}: ${text.slice(0, 200)}`
  } catch {
    return 'kept'
  }
}
