import { painted } from './stage'

/** Notes how long keys take from being pressed until what they did is painted. */
export function keyWatch(): { start: () => void; times: () => readonly number[] } {
  const times: number[] = []
  return {
    start() {
      addEventListener('keydown', ({ timeStamp }) => painted(() => void times.push(performance.now() - timeStamp)), {
        capture: true,
      })
    },
    times: () => times,
  }
}

const PARAGRAPH = 40

/**
 * Sends numbered words at a steady pace and tells how long each took until it was painted, in ms. `seen` says which
 * number is the last one in the page.
 */
export async function wordTimes(
  { count, perSecond }: { readonly count: number; readonly perSecond: number },
  { send, root, seen }: { send: (piece: string) => void; root: () => Node; seen: () => number },
): Promise<readonly number[]> {
  const sent: number[] = []
  const times: number[] = []
  const start = performance.now()
  const due = (at: number) => start + (at * 1000) / perSecond
  const emit = (): void => {
    while (sent.length < count && performance.now() >= due(sent.length)) {
      const number = sent.length
      sent.push(performance.now())
      send(`${number % PARAGRAPH === 0 && number > 0 ? '\n\n' : ''}w${number} `)
    }
    if (sent.length < count) setTimeout(emit, Math.max(0, due(sent.length) - performance.now()))
  }
  emit()
  let last = -1
  const changes = new MutationObserver(() => (last = Math.max(last, seen())))
  changes.observe(root(), { subtree: true, childList: true, characterData: true })
  const patience = due(count) + 5_000
  while (times.length < count && performance.now() < patience) {
    await new Promise<void>((resolve) => painted(resolve))
    while (times.length <= last) times.push(performance.now() - (sent[times.length] ?? 0))
  }
  changes.disconnect()
  return times
}

/** The number of the last word in a text. */
export function lastWord(text: string | null | undefined): number {
  return Number(/w(\d+)\s*$/.exec(text ?? '')?.[1] ?? -1)
}
