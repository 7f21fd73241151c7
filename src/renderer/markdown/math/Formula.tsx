// Beside the page's own styles, since a style sheet that comes later is a link that a script puts there. Fonts wait.
import 'katex/dist/katex.min.css'
import { useMemo } from 'react'
import styles from './Formula.module.css'
import { useDrawer } from './formula-drawer'

interface FormulaProps {
  readonly tex: string
  readonly display: boolean
  /** With its marks: what is shown of a formula that cannot be drawn, or not yet. */
  readonly raw: string
}

/** A formula. One that is none stays as it was written. */
export function Formula({ tex, display, raw }: FormulaProps) {
  const draw = useDrawer()
  const drawn = useMemo(() => draw?.(tex, display) ?? null, [draw, tex, display])
  if (drawn === null) {
    return (
      <code className={styles.source} dir="ltr">
        {raw}
      </code>
    )
  }
  if (!display) {
    return (
      <span className={styles.inline} dir="ltr" data-formula="">
        {drawn}
      </span>
    )
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/prefer-tag-over-role -- Only what can be focused can be scrolled by keyboard; it may stand in a paragraph, where none of those tags may.
    <span className={styles.display} dir="ltr" data-formula="" tabIndex={0} role="group" aria-label="Formula">
      {drawn}
    </span>
  )
}
