import type { ConnectionId, ConversationId } from '../../../src/core/ids'
import { expect } from 'vitest'
import { createLog, createRedactor } from '../../../src/main/log'
import { createRetentionService } from '../../../src/main/services/retention-service'
import { openStorage } from '../../../src/main/storage/storage'
import { settled, startLatchkey, TEST_MODEL, type Harness } from '../latchkey'

export const HOUR = 3_600_000
export const DAY = 24 * HOUR

/** What tests of forgetting ask of an app, which is another one after a restart. */
export function keptIn(app: { harness: Harness; connectionId: ConnectionId }) {
  const restart = async (): Promise<void> => void (app.harness = await app.harness.restart())
  return {
    restart,
    /** A conversation with this in its question. */
    async about(text: string): Promise<ConversationId> {
      const asked = { conversationId: null, connectionId: app.connectionId, model: TEST_MODEL, text }
      const started = await app.harness.ask('turn.start', asked)
      await settled(app.harness, started.turnId)
      return started.conversationId
    },
    ids: async () => (await app.harness.ask('conversation.list', {})).map(({ id }) => id),
    /** Days of use, a start each. */
    async daysGoBy(count: number): Promise<void> {
      for (let day = 0; day < count; day += 1) {
        app.harness.clock.advance(DAY)
        await restart()
      }
    },

    /** The service alone, over a profile with these conversations in it; hours strike when they are told to. */
    serviceAlone() {
      app.harness.latchkey.close()
      const storage = openStorage({ profile: app.harness.profile.path })
      const planned: (() => Promise<void>)[] = []
      const strike = async (count: number, everyMs: number) => {
        for (let index = 0; index < count; index += 1) {
          app.harness.clock.advance(everyMs)
          await planned.shift()?.()
        }
      }
      const told: string[] = []
      const service = createRetentionService({
        storage,
        clock: app.harness.clock,
        log: createLog(createRedactor(), (line) => void told.push(line)),
        schedule: (afterMs, work) => {
          expect(afterMs).toBe(HOUR)
          planned.push(work)
          return () => undefined
        },
        general: () => 'forever',
        changed: () => void told.push('changed'),
      })
      return {
        storage,
        service,
        told,
        left: () => storage.conversations.allKept().map(({ id }) => id),
        hours: (count: number) => strike(count, HOUR),
        /** Hours that strike once a day, as on a computer that sleeps. */
        days: (count: number) => strike(count, DAY),
        async end() {
          storage.close()
          app.harness = await startLatchkey({
            profile: app.harness.profile,
            clock: app.harness.clock,
            cipher: app.harness.cipher,
          })
        },
      }
    },
  }
}
