import { unlessComposing } from '../../lib/ime'

const KEYS_THAT_LEAVE = new Set(['ArrowUp', 'PageUp', 'Home'])

/**
 * Calls `leave` for whatever says that its reader does not want to be at the end. These come before the scrolling they
 * cause, so that a growing answer cannot pull against them; what scrolls all the same is seen when it has. Returns what
 * stops it.
 */
export function watchLeaving(
  log: HTMLElement,
  content: HTMLElement,
  leave: (unscrolled?: boolean) => void,
): () => void {
  const stop = new AbortController()
  const { signal } = stop
  let touchedAt: number | null = null

  log.addEventListener('wheel', ({ deltaY }) => void (deltaY < 0 && leave()), { passive: true, signal })
  log.addEventListener('touchstart', ({ touches }) => void (touchedAt = touches[0]?.clientY ?? null), {
    passive: true,
    signal,
  })
  log.addEventListener(
    'touchmove',
    ({ touches }) => {
      const y = touches[0]?.clientY
      if (touchedAt !== null && y !== undefined && y > touchedAt) leave()
    },
    { passive: true, signal },
  )
  // Pulled at while the transcript grows, the scrollbar would be taken out of the hand.
  log.addEventListener('mousedown', (event) => void (isBesideContent(event, log) && leave()), { signal })
  const pressed = unlessComposing((event: KeyboardEvent) => {
    // On a button the space bar presses it.
    const turnsPage = event.key === ' ' && event.shiftKey && !isPressable(event.target)
    if (KEYS_THAT_LEAVE.has(event.key) || turnsPage) leave()
  })
  log.addEventListener('keydown', pressed, { signal })
  // What is unfolded is looked at: the line that was clicked must not run away from the pointer.
  content.addEventListener('click', ({ target }) => void (unfolds(target, content) && leave()), { signal })
  document.addEventListener(
    'selectionchange',
    () => {
      const selection = document.getSelection()
      if (selection?.isCollapsed === false && content.contains(selection.anchorNode)) leave(true)
    },
    { signal },
  )
  return () => stop.abort()
}

function isBesideContent({ target, offsetX }: MouseEvent, log: HTMLElement): boolean {
  return target === log && (offsetX < log.clientLeft || offsetX >= log.clientLeft + log.clientWidth)
}

function isPressable(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, a, input, summary') !== null
}

function unfolds(target: EventTarget | null, content: HTMLElement): boolean {
  const id = target instanceof Element ? target.closest('[aria-expanded]')?.getAttribute('aria-controls') : null
  return id !== null && id !== undefined && content.contains(document.getElementById(id))
}
