import type { Log } from '../log'
import type { BridgeEvent, EventName, EventPayload } from '../../shared/ipc/transport'

/** Where services say what happened; the window listens at the other end. */
export interface EventHub {
  emit<Name extends EventName>(name: Name, payload: EventPayload<Name>): void
  subscribe(listener: (event: BridgeEvent) => void): () => void
}

/** A hub without listeners. */
export function createEventHub(log: Log): EventHub {
  const listeners = new Set<(event: BridgeEvent) => void>()
  return {
    emit(name, payload) {
      // The pair is right by the signature; a union of pairs cannot be built from two generics without saying so.
      const event = { name, payload } as BridgeEvent
      for (const listener of listeners) {
        try {
          listener(event)
        } catch (error) {
          // Who listens must not decide whether an answer is paid, kept and booked.
          log.error(`telling ${name}`, error)
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
