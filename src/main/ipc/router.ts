import * as z from 'zod/mini'
import { requests, type RequestTable } from '../../shared/ipc/contract'
import type { RequestError, RequestName, Result } from '../../shared/ipc/transport'
import type { Log } from '../log'
import { isPlainData } from './plain-data'

type Answered<Name extends RequestName> = Result<RequestTable[Name]['answer']>

/** One handler per row of the contract; leaving one out does not compile. */
export type Handlers = {
  readonly [Name in RequestName]: (input: RequestTable[Name]['parsed']) => Answered<Name> | Promise<Answered<Name>>
}

export interface Router {
  /** Answers every request, malformed ones included. Never throws and never repeats the input. */
  dispatch(name: unknown, input: unknown): Promise<Result<unknown>>
}

/** Far more than the page ever waits for; what a flood may hold of sockets, files and memory. */
const MAX_RUNNING = 256

/** A router over these handlers. `accepted` is called for every request that fits the contract, before it is done. */
export function createRouter(
  handlers: Handlers,
  log: Log,
  accepted: (input: unknown) => void = () => undefined,
): Router {
  let running = 0
  return {
    async dispatch(name, input) {
      if (!isRequestName(name)) return fail({ code: 'unknown_request' })
      if (running >= MAX_RUNNING) return fail({ code: 'too_many' })
      running += 1
      try {
        if (!isPlainData(input)) return fail({ code: 'bad_request' })
        const parsed = z.safeParse(requests[name].input, input)
        if (!parsed.success) return fail(badRequest(name, parsed.error.issues[0]?.path[0]))
        accepted(parsed.data)
        // The schema of this very name has just made the input; the union of all handlers cannot express that.
        const handler = handlers[name] as (input: unknown) => Promise<Result<unknown>> | Result<unknown>
        return await handler(parsed.data)
      } catch (error) {
        log.error(`request ${name}`, error)
        return fail({ code: 'internal' })
      } finally {
        running -= 1
      }
    },
  }
}

function isRequestName(name: unknown): name is RequestName {
  return typeof name === 'string' && Object.hasOwn(requests, name)
}

/** Names the field only when it is one of the contract's: an unknown key is the caller's text. */
function badRequest(name: RequestName, field: PropertyKey | undefined): RequestError {
  const known = typeof field === 'string' && Object.hasOwn(requests[name].input.shape, field)
  return known ? { code: 'bad_request', field } : { code: 'bad_request' }
}

function fail(error: RequestError): Result<never> {
  return { ok: false, error }
}
