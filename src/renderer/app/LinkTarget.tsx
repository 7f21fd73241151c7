import { useLinks } from './link-store'
import styles from './LinkTarget.module.css'

/**
 * Where the link under the pointer or the focus leads, in a corner that no answer can draw in. Screen readers are told
 * by the link itself.
 */
export function LinkTarget() {
  const pointed = useLinks((state) => state.pointed)
  return pointed === null ? null : (
    <div className={styles.target} dir="ltr" aria-hidden="true" data-link-target>
      {pointed}
    </div>
  )
}
