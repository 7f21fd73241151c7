import type { Bridge, BridgeEvent, RequestAnswer, RequestInput, RequestName, Result } from '../../shared/ipc/transport'

declare global {
  interface Window {
    readonly latchkey?: Bridge
  }
}

const UNREACHABLE: Result<never> = { ok: false, error: { code: 'internal' } }

/** A request as the stores know it; handed in, so that tests answer in its place. */
export type Request = <Name extends RequestName>(
  name: Name,
  input: RequestInput<Name>,
) => Promise<Result<RequestAnswer<Name>>>

/** Asks the main process. Never rejects: a process that cannot be reached is an answer too. */
export const request: Request = async (name, input) => {
  try {
    return (await window.latchkey?.request(name, input)) ?? UNREACHABLE
  } catch {
    return UNREACHABLE
  }
}

/** Calls `listener` for every event of the main process until the returned function is called. */
export function subscribe(listener: (event: BridgeEvent) => void): () => void {
  return window.latchkey?.subscribe(listener) ?? (() => undefined)
}
