import { labOf } from '../browser/lab'
import { inWindow, proveShown, trialOf } from '../browser/streams'
import type { Benchmark } from '../harness'
import { exchangeOf, titleOf } from '../texts/history'

const OPENED = 2
/** Messages of the conversation that is left. */
const FIRST = 10

/** Whether a long conversation costs more to open than a short one. */
export const openTenThousand: Benchmark = {
  name: 'open-10k',
  unit: 'ms',
  measures: 'CPU of the window while a conversation of 10,000 messages is opened, against one of 500',
  target: 1.2,
  rounds: 3,
  warmUp: 0,
  async prepare(run) {
    const { app } = await labOf(run)
    const open = (messages: number) => () =>
      inWindow(
        () => app({ messages: [FIRST, messages], running: false }),
        async (view) => {
          await proveShown(view, exchangeOf(1, FIRST / 2).text.shown)
          const time = await view.cpu(() =>
            view.page.evaluate((title) => window.bench?.app?.open(title), titleOf(OPENED)),
          )
          await proveShown(view, exchangeOf(OPENED, messages / 2).text.shown)
          return time
        },
      )
    return trialOf({ baseline: open(500), subject: open(10_000) })
  },
}
