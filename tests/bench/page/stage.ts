/** What a page of the benchmarks can do; each lays it on `window.bench`. */
export interface Stage {
  /** Whether the page shows what it begins with. */
  ready(): boolean
  /** Takes a text, to be sent later: handing it over is no part of what is timed. */
  take(text: string): void
  /** Sends the text in pieces of `perFrame` characters, one a frame, and ends once all is shown and nothing changes. */
  stream(perFrame: number): Promise<void>
  /** Sends so many words at a steady pace and tells how long each took until it was painted, in ms. */
  words(count: number, perSecond: number): Promise<readonly number[]>
  /** As `stream`, without an end. */
  write(perFrame: number): Promise<void>
  /** Begins to note how long each key takes until what it did is painted. */
  watchKeys(): void
  /** What was noted, in ms. */
  keyTimes(): readonly number[]
  /** All characters that are shown of what was sent, without white space. */
  shown(): string
  /** The field to type in, as a selector. */
  readonly field: string
  /** What the app alone can do. */
  readonly app?: AppStage
}

/** What is asked of the app and of no baseline. */
export interface AppStage {
  /** Ends the answer that was written, and waits until nothing changes. */
  settle(): Promise<void>
  /** Each block of the last answer, as HTML. */
  blocks(): readonly string[]
  /** Shows the conversation with this title, and waits until nothing changes. */
  open(title: string): Promise<void>
  /** Begins to note how what is read moves. */
  watchReader(): void
  /** What was noted since. */
  readerMoves(): ReaderMoves
}

/** How the text moved under a reader, in px; down is positive, as when scrolling up. */
export interface ReaderMoves {
  readonly travel: number
  /** The farthest it went up in one frame. */
  readonly reversal: number
  /** The farthest it ever was from where it stood first. */
  readonly drift: number
  /** The farthest the end was below the window in any frame. */
  readonly gap: number
}

declare global {
  interface Window {
    bench?: Stage
  }
}

/** One text on its way, in pieces: what both the app and the baselines are fed by. */
export async function pump(text: string, perFrame: number, send: (piece: string) => void): Promise<void> {
  for (let at = 0; at < text.length; at += perFrame) {
    await frame()
    send(text.slice(at, at + perFrame))
  }
}

/** The next animation frame. */
export function frame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => resolve()))
}

/** Ends once nothing below `element` has changed for `ms`. */
export function quiet(element: Node, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      changes.disconnect()
      resolve()
    }
    let timer = setTimeout(end, ms)
    const changes = new MutationObserver(() => {
      clearTimeout(timer)
      timer = setTimeout(end, ms)
    })
    changes.observe(element, { subtree: true, childList: true, characterData: true })
  })
}

/** Runs `after` once the frame that is being made has been painted. */
export function painted(after: () => void): void {
  const { port1, port2 } = new MessageChannel()
  port1.addEventListener('message', after, { once: true })
  port1.start()
  requestAnimationFrame(() => port2.postMessage(null))
}

/** How long nothing must change for a page to be done. */
export const QUIET_MS = 300
