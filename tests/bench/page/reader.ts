import { painted, type ReaderMoves } from './stage'

/** Watches how what somebody reads moves, frame by frame: by the first element in view, and where that was before. */
export function createReader(log: () => Element | null): { watch: () => void; moves: () => ReaderMoves } {
  let anchor: { readonly element: Element; readonly top: number } | null = null
  let moves: ReaderMoves = { travel: 0, reversal: 0, drift: 0, gap: 0 }
  let watching = 0

  const look = (turn: number): void => {
    const scroller = log()
    if (turn !== watching || scroller === null) return
    if (anchor?.element.isConnected === true) {
      const moved = anchor.element.getBoundingClientRect().top - anchor.top
      const travel = moves.travel + moved
      moves = {
        travel,
        reversal: Math.max(moves.reversal, -moved),
        drift: Math.max(moves.drift, Math.abs(travel)),
        gap: Math.max(moves.gap, scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop),
      }
    }
    anchor = firstInView(scroller)
    painted(() => look(turn))
  }

  return {
    watch() {
      watching += 1
      anchor = null
      moves = { travel: 0, reversal: 0, drift: 0, gap: 0 }
      look(watching)
    },
    moves: () => moves,
  }
}

/** The first block of an answer that begins in view; whole messages are too tall to be gone by. */
function firstInView(scroller: Element): { element: Element; top: number } | null {
  const { top, bottom } = scroller.getBoundingClientRect()
  for (const element of scroller.querySelectorAll('[class*=prose] > *, h2')) {
    const place = element.getBoundingClientRect().top
    if (place >= top && place < bottom) return { element, top: place }
  }
  return null
}
