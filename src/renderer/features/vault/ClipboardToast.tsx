import { Button } from '../../ui/Button'
import { Toast } from '../../ui/Toast'
import { clipboardStore, useClipboardState } from './clipboard-store'
import { clipboardWords } from './clipboard-words'
import styles from './ClipboardToast.module.css'

/**
 * Offers to take a pasted key off the clipboard; the form it was pasted into has closed by then. `onDone` gives the focus
 * a place, for the button goes away.
 */
export function ClipboardToast({ onDone }: { readonly onDone: () => void }) {
  const state = useClipboardState()
  const text = clipboardWords(state)
  const { clear, dismiss } = clipboardStore.getState()
  return (
    <div className={styles.toast}>
      <Toast
        said={text === null ? null : { id: state, text }}
        onClose={dismiss}
        actions={
          state === 'offered' && (
            <Button small onClick={() => void clear().then(onDone)}>
              Clear clipboard
            </Button>
          )
        }
      />
    </div>
  )
}
