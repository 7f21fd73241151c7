import type { Result } from '../../shared/ipc/transport'
import type { Router } from '../ipc/router'
import { strangerOf, type Frame, type Stranger } from './own-page'

// Free of Electron, so that a test can knock as anybody.

export interface Door<Sender extends Frame> {
  /** Answers a request of `sender`, given the top frame of the one window, if there is one. */
  answer(sender: Sender | null, mainFrame: Sender | null, name: unknown, input: unknown): Promise<Result<unknown>>
}

/**
 * Lets the own page through to the router and nobody else. Each kind of stranger is told of once: a flood of them must
 * not fill the log.
 */
export function createDoor<Sender extends Frame>(router: Router, tell: (stranger: Stranger) => void): Door<Sender> {
  const told = new Set<Stranger>()
  return {
    async answer(sender, mainFrame, name, input) {
      const stranger = strangerOf(sender, mainFrame)
      if (stranger === null) return router.dispatch(name, input)
      if (!told.has(stranger)) tell(stranger)
      told.add(stranger)
      return { ok: false, error: { code: 'forbidden' } }
    },
  }
}
