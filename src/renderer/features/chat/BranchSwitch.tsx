import { ChevronLeft, ChevronRight } from 'lucide-react'
import { use, useId, useLayoutEffect, useRef, type RefObject } from 'react'
import type { Branch } from '../../../core/branches'
import type { MessageId } from '../../../core/ids'
import { takeFocus, wishFocus } from '../../lib/focus-wish'
import { IconButton } from '../../ui/IconButton'
import { VisuallyHidden } from '../../ui/VisuallyHidden'
import { arrowTitle, branchWords } from './branch-words'
import styles from './BranchSwitch.module.css'
import { keepPlace, placeOf } from './keep-place'
import { RunningContext } from './running-context'

interface BranchSwitchProps {
  readonly id: MessageId
  readonly branch: Branch
  /** Shows another version; its arrow then takes the place of the one that was pressed. */
  readonly onShow: (id: MessageId) => void
}

type Way = 'before' | 'after'

/** What the arrow that takes the focus is called, and where the one that was pressed stood. */
const arrowOf = (id: MessageId, way: Way): string => `${id} ${way}`
let pressedAt = 0

/** Which version of a message is shown, and the way to the others. */
export function BranchSwitch({ id, branch, onShow }: BranchSwitchProps) {
  const running = use(RunningContext)
  const wordsId = useId()
  const before = useRef<HTMLButtonElement>(null)
  const after = useRef<HTMLButtonElement>(null)

  // Drawn in the place of the version that was left: the reader stays with the arrow, and the arrow where it was.
  useLayoutEffect(() => {
    const pressed = takeFocus(arrowOf(id, 'before')) ? before : takeFocus(arrowOf(id, 'after')) ? after : null
    if (pressed === null || pressed.current === null) return
    keepPlace(pressed.current, pressedAt)
    pressed.current.focus({ preventScroll: true })
  }, [id])

  function arrow(way: Way, name: string, ref: RefObject<HTMLButtonElement | null>) {
    const to = branch[way]
    return (
      <IconButton
        ref={ref}
        label={name}
        title={arrowTitle(name, running && to !== null)}
        className={styles.arrow}
        aria-describedby={wordsId}
        aria-disabled={to === null || running}
        onClick={(event) => {
          if (to === null || running) return
          pressedAt = placeOf(event.currentTarget)
          wishFocus(arrowOf(to, way))
          onShow(to)
        }}
      >
        {way === 'before' ? <ChevronLeft /> : <ChevronRight />}
      </IconButton>
    )
  }

  return (
    <span className={styles.switch}>
      {arrow('before', 'Previous version', before)}
      <span id={wordsId}>
        <VisuallyHidden>Version </VisuallyHidden>
        {branchWords(branch)}
      </span>
      {arrow('after', 'Next version', after)}
    </span>
  )
}
